"""Virtual boxes at work: one loop over the line, the clock and a control socket (control.py, box_commands.py)."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from hardware.sim.agenda import Agenda
from hardware.sim.box_commands import Commands
from hardware.sim.box_devices import VirtualBus
from hardware.sim.box_pty import LineFaults, PtyLine
from hardware.sim.loop import Loop, earliest
from hardware.sim.server import TerminalServer


class BoxServer(TerminalServer):
    """A bus of boxes behind a pty."""

    _line: PtyLine

    def __init__(
        self, bus: VirtualBus, link: Path, control: Path | None, seed: int = 0, *, least_s: float = 0.001
    ) -> None:
        faults = LineFaults()
        self._bus = bus
        self._agenda = Agenda()
        line = PtyLine(link, bus.baud, faults, seed)
        super().__init__(line, Loop(least_s), control, Commands(bus, faults, self).answer)

    def driver_baud(self) -> int | None:
        """The speed the driver set, 0 for an unusual one; None while unplugged."""
        return self._line.driver_baud() if self._line.plugged else None

    def later(self, after_ms: float, frame: bytes) -> None:
        self.at(after_ms, partial(self._line.send, frame))

    def at(self, after_ms: float, act: Callable[[], None]) -> None:
        self._agenda.at(after_ms, act)

    def _turn(self, now_s: float) -> float | None:
        acts_s = self._agenda.turn(now_s)
        return earliest(acts_s, self._line.pump(now_s) if self._line.plugged else None)

    def _heard(self) -> None:
        self._line.send(self._bus.hear(self._line.receive()))
