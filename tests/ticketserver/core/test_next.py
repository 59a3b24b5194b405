"""Who is next, and why: credit, ties, the cap, comebacks, READY (hall-rules section 5)."""

import pytest
from msgspec.structs import replace

from tests.ticketserver.core.halls import HOUR, MINUTE, RULES, Hall, kinds
from ticketserver.core import commands as c
from ticketserver.core.ids import Ms
from ticketserver.core.model import CounterRule
from ticketserver.core.terms import CallReason, CounterState, Phase, VisitState


def order(hall: Hall, number: int, count: int) -> list[str]:
    return [hall.serve(number).number for _ in range(count)]


def test_who_joined_at_the_same_moment_is_called_in_the_order_of_numbers():
    hall = Hall()
    hall.open(1)
    for services in (("ARC",), ("CARD",), ("PAY",)):
        hall.ok(hall.issue_command(*services))
    assert order(hall, 1, 3) == ["A001", "A002", "A003"]


@pytest.mark.parametrize(("later", "first"), [(9 * MINUTE, "A001"), (10 * MINUTE, "A001"), (10 * MINUTE + 1, "A002")])
def test_equal_credit_goes_to_the_earlier_join(later, first):
    """Ten minutes after the other one came the priority visit; it draws level after ten more."""
    hall = Hall()
    hall.open(1)
    hall.take("ARC")
    hall.now = Ms(hall.now + 10 * MINUTE - 1)
    hall.take("ARC", priority="age")
    hall.now = Ms(hall.now + later)
    assert hall.call(1).number == first


def test_of_several_at_the_cap_the_earliest_join_goes_first():
    """A normal visit and an old one, both overtaken twice by veterans; then credit, which the old one has more of, does
    not matter."""
    hall = Hall(queue={"cap": 2})
    hall.open(1)
    hall.take("ARC")
    hall.later(MINUTE)
    hall.take("ARC", priority="age")
    hall.later(MINUTE)
    for _ in range(3):
        hall.take("ARC", priority="veteran")
    hall.later(30 * MINUTE)
    assert order(hall, 1, 5) == ["A003", "A004", "A001", "A002", "A005"]


def test_a_call_that_this_counter_could_not_have_given_to_the_other_overtakes_nobody():
    hall = Hall(queue={"cap": 1})
    hall.open(1, 5)
    first = hall.take("ARC")
    for _ in range(3):
        hall.take("INJ")
    order(hall, 5, 3)
    assert hall.state.place[first.visit_id].claim(first.join_ms, first.visit_id) == 0


def test_a_comeback_waits_for_calls_that_could_have_been_its_own_and_no_others():
    hall = Hall()
    hall.open(1, 5)
    back = hall.take("ARC")
    hall.call(1)
    hall.ok(c.RequeueVisit(counter=1))
    for _ in range(3):
        hall.take("INJ")
    waiting = [hall.take("ARC") for _ in range(4)]
    order(hall, 5, 3)
    assert back.comeback_left == 3
    assert kinds(hall.ok(c.CallNext(counter=5))) == ["CounterReady"]
    assert [hall.serve(1) for _ in range(4)] == [*waiting[:3], back]


def test_of_two_comebacks_with_nobody_else_the_earlier_join_goes_first():
    hall = Hall()
    hall.open(1, 2)
    first, second = hall.take("ARC"), hall.take("ARC")
    hall.call(1)
    hall.call(2)
    hall.ok(c.RequeueVisit(counter=2))
    hall.ok(c.RequeueVisit(counter=1))
    assert [hall.call(1), hall.call(2)] == [first, second]


def test_a_ready_counter_gets_a_comeback_when_nobody_else_waits():
    hall = Hall(queue={"calls": 1})
    hall.open(1, 2)
    visit = hall.take("ARC")
    hall.call(1)
    hall.ok(c.CallNext(counter=2))
    hall.later(100_000)
    hall.ok(c.MarkNoShow(counter=1))
    *_, called = hall.ok(c.CheckIn(visit_id=visit.visit_id))
    assert (called.counter, called.reason) == (2, CallReason.CHECKED_IN)


def test_a_counter_that_is_not_ready_is_never_pushed_a_visit():
    hall = Hall()
    hall.open(1, 2)
    hall.ok(c.PauseCounter(counter=2))
    visit = hall.take("ARC")
    assert visit.state is VisitState.WAITING
    assert {hall.state.counters[number].state for number in (1, 2)} == {CounterState.IDLE, CounterState.PAUSED}


def test_a_cancelled_number_makes_room_for_nobody_it_is_simply_gone():
    hall = Hall()
    hall.open(1)
    first, second, third = (hall.take("ARC") for _ in range(3))
    hall.ok(c.CancelTicket(visit_id=second.visit_id))
    assert [hall.serve(1), hall.serve(1)] == [first, third]


def test_a_visit_of_two_stages_stays_as_it_is_when_a_counter_opens_that_does_not_help():
    hall = Hall()
    hall.open(1, 5)
    visit = hall.take("ARC", "INJ")
    stages = list(visit.stages)
    assert kinds(hall.ok(c.OpenCounter(counter=2))) == ["CounterOpened"]
    assert visit.stages == stages


def test_the_stage_it_was_called_for_is_done_whatever_became_of_the_profile_meanwhile():
    hall = Hall()
    hall.open(1, 3)
    visit = hall.take("ARC")
    hall.call(3)
    hall.ok(c.StartService(counter=3))
    hall.ok(c.SetProfile(counter=3, profile="injury"))
    hall.ok(c.FinishService(counter=3))
    assert visit.state is VisitState.FINISHED


def test_a_chosen_visit_is_done_only_as_far_as_this_counter_can():
    hall = Hall()
    hall.open(1, 4)
    visit = hall.take("ARC", "PEN")
    hall.ok(c.CallVisit(counter=1, visit_id=visit.visit_id, reason="stands here"))
    hall.ok(c.StartService(counter=1))
    hall.ok(c.FinishService(counter=1))
    assert (visit.open_services(), visit.state) == (["PEN"], VisitState.WAITING)


def test_at_noon_to_the_millisecond_counters_go_to_lunch_and_some_services_rest():
    hall = Hall(at=12 * HOUR - MINUTE)
    hall.open(1, 3)
    resting, other = hall.take("PAY"), hall.take("ARC")
    hall.now = Ms(12 * HOUR - 1)
    assert hall.ok(c.Wake()) == []
    hall.now = Ms(12 * HOUR)
    assert kinds(hall.ok(c.Wake())) == ["PhaseChanged", "CounterPaused"]
    assert (hall.state.phase, hall.state.counters[3].state) == (Phase.LUNCH, CounterState.PAUSED)
    assert hall.serve(1) is other
    assert kinds(hall.ok(c.CallNext(counter=1))) == ["CounterReady"]
    assert kinds(hall.later(HOUR)) == ["PhaseChanged", "CounterResumed", "ReadyLapsed"]
    assert hall.call(3) is resting


def test_twenty_calls_in_one_second_and_nobody_is_missed_unheard():
    """The voice says one call in 4.2 s, so the last is heard after 84 s; the hall marks missed by itself."""
    counters = tuple(CounterRule(number, "front", "all") for number in range(1, 21))
    hall = Hall(rules=replace(RULES, counters=counters), queue={"calls": 1, "auto_no_show": True})
    hall.open(*range(1, 21))
    visits = [hall.take("ARC") for _ in range(20)]
    for number in range(1, 21):
        hall.call(number)
        hall.now = Ms(hall.now + 50)
    heard, missed = {}, {}
    for step in range(1, 1500):
        for event in hall.later(100):
            missed[event.visit_id] = hall.now
        if step % 42 == 0 and step // 42 <= 20 and visits[step // 42 - 1].state is VisitState.CALLED:
            hall.ok(c.ReportSpoken(call_id=step // 42))
            heard[visits[step // 42 - 1].visit_id] = hall.now
    assert set(heard) == set(missed) == {visit.visit_id for visit in visits}
    assert {missed[visit] - heard[visit] for visit in heard} == {30_000}
