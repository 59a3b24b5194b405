"""Real-time commands, found in the bytes as they arrive and wherever they stand, be it in the middle of a picture.

10 04 n is status, n = 1…4, answered with one byte at once; 10 05 n recovery: n = 1 goes on at the failed line, 2 drops
the buffers.
"""

from collections.abc import Callable

DLE, EOT, ENQ = 0x10, 0x04, 0x05


class Realtime:
    """`feed` every byte that comes off the line."""

    def __init__(self, status: Callable[[int], None], recover: Callable[[int], None]) -> None:
        self._status = status
        self._recover = recover
        self.reset()

    def reset(self) -> None:
        self._last = (0, 0)

    def feed(self, byte: int) -> None:
        if self._last == (DLE, EOT) and 1 <= byte <= 4:
            self._status(byte)
        elif self._last == (DLE, ENQ) and byte in (1, 2):
            self._recover(byte)
        self._last = (self._last[1], byte)
