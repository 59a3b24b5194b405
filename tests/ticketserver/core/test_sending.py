"""Holding, transferring, requeueing: where an unfinished visit goes on (hall-rules sections 4 and 6)."""

import pytest

from tests.ticketserver.core.halls import HOUR, MINUTE, Hall, kinds
from ticketserver.core import commands as c
from ticketserver.core.model import Stage
from ticketserver.core.terms import HoldKind, StageReason, VisitState


def test_holding_and_resuming():
    hall = Hall()
    hall.open(1, 2)
    visit = hall.take("ARC")
    hall.call(1)
    assert hall.refused(c.HoldVisit(counter=1, kind=HoldKind.PAPERS_KEPT)) == "wrong_state"
    hall.ok(c.StartService(counter=1))
    hall.ok(c.HoldVisit(counter=1, kind=HoldKind.PAPERS_KEPT, same_counter=True))
    assert (visit.state, visit.held) == (VisitState.HELD, HoldKind.PAPERS_KEPT)
    assert hall.refused(c.ResumeVisit(counter=2, visit_id=visit.visit_id)) == "not_at_this_counter"
    hall.ok(c.PauseCounter(counter=1))
    assert hall.refused(c.ResumeVisit(counter=2, visit_id=visit.visit_id)) == "not_at_this_counter"
    assert kinds(hall.later(5 * MINUTE)) == ["NamedReleased"]
    hall.ok(c.ResumeVisit(counter=2, visit_id=visit.visit_id))
    assert hall.at(2) is visit
    assert hall.refused(c.ResumeVisit(counter=2, visit_id=visit.visit_id)) == "counter_busy"
    assert hall.refused(c.Recall(counter=2)) == "wrong_state"
    hall.open(3, 5)
    assert hall.refused(c.ResumeVisit(counter=3, visit_id=visit.visit_id)) == "wrong_state"
    hall.ok(c.HoldVisit(counter=2, kind=HoldKind.WAITING_STEP))
    assert hall.refused(c.ResumeVisit(counter=5, visit_id=visit.visit_id)) == "cannot_serve_here"
    hall.ok(c.ResumeVisit(counter=3, visit_id=visit.visit_id))


def test_transfer_to_a_service_ends_the_enquiry_and_goes_where_it_is_done():
    hall = Hall()
    hall.open(1, 4)
    visit = hall.take("enquiry", "CARD")
    hall.call(1)
    hall.ok(c.StartService(counter=1))
    hall.ok(c.TransferVisit(counter=1, service="PEN"))
    assert [(s.service, s.status) for s in visit.services] == [("enquiry", "done"), ("CARD", "open"), ("PEN", "open")]
    assert [stage.services for stage in visit.stages] == [("CARD", "PEN")]
    assert hall.call(4) is visit


def test_transfer_puts_the_asked_service_first():
    hall = Hall()
    hall.open(1)
    visit = hall.take("ARC", "CARD")
    hall.call(1)
    hall.ok(c.TransferVisit(counter=1, service="INJ"))
    assert [stage.services for stage in visit.stages] == [("INJ",), ("ARC", "CARD")]
    assert visit.services[-1].service == "INJ"


def test_transfer_to_a_zone_or_a_counter():
    hall = Hall()
    hall.open(1, 2, 4)
    visit = hall.take("enquiry")
    hall.call(1)
    hall.ok(c.StartService(counter=1))
    hall.ok(c.TransferVisit(counter=1, zone="pension"))
    assert visit.stages == [Stage("pension", ("enquiry",), (4,))]
    assert hall.call(4) is visit
    hall.ok(c.StartService(counter=4))
    hall.ok(c.TransferVisit(counter=4, to_counter=2))
    assert visit.stages[0].targets == (2,)
    assert hall.call(2) is visit
    hall.ok(c.StartService(counter=2))
    hall.ok(c.FinishService(counter=2))
    assert visit.state is VisitState.FINISHED


def test_what_was_sent_to_a_counter_is_done_there():
    hall = Hall()
    hall.open(1, 4)
    visit = hall.take("enquiry")
    hall.call(1)
    hall.ok(c.TransferVisit(counter=1, to_counter=4))
    hall.serve(4)
    assert visit.state is VisitState.FINISHED


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ({}, "bad_target"),
        ({"zone": "front", "to_counter": 2}, "bad_target"),
        ({"zone": "nowhere"}, "bad_target"),
        ({"to_counter": 1}, "bad_target"),
        ({"to_counter": 77}, "bad_target"),
        ({"service": "GHOST"}, "unknown_service"),
        ({"service": "INJ"}, "no_counter_today"),
        ({"service": "PAY"}, "service_twice"),
    ],
)
def test_bad_transfers_change_nothing(target, code):
    hall = Hall()
    hall.open(1, 5)
    hall.ok(c.CloseCounter(counter=5))
    visit = hall.take("ARC", "PAY")
    hall.call(1)
    visit.services[1].status = "done"
    assert hall.refused(c.TransferVisit(counter=1, **target)) == code
    assert hall.at(1) is visit


def test_a_named_counter_that_goes_away_lets_its_visits_go_to_any_capable_one():
    hall = Hall()
    hall.open(1, 2, 3)
    visits = [hall.take("ARC"), hall.take("ARC")]
    for visit, target in zip(visits, (2, 3), strict=True):
        hall.call(1)
        hall.ok(c.TransferVisit(counter=1, to_counter=target))
        assert visit.stages[0].targets == (target,)
    hall.ok(c.CloseCounter(counter=2))
    assert visits[0].stages == [Stage("front", ("ARC",))]
    hall.ok(c.PauseCounter(counter=3))
    hall.later(5 * MINUTE)
    assert visits[1].stages == [Stage("front", ("ARC",))]


def test_requeue_keeps_the_join_time_and_lets_others_pass():
    hall = Hall()
    hall.open(1)
    visit, *others = [hall.take("ARC") for _ in range(4)]
    hall.call(1)
    hall.ok(c.RequeueVisit(counter=1, reason="went to the copy shop"))
    assert [hall.serve(1) for _ in others] == others
    assert hall.call(1) is visit


def test_what_the_counter_sent_to_cannot_do_is_a_stage_of_its_own():
    """Sent to 2 with work for the injury counter: finishing at 2 does not count that as done."""
    hall = Hall()
    hall.open(1, 2, 5)
    visit = hall.take("ARC", "INJ")
    hall.call(1)
    hall.ok(c.TransferVisit(counter=1, to_counter=2))
    assert visit.stages == [Stage("front", ("ARC",), (2,)), Stage("injury", ("INJ",))]
    hall.serve(2)
    assert (visit.state, visit.open_services()) == (VisitState.WAITING, ["INJ"])
    assert hall.call(5) is visit


def test_an_enquiry_goes_along_with_what_the_zone_does():
    hall = Hall()
    hall.open(1, 4)
    visit = hall.take("enquiry", "CARD")
    hall.call(1)
    hall.ok(c.TransferVisit(counter=1, zone="pension"))
    assert visit.stages == [Stage("pension", ("enquiry", "CARD"), (4,))]


def test_of_a_zones_counters_those_are_named_that_do_the_most():
    hall = Hall()
    hall.open(1, 2, 3)
    hall.ok(c.SetProfile(counter=3, profile="injury"))
    visit = hall.take("ARC", "PAY")
    hall.call(1)
    hall.ok(c.TransferVisit(counter=1, zone="front"))
    assert visit.stages == [Stage("front", ("ARC", "PAY"), (2,))]


def test_who_waits_for_a_named_counter_goes_elsewhere_when_that_closes_even_for_a_while():
    hall = Hall()
    hall.open(1, 2)
    visit = hall.take("ARC")
    hall.call(1)
    hall.ok(c.TransferVisit(counter=1, to_counter=2))
    _, restaged = hall.ok(c.CloseCounter(counter=2, returns_at_ms=14 * HOUR))
    assert (restaged.reason, visit.stages) == (StageReason.NAMED_COUNTER_GONE, [Stage("front", ("ARC",))])


def test_who_is_sent_to_a_counter_that_opens_later_waits_for_it_whoever_closes_meanwhile():
    hall = Hall()
    hall.open(1, 3)
    visit = hall.take("ARC")
    hall.call(1)
    hall.ok(c.TransferVisit(counter=1, to_counter=2))
    assert kinds(hall.ok(c.CloseCounter(counter=3))) == ["CounterClosed"]
    hall.open(2)
    assert hall.call(2) is visit


def test_a_held_visit_is_free_again_when_its_counter_closes():
    hall = Hall()
    hall.open(1, 2)
    visit = hall.take("ARC")
    hall.call(1)
    hall.ok(c.StartService(counter=1))
    hall.ok(c.HoldVisit(counter=1, kind=HoldKind.PAPERS_NOT_KEPT, same_counter=True))
    hall.ok(c.CloseCounter(counter=1))
    hall.ok(c.ResumeVisit(counter=2, visit_id=visit.visit_id))
    assert hall.at(2) is visit


def test_a_short_pause_of_a_named_counter_changes_nothing():
    hall = Hall()
    hall.open(1, 2)
    visit = hall.take("ARC")
    hall.call(1)
    hall.ok(c.TransferVisit(counter=1, to_counter=2))
    hall.ok(c.PauseCounter(counter=2))
    assert hall.later(5 * MINUTE - 1) == []
    hall.ok(c.ResumeCounter(counter=2))
    assert hall.later(5 * MINUTE) == []
    assert visit.stages[0].targets == (2,)
