"""`python -m kiosk --config hall.toml --kiosk kiosk1`: one kiosk's window, printer and line to the server."""

import argparse
import asyncio
import logging
import sys
from pathlib import Path

from kiosk.io.hall import NoSuchKiosk, kiosk_of
from ticketserver.shared.fonts import FontError, chinese_font
from ticketserver.shared.local import run_dir
from ticketserver.shared.settings import SettingsError, load_settings
from ticketserver.window.start import add_window_options, prepare_kivy, window_size


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m kiosk", description="取号机 A kiosk: choose, take a number")
    made.add_argument("--config", required=True, type=Path, help="hall.toml")
    made.add_argument("--kiosk", required=True, metavar="ID", help="which [[kiosk]] of hall.toml this is")
    add_window_options(made)
    return made


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
