"""From the tap on 取号 to the paper.

```
tap ─▶ Save(id, token) ─▶ issue_ticket, the same id until answered ─▶ Save(shown) ─▶ Print ─▶ report_print ─▶ Forget
        │                       │ answered late: the person may be gone: offer, do not print by itself
        │                       │ not answered for 10 minutes: left on the disk, looked up when the server is back
        └─ power cut: recovering.py
```
"""

from kiosk.choosing import claim, items
from kiosk.counts import employers_of, on_behalf
from kiosk.desk import Desk
from kiosk.events import Pending
from kiosk.printing import Printing
from kiosk.recovering import ABANDON_MS, Recovering
from kiosk.state import Refusal, Reply, Step
from ticketserver.wire.params import IssueTicket
from ticketserver.wire.views_visits import TicketView

FRESH_MS = 60_000
"""An answer later than this finds the person gone, perhaps: the slip is offered, not printed."""


class Taking:
    """The tap on 取号, until the number is there, and the end of a visit."""

    def __init__(self, desk: Desk, printing: Printing, recovering: Recovering) -> None:
        self._desk = desk
        self._printing = printing
        self._recovering = recovering

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
        assert hours is not None
        params = IssueTicket(
            request_id=request_id,
            token=token,
            day=hours.day,
            services=[] if visit.appointment else items(visit.basket, visit.purpose),
            purpose=visit.purpose,
            employers=0 if visit.appointment or visit.purpose else employers_of(self._desk),
            on_behalf=not (visit.appointment or visit.purpose) and on_behalf(self._desk),
            priority=claim(self._desk),
            holder=visit.holder,
            appointment=visit.appointment,
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
            self._leave()

    def _got(self, ticket: TicketView, waited_ms: int) -> None:
        visit = self._desk.visit
        if waited_ms >= ABANDON_MS:
            self._leave()
            return
        visit.ticket = ticket
        if waited_ms > FRESH_MS:
            self._printing.show(Step.OFFER)
        elif visit.wants_slip:
            self._printing.show(Step.PRINTING)
        else:
            self._printing.show(Step.KEEP)

    def _leave(self) -> None:
        """Nobody waits here any more: what became of it is looked up when the server can be asked."""
        pending = self._desk.visit.pending
        assert pending is not None
        self._desk.machine.unresolved.append(pending)
        self._desk.reset()
        self._recovering.look_up()

    def end(self, _: str = "") -> None:
        """The person has the number: nothing is left to do for this visit."""
        self._desk.forget(self._desk.visit.pending)
        self._desk.reset()
        self._recovering.look_up()
