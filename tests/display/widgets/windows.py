"""One Kivy window for all tests of a process: frames drawn, and what can be seen of them."""

from pathlib import Path
from typing import Any

from display.io.hall import layout_of
from display.model import Frame
from display.words import Words
from tests.display.displays import DISPLAY, SETTINGS, WORDS
from tests.pictures.windows import Watched, dress, shown
from ticketserver.shared.devices import Display

FRAMES_TO_SETTLE = 16
"""Layouts in layouts, then type that fits itself to them."""


class Eyes(Watched):
    """A person in front of the screen."""

    def __init__(self, home: Path, fonts: Path, display: Display = DISPLAY) -> None:
        super().__init__(home, (1920, 1080), FRAMES_TO_SETTLE)
        from display.widgets.theme import theme

        dress(theme, fonts)
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

    def all(self, kind: type[Any]) -> list[Any]:
        """Widgets of a kind that can be seen."""
        return shown(self.screen, kind)

    def picture(self, file: Path) -> None:
        self.screen.export_as_image().save(str(file))

    def close(self) -> None:
        """Other tests of this process have the same window."""
        if self.screen is not None:
            self.window.remove_widget(self.screen)
            self.screen = None
