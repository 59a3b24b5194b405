"""Who ends a program that hangs: `make run` listens for its signs of life as systemd does (WatchdogSec in the units).

    started ── a sign ──▶ due in `watchdog_s` ── none came ──▶ SIGABRT ── still there after `ABORT_S` ──▶ SIGKILL

SIGABRT first, because the program's log then shows where it hung; SIGKILL because a process that is stopped hears no
other. The program is brought back like any that ended. Source: sd_notify(3), systemd.service(5).
"""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterable, Mapping

from ticketserver.runner.say import say

ABORT_S = 3.0
SIGN = b"WATCHDOG=1"
MOST_BYTES = 4096


class Watchdog:
    """For one program; `begin` at each of its starts. Times are seconds of the monotonic clock."""

    def __init__(self, name: str, span_s: float) -> None:
        self.name, self.span_s = name, span_s
        self.due_s = float("inf")
        self.aborted = False
        # An abstract address: it is gone with this process, and no path is too long for it.
        self._place = f"@yihao-{os.getpid()}-{name}"
        self.line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.line.setblocking(False)
        self.line.bind(f"\0{self._place[1:]}")

    def environ(self) -> Mapping[str, str]:
        """What tells the program that signs of life are wanted."""
        return {"NOTIFY_SOCKET": self._place, "WATCHDOG_USEC": str(round(self.span_s * 1_000_000))}

    def begin(self, now_s: float) -> None:
        self.due_s, self.aborted = now_s + self.span_s, False

    def end(self) -> None:
        """It does not run: nothing is due."""
        self.due_s = float("inf")

    def look(self, now_s: float) -> signal.Signals | None:
        """Take in what was told; → the signal that is due now."""
        while True:
            try:
                sign = self.line.recv(MOST_BYTES)
            except BlockingIOError:
                break
            if SIGN in sign.splitlines() and not self.aborted and self.due_s < float("inf"):
                self.due_s = now_s + self.span_s
        if now_s < self.due_s:
            return None
        if self.aborted:
            self.end()
            return signal.SIGKILL
        self.aborted, self.due_s = True, now_s + ABORT_S
        say("supervise.hung", name=self.name, seconds=round(self.span_s))
        return signal.SIGABRT


def sleep_s(dogs: Iterable[Watchdog], now_s: float, limit_s: float | None) -> float | None:
    """How long to sleep at most until one of them is due; None = for ever."""
    due_s = min((dog.due_s for dog in dogs), default=float("inf"))
    if due_s == float("inf"):
        return limit_s
    left_s = max(0.0, due_s - now_s)
    return left_s if limit_s is None else min(limit_s, left_s)
