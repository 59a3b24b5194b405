"""What must hold after every decision, checked in production too: on failure nothing is committed and the process ends.

`check` looks only at what the events touched, so its cost does not grow with the hall; `check_all` looks at everything
and is run after a replay and by the tests.

1. a number is never used twice in a day           4. every issued visit is in exactly one state, and its place fits it
2. a visit is at no more than one counter          5. who waits has a counter open or due today, or is stranded
3. a counter has no more than one visit in hand    6. nobody is overtaken beyond the cap
"""

from collections.abc import Iterable

from ticketserver.core import events as e
from ticketserver.core.ids import CounterNo, VisitId
from ticketserver.core.model import Counter, Visit
from ticketserver.core.state import HallState
from ticketserver.core.terms import CounterState, VisitState
from ticketserver.core.transitions import BUSY

NOBODY = VisitId(0)

IN_HAND = {CounterState.CALLING: VisitState.CALLED, CounterState.SERVING: VisitState.SERVING}


class InvariantError(Exception):
    """The hall would be in a state that must not be; the text names the rule, the visit or counter, and the state."""


def check(state: HallState, events: Iterable[e.Event]) -> None:
    """Raises InvariantError where a visit or counter that `events` touched breaks a rule."""
    for event in events:
        visit = state.visits.get(getattr(event, "visit_id", NOBODY))
        if visit is not None:
            _visit(state, visit)
        number: CounterNo | None = getattr(event, "counter", None)
        if number is not None:
            _counter(state, state.counters[number])


def check_all(state: HallState) -> None:
    """As `check`, over every visit and counter, and the counts that indexes keep."""
    for visit in state.visits.values():
        _visit(state, visit)
    for counter in state.counters.values():
        _counter(state, counter)
    waiting = sum(visit.state is VisitState.WAITING for visit in state.visits.values())
    places = len(state.place) + len(state.comebacks)
    queued = sum(map(len, state.queues.values())) + len(state.comebacks)
    if not waiting == places == queued == state.waiting:
        raise InvariantError(f"{waiting} wait, {places} places, {queued} queued, {state.waiting} counted")
    counts = (len(state.visits), len(state.by_number), len(state.by_token))
    if len(set(counts)) != 1:
        raise InvariantError(f"1: visits, numbers, tokens: {counts}")


def _visit(state: HallState, visit: Visit) -> None:
    who = f"visit {visit.visit_id} {visit.number} {visit.state}"
    if state.by_number.get(visit.number) != visit.visit_id:
        raise InvariantError(f"1: {who}: number belongs to {state.by_number.get(visit.number)}")
    waits = (visit.visit_id in state.place) + (visit.visit_id in state.comebacks)
    if waits != (visit.state is VisitState.WAITING):
        raise InvariantError(f"4: {who}: in {waits} queues")
    at_counter = visit.state in (VisitState.CALLED, VisitState.SERVING)
    if at_counter != (visit.counter != 0) or (at_counter and state.counters[visit.counter].visit != visit.visit_id):
        raise InvariantError(f"2: {who}: at counter {visit.counter}")
    if visit.state is VisitState.WAITING:
        _place(state, visit, who)


def _place(state: HallState, visit: Visit, who: str) -> None:
    if not visit.stages:
        raise InvariantError(f"4: {who}: waits for nothing")
    if visit.visit_id in state.comebacks:
        return
    queue = state.place[visit.visit_id]
    if queue.key != state.queue_key(visit):
        raise InvariantError(f"5: {who}: in the queue of {queue.key}, belongs to {state.queue_key(visit)}")
    if queue.claim(visit.join_ms, visit.visit_id) > state.rules.queue.cap:
        raise InvariantError(f"6: {who}: overtaken beyond {state.rules.queue.cap}")


def _counter(state: HallState, counter: Counter) -> None:
    what = f"counter {counter.counter} {counter.state}"
    if (counter.visit != 0) != (counter.state in BUSY):
        raise InvariantError(f"3: {what}: visit {counter.visit}")
    if counter.visit:
        visit = state.visits[counter.visit]
        if visit.counter != counter.counter or visit.state is not IN_HAND[counter.state]:
            raise InvariantError(f"3: {what}: visit {visit.visit_id} {visit.state} at {visit.counter}")
    if (counter.counter in state.ready) != (counter.state is CounterState.READY):
        raise InvariantError(f"4: {what}: ready list {list(state.ready)}")
    if counter.call is not None and counter.state not in BUSY:
        raise InvariantError(f"4: {what}: still calls {counter.call.call_id}")
    if bool(state.open_mask & counter.bit) != (counter.state is not CounterState.CLOSED):
        raise InvariantError(f"4: {what}: open mask {state.open_mask:b}")
    if bool(state.due_mask & counter.bit) != counter.due:
        raise InvariantError(f"4: {what}: due mask {state.due_mask:b}")
