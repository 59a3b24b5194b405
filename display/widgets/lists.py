"""What stands beside and beneath the calls: numbers that come soon or were missed, and who waits in each zone."""

from collections.abc import Sequence

from kivy.clock import Clock
from kivy.properties import NumericProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout

from display.model import Pair, Waiting
from display.widgets import theme as t
from display.widgets.label import BigNumber
from display.widgets.places import page
from display.widgets.plate import Plate
from ticketserver.window.kv import load_kv

NARROWEST_ZONE_U = 330.0


class Numbers(Plate):
    """A list of ticket numbers under a heading, as many as fit; `taking_turns` shows the rest on further pages."""

    def __init__(self, **kwargs: object) -> None:
        self._numbers: Sequence[str] = ()
        self._turn = 0
        self._taking_turns = False
        self._fill = Clock.create_trigger(self._fill_now, -1)
        super().__init__(**kwargs)

    def on_kv_post(self, _base: object) -> None:
        self.ids.grid.fbind("size", self._fill)

    def show(self, head: Pair, numbers: Sequence[str], turn: int, taking_turns: bool) -> None:
        self.ids.head.show(head)
        self._numbers, self._turn, self._taking_turns = numbers, turn, taking_turns
        self._fill_now()

    def _fill_now(self, *_: object) -> None:
        grid, size = self.ids.grid, t.theme.number_px
        columns = max(1, int(grid.width // (t.NUMBER_EM * size)))
        lines = max(1, int(grid.height // (t.LINE_EM * size)))
        shown, number, pages = page(self._numbers, columns * lines, self._turn if self._taking_turns else 0)
        self.ids.page.said = f"{number}/{pages}" if pages > 1 and self._taking_turns else ""
        grid.cols = columns
        if len(grid.children) != columns * lines:
            grid.clear_widgets()
            for _place in range(columns * lines):
                grid.add_widget(BigNumber(signs=5))
        for place, label in enumerate(reversed(grid.children)):
            label.said = shown[place] if place < len(shown) else ""
            label.color, label.most_px = t.INK, size * 1.02


class ZoneCell(BoxLayout):
    """One zone: its area, how many wait, and about how long."""

    def show(self, waiting: Waiting) -> None:
        self.ids.zone.show(waiting.zone)
        self.ids.people.show(Pair(waiting.people, waiting.wait))


class Zones(GridLayout):
    """All zones of the screen in as many columns as have room."""

    least_u = NumericProperty(NARROWEST_ZONE_U)

    def __init__(self, **kwargs: object) -> None:
        self._waiting: Sequence[Waiting] = ()
        self._fill = Clock.create_trigger(self._fill_now, -1)
        super().__init__(**kwargs)
        self.fbind("size", self._fill)

    def show(self, waiting: Sequence[Waiting]) -> None:
        self._waiting = waiting
        self._fill_now()

    def _fill_now(self, *_: object) -> None:
        fits = max(1, int(self.width // (self.least_u * t.theme.u)))
        lines = max(1, -(-len(self._waiting) // fits))
        self.cols = max(1, -(-len(self._waiting) // lines))
        if len(self.children) != len(self._waiting):
            self.clear_widgets()
            for _zone in self._waiting:
                self.add_widget(ZoneCell())
        for cell, waiting in zip(reversed(self.children), self._waiting, strict=True):
            cell.show(waiting)


class WaitingStrip(Plate):
    """All zones under their heading, or beside it where the place is wide."""

    def show(self, head: Pair, waiting: Sequence[Waiting]) -> None:
        self.ids.head.show(head)
        self.ids.zones.show(waiting)


load_kv(__file__)
