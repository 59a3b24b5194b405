"""A virtual printer at work: one loop over its line, the clock and a control socket (printer_commands.py)."""

from collections.abc import Sequence
from pathlib import Path

from hardware.sim.loop import Loop, earliest
from hardware.sim.printer_commands import PrinterCommands
from hardware.sim.printer_engine import Printer
from hardware.sim.printer_line import Line
from hardware.sim.printer_slips import SlipFolder
from hardware.sim.server import DeviceServer


class PrinterServer(DeviceServer):
    """A printer behind its line."""

    def __init__(self, printer: Printer, line: Line, loop: Loop, slips: SlipFolder, control: Path | None) -> None:
        self._printer = printer
        self._line = line
        self._commands = PrinterCommands(printer, line, slips)
        super().__init__(loop, control, self._commands.answer)

    def open(self, faults: Sequence[str] = ()) -> None:
        """As every device, and obey the commands `faults`; the errors of `PrinterCommands.obey` for a bad one."""
        super().open()
        try:
            for fault in faults:
                self._commands.obey(fault)
        except BaseException:
            self._close()
            raise

    def plug(self) -> None:
        self._line.plug()

    def unplug(self) -> None:
        self._line.unplug()

    def run(self) -> None:
        """Serve until stopped, then take the names away; what is printed by then comes out."""
        try:
            super().run()
        finally:
            self._printer.tear()

    def _turn(self, now_s: float) -> float | None:
        self._printer.hear(self._line.receive(now_s, self._printer.room), now_s)
        printer_s = self._printer.advance(now_s)
        self._line.send(self._printer.take_answers())
        return earliest(printer_s, self._line.pump(now_s))
