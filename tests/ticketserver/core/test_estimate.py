"""People ahead and minutes: what is said is what the rules then do (hall-rules sections 2 and 5)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.ticketserver.core.halls import HOUR, MINUTE, RULES, Hall
from ticketserver.core import commands as c
from ticketserver.core.ids import Ms
from ticketserver.core.projections.plan import wait_of
from ticketserver.core.shifts import shifts
from ticketserver.core.state import new_state
from ticketserver.core.terms import Phase


def said(hall: Hall, *services: str, **more):
    (event,) = hall.ok(hall.issue_command(*services, **more))
    return event


def test_waits_count_from_calling_start():
    hall = Hall(at=8 * HOUR)
    assert said(hall, "INJ").wait_p50_ms == 30 * MINUTE
    assert said(hall, "INJ").wait_p50_ms == 45 * MINUTE


def test_the_day_is_not_called_full_because_few_counters_are_open_before_calling_starts():
    """A hundred numbers at 8:10 with one of three counters open: the other two are due at 8:30."""
    hall = Hall(at=8 * HOUR + 10 * MINUTE)
    hall.open(1)
    for _ in range(100):
        said(hall, "ARC")
    event = said(hall, "ARC")
    assert (event.ahead, event.wait_p50_ms) == (100, 20 * MINUTE + 500 * MINUTE // 3)


def test_a_counter_that_should_have_opened_is_counted_on_for_a_quarter_of_an_hour():
    hall = Hall(at=8 * HOUR + 44 * MINUTE)
    hall.open(1)
    hall.state.counters[2].due_from_ms = 12 * HOUR
    for _ in range(6):
        said(hall, "ARC")
    assert said(hall, "ARC").wait_p50_ms == 15 * MINUTE
    hall.now += MINUTE
    assert said(hall, "ARC").wait_p50_ms == 35 * MINUTE


def test_counters_that_come_later_take_their_share_from_then_on():
    """60 minutes of work at 9:00: one counter till 9:30, then two."""
    later = replace(RULES.counters[2], due_from_ms=Ms(9 * HOUR + 30 * MINUTE))
    hall = Hall(rules=replace(RULES, counters=(RULES.counters[0], later)))
    hall.open(1)
    for _ in range(12):
        said(hall, "ARC")
    assert said(hall, "ARC").wait_p50_ms == 45 * MINUTE


def test_lunch_stops_who_goes_to_lunch_and_what_rests():
    hall = Hall(at=12 * HOUR - 10 * MINUTE)
    hall.open(1, 5)
    said(hall, "INJ")
    event = said(hall, "INJ")
    assert (event.ahead, event.wait_p50_ms) == (1, 75 * MINUTE)
    for _ in range(3):
        said(hall, "ARC")
    assert said(hall, "ARC").wait_p50_ms == 15 * MINUTE
    hall.later(10 * MINUTE)
    assert hall.state.phase is Phase.LUNCH
    assert said(hall, "PAY").wait_p50_ms > HOUR


def test_work_in_hand_counts_half_unless_a_counter_is_free():
    hall = Hall()
    hall.open(5)
    hall.take("INJ")
    assert said(hall, "INJ").wait_p50_ms == 15 * MINUTE
    hall.call(5)
    assert said(hall, "INJ").wait_p50_ms == 22 * MINUTE + 30_000


def test_cases_are_counted_not_people():
    hall = Hall()
    hall.open(1)
    said(hall, "ARC", quantity=4)
    event = said(hall, "ARC")
    assert (event.ahead, event.wait_p50_ms) == (1, 20 * MINUTE)


def test_a_priority_visit_counts_those_who_are_called_before_it_passes_the_rest():
    """Six normal ones, five minutes apart; after three of them, 15 minutes, 3 × 15 is more than anyone's credit."""
    hall = Hall()
    hall.open(1)
    for _ in range(6):
        hall.take("ARC")
        hall.later(5 * MINUTE)
    assert said(hall, "ARC").ahead == 6
    old = said(hall, "ARC", priority="veteran")
    assert (old.ahead, old.wait_p50_ms) == (3, 15 * MINUTE)
    order = served_in_order(hall, 1)
    assert order.index(old.visit_id) == 3


def served_in_order(hall: Hall, number: int) -> list[int]:
    """Serves until nobody waits, each taking as long as the catalogue says; returns who, in order."""
    order = []
    while hall.state.waiting:
        hall.ok(c.CallNext(counter=number))
        visit = hall.at(number)
        hall.ok(c.StartService(counter=number))
        hall.now = Ms(hall.now + hall.state.stage_load_ms(visit))
        hall.ok(c.FinishService(counter=number))
        order.append(visit.visit_id)
    return order


CROWD = st.lists(st.tuples(st.integers(0, 600_000), st.sampled_from(["", "", "", "age", "veteran"])), max_size=10)


@settings(derandomize=True, max_examples=200)
@given(CROWD, st.sampled_from(["", "age", "veteran"]))
def test_what_is_said_is_what_happens(crowd, mine):
    """One counter, equal cases, no cap in the way: as many are called before as were said to be ahead; where weights
    race, give or take two of those who draw level meanwhile."""
    hall = Hall(at=9 * HOUR, queue={"cap": 99})
    hall.open(1)
    for gap, priority in crowd:
        hall.now = Ms(hall.now + gap)
        said(hall, "ARC", priority=priority)
    hall.now = Ms(hall.now + 1)
    own = said(hall, "ARC", priority=mine)
    happened = served_in_order(hall, 1).index(own.visit_id)
    race = len({priority for _, priority in crowd} | {mine}) > 1
    assert abs(happened - own.ahead) <= 2 * race


def test_who_is_only_taken_as_overflow_counts_everyone_who_goes_first_there():
    hall = Hall()
    for number in (1, 2, 3):
        hall.ok(c.CloseCounter(counter=number))
    hall.open(4)
    for _ in range(3):
        hall.take("PEN")
    first = said(hall, "CARD")
    assert (first.ahead, first.wait_p50_ms) == (3, HOUR)
    second = said(hall, "CARD")
    assert (second.ahead, second.wait_p50_ms) == (4, HOUR + 6 * MINUTE)
    assert served_in_order(hall, 4)[-2:] == [first.visit_id, second.visit_id]


def test_a_comeback_is_ahead_of_all_but_those_it_lets_pass():
    hall = Hall()
    hall.open(1)
    back = hall.take("ARC")
    hall.call(1)
    hall.ok(c.RequeueVisit(counter=1))
    assert wait_of(hall.state, back, hall.now).ahead == 0
    assert [said(hall, "ARC").ahead for _ in range(5)] == [0, 1, 2, 4, 5]
    wait = wait_of(hall.state, back, hall.now)
    assert (wait.ahead, wait.p50_ms) == (3, 15 * MINUTE)
    order = served_in_order(hall, 1)
    assert order.index(back.visit_id) == 3


def test_a_comeback_for_another_counter_is_nobodys_business():
    hall = Hall()
    hall.open(1, 5)
    hall.take("INJ")
    hall.call(5)
    hall.ok(c.RequeueVisit(counter=5))
    assert [said(hall, "ARC").ahead for _ in range(5)] == [0, 1, 2, 3, 4]


def test_a_shared_queue_counts_in_part():
    """Two front counters and the shared queue of CARD: who needs PEN waits for PEN alone."""
    hall = Hall()
    hall.open(1, 4)
    for _ in range(4):
        hall.take("ARC")
    event = said(hall, "PEN")
    assert (event.ahead, event.wait_p50_ms) == (0, 0)


@pytest.mark.parametrize("rests", [False, True])
def test_without_a_day_everyone_is_there(rests):
    assert shifts(new_state(), 0b101, rests, 0) == [(0, 0b101)]
