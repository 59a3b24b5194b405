"""One Kivy window for all window tests of a process, whichever program draws in it."""

import os
from pathlib import Path
from typing import Any


class Watched:
    """Kivy's window without frames of its own: whoever looks at it says when it goes on, by `settle`."""

    def __init__(self, home: Path, size: tuple[int, int], frames_to_settle: int) -> None:
        from ticketserver.window.start import prepare_kivy

        prepare_kivy(Path(os.environ.get("KIVY_HOME", home)), size, fullscreen=False)
        from kivy.base import EventLoop
        from kivy.clock import Clock
        from kivy.core.window import Window

        self.clock = Clock
        self.loop, self.window = EventLoop, Window
        self._frames = frames_to_settle
        EventLoop.ensure_window()
        Clock._max_fps = 0

    def settle(self) -> None:
        for _ in range(self._frames):
            self.clock.tick()
        self.loop.idle()


def dress(theme: Any, fonts: Path) -> None:
    """The program's type, as its app sets it."""
    from ticketserver.shared.fonts import chinese_font

    theme.font, theme.bold = str(chinese_font(fonts)), str(chinese_font(fonts, bold=True))


def shown(root: Any, kind: type[Any]) -> list[Any]:
    """Widgets of a kind that can be seen."""
    return [each for each in root.walk() if isinstance(each, kind) and seen(each)]


def seen(widget: Any) -> bool:
    """Neither it nor what it stands in is invisible."""
    while widget.parent is not None and widget.parent is not widget:
        if widget.opacity == 0:
            return False
        widget = widget.parent
    return True
