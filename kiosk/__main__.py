"""`python -m kiosk --config hall.toml --kiosk kiosk1`: one kiosk's window, printer and line to the server.

`python -m kiosk slip --config hall.toml --out slip.png` shows a made-up slip as a picture,
`python -m kiosk roll --config hall.toml --printer printer1` says that a new roll is in,
`python -m kiosk pin --config hall.toml` sets the PIN of the duty menu, and
`python -m kiosk language --config hall.toml --out vi.toml` begins the file of a further language.
"""

import argparse
import asyncio
import faulthandler
import logging
import sys
import time
from pathlib import Path
from typing import TextIO

from hardware.devices.slip_logo import LogoError
from hardware.devices.slip_preview import preview
from hardware.transports.escpos_link import baud_of
from kiosk.io import pin_command
from kiosk.io.hall import NoSuchKiosk, hall_of, kiosk_of, kiosk_with
from kiosk.io.languages import first_file, require_glyphs
from kiosk.io.printers import rolls_dir, setup_of
from kiosk.io.recent_log import RecentLog
from kiosk.io.roll_keeper import say_changed
from kiosk.io.slip_sample import KINDS, sample_slip
from ticketserver.shared.fonts import FontError, chinese_font
from ticketserver.shared.local import local_time, run_dir
from ticketserver.shared.settings import SettingsError, load_settings
from ticketserver.shared.texts import LANGUAGES, load_texts
from ticketserver.window.start import add_window_options, prepare_kivy, window_size

BITS_PER_BYTE = 10


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m kiosk", description="取号机 A kiosk: choose, take a number")
    made.add_argument("--config", required=True, type=Path, help="hall.toml")
    made.add_argument("--kiosk", required=True, metavar="ID", help="which [[kiosk]] of hall.toml this is")
    add_window_options(made)
    made.epilog = (
        "python -m kiosk slip | roll | pin | language --help: "
        "样张 a slip · 换纸 a new roll · 维护密码 the maintenance PIN · 再加语言 a language"
    )
    return made


def slip_parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m kiosk slip", description="号票样张 A made-up slip as a picture")
    made.add_argument("--config", required=True, type=Path, help="hall.toml")
    made.add_argument("--printer", metavar="ID", help="which [[printer]] (without: the first kiosk's)")
    made.add_argument("--kind", choices=KINDS, default=KINDS[0], help="%(default)s")
    made.add_argument("--language", metavar="CODE", default=LANGUAGES[0], help="%(default)s")
    made.add_argument("--out", required=True, type=Path, metavar="PNG", help="the picture")
    made.add_argument("--bytes", type=Path, metavar="FILE", help="also what would go to the printer")
    return made


def roll_parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m kiosk roll", description="换了新纸卷 A new roll is in a printer")
    made.add_argument("--config", required=True, type=Path, help="hall.toml")
    made.add_argument("--printer", required=True, metavar="ID", help="which [[printer]] of this machine")
    return made


def language_parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m kiosk language", description="再加一种语言 A file to be translated into a further language"
    )
    made.add_argument("--config", required=True, type=Path, help="hall.toml")
    made.add_argument("--out", required=True, type=Path, metavar="FILE", help="vi.toml: two or three letters")
    return made


def main(arguments: list[str]) -> int:
    try:
        if arguments[:1] == ["pin"]:
            return pin_command.main(arguments[1:])
        if arguments[:1] == ["slip"]:
            return show_slip(slip_parser().parse_args(arguments[1:]))
        if arguments[:1] == ["roll"]:
            return change_roll(roll_parser().parse_args(arguments[1:]))
        if arguments[:1] == ["language"]:
            return begin_language(language_parser().parse_args(arguments[1:]))
        return run(parser().parse_args(arguments))
    except (SettingsError, NoSuchKiosk, FontError, LogoError) as problem:
        print(problem, file=sys.stderr)
        return 2


def run(asked: argparse.Namespace) -> int:
    """The kiosk itself, until its window is closed."""
    logging.basicConfig(
        # The printer library has set logging up for itself by then.
        stream=sys.stderr,
        level=logging.INFO,
        format="%(asctime)s %(name)s: %(message)s",
        force=True,
    )
    settings = load_settings(asked.config)
    kiosk = kiosk_of(settings, asked.kiosk)
    hall = hall_of(settings, kiosk)
    recent = RecentLog()
    logging.getLogger().addHandler(recent)
    # A watchdog ends a program that hangs with SIGABRT: the log then shows where each thread was.
    faulthandler.enable()
    fonts = run_dir(settings) / "fonts"
    faces = chinese_font(fonts), chinese_font(fonts, bold=True)
    require_glyphs(faces[0], settings.more)
    full = kiosk.fullscreen and not asked.windowed and not asked.size
    home = run_dir(settings) / "kiosk" / kiosk.id / "kivy"
    prepare_kivy(home, window_size(asked, kiosk), full, corner=not asked.windowed)
    from kiosk.app import Fonts, KioskApp, Shown

    shown = Shown(Fonts(*faces), asked.picture, kept=not asked.windowed)
    return asyncio.run(KioskApp(settings, kiosk, hall, shown, recent).serve())


def show_slip(asked: argparse.Namespace) -> int:
    """The slip's picture, and its bytes; tells its length and its time on the wire."""
    settings = load_settings(asked.config)
    kiosk, printer = kiosk_with(settings, asked.printer)
    hall, font = hall_of(settings, kiosk), chinese_font(run_dir(settings) / "fonts")
    known = (*LANGUAGES, *(each.code for each in settings.more))
    if asked.language not in known:
        say(sys.stderr, "slip.sample.no_language", code=asked.language, known=" ".join(known))
        return 2
    now_ms = int(time.time() * 1000)
    document = sample_slip(settings, hall, local_time(settings), asked.kind, asked.language, now_ms)
    baud = baud_of(printer.link)
    setup = setup_of(settings, printer, font, baud)
    made = setup.slip(document)
    picture = preview(document, printer.paper_mm, font, setup.profile)
    try:
        picture.save(asked.out, "PNG")
        if asked.bytes:
            asked.bytes.write_bytes(made.data)
    except OSError as error:
        say(sys.stderr, "slip.sample.not_written", error=error)
        return 1
    wire_s = len(made.data) * BITS_PER_BYTE / baud if baud else 0.0
    facts = {"file": asked.out, "printer": printer.id, "paper": printer.paper_mm, "length": round(made.paper_mm)}
    say(sys.stdout, "slip.sample.written", **facts, bytes=len(made.data), seconds=f"{wire_s:.2f}")
    return 0


def change_roll(asked: argparse.Namespace) -> int:
    """Leave word for the kiosk that has this printer, running or not."""
    settings = load_settings(asked.config)
    _, printer = kiosk_with(settings, asked.printer)
    try:
        say_changed(rolls_dir(settings), printer.id)
    except OSError as error:
        say(sys.stderr, "slip.roll.not_written", error=error)
        return 1
    say(sys.stdout, "slip.roll.said", printer=printer.id)
    return 0


def begin_language(asked: argparse.Namespace) -> int:
    """A file with every sentence, in English; never over one that is there."""
    settings = load_settings(asked.config)
    text = first_file(asked.out.stem, (settings, settings.catalogue))
    try:
        with asked.out.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as error:
        say(sys.stderr, "slip.language.not_written", file=asked.out, error=error.strerror)
        return 1
    folder = asked.config.parent / settings.hall.texts
    say(sys.stdout, "slip.language.written", file=asked.out, folder=folder)
    return 0


def say(stream: TextIO, key: str, **values: object) -> None:
    """A sentence in both languages."""
    for language in LANGUAGES:
        print(load_texts(language)(key, **values), file=stream)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
