"""What a power cut between the tap and the paper left behind. No request is ever sent again after a restart.

```
find_request(id)  unknown                          → forget: no number was taken
                  known, under 10 minutes          → show it, offer the slip (marked 补打 if one may have come out)
                  known, older, was on the screen  → forget
                  known, being served or ended     → forget: somebody has it
                  known, older, never on a screen  → cancel_ticket(unclaimed), then forget
                  no answer                        → asked again when the server is back
```
Looked up only while nobody uses the kiosk, one at a time, oldest first.
"""

from dataclasses import replace

from kiosk.desk import Desk
from kiosk.events import Pending
from kiosk.state import Refusal, Reply, Step
from ticketserver.core.ids import RequestId, Token
from ticketserver.core.terms import CancelReason, VisitState
from ticketserver.wire.params import CancelTicket, FindRequest
from ticketserver.wire.views_visits import TicketView

ABANDON_MS = 600_000
"""A number older than this is nobody's who stands here."""
TO_COME = frozenset({VisitState.WAITING, VisitState.CALLED, VisitState.NO_SHOW})


class Recovering:
    """Requests that were never seen through."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look_up(self) -> None:
        """Look the oldest unresolved request up, while nobody uses the kiosk."""
        desk = self._desk
        if desk.machine.connected and desk.machine.unresolved and self._nobody_here():
            pending = desk.machine.unresolved[0]
            request = FindRequest(request_id=RequestId(pending.request_id))
            desk.ask("find_request", request, lambda reply: self._recovered(pending, reply))

    def _nobody_here(self) -> bool:
        visit = self._desk.visit
        return visit.step is Step.HOME and not (visit.basket or visit.card or visit.adding)

    def _recovered(self, pending: Pending, reply: Reply) -> None:
        desk = self._desk
        if pending not in desk.machine.unresolved:
            return
        if isinstance(reply, Refusal):
            self._resolve(pending)
        elif isinstance(reply, TicketView):
            if desk.age_ms(reply) < ABANDON_MS and reply.state in TO_COME:
                self._offer(pending, reply)
            elif pending.shown or reply.state not in TO_COME:
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
        visit.token, visit.ticket, visit.reprint = pending.token, ticket, pending.shown
        visit.pending = replace(pending, shown=True)
        desk.go(Step.OFFER)
        desk.save(visit.pending, lambda: None)

    def _cancel_unclaimed(self, pending: Pending) -> None:
        request_id, _token = self._desk.mint()
        params = CancelTicket(request_id=request_id, token=Token(pending.token), reason=CancelReason.UNCLAIMED)
        self._desk.ask("cancel_ticket", params, lambda reply: None if reply is None else self._resolve(pending))

    def _resolve(self, pending: Pending) -> None:
        self._desk.forget(pending)
        if pending in self._desk.machine.unresolved:
            self._desk.machine.unresolved.remove(pending)
        self.look_up()
