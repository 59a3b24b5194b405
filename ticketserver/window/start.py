"""The start of a program with a window: its size, and everything that Kivy reads when it is imported.

Nothing here imports Kivy before `prepare_kivy` does: it opens its window with the settings it finds then.
"""

import argparse
import os
import re
from pathlib import Path
from typing import Protocol

DEVELOPER_HEIGHT_PX = 900


class Panel(Protocol):
    """The screen of a kiosk or a display, as hall.toml has it."""

    @property
    def width_px(self) -> int: ...
    @property
    def height_px(self) -> int: ...


def size_px(text: str) -> tuple[int, int]:
    """`1080x1920`."""
    match = re.fullmatch(r"([0-9]{3,4})x([0-9]{3,4})", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no size; write WIDTHxHEIGHT in pixels, e.g. 1080x1920")
    return int(match[1]), int(match[2])


def add_window_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--windowed", action="store_true", help="a window scaled to a developer's screen")
    parser.add_argument("--size", type=size_px, metavar="WxH", help="size of the window in pixels")
    parser.add_argument("--picture", type=Path, metavar="PATH", help="keep a PNG of the window there")


def window_size(asked: argparse.Namespace, panel: Panel) -> tuple[int, int]:
    """What was asked for; else the panel's size, in a developer's window scaled down to fit."""
    if asked.size:
        width, height = asked.size
        return width, height
    scale = min(1.0, DEVELOPER_HEIGHT_PX / panel.height_px) if asked.windowed else 1.0
    return round(panel.width_px * scale), round(panel.height_px * scale)


def prepare_kivy(home: Path, size: tuple[int, int], fullscreen: bool, corner: bool = True) -> None:
    """Everything Kivy reads when it is imported; nothing of a person's own Kivy settings.

    `corner`: the window stands in the screen's top left corner, for a screen without a window manager, and shows no
    pointer: nobody points with a mouse at a kiosk or a call screen.
    """
    home.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "KIVY_HOME": str(home.resolve()), "KIVY_NO_ARGS": "1", "KIVY_LOG_MODE": "PYTHON", "KIVY_NO_ENV_CONFIG": "1",
    }  # fmt: skip
    from kivy.config import Config

    Config.set("graphics", "width", str(size[0]))
    Config.set("graphics", "height", str(size[1]))
    Config.set("graphics", "fullscreen", "auto" if fullscreen else "0")
    Config.set("graphics", "show_cursor", "0" if corner else "1")
    Config.set("graphics", "position", "custom" if corner else "auto")
    Config.set("graphics", "left", "0")
    Config.set("graphics", "top", "0")
    # A touch is heard at one frame and answered at the next. Frames are drawn only where something has changed.
    Config.set("graphics", "maxfps", "60")
    # Smoother edges would double the work of a machine without a graphics card, and type is smooth without.
    Config.set("graphics", "multisamples", "0")
    Config.set("kivy", "exit_on_escape", "0")
    Config.set("kivy", "log_level", "warning")
    Config.remove_section("input")
    Config.add_section("input")
    Config.set("input", "mouse", "mouse,disable_multitouch")
