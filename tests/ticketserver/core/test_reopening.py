"""Taking back at the same counter: every implied step, every ending of the last five minutes (hall-rules section 6)."""

from tests.ticketserver.core.halls import HOUR, MINUTE, Hall, kinds
from ticketserver.core import commands as c
from ticketserver.core.terms import CounterState, HoldKind, Key, StartedBy, VisitState


def missed(hall: Hall, number: int = 1):
    """Calls whoever is next at a counter, in vain."""
    visit = hall.call(number)
    hall.later(100_000)
    hall.ok(c.MarkNoShow(counter=number))
    return visit


def test_reopening_an_ending_takes_the_visit_back_here():
    hall = Hall()
    hall.open(1, 2)
    visit, other = hall.take("ARC", "INJ"), hall.take("ARC")
    hall.serve(1)
    assert visit.state is VisitState.WAITING
    hall.call(1)
    assert kinds(hall.ok(c.ReopenVisit(counter=1, visit_id=visit.visit_id))) == ["VisitRequeued", "VisitReopened"]
    assert (hall.at(1), other.state, visit.stage_no) == (visit, VisitState.WAITING, 1)
    assert visit.open_services() == ["ARC", "INJ"]
    assert hall.refused(c.ReopenVisit(counter=1, visit_id=other.visit_id)) == "nothing_to_reopen"
    assert hall.refused(c.ReopenVisit(counter=1)) == "counter_busy"
    hall.ok(c.FinishService(counter=1))
    hall.call(1)
    hall.ok(c.StartService(counter=1))
    assert hall.refused(c.ReopenVisit(counter=1, visit_id=visit.visit_id)) == "counter_busy"
    hall.later(6 * MINUTE)
    assert hall.refused(c.ReopenVisit(counter=1, visit_id=visit.visit_id)) == "too_late_to_reopen"


def test_reopening_a_no_show():
    hall = Hall(queue={"calls": 1})
    hall.open(1)
    visit = hall.take("ARC")
    hall.call(1)
    hall.later(100_000)
    hall.ok(c.MarkNoShow(counter=1))
    hall.ok(c.ReopenVisit(counter=1))
    assert (visit.state, visit.missed_at_ms) == (VisitState.SERVING, 0)
    hall.ok(c.FinishService(counter=1))
    hall.ok(c.ReopenVisit(counter=1))
    hall.ok(c.HoldVisit(counter=1, kind=HoldKind.WAITING_STEP))
    assert hall.refused(c.ReopenVisit(counter=1)) == "nothing_to_reopen"


def test_a_visit_that_went_on_elsewhere_cannot_be_reopened():
    hall = Hall()
    hall.open(1, 5)
    hall.take("ARC", "INJ")
    hall.serve(1)
    hall.call(5)
    assert hall.refused(c.ReopenVisit(counter=1)) == "wrong_state"


def test_an_implied_start_can_be_taken_back():
    hall = Hall()
    hall.open(2)
    visit = hall.take("ARC")
    hall.call(2)
    events = hall.later(120_000)
    assert (kinds(events), events[0].by) == (["ServiceStarted"], StartedBy.IMPLIED)
    assert kinds(hall.ok(c.ReopenVisit(counter=2))) == ["VisitReopened"]
    assert (visit.state, hall.state.counters[2].state) == (VisitState.CALLED, CounterState.CALLING)
    hall.ok(c.ReportSpoken(call_id=1))
    hall.later(60_000)
    assert visit.state is VisitState.SERVING
    hall.ok(c.ReopenVisit(counter=2))
    assert hall.state.counters[2].call.spoken_ms == hall.now
    hall.later(60_000)
    hall.later(6 * MINUTE)
    assert hall.refused(c.ReopenVisit(counter=2)) == "too_late_to_reopen"


def test_a_finish_implied_by_next_is_taken_back_and_the_one_called_meanwhile_keeps_the_place():
    hall = Hall()
    hall.open(1)
    visit, other, third = (hall.take("ARC") for _ in range(3))
    hall.call(1)
    hall.ok(c.StartService(counter=1))
    hall.ok(c.PressKey(counter=1, key=Key.NEXT))
    assert hall.at(1) is other
    hall.ok(c.ReopenVisit(counter=1))
    assert (hall.at(1), visit.state, other.state) == (visit, VisitState.SERVING, VisitState.WAITING)
    hall.ok(c.FinishService(counter=1))
    assert [hall.serve(1), hall.serve(1)] == [other, third]


def test_five_minutes_to_the_millisecond():
    for wait, answer in ((5 * MINUTE, ["VisitReopened"]), (5 * MINUTE + 1, "too_late_to_reopen")):
        hall = Hall()
        hall.open(1)
        hall.take("ARC")
        hall.serve(1)
        hall.later(wait)
        asked = c.ReopenVisit(counter=1)
        assert (kinds(hall.ok(asked)) if wait == 5 * MINUTE else hall.refused(asked)) == answer


def test_an_ending_before_the_last_one_can_be_named():
    hall = Hall()
    hall.open(1)
    first, second = hall.take("ARC"), hall.take("ARC")
    hall.serve(1)
    hall.serve(1)
    hall.ok(c.ReopenVisit(counter=1, visit_id=first.visit_id))
    assert (hall.at(1), second.state) == (first, VisitState.FINISHED)


def test_the_other_counter_cannot_reopen_what_ended_here():
    hall = Hall()
    hall.open(1, 2)
    visit = hall.take("ARC")
    hall.serve(1)
    assert hall.refused(c.ReopenVisit(counter=2, visit_id=visit.visit_id)) == "nothing_to_reopen"


def test_one_who_came_back_after_a_missed_call_is_in_the_same_stage_and_lets_nobody_pass_any_more():
    hall = Hall(queue={"calls": 1})
    hall.open(1, 5)
    visit = hall.take("ARC", "INJ")
    assert missed(hall) is visit
    hall.ok(c.CheckIn(visit_id=visit.visit_id))
    assert visit.comeback_left == 3
    hall.ok(c.ReopenVisit(counter=1))
    assert (visit.state, visit.stage_no, visit.comeback_left) == (VisitState.SERVING, 1, 0)
    hall.take("INJ")
    hall.ok(c.FinishService(counter=1))
    assert (visit.stage_no, hall.call(5)) == (2, visit)


def test_an_hour_without_power_takes_nothing_back_from_the_five_minutes():
    hall = Hall(at=10 * HOUR)
    hall.open(1, 2)
    visit = hall.take("ARC")
    hall.serve(1)
    hall.take("ARC")
    hall.call(2)
    assert kinds(hall.later(2 * MINUTE)) == ["ServiceStarted"]
    hall.later(2 * MINUTE)
    hall.later(HOUR, wake=False)
    hall.ok(c.ResumeHall())
    hall.ok(c.ReopenVisit(counter=1, visit_id=visit.visit_id))
    hall.ok(c.ReopenVisit(counter=2))
    assert hall.state.counters[2].state is CounterState.CALLING


def test_a_miss_is_not_taken_back_once_the_person_came_again_and_was_served_elsewhere():
    hall = Hall(queue={"calls": 1})
    hall.open(1, 2)
    visit = hall.take("ARC")
    missed(hall)
    hall.ok(c.CheckIn(visit_id=visit.visit_id))
    assert hall.serve(2) is visit
    assert hall.refused(c.ReopenVisit(counter=1)) == "nothing_to_reopen"
    hall.ok(c.ReopenVisit(counter=2))
    assert hall.at(2) is visit
