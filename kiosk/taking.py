"""From the tap on 取号 to the paper, and what a power cut in between leaves behind.

```
tap ─▶ Save(id, token) ─▶ issue_ticket, the same id until answered ─▶ Save(shown) ─▶ Print ─▶ report_print ─▶ Forget
        │                       │ answered late: the person may be gone: offer, do not print by itself
        │                       │ not answered for 10 minutes: left on the disk, looked up when the server is back
        └─ power cut: at the next start find_request(id), never issue_ticket again
              unknown                              → forget: no number was taken
              known, under 10 minutes              → show it, offer the slip (marked 补打 if one may have come out)
              known, older, was on the screen      → forget
              known, older, never on the screen    → cancel_ticket(unclaimed), then forget
```
"""

from dataclasses import replace

from kiosk.choosing import items
from kiosk.desk import Desk, Refusal, Reply, Step
from kiosk.events import Pending, Print, Printed, PrinterLook
from kiosk.slip import slip, test_slip
from ticketserver.core.ids import BusinessDay, DeviceId, RequestId, Token
from ticketserver.core.terms import CancelReason, PrintOutcome
from ticketserver.wire.params import CancelTicket, FindRequest, IssueTicket, ReportPrint, RequestHelp
from ticketserver.wire.views import TicketView

FRESH_MS = 60_000
"""An answer later than this finds the person gone, perhaps: the slip is offered, not printed."""
ABANDON_MS = 600_000
"""A number older than this is nobody's who stands here."""
REPORT_GIVE_UP_S = 600.0
CAME_OUT = frozenset({PrintOutcome.CONFIRMED, PrintOutcome.FENCED, PrintOutcome.ASSUMED})


class Taking:
    """Taking a number, its paper, and numbers that a power cut left behind."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # ---- the tap

    def take(self, _: str) -> None:
        """No number by itself when it is known that no paper will come."""
        if self._may_take():
            if self._desk.machine.printer.can_print:
                self._issue(wants_slip=True)
            else:
                self._desk.go(Step.NO_SLIP)

    def take_without_slip(self, _: str) -> None:
        self._issue(wants_slip=False)

    def _may_take(self) -> bool:
        visit = self._desk.visit
        return visit.planned and not visit.problem

    def _issue(self, wants_slip: bool) -> None:
        visit = self._desk.visit
        request_id, token = self._desk.mint()
        visit.pending = Pending(request_id, token)
        visit.token, visit.wants_slip, visit.asked_ms = token, wants_slip, self._desk.now_ms
        self._desk.go(Step.ASKING)
        hours = self._desk.machine.hours
        params = IssueTicket(
            request_id=request_id,
            token=token,
            day=hours.day if hours else BusinessDay(""),
            services=items(visit.basket, visit.purpose),
            purpose=visit.purpose,
        )
        self._desk.save(visit.pending, lambda: self._ask(params))

    def _ask(self, params: IssueTicket) -> None:
        self._desk.ask_for_visit("issue_ticket", params, lambda reply: self._issued(params, reply))

    def _issued(self, params: IssueTicket, reply: Reply) -> None:
        visit = self._desk.visit
        waited_ms = self._desk.now_ms - visit.asked_ms
        if isinstance(reply, TicketView):
            self._got(reply, waited_ms)
        elif isinstance(reply, Refusal):
            self._desk.forget(visit.pending)
            visit.problem = reply.code
            self._desk.go(Step.MESSAGE)
        elif waited_ms < ABANDON_MS:
            self._ask(params)
        else:
            self._leave(visit.pending)

    def _got(self, ticket: TicketView, waited_ms: int) -> None:
        visit = self._desk.visit
        if waited_ms >= ABANDON_MS:
            self._leave(visit.pending)
            return
        visit.ticket = ticket
        if waited_ms > FRESH_MS:
            self._show(Step.OFFER)
        elif visit.wants_slip:
            self._show(Step.PRINTING)
        else:
            self._show(Step.KEEP)

    def _leave(self, pending: Pending | None) -> None:
        """Nobody waits here any more: what became of it is looked up when the server can be asked."""
        if pending is not None:
            self._desk.machine.unresolved.append(pending)
        self._desk.reset()
        self.recover()

    # ---- number and paper

    def _show(self, step: Step) -> None:
        """The number is on the screen from now on, and the disk knows it before any paper moves."""
        desk, visit = self._desk, self._desk.visit
        desk.go(step)
        if visit.pending is None:
            if step is Step.PRINTING:
                self._print()
            return
        visit.pending = replace(visit.pending, shown=True)
        desk.save(visit.pending, lambda: self._print_for(visit.job) if step is Step.PRINTING else None)

    def _print_for(self, job: int) -> None:
        if self._desk.visit.step is Step.PRINTING and self._desk.visit.job == job:
            self._print()

    def _print(self) -> None:
        desk, visit = self._desk, self._desk.visit
        assert visit.ticket is not None
        visit.job = desk.next_job()
        data = ticket_code(desk.machine.public_url, visit.token)
        document = slip(visit.ticket, desk.words, data, bool(desk.machine.public_url), visit.reprint)
        desk.effects.append(Print(visit.job, document))

    def print_again(self, _: str) -> None:
        """Paper for a number that has had its chance: marked, unless no slip of it was ever sent to a printer here."""
        visit = self._desk.visit
        visit.reprint = visit.reprint or visit.job > 0 or visit.pending is None
        self._show(Step.PRINTING)

    def print_offered(self, _: str) -> None:
        """The slip of a number that was found again; `reprint` says whether one may have come out before."""
        self._show(Step.PRINTING)

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

    def write_for_me(self, _: str) -> None:
        """Call somebody who writes the number down."""
        visit = self._desk.visit
        if visit.ticket is None or visit.helped:
            return
        visit.helped = True
        request_id, _token = self._desk.mint()
        device = DeviceId(self._desk.hall.kiosk)
        self._desk.ask("request_help", RequestHelp(request_id=request_id, device=device, number=visit.ticket.number))

    def end(self, _: str = "") -> None:
        """The person has the number: nothing is left to do for this visit."""
        self._desk.forget(self._desk.visit.pending)
        self._desk.reset()
        self.recover()

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
        """A new roll proves itself with a slip marked 测试; no old slip comes out by itself."""
        machine = self._desk.machine
        before, machine.printer = machine.printer, look
        if before is PrinterLook.PAPER_OUT and look.can_print:
            self._desk.effects.append(Print(self._desk.next_job(), test_slip(self._desk.words)))
        if before is not look and machine.connected:
            self._desk.report_printer()

    # ---- what a power cut left behind

    def recover(self) -> None:
        """Look the oldest unresolved request up, while nobody uses the kiosk."""
        desk = self._desk
        if desk.machine.connected and desk.machine.unresolved and self._nobody_here():
            pending = desk.machine.unresolved[0]
            request = FindRequest(request_id=RequestId(pending.request_id))
            desk.ask("find_request", request, lambda reply: self._recovered(pending, reply))

    def _nobody_here(self) -> bool:
        visit = self._desk.visit
        return visit.step is Step.HOME and not visit.basket

    def _recovered(self, pending: Pending, reply: Reply) -> None:
        desk = self._desk
        if pending not in desk.machine.unresolved:
            return
        if isinstance(reply, Refusal):
            self._resolve(pending)
        elif isinstance(reply, TicketView):
            if desk.age_ms(reply) < ABANDON_MS:
                self._offer(pending, reply)
            elif pending.shown:
                self._resolve(pending)
            else:
                self._cancel_unclaimed(pending)

    def _offer(self, pending: Pending, ticket: TicketView) -> None:
        """Show a number found again, unless somebody else has begun to choose; then it is looked up again later."""
        if not self._nobody_here():
            return
        desk = self._desk
        desk.machine.unresolved.remove(pending)
        desk.reset()
        visit = desk.visit
        visit.pending, visit.token, visit.ticket, visit.reprint = pending, pending.token, ticket, pending.shown
        self._show(Step.OFFER)

    def _cancel_unclaimed(self, pending: Pending) -> None:
        request_id, _token = self._desk.mint()
        params = CancelTicket(request_id=request_id, token=Token(pending.token), reason=CancelReason.UNCLAIMED)
        self._desk.ask("cancel_ticket", params, lambda reply: None if reply is None else self._resolve(pending))

    def _resolve(self, pending: Pending) -> None:
        self._desk.forget(pending)
        if pending in self._desk.machine.unresolved:
            self._desk.machine.unresolved.remove(pending)
        self.recover()


def ticket_code(public_url: str, token: str) -> str:
    """What the QR of a number holds: the page's address, or the bare token; nothing where the token is not known."""
    if not token or not public_url:
        return token
    return f"{public_url.rstrip('/')}/t/{token}"
