"""The people of the demonstration: a citizen from the kiosk to the counter and back, a clerk from call to call.

What happens to whom is in the plan (`demo_day`), what a clerk does next in `demo_clerk`. These coroutines only wait and
ask.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Mapping

from ticketserver.core.ids import ServiceId, Token
from ticketserver.core.terms import Basis, PrintOutcome, VisitState
from ticketserver.runner.demo_clerk import LOOK_S, Clerk, Person, Step
from ticketserver.runner.demo_day import Citizen, Duty, Work
from ticketserver.runner.demo_hall import HallLines
from ticketserver.wire import params as p
from ticketserver.wire.views_visits import TicketView, VisitDone

TOKEN_BYTES = 16
GUIDE_S = 8.0
"""How long after the slip the guide has looked at what was declared."""
COUNTED = {"hold_visit": "held", "transfer_visit": "sent_on", "mark_no_show": "missed"}


async def visit(hall: HallLines, citizen: Citizen) -> None:
    """Take a number, show proof where it is needed, and for a few: leave again. The clerks do the rest."""
    token = Token(secrets.token_urlsafe(TOKEN_BYTES))
    basis = Basis.CARD if citizen.by_card else Basis.DECLARED
    asked = p.IssueTicket(
        request_id=hall.request(),
        token=token,
        day=hall.day,
        services=[p.ServiceItem(ServiceId(code), cases) for code, cases in citizen.services],
        purpose=citizen.purpose,
        priority=p.PriorityClaim(citizen.priority, basis) if citizen.priority else None,
    )
    ticket = await hall.ask(hall.kiosk, "issue_ticket", asked)
    if not isinstance(ticket, TicketView):
        return
    hall.done["taken"] += 1
    hall.people[ticket.number] = Person(citizen, token)
    printed = p.ReportPrint(request_id=hall.request(), visit_id=ticket.visit_id, outcome=PrintOutcome.CONFIRMED)
    await hall.ask(hall.kiosk, "report_print", printed)
    if citizen.priority and not citizen.by_card:
        await asyncio.sleep(GUIDE_S)
        seen = p.ConfirmPriority(request_id=hall.request(), number=ticket.number, confirmed=citizen.proven)
        await hall.ask(hall.clerk, "confirm_priority", seen)
    if citizen.gives_up_s is not None:
        await asyncio.sleep(citizen.gives_up_s)
        cancelled = p.CancelTicket(request_id=hall.request(), token=token)
        hall.done["cancelled"] += await hall.ask(hall.kiosk, "cancel_ticket", cancelled) is not None


async def come_back(hall: HallLines, person: Person, after_s: float) -> None:
    """Check in again after a call that was missed."""
    await asyncio.sleep(after_s)
    back = p.CheckIn(request_id=hall.request(), token=person.token)
    hall.done["returned"] += await hall.ask(hall.kiosk, "check_in", back) is not None


class Desk:
    """One counter with its clerk. `duty` says where the clerk is now, `returns` gets whoever comes back later."""

    def __init__(
        self,
        hall: HallLines,
        number: int,
        work: Mapping[str, Work],
        calls: int,
        duty: Callable[[int], Duty],
        returns: Callable[[Person, float], None],
    ) -> None:
        self._hall = hall
        self._number = number
        self._clerk = Clerk(number, work, hall.people.get, hall.request, calls)
        self._duty = duty
        self._returns = returns

    async def work(self) -> None:
        hall, number = self._hall, self._number
        while True:
            if number not in hall.views or not hall.clerk.connected:
                await hall.shows(number)
                continue
            step = self._clerk.next(hall.views[number], self._duty(number), time.time())
            if step.wait_s > 0 and await hall.shows(number, step.wait_s):
                continue
            if step.params is not None:
                await self._act(step, step.params)

    async def _act(self, step: Step, params: p.Params) -> None:
        """One act, and until the counter shows it: what was told before it would be acted on twice."""
        hall, number = self._hall, self._number
        person = hall.people.get(hall.views[number].number)
        answer = await hall.ask(hall.clerk, step.method, params)
        if answer is None:
            await asyncio.sleep(LOOK_S)
            return
        hall.done[COUNTED.get(step.method, step.method)] += 1
        if step.method == "mark_no_show" and person is not None:
            person.missed += 1
            if person.citizen.back_s is not None:
                self._returns(person, person.citizen.back_s)
        if isinstance(answer, VisitDone):
            hall.done["finished"] += step.method == "finish_service" and answer.visit_state is VisitState.FINISHED
            while hall.views[number].state is not answer.counter_state and await hall.shows(number):
                pass
