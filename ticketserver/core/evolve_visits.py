"""What events do to visits that are not at a counter: issued, restaged, checked in, cancelled, rated."""

from collections.abc import Callable
from typing import Any

from ticketserver.core import events as e
from ticketserver.core.ids import Ms, SeriesPrefix, VisitId
from ticketserver.core.model import DONE, DROPPED, Counter, Ending, Stage, Visit, VisitService
from ticketserver.core.pace import expect, forget_expected
from ticketserver.core.state import HallState
from ticketserver.core.terms import PrintOutcome, VisitState
from ticketserver.core.transitions import VISIT

MOST_ENDINGS = 8
"""How many endings a counter remembers for `reopen_visit`; the time limit is the rule, this bounds memory."""


class TransitionError(Exception):
    """An event that the tables do not know in this state: the journal or the core is broken."""


def move(visit: Visit, event: e.Base) -> None:
    """The visit's next state by the table."""
    target = VISIT.get((visit.state, type(event)))
    if target is None:
        raise TransitionError(f"visit {visit.visit_id} {visit.number}: {visit.state} × {type(event).__name__}")
    visit.state = target


def mark(visit: Visit, services: tuple[str, ...], status: str) -> None:
    for item in visit.services:
        if item.service in services:
            item.status = status


def restage(state: HallState, visit: Visit, stages: tuple[Stage, ...]) -> None:
    """New stages; one who waits changes queue and keeps join time and what overtook them."""
    waits = visit.state is VisitState.WAITING
    if waits:
        state.leave(visit)
    visit.stages = list(stages)
    forget_expected([visit])
    if waits:
        state.enter(visit)


def ticket_issued(state: HallState, event: e.TicketIssued, at: Ms) -> None:
    visit = Visit(
        visit_id=event.visit_id,
        number=event.number,
        token=event.token,
        check_code=event.check_code,
        source=event.source,
        device=event.device,
        services=[VisitService(service, quantity) for service, quantity in event.items],
        stages=list(event.stages),
        issued_at_ms=at,
        join_ms=event.join_ms,
        employers=event.employers,
        on_behalf=event.on_behalf,
        holder=event.holder,
        appointment=event.appointment,
        priority=event.priority,
        basis=event.basis,
        confirmed=event.confirmed,
        weight=event.weight,
    )
    prefix = SeriesPrefix(event.number[0])
    state.issued[prefix] = state.issued.get(prefix, 0) + 1
    state.next_visit = VisitId(event.visit_id + 1)
    state.visits[event.visit_id] = visit
    state.by_token[event.token] = event.visit_id
    state.by_number[event.number] = event.visit_id
    if event.booking:
        state.by_booking[event.booking] = event.visit_id
    state.enter(visit)
    expect(state, visit, event.wait_p50_ms)


def services_added(state: HallState, event: e.ServicesAdded, at: Ms) -> None:
    visit = state.visits[event.visit_id]
    visit.services.extend(VisitService(service, quantity) for service, quantity in event.items)
    restage(state, visit, event.stages)


def visit_restaged(state: HallState, event: e.VisitRestaged, at: Ms) -> None:
    restage(state, state.visits[event.visit_id], event.stages)


def priority_confirmed(state: HallState, event: e.PriorityConfirmed, at: Ms) -> None:
    visit = state.visits[event.visit_id]
    waits = visit.state is VisitState.WAITING
    if waits:
        state.leave(visit)
    visit.confirmed = event.confirmed
    visit.weight = event.weight
    forget_expected([visit])
    if not event.confirmed:
        visit.priority, visit.basis = "", None
    if waits:
        state.enter(visit)


def visit_rated(state: HallState, event: e.VisitRated, at: Ms) -> None:
    state.visits[event.visit_id].ratings[event.service] = event.level


def print_reported(state: HallState, event: e.PrintReported, at: Ms) -> None:
    visit = state.visits[event.visit_id]
    visit.printed |= event.outcome in (PrintOutcome.CONFIRMED, PrintOutcome.FENCED, PrintOutcome.ASSUMED)


def visit_checked_in(state: HallState, event: e.VisitCheckedIn, at: Ms) -> None:
    visit = state.visits[event.visit_id]
    move(visit, event)
    visit.returns += 1
    visit.checked_in = True
    visit.comeback_left = event.after_calls
    visit.stages = list(event.stages)
    state.enter(visit)


def visit_cancelled(state: HallState, event: e.VisitCancelled, at: Ms) -> None:
    visit = state.visits[event.visit_id]
    if visit.state is VisitState.WAITING:
        state.leave(visit)
    move(visit, event)
    mark(visit, tuple(visit.open_services()), DROPPED)


def finish_services(visit: Visit, event: e.StageFinished) -> None:
    mark(visit, event.done, DONE)
    mark(visit, event.dropped, DROPPED)


def remember(state: HallState, counter: Counter, ending: Ending) -> None:
    """The visit's last ending counts alone: a miss here is not taken back once it was served elsewhere. Endings stand
    in the order of time; only a visit with a stage done or a miss behind it (`again`) has one."""
    oldest = ending.at_ms - state.rules.queue.reopen_ms
    visit = state.visits[ending.visit_id]
    again = visit.stage_no > 1 or visit.missed_at_ms > 0
    for other in state.counters.values():
        if other.endings and (again or other.endings[0].at_ms < oldest):
            other.endings = [old for old in other.endings if old.at_ms >= oldest and old.visit_id != ending.visit_id]
    counter.endings = [*counter.endings, ending][-MOST_ENDINGS:]


HANDLERS: dict[type[e.Base], Callable[[HallState, Any, Ms], None]] = {
    e.TicketIssued: ticket_issued,
    e.ServicesAdded: services_added,
    e.VisitRestaged: visit_restaged,
    e.PriorityConfirmed: priority_confirmed,
    e.VisitRated: visit_rated,
    e.PrintReported: print_reported,
    e.VisitCheckedIn: visit_checked_in,
    e.VisitCancelled: visit_cancelled,
}
