"""Rows of buttons or cards, on pages where they do not fit."""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import Any

from kivy.clock import Clock
from kivy.properties import NumericProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.buttons import Button, Look, Pages
from kiosk.events import Tap
from kiosk.screens import theme as t
from kiosk.screens.forgetting import Forgets
from kiosk.screens.kept import Item, Kept, W, refill
from kiosk.screens.label import FitLabel
from kiosk.screens.parts import Press
from kiosk.taps import SETTLE_MS
from ticketserver.window.kv import load_kv


class Rows(Forgets, BoxLayout):
    """Rows in columns, as many as fit; the rest on further pages."""

    row_u = NumericProperty(130.0)
    columns = NumericProperty(1)
    pager_u = NumericProperty(110.0)
    _kept: Kept[Any, Any]
    _always: tuple[Widget, ...]

    def __init__(self, **kwargs: object) -> None:
        self._items: Sequence[Any] = ()
        self._page = 0
        self._since = 0.0
        self._fill = Clock.create_trigger(self._fill_now, -1)
        super().__init__(**kwargs)
        self._pager = Pager(self.turn)
        for name in ("size", "row_u", "columns"):
            self.fbind(name, self._fill)

    def hold(self, make: Callable[[], W], draw: Callable[[W, Item], None]) -> None:
        """What stands in the rows, as in `Kept`. Once, before anything is shown."""
        self._kept = Kept(self.ids.grid, make, draw)
        self._always = tuple(self.children[::-1])

    def show(self, items: Sequence[Any], pages: Pages, same_list: bool) -> None:
        """Show these; a list that only changed its choices stays on its page."""
        self._items, self._pager.words = items, pages
        if not same_list:
            self._page, self._since = 0, monotonic()
        self._fill_now()

    def forget(self) -> None:
        self._items = ()

    def turn(self, pages: int) -> None:
        """Not by the second touch of a trembling hand: a page that has just appeared is not turned."""
        if monotonic() - self._since >= SETTLE_MS / 1000:
            self._page, self._since = self._page + pages, monotonic()
            self._fill_now()

    def _fits(self, height: float) -> int:
        gap = 14 * t.theme.u
        rows = int((height + gap) // (self.row_u * t.theme.u + gap))
        return max(1, rows) * int(self.columns)

    def _fill_now(self, *_: object) -> None:
        # Below the rows stands an empty widget that takes what is left, with a gap of its own.
        room = self.height - 14 * t.theme.u
        fits = self._fits(room)
        paged = len(self._items) > fits
        if paged:
            fits = self._fits(room - (self.pager_u + 14) * t.theme.u)
        count = -(-len(self._items) // fits)
        self._page = min(max(0, self._page), max(0, count - 1))
        shown = self._items[self._page * fits : (self._page + 1) * fits] if self.height > 1 else ()
        self._kept.show(shown)
        lines = -(-len(shown) // int(self.columns))
        self.ids.grid.height = lines * self.row_u * t.theme.u + max(0, lines - 1) * 14 * t.theme.u
        if paged:
            self._pager.show(self._page, count, self.pager_u)
        refill(self, (*self._always, self._pager) if paged else self._always)


class Pager(BoxLayout):
    """Earlier, which of how many, later."""

    words: Pages

    def __init__(self, turn: Callable[[int], None], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._earlier, self._later = Press(lambda _: turn(-1)), Press(lambda _: turn(1))
        self._at = FitLabel(halign="center", one_line=True, size_u=36, size_hint_x=0.4)
        refill(self, (self._earlier, self._at, self._later))

    def show(self, page: int, count: int, height_u: float) -> None:
        self.height = height_u * t.theme.u
        self._earlier.show(Button(self.words.earlier, Tap("earlier"), Look.QUIET, enabled=page > 0))
        self._at.said = f"{page + 1} / {count}"
        self._later.show(Button(self.words.later, Tap("later"), Look.QUIET, enabled=page < count - 1))


load_kv(__file__)
