"""Virtual panels at work: one loop over their line, the clock and a control socket (panel_commands.py).

The line is a virtual printer's: a pseudo-terminal that takes each byte in its own time, or a TCP port.
"""

import random
from pathlib import Path

from hardware.sim.loop import Loop, earliest
from hardware.sim.panel_commands import PanelCommands
from hardware.sim.panel_devices import BYTE_LIMIT, VirtualPanels
from hardware.sim.panel_faults import AnswerFaults, spoiled
from hardware.sim.printer_line import Line
from hardware.sim.server import DeviceServer


class PanelServer(DeviceServer):
    """Panels behind their line."""

    def __init__(self, panels: VirtualPanels, line: Line, loop: Loop, control: Path | None, seed: int = 0) -> None:
        self._panels = panels
        self._line = line
        self._faults = AnswerFaults()
        self._random = random.Random(seed)
        commands = PanelCommands(panels, self._faults, line)
        super().__init__(loop, control, commands.answer)

    def plug(self) -> None:
        self._line.plug()

    def unplug(self) -> None:
        self._line.unplug()

    def _turn(self, now_s: float) -> float | None:
        data = self._line.receive(now_s, BYTE_LIMIT)
        if data:
            if self._faults.echo:
                self._line.send(data)
            # A frame that this machine reads late was not broken off on the line.
            answers = self._panels.hear(data, self._line.heard_s)
            self._line.send(spoiled(answers, self._faults, self._random))
        return earliest(self._panels.tick(now_s), self._line.pump(now_s))
