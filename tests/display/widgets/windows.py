"""One Kivy window for all tests of a process: frames drawn, and what can be seen of them."""

import os
from pathlib import Path
from typing import Any

from display.io.hall import layout_of
from display.model import Frame
from display.words import Words
from tests.display.displays import DISPLAY, SETTINGS, WORDS
from ticketserver.shared.devices import Display

FRAMES_TO_SETTLE = 16
"""Layouts in layouts, then type that fits itself to them."""


class Eyes:
    """A person in front of the screen."""

    def __init__(self, home: Path, fonts: Path, display: Display = DISPLAY) -> None:
        from ticketserver.window.start import prepare_kivy

        prepare_kivy(Path(os.environ.get("KIVY_HOME", home)), (1920, 1080), fullscreen=False)
        from kivy.base import EventLoop
        from kivy.clock import Clock
        from kivy.core.window import Window

        from display.widgets.theme import theme
        from ticketserver.shared.fonts import chinese_font

        theme.font, theme.bold = str(chinese_font(fonts)), str(chinese_font(fonts, bold=True))
        self.clock = Clock
        self.loop, self.window = EventLoop, Window
        EventLoop.ensure_window()
        Clock._max_fps = 0
        self.screen: Any = None
        self.hang(display)

    def hang(self, display: Display, words: Words = WORDS) -> None:
        """A screen as hall.toml has it; the X screen behind it may be smaller."""
        from display.app import heads_of
        from display.widgets.window import BoardWindow

        self.close()
        size = display.width_px, display.height_px
        if tuple(self.window.size) != size:
            self.window.size = size
        panel = size, display.size_inches
        self.screen = BoardWindow(heads_of(words), layout_of(SETTINGS, display), *panel, size_hint=(None, None))
        self.screen.size = size
        self.window.add_widget(self.screen)

    def see(self, frame: Frame) -> None:
        self.screen.show(frame)
        self.settle()

    def settle(self) -> None:
        for _ in range(FRAMES_TO_SETTLE):
            self.clock.tick()
        self.loop.idle()

    def all(self, kind: type[Any]) -> list[Any]:
        """Widgets of a kind that can be seen."""
        return [each for each in self.screen.walk() if isinstance(each, kind) and seen(each)]

    def picture(self, file: Path) -> None:
        self.screen.export_as_image().save(str(file))

    def close(self) -> None:
        """Other tests of this process have the same window."""
        if self.screen is not None:
            self.window.remove_widget(self.screen)
            self.screen = None


def seen(widget: Any) -> bool:
    """Neither it nor what it stands in is invisible."""
    while widget.parent is not None and widget.parent is not widget:
        if widget.opacity == 0:
            return False
        widget = widget.parent
    return True
