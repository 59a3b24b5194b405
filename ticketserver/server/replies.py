"""What an accepted request is answered with: one row a method, built from the state right after the decision.

The answer is journalled with the decision, so the same request gets the same reply for the rest of the day. What was
promised with a number (people ahead, minutes) is taken from its event.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ticketserver.core import commands as c
from ticketserver.core import events as e
from ticketserver.core.estimate import Wait
from ticketserver.core.ids import CallId, CounterNo, Ms, Seq, TicketNumber, VisitId
from ticketserver.core.refusal import Rejection
from ticketserver.core.state import HallState
from ticketserver.core.terms import CounterState, KeyOutcome, VisitState
from ticketserver.server import views, views_notices
from ticketserver.wire.views import View
from ticketserver.wire.views_hall import Accepted
from ticketserver.wire.views_visits import KeyResult, VisitDone

NOBODY = VisitId(0)


class Decided(NamedTuple):
    """A decision and the state after it."""

    state: HallState
    command: c.Command
    events: Sequence[e.Event]
    now: Ms
    seq: Seq
    next_opening: Ms


Answer = Callable[[Decided, Any], View]


def issued(decided: Decided, asked: Any) -> View:
    event = next(event for event in decided.events if isinstance(event, e.TicketIssued))
    wait = Wait(event.ahead, event.wait_p50_ms, event.wait_p90_ms)
    return views.ticket_view(decided.state, decided.state.visits[event.visit_id], decided.now, wait, event.offer)


def ticket(decided: Decided, asked: Any) -> View:
    visit_id: VisitId = getattr(decided.command, "visit_id", NOBODY)
    return views.ticket_view(decided.state, decided.state.visits[visit_id], decided.now)


def accepted(decided: Decided, asked: Any) -> View:
    return Accepted(seq=decided.seq)


def done_view(state: HallState, number: CounterNo, visit_id: VisitId) -> VisitDone:
    """Where a counter (0 = none) and a visit (0 = the one in hand, if any) stand."""
    counter = state.counters.get(number)
    visit = state.visits.get((counter.visit if counter else VisitId(0)) or visit_id)
    call = counter.call if counter and counter.visit else None
    return VisitDone(
        counter=number,
        counter_state=counter.state if counter else None,
        visit_id=visit.visit_id if visit else VisitId(0),
        number=visit.number if visit else TicketNumber(""),
        visit_state=VisitState(visit.state) if visit else None,
        call_id=call.call_id if call else CallId(0),
        reason=call.reason if call else None,
    )


def done(decided: Decided, asked: Any) -> View:
    """The counter, and the visit it has in hand or last let go in this decision."""
    counter: CounterNo = asked.counter
    here = [event for event in decided.events if getattr(event, "counter", None) == counter]
    touched = [visit_id for event in here if (visit_id := getattr(event, "visit_id", NOBODY))]
    return done_view(decided.state, counter, touched[-1] if touched else NOBODY)


def key_pressed(decided: Decided, asked: Any) -> View:
    counter = decided.state.counters[asked.counter]
    outcome = KeyOutcome.DONE if decided.events else KeyOutcome.SAME
    if counter.state is CounterState.READY:
        outcome = KeyOutcome.READY
    return key_result(decided.state, asked.counter, outcome)


def key_result(state: HallState, number: CounterNo, outcome: KeyOutcome, code: str = "") -> KeyResult:
    counter = state.counters[number]
    visit = state.visits.get(counter.visit)
    shown = visit.number if visit else TicketNumber("")
    return KeyResult(outcome=outcome, counter=number, state=counter.state, number=shown, code=code)


def key_refused(state: HallState, number: CounterNo, rejection: Rejection) -> KeyResult | None:
    """A refused press beeps; a counter that the hall does not have cannot."""
    if number not in state.counters:
        return None
    return key_result(state, number, KeyOutcome.BEEP, rejection.code)


def hours(decided: Decided, asked: Any) -> View:
    return views.hours_view(decided.state, decided.next_opening)


def announced(decided: Decided, asked: Any) -> View:
    event = next(event for event in decided.events if isinstance(event, e.Announced))
    return views_notices.announcement_view(decided.state.announcements[event.announcement_id])


def notice(decided: Decided, asked: Any) -> View:
    event = next(event for event in decided.events if isinstance(event, e.NoticeSet))
    return views_notices.notice_view(decided.state.notices[event.notice_id])


ANSWERS: dict[str, Answer] = {
    "issue_ticket": issued,
    "check_in": ticket,
    "cancel_ticket": ticket,
    "add_services": ticket,
    "confirm_priority": ticket,
    "rate_visit": accepted,
    "report_print": accepted,
    "report_spoken": accepted,
    "report_shown": accepted,
    "set_overflow": accepted,
    "press_key": key_pressed,
    "set_hours": hours,
    "announce": announced,
    "stop_announcement": accepted,
    "set_notice": notice,
    "clear_notice": accepted,
}
"""All others are answered with `done`."""
