"""A driver turned round as its thread does, in a time that waits for whatever stands behind its line.

A driver is patient with its line for some tens of milliseconds, which is little on a machine with other work to do.
So its time goes on with the clock, but by no more than `STEP_MS` a turn, and a turn comes only when each thread behind
the line (a relay, a virtual device) has had some: what the driver sees late, the line has made late. `STEP_MS` is well
below the 30 ms within which a driver takes two closings of a key for one.
"""

import time
from collections.abc import Callable
from typing import Any

from tests.hardware.serving import DEADLINE_S

STEP_MS = 10
ROUNDS = 3
"""A device does what is due, sends it, and a relay passes it on."""
PAUSE_S = 0.01


class Turning:
    """`behind`: calls that return once the thread that serves them has had a turn, the one next to the driver first."""

    def __init__(self, driver: Any, *behind: Callable[[], object]) -> None:
        self.driver = driver
        self.now_ms = self._seen_ms = time.monotonic_ns() // 1_000_000
        self._behind = behind

    def once(self) -> list[Any]:
        """One turn; → what happened in it."""
        if not self.driver.wait(PAUSE_S):
            time.sleep(PAUSE_S)
        for each in self._behind * ROUNDS:
            each()
        seen_ms = time.monotonic_ns() // 1_000_000
        self.now_ms += min(seen_ms - self._seen_ms, STEP_MS)
        self._seen_ms = seen_ms
        return list(self.driver.poll(self.now_ms))

    def until(self, done: Callable[[list[Any]], bool], what: Callable[[], object] = lambda: "") -> list[Any]:
        """Turns until what happened so far fits; → that. `AssertionError`, saying `what()`, when it never does."""
        events: list[Any] = []
        deadline_s = time.monotonic() + DEADLINE_S
        while not done(events):
            assert time.monotonic() < deadline_s, (
                f"not within {DEADLINE_S:g} s: {what()}; {events}, {self.driver.health()}, {self.driver.link_down}"
            )
            events += self.once()
        return events

    def during(self, span_s: float) -> list[Any]:
        """So much of the driver's time, where the proof is that nothing more happens; → what happened."""
        ends_ms = self.now_ms + span_s * 1000
        return self.until(lambda _: self.now_ms >= ends_ms)
