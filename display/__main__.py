"""`python -m display --config hall.toml --display display1`: one call screen, its voice and its line to the server.

`python -m display make-clips [--config hall.toml]`: make the clips that the voice puts its calls together from.
`python -m display clips [--config hall.toml] [--check | --sheet]`: what they are, what is wrong with the hall's own,
what to record.
"""

import argparse
import asyncio
import logging
import sys
from pathlib import Path

from display.io.clips import ClipError, make_clips
from display.io.hall import NoSuchDisplay, display_of
from ticketserver.shared.fonts import FontError, chinese_font
from ticketserver.shared.local import run_dir
from ticketserver.shared.settings import Settings, SettingsError, load_settings
from ticketserver.shared.texts import HERE, load_texts
from ticketserver.window.start import add_window_options, prepare_kivy, window_size

SAMPLE = HERE.parent / "sample" / "hall.toml"
MAKE_CLIPS = "make-clips"
CLIPS = "clips"


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m display",
        description="叫号屏 A call screen and its voice.",
        epilog=f"{MAKE_CLIPS} [--config FILE] makes the voice's clips; {CLIPS} [--config FILE] tells what they are",
    )
    made.add_argument("--config", required=True, type=Path, help="hall.toml")
    made.add_argument("--display", required=True, metavar="ID", help="which [[display]] of hall.toml this is")
    add_window_options(made)
    return made


def clips_parser(command: str) -> argparse.ArgumentParser:
    told = {
        MAKE_CLIPS: "语音片段 Make the clips that calls are put together from.",
        CLIPS: "语音片段 What the clips are and say, and which of the hall's own recordings cannot be used.",
    }
    made = argparse.ArgumentParser(prog=f"python -m display {command}", description=told[command])
    made.add_argument("--config", type=Path, default=SAMPLE, help="hall.toml; without it the sample hall")
    if command == CLIPS:
        only = made.add_mutually_exclusive_group()
        only.add_argument("--check", action="store_true", help="only the recordings that cannot be used")
        only.add_argument("--sheet", action="store_true", help="what to record, for whoever speaks it")
    return made


def make(settings: Settings) -> None:
    """Raises ClipError."""
    folder, count, made = make_clips(settings)
    key = "display.clips.made" if made else "display.clips.ready"
    for language in ("zh", "en"):
        print(load_texts(language)(key, count=count, folder=folder))


def tell_clips(asked: argparse.Namespace, settings: Settings) -> int:
    """1 where a recording cannot be used. Raises ClipError."""
    from display.io.bank_list import Bank

    bank = Bank(settings)
    lines = bank.check() if asked.check else bank.sheet() if asked.sheet else bank.list()
    print(*lines, sep="\n")
    return 1 if asked.check and bank.wrong else 0


def show(asked: argparse.Namespace, settings: Settings) -> None:
    """Raises NoSuchDisplay, FontError."""
    display = display_of(settings, asked.display)
    fonts = run_dir(settings) / "fonts"
    faces = chinese_font(fonts), chinese_font(fonts, bold=True)
    full = display.fullscreen and not asked.windowed and not asked.size
    home = run_dir(settings) / "display" / display.id / "kivy"
    prepare_kivy(home, window_size(asked, display), full, corner=not asked.windowed)
    from display.app import DisplayApp

    asyncio.run(DisplayApp(settings, display, faces, asked.picture).serve())


def main(arguments: list[str]) -> int:
    command = arguments[0] if arguments[:1] in ([MAKE_CLIPS], [CLIPS]) else ""
    asked = clips_parser(command).parse_args(arguments[1:]) if command else parser().parse_args(arguments)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
    try:
        settings = load_settings(asked.config)
        if command == CLIPS:
            return tell_clips(asked, settings)
        if command == MAKE_CLIPS:
            make(settings)
        else:
            show(asked, settings)
    except (SettingsError, NoSuchDisplay, FontError, ClipError) as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
