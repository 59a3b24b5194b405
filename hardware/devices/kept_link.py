"""A link that is opened when it is due and opened again when it broke: after 0.5, 1, 2, then every 5 s.

Its owner's turn: `open_due` (True: opened just now), `wait` or `take` what arrived, `write`, at the end `settle`, which
drops a link that broke on the way. Errors are kept for `settle`, so that a turn has one place where the link goes.
"""

from collections.abc import Callable
from typing import Final

from hardware.transports.link import Link, LinkDown

REOPEN_MS: Final = (500, 1_000, 2_000, 5_000)
WRITE_TIMEOUT_S: Final = 0.5


class KeptLink:
    """Not for two threads at a time. `open_link` opens the link anew each time and raises `LinkDown`."""

    def __init__(self, open_link: Callable[[], Link]) -> None:
        self._open_link = open_link
        self._link: Link | None = None
        self._arrived = b""
        self._failure = ""
        self._reason = "not opened yet"
        self._failures = 0
        self._open_at_ms = self._opened_ms = 0

    @property
    def down(self) -> str:
        """Why there is no link, in the system's words; "" while there is one."""
        return "" if self._link is not None else self._reason

    @property
    def usable(self) -> bool:
        """Whether a frame can go out now."""
        return self._link is not None and not self._failure

    def open_due(self, now_ms: int) -> bool:
        """Open the link where that is due; True when it was opened by this very call."""
        if self._link is not None or now_ms < self._open_at_ms:
            return False
        try:
            self._link = self._open_link()
        except LinkDown as error:
            self._failure = str(error)
            return False
        self._opened_ms = now_ms
        return True

    def wait(self, timeout_s: float) -> bool:
        """Block on the line at most `timeout_s`; False at once when there is no link to wait on."""
        if self._link is None or self._failure:
            return False
        try:
            self._arrived += self._link.read(timeout_s)
        except LinkDown as error:
            self._failure = str(error)
        return True

    def take(self) -> bytes:
        """What has arrived since the last time."""
        arrived, self._arrived = self._arrived, b""
        return arrived

    def write(self, frame: bytes) -> None:
        """Send a frame; a line that takes nothing is broken."""
        if self._link is None or self._failure:
            return
        try:
            self._link.write(frame, WRITE_TIMEOUT_S)
        except LinkDown as error:
            self._failure = str(error)

    def settle(self, now_ms: int) -> None:
        """Drop a link that broke, and say when it is opened again."""
        if not self._failure:
            return
        if self._link is not None:
            self._link.close()
            # A link that lived a while starts the series of pauses anew; one that broke at once does not.
            if now_ms - self._opened_ms > REOPEN_MS[-1]:
                self._failures = 0
        self._open_at_ms = now_ms + REOPEN_MS[min(self._failures, len(REOPEN_MS) - 1)]
        self._failures += 1
        self._link, self._reason, self._failure, self._arrived = None, self._failure, "", b""

    def close(self) -> None:
        """Give the link back; the next turn would open it again."""
        if self._link is not None:
            self._link.close()
            self._link = None
            self._reason = "closed"
