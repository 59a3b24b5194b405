"""Widgets that all screens are made of: grounds, buttons that send taps, the basket."""

from collections.abc import Callable, Sequence

from kivy.properties import ColorProperty, NumericProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.buttons import Basket, Button, Look
from kiosk.events import Tap
from kiosk.screens import theme as t
from kiosk.screens.label import FitLabel
from ticketserver.window.kv import load_kv

Send = Callable[[Tap], None]
Place = Sequence[float]

INKS = {
    Look.MAIN: ("MAIN", "MAIN", "MAIN_DOWN", "MAIN_INK"),
    Look.SIDE: ("CARD", "MAIN", "SIDE_DOWN", "INK"),
    Look.QUIET: ("CARD", "LINE", "SIDE_DOWN", "INK"),
    Look.TILE: ("CARD", "LINE", "SIDE_DOWN", "INK"),
    Look.CHOSEN: ("CHOSEN", "MAIN", "SIDE_DOWN", "INK"),
    Look.KEY: ("CARD", "LINE", "SIDE_DOWN", "INK"),
}
"""Ground, line, ground while touched, ink, by their names in the palette."""
OFF = ("OFF", "OFF", "OFF", "OFF_INK")
"""A button that is off has no line: it is not told by its colour alone."""
SIZES = {Look.MAIN: 46, Look.SIDE: 42, Look.QUIET: 36, Look.TILE: 52, Look.CHOSEN: 42, Look.KEY: 44}
THINNEST = 1.01
"""Half a line's width in pixels: up to 1 Kivy draws every line one pixel wide."""
CORNER_STEPS = 16


def edge(pos: Place, size: Place, half: float, radius: float) -> tuple[float, ...]:
    """For Kivy's line around a ground: its middle runs `half` its width inside the edge."""
    return pos[0] + half, pos[1] + half, size[0] - 2 * half, size[1] - 2 * half, radius - half, CORNER_STEPS


class Ground(Widget):
    """A rounded ground with a line around it."""

    colour = ColorProperty()
    line_colour = ColorProperty()
    line_u = NumericProperty(2.0)
    radius_u = NumericProperty(18.0)

    def __init__(self, **kwargs: object) -> None:
        self.colour, self.line_colour = t.CARD, t.LINE
        super().__init__(**kwargs)


class Card(Ground, BoxLayout):
    """A box on a ground."""


class Press(ButtonBehavior, Card):
    """A button of the model. `min_state_time` keeps the answer to a touch visible."""

    def __init__(self, button: Button, send: Send, size_u: float = 0, left: bool = False, **kwargs: object) -> None:
        self.min_state_time = 0.08
        self.button = button
        self._send = send
        names = INKS[button.look] if button.enabled else OFF
        ground, line, self._down, ink = (getattr(t, name) for name in names)
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


class BasketBar(Card):
    """What has been chosen, and the way on; no height while nothing is."""

    def show(self, basket: Basket, send: Send) -> None:
        self.ids.text.said = basket.text
        for child in [child for child in self.children if isinstance(child, Press)]:
            self.remove_widget(child)
        self.opacity = 1 if basket.done else 0
        self.height = (150 if t.theme.portrait else 122) * t.theme.u if basket.done else 0
        for button, part in ((basket.afresh, 0.36), (basket.done, 0.4)):
            if button:
                self.add_widget(Press(button, send, size_hint_x=part))


def presses(buttons: Sequence[Button], send: Send, size_u: float = 0, left: bool = False) -> list[Press]:
    return [Press(button, send, size_u, left) for button in buttons]


def refill(box: Widget, widgets: Sequence[Widget]) -> None:
    """Replace what is in a box."""
    box.clear_widgets()
    for widget in widgets:
        box.add_widget(widget)


load_kv(__file__)
