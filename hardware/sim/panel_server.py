"""Virtual panels at work: one loop over their line, the clock and a control socket (panel_commands.py).

The line is a virtual printer's: a pseudo-terminal that takes each byte in its own time, or a TCP port.
"""

import random
from pathlib import Path

from hardware.sim.control import ControlSocket
from hardware.sim.loop import Loop
from hardware.sim.panel_commands import PanelCommands
from hardware.sim.panel_devices import BYTE_LIMIT, VirtualPanels
from hardware.sim.panel_faults import AnswerFaults, spoiled
from hardware.sim.printer_line import Line


class PanelServer:
    """Panels behind their line; runs until `stop` is called (from a signal handler or another thread)."""

    def __init__(self, panels: VirtualPanels, line: Line, loop: Loop, control: Path | None, seed: int = 0) -> None:
        self._panels = panels
        self._line = line
        self._loop = loop
        self._faults = AnswerFaults()
        self._random = random.Random(seed)
        commands = PanelCommands(panels, self._faults, line)
        self._control = ControlSocket(control, loop, commands.answer) if control else None

    def open(self) -> None:
        """Make the line and the control socket; `OSError` when one cannot be made."""
        try:
            self._line.plug()
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
        self._line.unplug()
        self._loop.close()
        if self._control:
            self._control.close()

    def _turn(self, now_s: float) -> float | None:
        data = self._line.receive(now_s, BYTE_LIMIT)
        if data:
            if self._faults.echo:
                self._line.send(data)
            self._line.send(spoiled(self._panels.hear(data, now_s), self._faults, self._random))
        panels_s = self._panels.tick(now_s)
        return min((at_s for at_s in (panels_s, self._line.pump(now_s)) if at_s is not None), default=None)
