"""`python -m kiosk --config hall.toml --kiosk kiosk1`: one kiosk's window, printer and line to the server."""

import argparse
import asyncio
import logging
import os
import re
import sys
from pathlib import Path

from kiosk.io.hall import NoSuchKiosk, kiosk_of, run_dir
from ticketserver.shared.devices import Kiosk
from ticketserver.shared.fonts import FontError, chinese_font
from ticketserver.shared.settings import SettingsError, load_settings

DEVELOPER_HEIGHT_PX = 900


def size_px(text: str) -> tuple[int, int]:
    """`1080x1920`."""
    match = re.fullmatch(r"([0-9]{3,4})x([0-9]{3,4})", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no size; write WIDTHxHEIGHT in pixels, e.g. 1080x1920")
    return int(match[1]), int(match[2])


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m kiosk", description="取号机 A kiosk: choose, take a number")
    made.add_argument("--config", required=True, type=Path, help="hall.toml")
    made.add_argument("--kiosk", required=True, metavar="ID", help="which [[kiosk]] of hall.toml this is")
    made.add_argument("--windowed", action="store_true", help="a window scaled to a developer's screen")
    made.add_argument("--size", type=size_px, metavar="WxH", help="size of the window in pixels")
    made.add_argument("--picture", type=Path, metavar="PATH", help="keep a PNG of the window there")
    return made


def window_size(asked: argparse.Namespace, kiosk: Kiosk) -> tuple[int, int]:
    """What was asked for; else the panel's size, in a developer's window scaled down to fit."""
    if asked.size:
        width, height = asked.size
        return width, height
    scale = min(1.0, DEVELOPER_HEIGHT_PX / kiosk.height_px) if asked.windowed else 1.0
    return round(kiosk.width_px * scale), round(kiosk.height_px * scale)


def prepare_kivy(home: Path, size: tuple[int, int], fullscreen: bool, corner: bool = True) -> None:
    """Everything Kivy reads when it is imported; nothing of a person's own Kivy settings.

    `corner`: the window stands in the screen's top left corner, for a screen without a window manager.
    """
    home.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "KIVY_HOME": str(home.resolve()), "KIVY_NO_ARGS": "1", "KIVY_LOG_MODE": "PYTHON", "KIVY_NO_ENV_CONFIG": "1",
    }  # fmt: skip
    from kivy.config import Config

    Config.set("graphics", "width", str(size[0]))
    Config.set("graphics", "height", str(size[1]))
    Config.set("graphics", "fullscreen", "auto" if fullscreen else "0")
    Config.set("graphics", "position", "custom" if corner else "auto")
    Config.set("graphics", "left", "0")
    Config.set("graphics", "top", "0")
    Config.set("graphics", "maxfps", "30")
    Config.set("kivy", "exit_on_escape", "0")
    Config.set("kivy", "log_level", "warning")
    Config.remove_section("input")
    Config.add_section("input")
    Config.set("input", "mouse", "mouse,disable_multitouch")


def main(arguments: list[str]) -> int:
    asked = parser().parse_args(arguments)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
    try:
        settings = load_settings(asked.config)
        kiosk = kiosk_of(settings, asked.kiosk)
        fonts = run_dir(settings) / "fonts"
        faces = chinese_font(fonts), chinese_font(fonts, bold=True)
    except (SettingsError, NoSuchKiosk, FontError) as problem:
        print(problem, file=sys.stderr)
        return 2
    full = kiosk.fullscreen and not asked.windowed and not asked.size
    home = run_dir(settings) / "kiosk" / kiosk.id / "kivy"
    prepare_kivy(home, window_size(asked, kiosk), full, corner=not asked.windowed)
    from kiosk.app import Fonts, KioskApp

    asyncio.run(KioskApp(settings, kiosk, Fonts(*faces), asked.picture).serve())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
