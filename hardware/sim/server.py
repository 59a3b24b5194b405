"""What every virtual device at work shares: one loop over its line, the clock and a control socket."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hardware.sim.control import ControlSocket
from hardware.sim.loop import Loop
from hardware.sim.terminal import Terminal


class DeviceServer(ABC):
    """Runs until `stop` is called (from a signal handler or another thread). `answer` obeys a line of the control
    socket."""

    def __init__(self, loop: Loop, control: Path | None, answer: Callable[[str], dict[str, Any]]) -> None:
        self._loop = loop
        self._control = ControlSocket(control, loop, answer) if control else None

    @abstractmethod
    def plug(self) -> None:
        """Make the line; `OSError` when it cannot be made."""

    @abstractmethod
    def unplug(self) -> None:
        """Take the line away, where there is one."""

    @abstractmethod
    def _turn(self, now_s: float) -> float | None:
        """Do what is due; → when to come again, None for not before a file speaks up."""

    def open(self) -> None:
        """Make the line and the control socket; `OSError` when one cannot be made, and then neither is there."""
        try:
            self.plug()
            if self._control:
                self._control.open()
        except BaseException:
            self._close()
            raise

    def run(self) -> None:
        """Serve until stopped, then take the names away."""
        try:
            self._loop.run(self._turn)
        finally:
            self._close()

    def stop(self) -> None:
        self._loop.stop()

    def _close(self) -> None:
        self.unplug()
        self._loop.close()
        if self._control:
            self._control.close()


class TerminalServer(DeviceServer):
    """A device whose line is a terminal that the loop listens to."""

    def __init__(
        self, line: Terminal, loop: Loop, control: Path | None, answer: Callable[[str], dict[str, Any]]
    ) -> None:
        super().__init__(loop, control, answer)
        self._line = line

    @abstractmethod
    def _heard(self) -> None:
        """Take what arrived."""

    def plug(self) -> None:
        if not self._line.plugged:
            self._line.plug()
            self._loop.watch(self._line.fileno(), self._hear)

    def unplug(self) -> None:
        if self._line.plugged:
            self._loop.forget(self._line.fileno())
            self._line.unplug()

    def _hear(self) -> None:
        # A command of the same turn may have pulled the cable.
        if self._line.plugged:
            self._heard()
