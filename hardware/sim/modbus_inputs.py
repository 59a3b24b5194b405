"""The contacts of a virtual input module, and what the module remembers of them.

A latch is set by any closing (or opening), bounce too, until it is cleared. A counter stands behind a filter: it counts
a closing that has lasted `FILTER_S`, and only while it is started. Without power nothing is remembered.
"""

from collections.abc import Sequence

FILTER_S = 0.02
LATCHES = 32
"""Latches of closings come first, those of openings so many behind them."""
COUNTER_END = 1 << 32


class Inputs:
    """`count` contacts. Times are seconds of one growing clock."""

    def __init__(self, count: int) -> None:
        self.closed = [False] * count
        self.forget()

    def forget(self) -> None:
        """Power comes on: nothing is remembered."""
        self.counts = [0] * len(self.closed)
        self._closed_s: dict[int, float] = {}
        self.clear()

    def clear(self) -> None:
        """Clear all latches."""
        self.latched = [False] * 2 * LATCHES

    def move(self, place: int, closed: bool, now_s: float, started: Sequence[bool], *, powered: bool) -> None:
        """A contact closes or opens."""
        was, self.closed[place] = self.closed[place], closed
        if was == closed or not powered:
            return
        self.count(now_s, started)
        self.latched[place if closed else LATCHES + place] = True
        if closed:
            self._closed_s[place] = now_s
        else:
            self._closed_s.pop(place, None)

    def count(self, now_s: float, started: Sequence[bool]) -> None:
        """Count the closings that have lasted by now; `started` by contact."""
        for place, since_s in list(self._closed_s.items()):
            if now_s - since_s >= FILTER_S:
                del self._closed_s[place]
                self.counts[place] = (self.counts[place] + started[place]) % COUNTER_END
