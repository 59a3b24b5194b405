"""One thread of a virtual device: files that speak up, and a turn that says when it wants to be called again."""

import contextlib
import selectors
import socket
import time
from collections.abc import Callable
from typing import Protocol


class HasFileno(Protocol):
    def fileno(self) -> int: ...


def earliest(*times_s: float | None) -> float | None:
    """The first of times of which None is never."""
    return min((at_s for at_s in times_s if at_s is not None), default=None)


class Loop:
    """Runs until `stop` is called (from a signal handler or another thread), then closes the sockets it watches.

    `least_s` is the shortest time it sleeps; below a millisecond it costs more, for lines whose pauses are that short.
    """

    def __init__(self, least_s: float = 0.001) -> None:
        self._least_s = least_s
        # Only select takes times that are no whole milliseconds.
        self._selector = selectors.SelectSelector() if least_s < 0.001 else selectors.DefaultSelector()
        self._wake_out, self._wake_in = socket.socketpair()
        self._selector.register(self._wake_out, selectors.EVENT_READ)

    def watch(self, file: int | HasFileno, heard: Callable[[], None]) -> None:
        """Call `heard` whenever the file can be read."""
        self._selector.register(file, selectors.EVENT_READ, heard)

    def forget(self, file: int | HasFileno) -> None:
        self._selector.unregister(file)

    def stop(self) -> None:
        with contextlib.suppress(OSError):
            self._wake_in.send(b"x")

    def run(self, turn: Callable[[float], float | None]) -> None:
        """`turn(now_s)` → when to come again at the latest, None for not before a file speaks up."""
        while True:
            now_s = time.monotonic()
            next_s = turn(now_s)
            for key, _ in self._selector.select(None if next_s is None else max(self._least_s, next_s - now_s)):
                if key.fileobj is self._wake_out:
                    return
                key.data()

    def close(self) -> None:
        for key in list(self._selector.get_map().values()):
            if isinstance(key.fileobj, socket.socket):
                key.fileobj.close()
        self._selector.close()
        self._wake_in.close()
