"""The ring around what a keyboard or a switch would press, and the keys themselves, as they come from the window.

Drawn as a light line within a dark band: seen on every ground and on every button, by its shape as well as its colour.
A key that is held counts once: not every hand lets go at once.
"""

from collections.abc import Callable
from typing import Any

from kivy.clock import Clock
from kivy.core.window import Window
from kivy.graphics import Color, Line
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.widget import Widget

from kiosk.events import Tap
from kiosk.focus import Focus
from kiosk.model import Frame
from kiosk.screens import theme as t
from kiosk.screens.theme import theme
from kiosk.spots import Box, Spot

EDGE_U, RING_U, OUT_U = 18, 10, 4
"""Widths of the dark band and of the line in it, and how far outside the button their middle runs."""
QUIET_S = 60
"""So long after the last key the ring goes."""
NAMES = {
    9: "next", 273: "up", 274: "down", 275: "right", 276: "left", 13: "press", 271: "press", 32: "press", 8: "rub",
    27: "back",
}  # fmt: skip
"""Kivy's codes of keys that do something, both Enters among them."""
PAD = range(256, 266)
"""Digits of the number pad."""
OTHERS = frozenset({"ctrl", "alt", "meta"})


def name_of(code: int, modifiers: list[str]) -> str:
    """What a key means to `Focus`; empty for one that means nothing here."""
    if OTHERS.intersection(modifiers):
        return ""
    if code in NAMES:
        return "last" if code == 9 and "shift" in modifiers else NAMES[code]
    if code in PAD:
        return str(code - PAD[0])
    return chr(code) if code < 128 and chr(code).isalnum() else ""


class Ring(Widget):
    """Lies over the whole window `kiosk` and takes no touch. `head`: the box of the switches that
    stand on every screen. `scan_ms`: the ring's own step, for one switch; 0 = it stays until a key moves it."""

    def __init__(self, kiosk: Widget, head: Widget, send: Callable[[Tap], None], scan_ms: int) -> None:
        super().__init__()
        self._kiosk, self._head, self._send = kiosk, head, send
        self._focus = Focus(scans=scan_ms > 0)
        self._held: set[int] = set()
        self._frame: Frame | None = None
        self._drawn: tuple[object, ...] | None = None
        self._step = Clock.create_trigger(self._advance, scan_ms / 1000) if scan_ms else None
        self._quiet = Clock.create_trigger(lambda _: self.hide(), QUIET_S)
        self._draw = Clock.create_trigger(self._draw_now)
        Window.bind(on_key_down=self._down, on_key_up=self._up)

    def see(self, frame: Frame) -> None:
        """What stands in the window now."""
        self._frame = frame
        self._focus.see(frame.screen)

    def hide(self) -> None:
        """A touch, or long without a key. The window may have missed that a key was let go."""
        self._focus.hide()
        self._held.clear()
        self._draw()

    def buttons(self) -> list[Any]:
        """Everything that can be pressed now, in reading order."""
        return [
            each
            for each in self._kiosk.walk(restrict=True)
            if isinstance(each, ButtonBehavior) and each.button.enabled and min(each.size) > 1
        ]

    def _spots(self, buttons: list[Any]) -> list[Spot]:
        return [Spot(each.button, box_of(each), each.parent is self._head) for each in buttons]

    def _down(self, _window: object, code: int, _scan: int, _sign: str | None, modifiers: list[str]) -> bool:
        """Every key ends here: none of them may do something to the window itself."""
        name = name_of(code, modifiers)
        if not name or code in self._held:
            return True
        self._held.add(code)
        # Said first, as with a touch: whoever is warned that the time is over says with any key that they are there.
        warned = self._frame is not None and self._frame.warning is not None
        self._send(Tap("touch"))
        buttons = self.buttons()
        pressed = None if warned else self._focus.key(name, self._spots(buttons))
        self._quiet.cancel()
        self._quiet()
        self._wait()
        self._draw()
        if pressed is not None:
            buttons[pressed].trigger_action(0)
        return True

    def _up(self, _window: object, code: int, *_: object) -> None:
        self._held.discard(code)

    def _wait(self) -> None:
        """The ring stays for a whole step where a press has left it."""
        if self._step is not None:
            self._step.cancel()
            self._step()

    def _advance(self, _: float) -> None:
        if self._focus.shown:
            self._focus.advance(self._spots(self.buttons()))
            self._wait()

    def _draw_now(self, *_: object) -> None:
        """Once a frame while the ring shows: it follows its button wherever a layout puts it."""
        box = None
        if self._focus.shown:
            box = self._focus.ring(self._spots(self.buttons()))
            self._draw()
        drawn = box and (*box, theme.u, t.RING)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        self.canvas.clear()
        if box is None:
            return
        u = theme.u
        left, bottom, right, top = box
        out = OUT_U * u
        around = (left - out, bottom - out, right - left + 2 * out, top - bottom + 2 * out, 18 * u)
        with self.canvas:
            for ink, width_u in ((t.RING_EDGE, EDGE_U), (t.RING, RING_U)):
                Color(*ink)
                Line(rounded_rectangle=around, width=max(1.0, width_u * u / 2))


def box_of(widget: Any) -> Box:
    left, bottom = widget.to_window(widget.x, widget.y)
    return left, bottom, left + widget.width, bottom + widget.height
