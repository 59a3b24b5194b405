"""Waiting for a slip that has been sent: what is heard, what is asked meanwhile, and what to believe in the end.

the question behind the slip answered ─────────────────────▶ confirmed, fenced
paper out, cover open, cutter, error, read twice ──────────▶ failed
time over, still hindered (hot head, offline) ─────────────▶ failed
time over, silent now or once ─────────────────────────────▶ unknown: it may have lost its power and the slip with it
time over, ready: no way to ask ─▶ assumed · asked and not answered ─▶ unknown
"""

from collections.abc import Callable
from typing import Final

from hardware.codecs.escpos_status import PrinterStatus, decode_status
from hardware.devices.printer_finish import Finish
from hardware.devices.printer_parts import Outcome, PrintResult
from hardware.devices.printer_talk import ANSWER_S, PrinterLine
from hardware.devices.printer_unasked import unasked_fault

POLL_S: Final = 0.2
POLLED: Final = (2, 3, 4)


class SlipWait:
    """One slip on its way; `state` is the last whole state that was read, None if none was."""

    def __init__(self, line: PrinterLine, finish: Finish, token: bytes, clock: Callable[[], float]) -> None:
        self._line, self._finish, self._token, self._clock = line, finish, token, clock
        self._gaps = False
        self.state: PrinterStatus | None = None

    def end(self, until: float) -> PrintResult:
        """How the slip ended, at the latest some answers after `until`."""
        while self._clock() < until:
            self._line.listen(min(POLL_S, max(0.0, until - self._clock())))
            suspected = unasked_fault(self._line.heard) or self._poll(until)
            if self._answered():
                return self._done()
            if suspected:
                self.state = self._line.read_status()
                if not self._answered() and self.state.fault:
                    return PrintResult(Outcome.FAILED, self.state.fault)
        self.state = self._line.read_status()
        return self._done() if self._answered() else self._late(self.state)

    def _answered(self) -> bool:
        return self._finish.answered(self._line.heard, self._token)

    def _done(self) -> PrintResult:
        return PrintResult(Outcome.CONFIRMED if self._finish is Finish.MARKER else Outcome.FENCED)

    def _poll(self, until: float) -> bool:
        """Ask for what may stop a slip; whether something does."""
        suspected = False
        for number in POLLED:
            if self._answered():
                break
            byte = self._line.ask(number, min(ANSWER_S, max(POLL_S, until - self._clock())))
            if byte is None:
                self._gaps = True
                continue
            state = decode_status({number: byte})
            suspected = suspected or (state is not None and state.fault != "")
        return suspected

    def _late(self, state: PrinterStatus) -> PrintResult:
        if state.hindrance and not state.silent:
            return PrintResult(Outcome.FAILED, state.hindrance)
        if state.silent or self._gaps:
            return PrintResult(Outcome.UNKNOWN, "silent")
        if self._finish is Finish.NONE:
            return PrintResult(Outcome.ASSUMED)
        return PrintResult(Outcome.UNKNOWN, "no_answer")
