"""What a virtual device does later: acts by their time, in the order they were noted where times are equal."""

import heapq
import time
from collections.abc import Callable


class Agenda:
    """For one thread. Times are seconds of the clock that only grows."""

    def __init__(self) -> None:
        self._acts: list[tuple[float, int, Callable[[], None]]] = []
        self._noted = 0

    def at(self, after_ms: float, act: Callable[[], None]) -> None:
        """Do `act` so many milliseconds from now."""
        self._noted += 1
        heapq.heappush(self._acts, (time.monotonic() + after_ms / 1000, self._noted, act))

    def turn(self, now_s: float) -> float | None:
        """Do what is due; → when to come again, None when nothing is left."""
        while self._acts and self._acts[0][0] <= now_s:
            heapq.heappop(self._acts)[2]()
        return self._acts[0][0] if self._acts else None
