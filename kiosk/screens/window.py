"""The whole window: a head line, the screen of the moment, and the warning over it. Draws frames, sends taps."""

from collections.abc import Callable
from typing import Any

from kivy.core.window import Window
from kivy.uix.floatlayout import FloatLayout

import kiosk.screens.quiet  # noqa: F401  (its widget stands in the .kv)
from kiosk import model as m
from kiosk.buttons import Button
from kiosk.events import Tap
from kiosk.screens.above import said_above
from kiosk.screens.confirm import ConfirmScreen
from kiosk.screens.find import FindScreen
from kiosk.screens.forgetting import forget_soon
from kiosk.screens.hold import Hold
from kiosk.screens.home import HomeScreen
from kiosk.screens.kept import Kept, refill
from kiosk.screens.listing import ListingScreen
from kiosk.screens.message import MessageScreen
from kiosk.screens.needs import NeedsScreen
from kiosk.screens.number import NumberScreen
from kiosk.screens.palette import STRONG, USUAL
from kiosk.screens.parts import Card, Press, Send, presses
from kiosk.screens.report import ReportScreen
from kiosk.screens.ring import Ring
from kiosk.screens.search import SearchScreen
from kiosk.screens.theme import LARGE_TYPE, theme
from ticketserver.window.kv import load_kv
from ticketserver.window.plain import read_plain_at_the_point

SCREENS: dict[type[m.Screen], Callable[[Send], Any]] = {
    m.Home: HomeScreen,
    m.Listing: ListingScreen,
    m.Search: SearchScreen,
    m.Confirm: ConfirmScreen,
    m.Needs: NeedsScreen,
    m.Message: MessageScreen,
    m.Number: NumberScreen,
    m.Find: FindScreen,
    m.Report: ReportScreen,
}


WARNING_U = 290
"""Its height: that of the basket and the buttons below it, so that no half of one looks out."""


class WarningBar(Card):
    """Over everything while a time-out is near: what lies below takes no touch. Without a warning it has no height."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._stay: Kept[Press, Button] | None = None

    def on_touch_down(self, touch: Any) -> bool:
        return bool(super().on_touch_down(touch)) or (self.height > 0 and bool(self.collide_point(*touch.pos)))

    def show(self, warning: m.Warning | None, send: Send) -> None:
        self.opacity = 1 if warning else 0
        self.height = WARNING_U * theme.u if warning else 0
        self.ids.text.said = warning.text if warning else ""
        self._stay = self._stay or presses(self.ids.button, send, size_u=56)
        self._stay.show((warning.button,) if warning else ())


class KioskWindow(FloatLayout):
    """`show` a frame; only what differs from the last one is drawn anew. `scan_ms`: see `Ring`."""

    def __init__(self, send: Send, scan_ms: int = 0, **kwargs: object) -> None:
        read_plain_at_the_point()
        super().__init__(**kwargs)
        self._send = send
        self._frame: m.Frame | None = None
        self._screens = {kind: screen(send) for kind, screen in SCREENS.items()}
        self._controls = presses(self.ids.controls, send, size_u=34)
        self._hold = Hold(self._in_head, lambda: send(Tap("duty")))
        self.size = Window.size
        self._ring = Ring(self, self.ids.controls, send, scan_ms)
        self.add_widget(self._ring)
        theme.fit(*self.size)
        self.bind(size=self._resized)

    def show(self, frame: m.Frame) -> None:
        last, self._frame = self._frame, frame
        if last == frame:
            return
        if last is not None and frame.fresh and not last.fresh:
            forget_soon()
        ids = self.ids
        if last is None or last.ease != frame.ease:
            self._ease(frame)
            last = None
        low = frame.ease.low
        ids.hall.said, ids.clock.said = ("", "") if low else (frame.hall, frame.clock)
        ids.high_hall.said, ids.high_clock.said = (frame.hall, frame.clock) if low else ("", "")
        ids.high_said.said = said_above(frame.screen) if low else ""
        if last is None or last.controls != frame.controls:
            self._controls.show(frame.controls)
        ids.warning.show(frame.warning, self._send)
        ids.quiet.show(frame.quiet)
        ids.lower.opacity = 0 if frame.quiet else 1
        if last is None or last.screen != frame.screen:
            screen = self._screens[type(frame.screen)]
            refill(ids.place, (screen,))
            screen.show(frame.screen)
        self._ring.see(frame)

    def _ease(self, frame: m.Frame) -> None:
        """Type, reach and colours; screens are made anew for other colours."""
        theme.type = LARGE_TYPE if frame.ease.large else 1.0
        theme.low = frame.ease.low
        theme.fit(*self.size)
        self.ids.line.opacity = 0 if theme.low else 1
        palette = STRONG if frame.ease.contrast else USUAL
        if theme.palette is not palette:
            theme.palette = palette
            self.ids.place.clear_widgets()
            self._screens = {kind: screen(self._send) for kind, screen in SCREENS.items()}

    def on_touch_down(self, touch: Any) -> bool:
        """Every touch says that somebody is there, also one beside all buttons. Said after the touch has found its
        button: it may take the warning away, and must not fall through to what lies below. On a screen that rests it
        wakes it and does nothing else."""
        if self._frame is not None and self._frame.quiet:
            self._send(Tap("touch"))
            return True
        taken = bool(super().on_touch_down(touch))
        self._ring.hide()
        self._send(Tap("touch"))
        self._hold.down(touch)
        return taken

    def on_touch_move(self, touch: Any) -> bool:
        self._hold.moved(touch)
        return bool(super().on_touch_move(touch))

    def on_touch_up(self, touch: Any) -> bool:
        self._hold.up(touch)
        return bool(super().on_touch_up(touch))

    def _in_head(self, x: float, y: float) -> bool:
        """Whether hall and clock stand there: at the top of the screen, whatever its reach."""
        head = self.ids.upper if theme.low else self.ids.line
        place: tuple[float, float] = head.to_widget(x, y)
        return bool(head.collide_point(*place))

    def _resized(self, _window: object, size: tuple[float, float]) -> None:
        theme.fit(*size)
        frame, self._frame = self._frame, None
        if frame is not None:
            self.show(frame)


load_kv(__file__)
