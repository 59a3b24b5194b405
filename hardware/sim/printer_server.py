"""A virtual printer at work: one loop over its line, the clock and a control socket (printer_commands.py)."""

from collections.abc import Sequence
from pathlib import Path

from hardware.sim.control import ControlSocket
from hardware.sim.loop import Loop
from hardware.sim.printer_commands import PrinterCommands
from hardware.sim.printer_engine import Printer
from hardware.sim.printer_line import Line
from hardware.sim.printer_slips import SlipFolder


class PrinterServer:
    """A printer behind its line; runs until `stop` is called (from a signal handler or another thread)."""

    def __init__(self, printer: Printer, line: Line, loop: Loop, slips: SlipFolder, control: Path | None) -> None:
        self._printer = printer
        self._line = line
        self._loop = loop
        self._commands = PrinterCommands(printer, line, slips)
        self._control = ControlSocket(control, loop, self._commands.answer) if control else None

    def open(self, faults: Sequence[str] = ()) -> None:
        """Make the line and the control socket, and obey the commands `faults`; `OSError` when one cannot be made,
        the errors of `PrinterCommands.obey` for a bad command."""
        try:
            self._line.plug()
            if self._control:
                self._control.open()
            for fault in faults:
                self._commands.obey(fault)
        except BaseException:
            self._close()
            raise

    def run(self) -> None:
        """Serve until stopped, then take the names away; what is printed by then comes out."""
        try:
            self._loop.run(self._turn)
        finally:
            self._printer.tear()
            self._close()

    def stop(self) -> None:
        self._loop.stop()

    def _close(self) -> None:
        self._line.unplug()
        self._loop.close()
        if self._control:
            self._control.close()

    def _turn(self, now_s: float) -> float | None:
        self._printer.hear(self._line.receive(now_s, self._printer.room), now_s)
        printer_s = self._printer.advance(now_s)
        self._line.send(self._printer.take_answers())
        return min((at_s for at_s in (printer_s, self._line.pump(now_s)) if at_s is not None), default=None)
