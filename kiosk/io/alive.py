"""Signs of life for whatever watches over the program: systemd, or `make run`, which speaks as systemd does.

Who wants them says so in the environment: NOTIFY_SOCKET is where they go, WATCHDOG_USEC how long one may be missing.
Each beat asks the window for a frame and tells of life only when one has really been drawn since the beat before, so a
loop that hangs and a window that draws no more are both silent. Then the watcher ends the program and starts it again.

Source: sd_notify(3), sd_watchdog_enabled(3). What can go wrong: a watcher that has gone (told in the log, once).
"""

import asyncio
import logging
import os
import socket
from collections.abc import Callable, Mapping
from typing import Final

log = logging.getLogger("kiosk")

BEATS: Final = 4
"""In the time that a sign of life may be missing."""


class Alive:
    """`drawn` after each frame; `run` for as long as the program lives."""

    def __init__(self, ask_frame: Callable[[], None], environ: Mapping[str, str] = os.environ) -> None:
        self._ask_frame = ask_frame
        self._place = environ.get("NOTIFY_SOCKET", "")
        self._every_s = _watched_s(environ) / BEATS
        self._drawn = False
        self._failing = False

    def drawn(self, *_: object) -> None:
        """A frame has gone to the screen."""
        self._drawn = True

    async def run(self) -> None:
        """Beat until cancelled; nothing where nobody watches."""
        while self._every_s:
            if self._drawn:
                self._drawn = False
                self._tell()
            self._ask_frame()
            await asyncio.sleep(self._every_s)

    def _tell(self) -> None:
        # A leading @ stands for the zero byte of an abstract address.
        place = f"\0{self._place[1:]}" if self._place.startswith("@") else self._place
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
                line.setblocking(False)
                line.sendto(b"WATCHDOG=1", place)
        except OSError as error:
            if not self._failing:
                log.warning("the watchdog hears nothing: %s", error)
            self._failing = True
        else:
            self._failing = False


def _watched_s(environ: Mapping[str, str]) -> float:
    """How long a sign may be missing; 0 = nobody watches this process."""
    if not environ.get("NOTIFY_SOCKET") or environ.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return 0.0
    span = environ.get("WATCHDOG_USEC", "")
    return int(span) / 1_000_000 if span.isdecimal() else 0.0
