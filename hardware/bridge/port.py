"""One bus in its own thread: serial lines block, the bridge's loop must not.

What happens on the line is handed out through `report`, which must be safe to call from this thread; what boxes
should show comes in through `show` from any thread. An error that nothing here expects is reported as `PortFailed`:
the bridge then ends as a whole and is started anew, rather than live on deaf in one ear.
"""

import queue
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hardware.devices.call_box import CallBoxBus
from hardware.devices.call_box_parts import BoxEvent, BoxHealth, Look

WAIT_S = 0.02


@dataclass(frozen=True)
class PortHealth:
    """Changed: why the link is down ("" = up), and the health of each box by address."""

    link_down: str
    boxes: Mapping[int, BoxHealth]


@dataclass(frozen=True)
class PortFailed:
    problem: str


Happening = BoxEvent | PortHealth | PortFailed


class Port(threading.Thread):
    """Turns one bus round until `stop`."""

    def __init__(self, name: str, bus: CallBoxBus, report: Callable[[Happening], None]) -> None:
        super().__init__(name=f"bus-{name}", daemon=True)
        self._bus = bus
        self._report = report
        self._looks: queue.SimpleQueue[tuple[int, Look, int]] = queue.SimpleQueue()
        self._stopping = threading.Event()

    def show(self, address: int, look: Look, beeps: int) -> None:
        self._looks.put((address, look, beeps))

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
            while not self._looks.empty():
                address, look, beeps = self._looks.get()
                self._bus.show(address, look.led, beeps, look.text)
            for event in self._bus.poll(time.monotonic_ns() // 1_000_000):
                self._report(event)
            health = PortHealth(self._bus.link_down, self._bus.health())
            if health != known:
                known = health
                self._report(health)
