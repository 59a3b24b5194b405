"""Widgets that all screens are made of: type that always fits, buttons that send taps, rows with pages."""

from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial
from pathlib import Path

from kivy.clock import Clock
from kivy.core.text import Label as CoreLabel
from kivy.lang import Builder
from kivy.properties import BooleanProperty, ColorProperty, NumericProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout
from kivy.uix.label import Label
from kivy.uix.widget import Widget

from kiosk.events import Tap
from kiosk.model import Basket, Button, Look, Pages
from kiosk.screens import theme as t
from kiosk.screens.wrap import wrap

Send = Callable[[Tap], None]
SMALLEST = 0.5
SHRINK = 0.94
SPARE = 0.25
"""Of an em: what a line of type is allowed to be wider than the sum of its pieces."""

INKS = {
    Look.MAIN: (t.MAIN, t.MAIN, t.MAIN_DOWN, t.MAIN_INK),
    Look.SIDE: (t.CARD, t.MAIN, t.SIDE_DOWN, t.INK),
    Look.QUIET: (t.CARD, t.LINE, t.SIDE_DOWN, t.INK),
    Look.TILE: (t.CARD, t.LINE, t.SIDE_DOWN, t.INK),
    Look.CHOSEN: (t.CHOSEN, t.MAIN, t.SIDE_DOWN, t.INK),
    Look.KEY: (t.CARD, t.LINE, t.SIDE_DOWN, t.INK),
}
"""Ground, line, ground while touched, ink."""
SIZES = {Look.MAIN: 46, Look.SIDE: 42, Look.QUIET: 36, Look.TILE: 52, Look.CHOSEN: 42, Look.KEY: 44}


class FitLabel(Label):
    """`said` in type that wraps to the label's width and, where it is still too large, shrinks (never below half)."""

    said = StringProperty("")
    size_u = NumericProperty(40.0)
    wish = NumericProperty(40.0)
    strong = BooleanProperty(False)

    def __init__(self, **kwargs: object) -> None:
        self._fit = Clock.create_trigger(self._fit_now, -1)
        super().__init__(**kwargs)
        for name in ("size", "said", "wish", "font_name"):
            self.fbind(name, self._fit)
        self._fit()

    def _fit_now(self, *_: object) -> None:
        if self.width <= 1 or self.height <= 1:
            self.text = ""
            return
        font, size = self.font_name, max(1, round(self.wish))
        smallest = max(1, int(size * SMALLEST))
        while True:
            room = self.width - 2 - size * SPARE
            text, widest = wrap(self.said, room, partial(width_of, font, size), self.halign == "center")
            height = (text.count("\n") + 1) * line_height(font, size)
            if (height <= self.height and widest <= room) or size <= smallest:
                break
            size = max(smallest, int(size * SHRINK))
        # Without a height to keep to: Kivy leaves out the last line where it finds the height tight.
        self.text, self.font_size, self.text_size = text, size, (self.width, None)


@cache
def _measuring(font: str, size: int) -> CoreLabel:
    return CoreLabel(font_name=font, font_size=size)


@lru_cache(maxsize=20_000)
def width_of(font: str, size: int, piece: str) -> float:
    """Pixels across of a piece."""
    return float(_measuring(font, size).get_extents(piece)[0])


@cache
def line_height(font: str, size: int) -> float:
    return float(_measuring(font, size).get_extents("国Ag")[1])


class Ground(Widget):
    """A rounded ground with a line around it."""

    colour = ColorProperty(t.CARD)
    line_colour = ColorProperty(t.LINE)
    line_u = NumericProperty(2.0)
    radius_u = NumericProperty(18.0)


class Card(Ground, BoxLayout):
    """A box on a ground."""


class Press(ButtonBehavior, Card):
    """A button of the model. `min_state_time` keeps the answer to a touch visible."""

    def __init__(self, button: Button, send: Send, size_u: float = 0, left: bool = False, **kwargs: object) -> None:
        self.min_state_time = 0.08
        self.button = button
        self._send = send
        ground, line, self._down, ink = INKS[button.look]
        if not button.enabled:
            ground, line, ink = t.OFF, t.LINE, t.OFF_INK
        self._up = ground
        super().__init__(colour=ground, line_colour=line, line_u=4 if button.look is Look.CHOSEN else 2, **kwargs)
        align = "left" if left else "center"
        label = f"✓ {button.label}" if button.look is Look.CHOSEN else button.label
        strong = button.look in (Look.MAIN, Look.TILE, Look.CHOSEN)
        size = size_u or SIZES[button.look]
        self.add_widget(FitLabel(said=label, color=ink, size_u=size, strong=strong, halign=align))
        if button.detail:
            detail_ink = ink if button.look is Look.MAIN else t.FAINT_INK
            detail = FitLabel(said=button.detail, color=detail_ink, size_u=28, halign=align, size_hint_y=0.6)
            self.add_widget(detail)

    def on_press(self) -> None:
        if self.button.enabled:
            self.colour = self._down

    def on_release(self) -> None:
        self.colour = self._up
        if self.button.enabled:
            self._send(self.button.tap)


class Rows(BoxLayout):
    """Buttons in columns, as many as fit; the rest on further pages."""

    row_u = NumericProperty(130.0)
    columns = NumericProperty(1)
    pager_u = NumericProperty(110.0)

    def __init__(self, **kwargs: object) -> None:
        self._widgets: Sequence[Widget] = ()
        self._pages: Pages | None = None
        self._page = 0
        self._fill = Clock.create_trigger(self._fill_now, -1)
        super().__init__(**kwargs)
        for name in ("size", "row_u", "columns"):
            self.fbind(name, self._fill)

    def show(self, widgets: Sequence[Widget], pages: Pages, same_list: bool) -> None:
        """Show these; a list that only changed its choices stays on its page."""
        self._widgets, self._pages = widgets, pages
        self._page = self._page if same_list else 0
        self._fill_now()

    def turn(self, pages: int) -> None:
        self._page += pages
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
        fits = self._fits(self.height)
        paged = len(self._widgets) > fits
        if paged:
            fits = self._fits(self.height - self.pager_u * t.theme.u - 14 * t.theme.u)
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
        bar.add_widget(FitLabel(said=f"{self._page + 1} / {count}", halign="center", size_u=36, size_hint_x=0.4))
        bar.add_widget(Press(later, lambda _: self.turn(1)))
        return bar


class BasketBar(Card):
    """What has been chosen, and the way on; no height while nothing is."""

    def show(self, basket: Basket, send: Send) -> None:
        self.ids.text.said = basket.text
        for child in [child for child in self.children if isinstance(child, Press)]:
            self.remove_widget(child)
        self.opacity = 1 if basket.done else 0
        self.height = 150 * t.theme.u if basket.done else 0
        if basket.done:
            self.add_widget(Press(basket.done, send, size_hint_x=0.4))


def presses(buttons: Sequence[Button], send: Send, size_u: float = 0, left: bool = False) -> list[Press]:
    return [Press(button, send, size_u, left) for button in buttons]


def refill(box: Widget, widgets: Sequence[Widget]) -> None:
    """Replace what is in a box."""
    box.clear_widgets()
    for widget in widgets:
        box.add_widget(widget)


def load_kv(python_file: str) -> None:
    """Load the .kv beside a screen's module."""
    Builder.load_file(str(Path(python_file).with_suffix(".kv")))


load_kv(__file__)
