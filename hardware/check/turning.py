"""A driver turned round as its program would, for as long as a test lasts."""

import time
from collections.abc import Callable, Iterable
from typing import Final, Protocol, TypeVar

from hardware.transports.link import Link

Event_co = TypeVar("Event_co", covariant=True)
Event = TypeVar("Event")
WAIT_S: Final = 0.02


class Ground(Protocol):
    """What a driver stands on: its line, its time. A recorder, or a session that is played back."""

    def open(self) -> Link: ...
    def clock(self) -> float: ...
    def wait(self, timeout_s: float) -> None: ...
    def end(self) -> None: ...


class Driver(Protocol[Event_co]):
    """What call boxes, panels, scanners and card readers have in common."""

    @property
    def link_down(self) -> str: ...
    def wait(self, timeout_s: float) -> bool: ...
    def poll(self, now_ms: int) -> Iterable[Event_co]: ...
    def close(self) -> None: ...


def turn(
    driver: Driver[Event],
    over: Callable[[list[Event]], bool],
    clock: Callable[[], float] = time.monotonic,
    wait: Callable[[float], None] = time.sleep,
) -> list[Event]:
    """Turn the driver round until `over` says so of all that has happened; → what has happened."""
    events: list[Event] = []
    while True:
        events += driver.poll(int(clock() * 1000))
        if over(events):
            return events
        if not driver.wait(WAIT_S):
            wait(WAIT_S)


def turn_for(seconds: float, driver: Driver[Event], over: Callable[[list[Event]], bool]) -> list[Event]:
    """The same, for no longer than the time."""
    until_s = time.monotonic() + seconds
    return turn(driver, lambda events: over(events) or time.monotonic() >= until_s)
