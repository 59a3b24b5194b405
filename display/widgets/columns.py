"""A column for each zone of the screen: its name, who waits there, and its calls."""

from collections.abc import Sequence
from dataclasses import replace

from kivy.uix.boxlayout import BoxLayout

from display.layout import Place
from display.model import NOTHING, Card, Frame, Waiting
from display.widgets import theme as t
from display.widgets.calls import HEADING_U, SIDES_U, called, room
from display.widgets.card import JOINER
from display.widgets.plate import Plate
from ticketserver.window.kv import load_kv

GAP_U = 12.0
SIDE_U = 12.0
ZONE_U = 130.0
"""Between columns, beside their calls, and above them."""


class Column(Plate):
    """One zone. Its newest call stands large, as on a screen of its own."""

    def show(self, waiting: Waiting, calls: Sequence[Card], rows: Sequence[Card], turn: int) -> None:
        self.ids.zone.show(waiting.zone)
        self.ids.people.said = JOINER.join(filter(None, (waiting.people, waiting.wait)))
        self.ids.calls.show(calls, rows, turn)


class Columns(BoxLayout):
    """All zones side by side, under one heading; while there are no calls, what that means."""

    def show(self, frame: Frame) -> None:
        self.ids.head.show(frame.head, frame.order)
        self.ids.says.show(NOTHING if frame.calls else frame.says)
        self.ids.over.opacity = 0 if frame.calls else 1
        columns = self.ids.columns
        if len(columns.children) != len(frame.waiting):
            columns.clear_widgets()
            for _zone in frame.waiting:
                columns.add_widget(Column())
        width = self.width - GAP_U * t.theme.u * (len(frame.waiting) - 1)
        wide = widths(frame.waiting, width)
        for column, waiting, share in zip(reversed(columns.children), frame.waiting, wide, strict=True):
            column.width = share
            column.show(waiting, *of_zone(frame, waiting), frame.turn)

    @staticmethod
    def crowds(frame: Frame, place: Place) -> bool:
        """Whether not all who are to move would have a place at once there."""
        high = place.height - (HEADING_U + ZONE_U) * t.theme.u
        wide = widths(frame.waiting, place.width - GAP_U * t.theme.u * (len(frame.waiting) - 1))
        for waiting, share in zip(frame.waiting, wide, strict=True):
            calls, rows = of_zone(frame, waiting)
            here = room(share - 2 * SIDE_U * t.theme.u, high, [*calls, *rows])
            if not here.holds(len(calls), called(rows)):
                return True
        return False


def widths(zones: Sequence[Waiting], width: float) -> list[float]:
    """The columns' widths: each has room for a number, the rest is shared as the counters are."""
    least = min(t.NUMBER_EM * t.theme.number_px + 2 * (SIDE_U + SIDES_U) * t.theme.u, width / max(1, len(zones)))
    counters = sum(zone.counters for zone in zones)
    spare = width - least * len(zones)
    return [least + spare * (zone.counters / counters if counters else 1 / len(zones)) for zone in zones]


def of_zone(frame: Frame, waiting: Waiting) -> tuple[list[Card], list[Card]]:
    """The large calls of a zone and the others; that they are of this zone is said above them."""
    calls, rows = (
        [replace(card, zone=NOTHING) for card in cards if card.column == waiting.column]
        for cards in (frame.calls, frame.rows)
    )
    return (calls, rows) if calls else (rows[:1], rows[1:])


load_kv(__file__)
