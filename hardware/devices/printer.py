"""A slip printer: its state, and slips with an honest word on whether they came out.

    line ─▶ state ─┬ hindered ─▶ nothing is sent ─▶ FAILED
                   └ ready ─▶ slip and a question behind it (see printer_finish) ─▶ wait (see printer_wait)

After FAILED and UNKNOWN the rest of the slip may still be in the printer and would come out with the next roll. So the
buffers are dropped at once and again at every change of the state (somebody has acted), and before anything else is
printed the printer is initialised and what has come out of the slip is cut off. On each opened line the buffers are
dropped too: nobody knows what stood in the printer before.

To drop the buffers after a cutter error moves the knife, so it is done only after somebody acted: when the printer says
that it waits for it, or when the cover was opened and is closed again.

A unit on USB that is silent while it has no paper may say so through its port; that counts as its word.

What can go wrong. Some units drop nothing unless the cutter stopped them: then the rest comes out when the roll is
changed, and no driver can hold it. A line that breaks inside a command leaves the printer waiting for the command's
rest: zeros are sent until no command can want more. Both calls block, for a thread of their own; a line that broke is
opened anew at the next call.
"""

import dataclasses
import logging
import time
from collections.abc import Callable
from typing import Final

from hardware.codecs import escpos_commands as esc
from hardware.codecs.escpos_status import SILENT, PrinterStatus
from hardware.codecs.slip import SlipDocument
from hardware.devices.printer_finish import Finish, probe
from hardware.devices.printer_parts import SLACK_S, Outcome, PrinterSetup, PrintResult, Slip
from hardware.devices.printer_talk import PrinterLine
from hardware.devices.printer_unasked import Unasked
from hardware.devices.printer_wait import SlipWait
from hardware.transports.link import Link, LinkDown

log = logging.getLogger("printer")

# Longer than the data of any one command but a picture's.
LONGEST_COMMAND_BYTES: Final = 256


class Printer:
    """`open_link` opens the line anew each time it is called."""

    def __init__(
        self, open_link: Callable[[], Link], setup: PrinterSetup, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._open_link, self._setup, self._clock = open_link, setup, clock
        self._line: PrinterLine | None = None
        self._last: PrinterStatus | None = None
        self._finish: Finish | None = None
        self._unasked = Unasked()
        self._down = ""
        self._tokens = int(clock() * 1000)
        self._dirty = True
        self._hangs = False
        self._wanted_bytes = LONGEST_COMMAND_BYTES

    @property
    def finish(self) -> Finish | None:
        """Which way this unit tells that a slip is out; None until it could be asked."""
        return self._finish

    def status(self) -> PrinterStatus:
        """The printer's state now; silent where there is no line to it."""
        try:
            status = self._look(self._opened())
        except LinkDown as error:
            status = self._line.beside() if self._line is not None else SILENT
            self._lost(error)
        if status.silent:
            # Another unit may answer next, or this one after losing its power.
            self._finish = None
        self._last = status
        return status

    def news(self) -> bool:
        """Whether the unit or its line tells unasked that something has changed, so that a look is due; never waits."""
        if self._line is None:
            return False
        try:
            return self._unasked.news(self._line)
        except LinkDown as error:
            self._lost(error)
            return True

    def print_slip(self, document: SlipDocument) -> PrintResult:
        """Print one slip; returns once it is known, or beyond hope of knowing, whether it came out."""
        slip = self._setup.slip(document)
        before = self.status()
        if before.hindrance:
            return PrintResult(Outcome.FAILED, "link_down" if self._line is None else before.hindrance)
        try:
            result = self._print(slip)
        except LinkDown as error:
            self._lost(error)
            self._hangs, self._wanted_bytes = True, max(slip.longest, LONGEST_COMMAND_BYTES)
            # A line is lost too when a stopped printer takes no more data: then its fault is the answer.
            fault = self.status().fault
            result = PrintResult(Outcome.FAILED, fault) if fault else PrintResult(Outcome.UNKNOWN, "link_down")
        return dataclasses.replace(result, paper_mm=slip.paper_mm)

    def close(self) -> None:
        """Give the line back; the next call would open it again."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _look(self, line: PrinterLine) -> PrinterStatus:
        status = line.read_status(self._last)
        if status.silent:
            status = line.beside()
        if self._dirty or status.cutter_error:
            self._tidy(line, status)
        if not status.hindrance and self._finish is None:
            profile = self._setup.profile
            self._finish = probe(line, self._clock, self._token, profile.marker)
            auto = profile.auto_status and self._unasked.probe(line, self._clock, self._finish)
            log.info("printer tells of a finished slip by: %s, of faults unasked: %s", self._finish.value, auto)
        return status

    def _tidy(self, line: PrinterLine, status: PrinterStatus) -> None:
        """Throw away what an earlier slip may have left, and recover from what stopped it."""
        if not status.hindrance:
            cut = esc.CUT if self._hangs else b""
            line.send(esc.DROP_BUFFERS + bytes(self._wanted_bytes) + esc.INITIALISE + cut, SLACK_S)
            self._dirty, self._hangs, self._wanted_bytes = False, False, LONGEST_COMMAND_BYTES
        elif not status.silent and status != self._last and self._may_recover(status):
            line.send(esc.DROP_BUFFERS)

    def _may_recover(self, status: PrinterStatus) -> bool:
        """Whether the knife is still, or somebody has taken out what stopped it and nobody's hand is near it."""
        closed = self._last is not None and self._last.cover_open and not status.cover_open
        return not status.cutter_error or status.waits or closed

    def _print(self, slip: Slip) -> PrintResult:
        line, finish = self._opened(), self._finish or Finish.NONE
        token = self._token()
        wait = SlipWait(line, finish, token, self._clock)
        line.heard.clear()
        until = self._clock() + slip.span_s
        line.send(slip.data + self._unasked.wish + finish.question(token), slip.span_s)
        result = wait.end(until)
        if result.outcome in (Outcome.FAILED, Outcome.UNKNOWN):
            self._dirty, self._hangs, self._last = True, True, wait.state
            if wait.state is None or not wait.state.cutter_error:
                line.send(esc.DROP_BUFFERS)
        return result

    def _opened(self) -> PrinterLine:
        if self._line is None:
            self._line = PrinterLine(self._open_link(), self._clock)
            self._dirty, self._finish, self._last, self._down = True, None, None, ""
            self._unasked = Unasked()
        return self._line

    def _lost(self, error: LinkDown) -> None:
        if str(error) != self._down:
            self._down = str(error)
            log.warning("%s", error)
        self.close()

    def _token(self) -> bytes:
        self._tokens += 1
        return esc.token(self._tokens)
