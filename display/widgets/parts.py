"""The lines above and below: hall and clock, the line at the foot, the mark of a lost line; and words over lists."""

from dataclasses import dataclass

from kivy.uix.boxlayout import BoxLayout

from display.model import NOTHING, Pair
from display.widgets import theme as t
from display.widgets.plate import Plate
from ticketserver.window.kv import load_kv


@dataclass(frozen=True)
class Heads:
    """The words over lists, in the hall's languages; those over the calls change with the hour."""

    soon: Pair
    missed: Pair
    waiting: Pair


class Head(BoxLayout):
    """The hall's name, the date and the clock."""

    def show(self, hall: Pair, date: Pair, clock: str) -> None:
        self.ids.hall.show(hall)
        self.ids.date.show(date)
        self.ids.clock.said = clock


class StaleMark(Plate):
    """Over others while what they show may be old."""

    def show(self, stale: Pair | None) -> None:
        self.ids.text.show(stale or NOTHING)


class FootLine(Plate):
    """A notice, or what the hour means."""

    def show(self, pair: Pair, care: bool) -> None:
        self.ground = t.CARE if care else t.BAR
        self.ids.text.ink, self.ids.text.side_ink = (t.CARE_INK, t.CARE_INK) if care else (t.INK, t.SIDE_INK)
        self.ids.text.show(pair)


load_kv(__file__)
