"""What a number would mean now, without taking one: the same that `issue_ticket` then says."""

import pytest

from tests.ticketserver.core.halls import HOUR, MINUTE, PLAN, Hall
from ticketserver.core import commands as c
from ticketserver.core.ids import Ms
from ticketserver.core.model import Stage
from ticketserver.core.projections.plan import (
    Opening,
    open_for_zone,
    opening,
    plan_visit,
    wait_at,
    wait_in_zone,
    wait_of,
)
from ticketserver.core.refusal import RefusedError
from ticketserver.core.state import new_state
from ticketserver.core.terms import Basis, Offer

NOTHING = (0, 0, 0)


def crowded() -> Hall:
    hall = Hall(queue={"batch_counters": (1,)})
    hall.open(1, 4, 5)
    for services in (("ARC",), ("PEN",), ("INJ",), ("CARD",), ("ARC", "INJ")):
        hall.take(*services)
        hall.later(MINUTE)
    hall.take("PAY", priority="veteran")
    return hall


@pytest.mark.parametrize(
    ("services", "quantity", "priority", "basis"),
    [
        (("ARC",), 1, "", None),
        (("PEN", "ARC", "INJ"), 1, "", None),
        (("PAY",), 1, "age", Basis.SEEN),
        (("PAY",), 1, "age", Basis.DECLARED),
        (("CARD",), 12, "", None),
    ],
)
def test_it_says_what_the_number_will_say(services, quantity, priority, basis):
    hall = crowded()
    before = len(hall.state.visits)
    asked = hall.issue_command(*services, quantity=quantity, priority=priority, basis=basis)
    plan = plan_visit(hall.state, asked.items, priority, basis, hall.now)
    assert len(hall.state.visits) == before
    (event,) = hall.ok(asked)
    assert (plan.stages, plan.offer, plan.wait) == (
        event.stages,
        event.offer,
        (event.ahead, event.wait_p50_ms, event.wait_p90_ms),
    )
    assert plan.offer is (Offer.BATCH_COUNTER if quantity > 10 else Offer.NONE)


@pytest.mark.parametrize(
    ("items", "priority", "code"),
    [
        ((), "", "nothing_chosen"),
        ((c.Item("GHOST"),), "", "unknown_service"),
        ((c.Item("ARC"), c.Item("ARC")), "", "service_twice"),
        ((c.Item("ARC"),), "king", "unknown_priority"),
    ],
)
def test_it_is_refused_as_the_number_would_be(items, priority, code):
    hall = crowded()
    with pytest.raises(RefusedError) as caught:
        plan_visit(hall.state, items, priority, None, hall.now)
    assert caught.value.code == code


def test_without_a_day_nothing_is_planned():
    with pytest.raises(RefusedError) as caught:
        plan_visit(new_state(), (c.Item("ARC"),), "", None, Ms(0))
    assert caught.value.code == "no_day"


def test_a_zones_wait_is_that_of_its_first_service():
    hall = crowded()
    assert wait_in_zone(hall.state, "front", hall.now) == wait_at(hall.state, Stage("front", ("ARC",)), 1, hall.now)
    assert wait_in_zone(hall.state, "front", hall.now).ahead == 4
    assert wait_in_zone(hall.state, "injury", hall.now).ahead == 1
    assert wait_in_zone(hall.state, "nowhere", hall.now) == NOTHING


def test_who_has_a_number_is_told_the_wait_as_it_is_now_and_nothing_once_called():
    """The veteran who came last passes the fourth visit while the first is served."""
    hall = crowded()
    visit = hall.visit(4)
    assert wait_of(hall.state, visit, hall.now).ahead == 2
    assert hall.call(1).visit_id == 1
    assert wait_of(hall.state, visit, hall.now).ahead == 1
    hall.ok(c.StartService(counter=1))
    hall.later(5 * MINUTE)
    hall.ok(c.FinishService(counter=1))
    assert hall.serve(1).visit_id == 6
    assert wait_of(hall.state, visit, hall.now).ahead == 0
    assert hall.call(1) is visit
    assert wait_of(hall.state, visit, hall.now) == NOTHING


def test_from_when_a_counter_is_there():
    hall = Hall(at=8 * HOUR)
    injury = Stage("injury", ("INJ",))
    assert opening(new_state(), injury, Ms(0)) == Opening(stranded=True)
    assert opening(hall.state, injury, hall.now) == Opening(PLAN.calling_from_ms)
    hall.now = Ms(9 * HOUR)
    assert opening(hall.state, injury, hall.now) == Opening(late=True)
    hall.open(5)
    assert opening(hall.state, injury, hall.now) == Opening()
    hall.ok(c.CloseCounter(counter=5, returns_at_ms=14 * HOUR))
    assert opening(hall.state, injury, hall.now) == Opening(14 * HOUR)
    hall.ok(c.CloseCounter(counter=5))
    assert opening(hall.state, injury, hall.now) == Opening(stranded=True)


def test_of_several_the_first_to_open_counts():
    hall = Hall()
    for number, hour in ((1, 15), (2, 14), (3, 16)):
        hall.ok(c.CloseCounter(counter=number, returns_at_ms=hour * HOUR))
    hall.ok(c.CloseCounter(counter=4))
    assert opening(hall.state, Stage("front", ("ARC",)), hall.now) == Opening(14 * HOUR)
    assert opening(hall.state, Stage("front", ("ARC",)), Ms(15 * HOUR)) == Opening(late=True)


def test_a_zone_is_open_where_any_counter_calls_for_it():
    hall = Hall()
    assert [open_for_zone(hall.state, zone) for zone in ("front", "pension", "injury")] == [0, 0, 0]
    hall.open(1, 2, 4)
    assert [open_for_zone(hall.state, zone) for zone in ("front", "pension", "injury")] == [3, 1, 0]
    hall.open(5)
    assert open_for_zone(hall.state, "injury") == 1
    assert open_for_zone(hall.state, "nowhere") == 0
