"""One line in its own thread: serial lines block, the bridge's loop must not.

What happens on the line is handed out through `report`, which must be safe to call from this thread; what its devices
should show comes in through `later` from any thread. An error that nothing here expects is reported as `PortFailed`:
the bridge then ends as a whole and is started anew, rather than live on deaf in one ear.
"""

import queue
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from hardware.devices.call_box_parts import BoxEvent, Led

WAIT_S = 0.02


class Health(Protocol):
    """One device's health: its state (`offline`, `degraded`, or a kind of well) and, where it is not well, why."""

    @property
    def state(self) -> str: ...
    @property
    def reason(self) -> str: ...


class Bus(Protocol):
    """What a line with devices is to its thread, whatever the devices are."""

    @property
    def link_down(self) -> str: ...
    def wait(self, timeout_s: float) -> bool: ...
    def poll(self, now_ms: int) -> Iterable[BoxEvent]: ...
    def health(self) -> Mapping[int, Health]: ...
    def close(self) -> None: ...


class BoxBus(Bus, Protocol):
    """A line with call boxes and rating pads: what each shows from now on, and how often it beeps once."""

    def show(self, address: int, led: Led, beep: int = 0, text: str = "") -> None: ...


@dataclass(frozen=True)
class PortHealth:
    """Changed: why the link is down ("" = up), and the health of each device by address."""

    link_down: str
    devices: Mapping[int, Health]


@dataclass(frozen=True)
class PortFailed:
    problem: str


Happening = BoxEvent | PortHealth | PortFailed


class Port(threading.Thread):
    """Turns one bus round until `stop`."""

    def __init__(self, name: str, bus: Bus, report: Callable[[Happening], None]) -> None:
        super().__init__(name=f"bus-{name}", daemon=True)
        self._bus = bus
        self._report = report
        self._asked: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._stopping = threading.Event()

    def later(self, action: Callable[[], None]) -> None:
        """Call `action` in this thread, which is the only one that may touch the bus."""
        self._asked.put(action)

    def stop(self) -> None:
        """End the thread after its present turn, and give the link back."""
        self._stopping.set()

    def run(self) -> None:
        try:
            self._turn_round()
        except Exception as error:
            self._report(PortFailed(f"{type(error).__name__}: {error}"))
        finally:
            self._bus.close()

    def _turn_round(self) -> None:
        known: PortHealth | None = None
        while not self._stopping.is_set():
            if not self._bus.wait(WAIT_S):
                self._stopping.wait(WAIT_S)
            while not self._asked.empty():
                self._asked.get()()
            for event in self._bus.poll(time.monotonic_ns() // 1_000_000):
                self._report(event)
            health = PortHealth(self._bus.link_down, self._bus.health())
            if health != known:
                known = health
                self._report(health)
