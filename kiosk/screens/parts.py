"""Widgets that all screens are made of: grounds, buttons that send taps, the basket.

What can go wrong: a widget that is kept becomes another button under a finger (`Sends`).
"""

from collections.abc import Callable, Sequence
from functools import partial

from kivy.properties import ColorProperty, NumericProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.buttons import Basket, Button, Look
from kiosk.events import Tap
from kiosk.screens import theme as t
from kiosk.screens.forgetting import Forgets
from kiosk.screens.kept import Kept, refill
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
NO_BUTTON = Button("", Tap(""), enabled=False)


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


class Sends(ButtonBehavior, Forgets):
    """Sends the tap of its `button` when it is let go, if it is still the button that was touched."""

    button: Button

    def __init__(self, send: Send, **kwargs: object) -> None:
        self._send = send
        self._touched: Tap | None = None
        super().__init__(**kwargs)

    def forget(self) -> None:
        self.button, self._touched = NO_BUTTON, None

    def on_press(self) -> None:
        self._touched = self.button.tap if self.button.enabled else None

    def on_release(self) -> None:
        if self.button.enabled and self._touched == self.button.tap:
            self._send(self.button.tap)


class Press(Sends, Card):
    """A button of the model. `min_state_time` keeps the answer to a touch visible."""

    def __init__(self, send: Send, **kwargs: object) -> None:
        self.min_state_time = 0.08
        super().__init__(send, **kwargs)
        self._label, self._detail = FitLabel(), FitLabel(size_u=28, size_hint_y=0.6)

    def show(self, button: Button, size_u: float = 0, left: bool = False) -> None:
        self.button = button
        self._up, self.line_colour, self._down, ink = (
            getattr(t, name) for name in (INKS[button.look] if button.enabled else OFF)
        )
        self.line_u = 4 if button.look is Look.CHOSEN else 2
        self._paint()
        label, detail = self._label, self._detail
        label.said = f"✓ {button.label}" if button.look is Look.CHOSEN else button.label
        label.size_u = size_u or SIZES[button.look]
        label.strong = button.look in (Look.MAIN, Look.TILE, Look.CHOSEN)
        label.color = ink
        detail.said = button.detail
        detail.color = ink if button.look is Look.MAIN else t.FAINT_INK
        label.halign = detail.halign = "left" if left else "center"
        refill(self, (label, detail) if button.detail else (label,))

    def _paint(self) -> None:
        touched = self.state == "down" and self._touched == self.button.tap
        self.colour = self._down if touched else self._up

    def on_press(self) -> None:
        super().on_press()
        self._paint()

    def on_state(self, *_: object) -> None:
        self._paint()


def presses(box: Widget, send: Send, size_u: float = 0, **kwargs: object) -> Kept[Press, Button]:
    """The buttons of a box."""
    return Kept(box, partial(Press, send, **kwargs), partial(Press.show, size_u=size_u))


class BasketBar(Card):
    """What has been chosen, and the way on; no height while nothing is."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._afresh: Kept[Press, Button] | None = None
        self._done: Kept[Press, Button] | None = None

    def show(self, basket: Basket, send: Send) -> None:
        self.ids.text.said = basket.text
        self.opacity = 1 if basket.done else 0
        self.height = (150 if t.theme.portrait else 122) * t.theme.u if basket.done else 0
        self._afresh = self._afresh or presses(self, send, size_hint_x=0.36)
        self._done = self._done or presses(self, send, size_hint_x=0.4)
        self._afresh.show((basket.afresh,) if basket.afresh else ())
        self._done.show((basket.done,) if basket.done else ())


load_kv(__file__)
