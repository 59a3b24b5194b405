"""Virtual boxes at work: one loop over the line, the clock and a control socket (control.py, box_commands.py)."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from hardware.sim.agenda import Agenda
from hardware.sim.box_commands import Commands
from hardware.sim.box_devices import VirtualBus
from hardware.sim.box_pty import LineFaults, PtyLine
from hardware.sim.control import ControlSocket
from hardware.sim.loop import Loop


class BoxServer:
    """A bus of boxes behind a pty; runs until `stop` is called (from a signal handler or another thread)."""

    def __init__(
        self, bus: VirtualBus, link: Path, control: Path | None, seed: int = 0, *, least_s: float = 0.001
    ) -> None:
        faults = LineFaults()
        self._bus = bus
        self._line = PtyLine(link, bus.baud, faults, seed)
        self._loop = Loop(least_s)
        commands = Commands(bus, faults, self)
        self._control = ControlSocket(control, self._loop, commands.answer) if control else None
        self._agenda = Agenda()

    def open(self) -> None:
        """Make the terminal and the control socket; `OSError` when a path cannot be made."""
        self.plug()
        if self._control:
            self._control.open()

    def run(self) -> None:
        """Serve until stopped, then take the names away."""
        try:
            self._loop.run(self._turn)
        finally:
            self.unplug()
            self._loop.close()
            if self._control:
                self._control.close()

    def stop(self) -> None:
        self._loop.stop()

    def plug(self) -> None:
        if not self._line.plugged:
            self._line.plug()
            self._loop.watch(self._line.fileno(), self._hear)

    def unplug(self) -> None:
        if self._line.plugged:
            self._loop.forget(self._line.fileno())
            self._line.unplug()

    def driver_baud(self) -> int | None:
        """The speed the driver set, 0 for an unusual one; None while unplugged."""
        return self._line.driver_baud() if self._line.plugged else None

    def later(self, after_ms: float, frame: bytes) -> None:
        self.at(after_ms, partial(self._line.send, frame))

    def at(self, after_ms: float, act: Callable[[], None]) -> None:
        self._agenda.at(after_ms, act)

    def _turn(self, now_s: float) -> float | None:
        acts_s = self._agenda.turn(now_s)
        bytes_s = self._line.pump(now_s) if self._line.plugged else None
        return min((at_s for at_s in (acts_s, bytes_s) if at_s is not None), default=None)

    def _hear(self) -> None:
        # A command of the same turn may have pulled the cable.
        if self._line.plugged:
            self._line.send(self._bus.hear(self._line.receive()))
