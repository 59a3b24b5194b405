"""A broken core or journal is seen before anything is committed: every invariant, every missing pair of the tables."""

import pytest

from tests.ticketserver.core.halls import Hall
from ticketserver.core import commands as c
from ticketserver.core import events as e
from ticketserver.core.evolve import evolve
from ticketserver.core.evolve_visits import TransitionError
from ticketserver.core.invariants import InvariantError, check, check_all
from ticketserver.core.terms import CallReason, CounterState, VisitState
from ticketserver.core.transitions import COUNTER, KEYS, VISIT


def hall() -> Hall:
    made = Hall()
    made.open(1, 3)
    for _ in range(3):
        made.take("ARC")
    made.call(1)
    return made


def spoil_number(h):
    h.state.by_number[h.visit(2).number] = 1


def spoil_state(h):
    h.visit(2).state = VisitState.FINISHED


def spoil_counter(h):
    h.visit(1).counter = 3


def spoil_stages(h):
    h.visit(2).stages = []


def spoil_queue(h):
    h.visit(2).weight = 7


def spoil_cap(h):
    for join in range(6):
        h.state.place[2].overtaken_by(h.now + join)


def spoil_hand(h):
    h.state.counters[3].visit = 1


def spoil_served(h):
    h.visit(1).state = VisitState.SERVING


def spoil_ready(h):
    h.state.ready[3] = h.now


def spoil_mask(h):
    h.state.open_mask = 1


def spoil_due(h):
    h.state.due_mask |= 1


def spoil_call(h):
    h.state.counters[3].call = h.state.counters[1].call


def spoil_count(h):
    h.state.waiting = 7


def spoil_index(h):
    h.state.by_token.popitem()


@pytest.mark.parametrize(
    "spoil",
    [
        spoil_number, spoil_state, spoil_counter, spoil_stages, spoil_queue, spoil_cap,
        spoil_hand, spoil_served, spoil_ready, spoil_mask, spoil_due, spoil_call, spoil_count,
        spoil_index,
    ],
)  # fmt: skip
def test_what_must_not_be_is_seen(spoil):
    h = hall()
    check_all(h.state)
    spoil(h)
    with pytest.raises(InvariantError):
        check_all(h.state)


def test_the_check_after_a_decision_looks_at_what_it_touched():
    h = hall()
    spoil_state(h)
    check(h.state, [e.CounterOpened(counter=1)])
    with pytest.raises(InvariantError, match="4: visit 2 A002"):
        check(h.state, [e.VisitRequeued(counter=1, visit_id=2)])


@pytest.mark.parametrize(
    "event",
    [
        e.VisitCalled(visit_id=1, counter=3, call_id=9, reason=CallReason.CHOSEN, zone="front"),
        e.CounterOpened(counter=1),
        e.ServiceStarted(counter=3, visit_id=2),
    ],
)
def test_an_event_that_the_tables_do_not_know_is_not_applied(event):
    h = hall()
    with pytest.raises(TransitionError):
        evolve(h.state, event, h.now)


@pytest.mark.parametrize(
    "event",
    [
        e.VisitRecalled(visit_id=4, counter=3, call_id=9, call_no=2),
        e.VisitReopened(visit_id=4, counter=3, calling=True),
    ],
)
def test_going_on_with_a_call_that_never_was_is_a_broken_journal(event):
    h = hall()
    h.ok(c.ServeWalkIn(counter=3, token=h.token(), items=(c.Item("ARC"),), reason="x"))
    with pytest.raises(TransitionError, match="without a call"):
        evolve(h.state, event, h.now)


def test_late_reports_about_a_call_that_is_over_change_nothing():
    h = hall()
    evolve(h.state, e.CallSpoken(call_id=7, counter=1), h.now)
    evolve(h.state, e.CallSpoken(call_id=7, counter=3), h.now)
    evolve(h.state, e.NoShowOffered(counter=3, visit_id=2), h.now)
    assert h.state.counters[1].call.spoken_ms == 0
    assert h.state.counters[3].call is None


def test_the_tables_name_only_states_that_lead_somewhere():
    reached = set(VISIT.values()) | {VisitState.WAITING, VisitState.EXPIRED}
    assert reached == set(VisitState)
    assert set(COUNTER.values()) == set(CounterState)
    assert set(KEYS) == set(CounterState)
