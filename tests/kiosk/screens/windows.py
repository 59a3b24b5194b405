"""One Kivy window for all window tests of a process: drawn frames, touches where a finger would touch, pictures."""

import time
from pathlib import Path
from typing import Any

from kiosk.events import Tap
from kiosk.model import Frame
from tests.pictures.windows import Watched, dress, shown

LOOK_S = 0.4
FRAMES_TO_SETTLE = 8
"""Layouts in layouts, then type that fits itself to them."""


class Hands(Watched):
    """A person in front of the window."""

    def __init__(self, home: Path, fonts: Path) -> None:
        super().__init__(home, (1080, 1920), FRAMES_TO_SETTLE)
        from kiosk.screens.theme import theme
        from kiosk.screens.window import KioskWindow

        dress(theme, fonts)
        self.taps: list[Tap] = []
        self.kiosk = KioskWindow(self.taps.append)
        self.window.add_widget(self.kiosk)

    def resize(self, width: int, height: int) -> None:
        """Give the kiosk this size; the screen behind it may be smaller."""
        if tuple(self.window.size) != (width, height):
            self.window.size = (width, height)
        self.kiosk.size_hint, self.kiosk.size = (None, None), (width, height)
        self.kiosk._frame = None

    def see(self, frame: Frame) -> None:
        self.kiosk.show(frame)
        self.settle()

    def rest(self) -> None:
        """Look at it for as long as a screen takes no touch."""
        until = time.monotonic() + LOOK_S
        while time.monotonic() < until:
            self.loop.idle()

    def all(self, kind: type[Any]) -> list[Any]:
        """Widgets of a kind that can be seen."""
        return shown(self.kiosk, kind)

    def press(self, label: str) -> Any:
        from kiosk.screens.parts import Press

        return next(press for press in self.all(Press) if press.button.label == label)

    def touch(self, label: str) -> list[Tap]:
        """Touch the button with this label in its middle; → the taps that come of it, the touch itself left out."""
        from kivy.tests.common import UnitTestTouch

        self.taps.clear()
        x, y = self.press(label).to_window(*self.press(label).center)
        touch = UnitTestTouch(x, y)
        touch.touch_down()
        self.settle()
        touch.touch_up()
        self.settle()
        return [tap for tap in self.taps if tap.name != "touch"]
