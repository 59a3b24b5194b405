"""(state, event, at) → state: the only writer.

Every event type has one function, here or in one of the `evolve_…` files. None judges: an event was
decided once and holds for ever. State changes follow the tables of `transitions`; a pair that is not there means that
the journal or the core is broken, and stops the process before anything is committed.
"""

from collections.abc import Callable
from typing import Any

from ticketserver.core import events as e
from ticketserver.core import evolve_counters as counters
from ticketserver.core import evolve_notices as notices
from ticketserver.core import evolve_visits as visits
from ticketserver.core.deadlines import counter_deadline
from ticketserver.core.ids import CounterNo, Ms
from ticketserver.core.model import Counter
from ticketserver.core.pace import forget_expected
from ticketserver.core.state import HallState
from ticketserver.core.terms import CounterState, VisitState


def day_opened(state: HallState, event: e.DayOpened, at: Ms) -> None:
    state.next_visit, state.next_call = event.next_visit, event.next_call
    state.open_day(event.rules, event.plan)


def phase_changed(state: HallState, event: e.PhaseChanged, at: Ms) -> None:
    state.phase = event.phase


def hours_changed(state: HallState, event: e.HoursChanged, at: Ms) -> None:
    state.plan = event.plan
    if event.calling_paused:
        forget_expected(state.visits.values())
    state.calling_paused = event.calling_paused


def hall_resumed(state: HallState, event: e.HallResumed, at: Ms) -> None:
    """Every deadline is re-armed from now, and what can be taken back for a while still can; a call keeps the time it
    was made, so that old calls are not spoken."""
    dark_ms = at - state.now
    forget_expected(state.visits.values())
    for counter in state.counters.values():
        counter.timer_base_ms = at
        counter.started_at_ms = Ms(counter.started_at_ms + dark_ms)
        for ending in counter.endings:
            ending.at_ms = Ms(ending.at_ms + dark_ms)
        if counter.call is not None:
            counter.call.clock_base_ms, counter.call.offered = at, False
            counter.call.spoken_ms = at if counter.call.spoken_ms else Ms(0)
        state.set_deadline(counter, counter_deadline(state, counter))


def day_ended(state: HallState, event: e.DayEnded, at: Ms) -> None:
    for visit_id in event.expired:
        visit = state.visits[visit_id]
        if visit.state is VisitState.WAITING:
            state.leave(visit)
        visit.state = VisitState.EXPIRED
    for visit_id in event.finished:
        visit = state.visits[visit_id]
        visit.state, visit.counter = VisitState.FINISHED, CounterNo(0)
    for counter in state.counters.values():
        close_for_the_day(state, counter, at)
    state.open_mask = state.due_mask = 0
    state.ready.clear()
    state.notices.clear()


def close_for_the_day(state: HallState, counter: Counter, at: Ms) -> None:
    counter.state, counter.visit, counter.call = CounterState.CLOSED, type(counter.visit)(0), None
    counter.due = counter.pause_after = counter.lunch_pause = False
    counter.since_ms = at
    counter.endings.clear()
    state.set_deadline(counter, Ms(0))


HANDLERS: dict[type[e.Base], Callable[[HallState, Any, Ms], None]] = {
    e.DayOpened: day_opened,
    e.PhaseChanged: phase_changed,
    e.HoursChanged: hours_changed,
    e.HallResumed: hall_resumed,
    e.DayEnded: day_ended,
    **visits.HANDLERS,
    **counters.HANDLERS,
    **notices.HANDLERS,
}


AT_COUNTER = frozenset(kind for kind in HANDLERS if "counter" in kind.__struct_fields__)


def evolve(state: HallState, event: e.Event, at: Ms) -> None:
    """Applies one event decided at `at`. Raises KeyError or TransitionError where the event does not fit the state."""
    kind = type(event)
    HANDLERS[kind](state, event, at)
    if at > state.now:
        state.now = at
    if kind in AT_COUNTER:
        counter = state.counters[event.counter]  # type: ignore[union-attr]
        state.set_deadline(counter, counter_deadline(state, counter))
