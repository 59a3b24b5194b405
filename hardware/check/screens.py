"""What windows need on this machine: an X display that takes connections, and the Chinese typeface."""

import os
import re
import socket
from pathlib import Path
from typing import Final

from hardware.check.parts import Ask, Finding, Trial, note, well, wrong
from ticketserver.shared.fonts import FOLDERS

SCREEN: Final = "screen"
FONTS: Final = "fonts"
COLLECTIONS: Final = ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc")
SOCKETS: Final = Path("/tmp/.X11-unix")
X_PORT: Final = 6000
REACH_S: Final = 3.0
DISPLAY: Final = re.compile(r"(?P<host>[^:]*):(?P<number>\d+)(?:\.\d+)?")


def tests(ask: Ask) -> list[Trial]:
    made = [Trial((FONTS,), "", _fonts)]
    if ask.settings.kiosk or ask.settings.display:
        made.append(Trial((SCREEN,), "", lambda: [_screen(os.environ.get("DISPLAY", ""))]))
    return made


def _screen(display: str) -> Finding:
    if not display:
        return note(SCREEN, "screen.none")
    match = DISPLAY.fullmatch(display)
    try:
        if match is None:
            raise OSError("not HOST:NUMBER")
        _reach(match["host"], int(match["number"]))
    except OSError as error:
        return wrong(SCREEN, "screen.no_reach", display=display, problem=error)
    return well(SCREEN, "screen.reached", display=display)


def _reach(host: str, number: int) -> None:
    """Raises `OSError` where no X server takes connections."""
    if host in ("", "unix"):
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(REACH_S)
            line.connect(str(SOCKETS / f"X{number}"))
    else:
        socket.create_connection((host, X_PORT + number), REACH_S).close()


def _fonts() -> list[Finding]:
    folder = next((each for each in FOLDERS if all((each / name).is_file() for name in COLLECTIONS)), None)
    if folder is None:
        return [wrong(FONTS, "fonts.missing", folders=", ".join(map(str, FOLDERS)))]
    return [well(FONTS, "fonts.there", folder=folder)]
