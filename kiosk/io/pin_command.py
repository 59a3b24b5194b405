"""`python -m kiosk pin`: set the PIN of the duty menu on this machine."""

import argparse
import getpass
import sys
from pathlib import Path

from kiosk.io.pin import DIGITS, pin_file, set_pin, too_easy
from ticketserver.shared.settings import load_settings
from ticketserver.shared.texts import LANGUAGES, load_texts


def main(arguments: list[str]) -> int:
    """Ask for a PIN twice, or take the first line of what is piped in. Raises `SettingsError`."""
    parser = argparse.ArgumentParser(prog="python -m kiosk pin", description="设维护密码 Set the PIN of the duty menu")
    parser.add_argument("--config", required=True, type=Path, help="hall.toml")
    file = pin_file(load_settings(parser.parse_args(arguments).config))
    if sys.stdin.isatty():
        pin, again = (getpass.getpass(f"{both(key)} ".replace("\n", " ")) for key in ("ask", "again"))
    else:
        pin = again = sys.stdin.readline().strip()
    if wrong := why_not(pin, again):
        print(both(wrong), file=sys.stderr)
        return 2
    try:
        set_pin(file, pin)
    except OSError as error:
        print(both("not_written", error=error), file=sys.stderr)
        return 1
    print(both("set", file=file))
    return 0


def why_not(pin: str, again: str) -> str:
    """What is wrong with a new PIN, as the last part of a text key."""
    if pin != again:
        return "differs"
    if not DIGITS.fullmatch(pin):
        return "digits"
    return "easy" if too_easy(pin) else ""


def both(key: str, **values: object) -> str:
    """A sentence in both languages."""
    return "\n".join(load_texts(language)(f"kiosk.pin.{key}", **values) for language in LANGUAGES)
