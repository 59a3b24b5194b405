"""All tests at once, those of one link one after another, and an end to it whatever a device does.

A test that is not over in its time is told as such and left behind in its thread, which ends with the program.
"""

import os
import threading
import time
from collections.abc import Sequence

from hardware.check.parts import Finding, Trial, wrong


class Group(threading.Thread):
    """The tests of one link."""

    def __init__(self, tests: Sequence[Trial]) -> None:
        super().__init__(name=f"check {tests[0].names[0]}", daemon=True)
        self.tests = tests
        self.limit_s = sum(test.limit_s for test in tests)
        self._found: list[list[Finding]] = []

    def run(self) -> None:
        for test in self.tests:
            try:
                self._found.append(test.run())
            except Exception as error:
                self._found.append([wrong(test.names[0], "broke", problem=f"{type(error).__name__}: {error}")])

    def found(self) -> list[Finding]:
        """What is known now; a test that is not over says so."""
        over = list(self._found)
        late = self.tests[len(over) :]
        return [finding for findings in over for finding in findings] + [
            wrong(name, "no_end", seconds=f"{test.limit_s:g}") for test in late for name in test.names
        ]


def run_tests(tests: Sequence[Trial]) -> list[Finding]:
    """The findings of all tests, in the order of the tests' first devices."""
    links: dict[str, list[Trial]] = {}
    for place, test in enumerate(tests):
        links.setdefault(_line(test.link) or f"test {place}", []).append(test)
    groups = [Group(of_link) for of_link in links.values()]
    begun_s = time.monotonic()
    for group in groups:
        group.start()
    for group in groups:
        group.join(max(0.0, begun_s + group.limit_s - time.monotonic()))
    return [finding for group in groups for finding in group.found()]


def _line(link: str) -> str:
    """The same for two names of one serial port."""
    if link.startswith("serial:"):
        return os.path.realpath(link.removeprefix("serial:").partition("?")[0])
    return link
