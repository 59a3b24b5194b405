"""A scanner or card reader on a line to a virtual one: in memory and hand-moved time, or over real ptys."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hardware.sim.control import Control
from hardware.sim.reading_server import Engine, ReadingServer
from hardware.transports.link import Link, LinkDown
from hardware.transports.memory import LinkFaults, memory_pair
from tests.hardware.serving import serving


class Bench:
    """A driver, the virtual device behind its line, and the clock. `wire`: False = what either says is lost."""

    def __init__(self, make: Callable[[Callable[[], Link]], Any], engine: Engine, faults: LinkFaults | None = None):
        self.now_ms = 1_000_000
        self.engine = engine
        self.faults = faults
        self.down = ""
        self.wire = True
        self.openings = 0
        self.broken = False
        self.asked: list[bytes] = []
        self.near: Link
        self.far: Link
        self.driver = make(self._open)

    def _open(self) -> Link:
        if self.down:
            raise LinkDown(self.down)
        self.near, self.far = memory_pair(self.faults)
        self.openings += 1
        self.broken = False
        return self.near

    def run(self, span_ms: int, step_ms: int = 10) -> list[Any]:
        events: list[Any] = []
        for _ in range(0, span_ms, step_ms):
            events += self.driver.poll(self.now_ms)
            if not self.driver.link_down and not self.broken:
                self._turn()
            self.now_ms += step_ms
        return events

    def _turn(self) -> None:
        now_s = self.now_ms / 1000
        for data in iter(lambda: self.far.read(0), b""):
            self.asked.append(data)
            if self.wire:
                self.engine.hear(data, now_s)
        said, _ = self.engine.due(now_s)
        if said and self.wire:
            self.far.write(said, 0)

    def say(self, data: bytes) -> None:
        """Bytes on the line that the device did not send."""
        self.far.write(data, 0)

    def do(self, command: str, span_ms: int = 0) -> list[Any]:
        """A hand on the device, then time."""
        assert self.engine.obey(command, self.now_ms / 1000), command
        return self.run(span_ms)

    def break_line(self) -> None:
        self.broken = True
        self.far.close()


@contextlib.contextmanager
def running(engine: Engine, link: Path) -> Iterator[Callable[[str], dict[str, Any]]]:
    """The virtual device at work behind its terminal; yields what says a command to it."""
    control = link.with_name(f"{link.name}.ctl")
    with serving(ReadingServer(engine, link, control)), Control(control, "reader", "virtual device") as hand:
        yield hand.command
