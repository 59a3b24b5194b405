"""Rows of buttons, on pages where they do not fit."""

from collections.abc import Sequence
from time import monotonic

from kivy.clock import Clock
from kivy.properties import NumericProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout
from kivy.uix.widget import Widget

from kiosk.buttons import Button, Look, Pages
from kiosk.events import Tap
from kiosk.screens import theme as t
from kiosk.screens.label import FitLabel
from kiosk.screens.parts import Press
from kiosk.taps import SETTLE_MS
from ticketserver.window.kv import load_kv


class Rows(BoxLayout):
    """Buttons in columns, as many as fit; the rest on further pages."""

    row_u = NumericProperty(130.0)
    columns = NumericProperty(1)
    pager_u = NumericProperty(110.0)

    def __init__(self, **kwargs: object) -> None:
        self._widgets: Sequence[Widget] = ()
        self._pages: Pages | None = None
        self._page = 0
        self._since = 0.0
        self._fill = Clock.create_trigger(self._fill_now, -1)
        super().__init__(**kwargs)
        for name in ("size", "row_u", "columns"):
            self.fbind(name, self._fill)

    def show(self, widgets: Sequence[Widget], pages: Pages, same_list: bool) -> None:
        """Show these; a list that only changed its choices stays on its page."""
        self._widgets, self._pages = widgets, pages
        if not same_list:
            self._page, self._since = 0, monotonic()
        self._fill_now()

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
        for widget in self._widgets:
            if widget.parent:
                widget.parent.remove_widget(widget)
        self.clear_widgets()
        if not self._widgets or self.height <= 1:
            return
        # Below the rows stands an empty widget that takes what is left, with a gap of its own.
        room = self.height - 14 * t.theme.u
        fits = self._fits(room)
        paged = len(self._widgets) > fits
        if paged:
            fits = self._fits(room - (self.pager_u + 14) * t.theme.u)
        count = -(-len(self._widgets) // fits)
        self._page = min(max(0, self._page), count - 1)
        grid = GridLayout(cols=int(self.columns), spacing=14 * t.theme.u, size_hint_y=None)
        grid.row_default_height, grid.row_force_default = self.row_u * t.theme.u, True
        shown = self._widgets[self._page * fits : (self._page + 1) * fits]
        for widget in shown:
            grid.add_widget(widget)
        lines = -(-len(shown) // int(self.columns))
        grid.height = lines * self.row_u * t.theme.u + (lines - 1) * 14 * t.theme.u
        self.add_widget(grid)
        self.add_widget(Widget())
        if paged:
            self.add_widget(self._pager(count))

    def _pager(self, count: int) -> Widget:
        assert self._pages is not None
        bar = BoxLayout(size_hint_y=None, height=self.pager_u * t.theme.u, spacing=14 * t.theme.u)
        earlier = Button(self._pages.earlier, Tap("earlier"), Look.QUIET, enabled=self._page > 0)
        later = Button(self._pages.later, Tap("later"), Look.QUIET, enabled=self._page < count - 1)
        bar.add_widget(Press(earlier, lambda _: self.turn(-1)))
        bar.add_widget(
            FitLabel(said=f"{self._page + 1} / {count}", halign="center", one_line=True, size_u=36, size_hint_x=0.4)
        )
        bar.add_widget(Press(later, lambda _: self.turn(1)))
        return bar


load_kv(__file__)
