"""The paper of a number: once it is on the screen, and however the printer answers.

```
Save(shown) ─▶ Print ─┬ CONFIRMED FENCED ASSUMED ─▶ DONE
                      ├ FAILED ──────────────────▶ KEEP: the number stays until it is noted; paper back → print again
                      └ UNKNOWN ─────────────────▶ UNSURE: the person says whether it came out
```
Every outcome is reported. A second paper carries 补打 and the same number.
"""

from dataclasses import replace

from kiosk.desk import Desk
from kiosk.events import Print, Printed, RollChanged
from kiosk.printer_look import PrinterLook
from kiosk.slip import RollFacts, roll_slip, slip
from kiosk.state import Step, Visit
from ticketserver.core.terms import PrintOutcome
from ticketserver.wire.params import ReportPrint

REPORT_GIVE_UP_S = 600.0
CAME_OUT = frozenset({PrintOutcome.CONFIRMED, PrintOutcome.FENCED, PrintOutcome.ASSUMED})


class Printing:
    """What happens between a number and its paper."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def show(self, step: Step) -> None:
        """The number is on the screen from now on, and the disk knows it before any paper moves."""
        desk, visit = self._desk, self._desk.visit
        desk.go(step)
        if visit.pending is None:
            self._shown(visit)
        else:
            visit.pending = replace(visit.pending, shown=True)
            desk.save(visit.pending, lambda: self._shown(visit))

    def _shown(self, visit: Visit) -> None:
        if visit is self._desk.visit and visit.step is Step.PRINTING:
            self._print()

    def _print(self) -> None:
        desk, visit = self._desk, self._desk.visit
        assert visit.ticket is not None
        visit.job = desk.next_job()
        data = ticket_code(desk.machine.public_url, visit.token)
        document = slip(visit.ticket, desk.slip_words, data, bool(desk.machine.public_url), visit.reprint)
        desk.effects.append(Print(visit.job, document))

    def print_again(self, _: str) -> None:
        """Paper for a number that has had its chance: marked, unless no slip of it was ever sent to a printer here."""
        visit = self._desk.visit
        visit.reprint = visit.reprint or visit.job > 0 or visit.pending is None
        self.show(Step.PRINTING)

    def print_offered(self, _: str) -> None:
        """The slip of a number that was found again; `reprint` says whether one may have come out before."""
        self.show(Step.PRINTING)

    def printed(self, event: Printed) -> None:
        visit = self._desk.visit
        if event.job != visit.job or visit.step is not Step.PRINTING:
            return
        self._report(event.outcome, event.detail)
        if event.outcome in CAME_OUT:
            self._desk.forget(visit.pending)
            visit.pending = None
            self._desk.go(Step.DONE)
        elif event.outcome is PrintOutcome.FAILED:
            visit.fault = event.cause if not event.cause.can_print else PrinterLook.OFFLINE
            self._desk.go(Step.KEEP)
        else:
            self._desk.go(Step.UNSURE)

    def came_out(self, _: str) -> None:
        self._report(PrintOutcome.ASSUMED, "seen by the citizen")
        self._desk.forget(self._desk.visit.pending)
        self._desk.visit.pending = None
        self._desk.go(Step.DONE)

    def not_out(self, _: str) -> None:
        self._report(PrintOutcome.FAILED, "not seen by the citizen")
        self._desk.visit.fault = PrinterLook.SILENT
        self._desk.go(Step.KEEP)

    def _report(self, outcome: PrintOutcome, detail: str) -> None:
        visit = self._desk.visit
        assert visit.ticket is not None
        request_id, _token = self._desk.mint()
        params = ReportPrint(
            request_id=request_id,
            visit_id=visit.ticket.visit_id,
            outcome=outcome,
            detail=detail,
            reprint=visit.reprint,
        )
        self._desk.ask("report_print", params, give_up_s=REPORT_GIVE_UP_S)

    def printer_seen(self, look: PrinterLook) -> None:
        machine = self._desk.machine
        before, machine.printer = machine.printer, look
        if before is not look and machine.connected:
            self._desk.report_printer()
        if look.can_print and self._desk.visit.step is Step.NO_SLIP:
            # What the screen says is not so any more.
            self._desk.go(Step.CONFIRM)

    def roll_changed(self, event: RollChanged) -> None:
        """A new roll proves itself with a slip marked 测试; no old slip comes out by itself."""
        desk = self._desk
        facts = RollFacts(event.at_ms, event.used_mm, event.finish)
        desk.effects.append(Print(desk.next_job(), roll_slip(desk.words_in(desk.hall.languages[0]), facts)))


def ticket_code(public_url: str, token: str) -> str:
    """What the QR of a number holds: the page's address, or the bare token; nothing where the token is not known."""
    if not token or not public_url:
        return token
    return f"{public_url.rstrip('/')}/t/{token}"
