"""More services on a number that one has: 「加一件事」 from the found ticket, or 「加到您的 A012 号上」 after a card.

```
TICKET (waiting) ─ 加一件事 ─▶ HOME … CONFIRM ─ 加到您的 A012 号上 ─▶ add_services ─▶ TICKET, 补打 possible
a card whose holder has a waiting number ─▶ CONFIRM offers both: add to it, or another number
```
The number keeps its place. What can go wrong: no answer (asked again under the same request id: nothing is added
twice), or the number was called in the meantime: then the clerk adds, and the server refuses with a sentence.
"""

from kiosk.choosing import Choosing, items
from kiosk.desk import Desk
from kiosk.joins import joins
from kiosk.state import Refusal, Reply, Step
from ticketserver.core.ids import ServiceId, TicketNumber
from ticketserver.core.terms import VisitState
from ticketserver.wire.params import AddServices, FindTicket, ServiceItem
from ticketserver.wire.views_visits import TicketView


class Adding:
    """Taps and answers about a number that gets more to do. The names of the methods are those of the taps."""

    def __init__(self, desk: Desk, choosing: Choosing) -> None:
        self._desk = desk
        self._choosing = choosing

    def add_to(self, _: str) -> None:
        """Choose what the found ticket gets."""
        visit = self._desk.visit
        if visit.ticket is not None and visit.ticket.state is VisitState.WAITING:
            visit.adding, visit.note, visit.problem = True, "", ""
            self._desk.go(Step.HOME)

    def join(self, _: str) -> None:
        """Add what is chosen to the number, once however often it is asked."""
        desk, visit = self._desk, self._desk.visit
        into = joins(desk)
        if into is None or not may_join(desk):
            return
        chosen = [ServiceItem(ServiceId(visit.purpose))] if visit.purpose else items(visit.basket, "")
        asked = (into.number, *((each.service, each.quantity) for each in chosen))
        if visit.join_asked != asked:
            visit.join_asked, visit.join_id = asked, desk.mint()[0]
        visit.busy = True
        params = AddServices(
            request_id=visit.join_id, number=TicketNumber(into.number), check_code=into.check_code, services=chosen
        )
        desk.ask_for_visit("add_services", params, self._joined)

    def _joined(self, reply: Reply) -> None:
        visit = self._desk.visit
        visit.busy = False
        if isinstance(reply, TicketView):
            visit.ticket, visit.note, visit.problem = reply, "added", ""
            visit.number, visit.code = reply.number, reply.check_code
            visit.adding, visit.own, visit.purpose = False, None, ""
            visit.basket.clear()
            self._desk.go(Step.TICKET)
        elif isinstance(reply, Refusal):
            visit.problem = reply.code
            if not visit.adding:
                visit.own = None
        else:
            visit.problem = "lost"

    def look_for(self, holder: str) -> None:
        """Has this card's holder a number today?"""
        self._desk.visit.own = None
        params = FindTicket(holder=holder)
        self._desk.ask_for_visit("find_ticket", params, lambda reply: self._looked(holder, reply))

    def _looked(self, holder: str, reply: Reply) -> None:
        visit = self._desk.visit
        if visit.holder != holder or not isinstance(reply, TicketView):
            return
        visit.own = reply
        if visit.step is Step.CONFIRM:
            self._choosing.plan()


def may_join(desk: Desk) -> bool:
    """Once it is known what it comes to; again where no answer came."""
    return desk.visit.planned and desk.visit.problem in ("", "lost")
