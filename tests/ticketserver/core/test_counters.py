"""Opening, pausing, calling, finishing, stage after stage: hall-rules sections 4 to 6."""


from tests.ticketserver.core.halls import HOUR, MINUTE, Hall, kinds
from ticketserver.core import commands as c
from ticketserver.core.terms import CallReason, CounterState, Key, StageReason, VisitState


def states(hall: Hall) -> dict[int, CounterState]:
    return {number: counter.state for number, counter in hall.state.counters.items()}


def test_a_closed_or_unknown_counter_refuses_with_a_code():
    hall = Hall()
    acts = (c.CallNext, c.Recall, c.PauseCounter, c.ResumeCounter, c.FinishService, c.ReopenVisit)
    for command in acts:
        assert hall.refused(command(counter=1)) == "counter_closed"
    assert hall.refused(c.CallNext(counter=99)) == "unknown_counter"
    hall.open(1)
    assert hall.refused(c.OpenCounter(counter=1)) == "counter_open"
    for command in (c.StartService, c.FinishService, c.MarkNoShow, c.Recall, c.RequeueVisit):
        assert hall.refused(command(counter=1)) == "nobody_in_hand"


def test_calling_needs_calling_hours():
    hall = Hall(at=8 * HOUR)
    hall.open(1)
    visit = hall.take("ARC")
    assert hall.refused(c.CallNext(counter=1)) == "calling_not_started"
    assert hall.refused(c.PressKey(counter=2, key=Key.NEXT)) == "calling_not_started"
    hall.later(30 * MINUTE)
    hall.ok(c.SetHours(calling_paused=True))
    assert hall.refused(c.CallNext(counter=1)) == "calling_paused"
    hall.ok(c.SetHours(calling_paused=False))
    assert hall.call(1) is visit


def test_with_nobody_waiting_the_counter_is_ready_and_gets_the_next_arrival():
    hall = Hall()
    hall.open(1, 2, 4)
    for number in (2, 4, 1):
        hall.ok(c.CallNext(counter=number))
        hall.later(1000)
    assert hall.ok(c.CallNext(counter=1)) == []
    assert kinds(hall.ok(hall.issue_command("ARC"))) == ["TicketIssued", "VisitCalled"]
    assert states(hall)[2] is CounterState.CALLING
    hall.take("PEN")
    assert states(hall)[4] is CounterState.CALLING
    hall.take("PEN")
    assert states(hall)[1] is CounterState.READY


def test_a_hall_may_do_without_ready():
    hall = Hall(queue={"ready_on_empty": False})
    hall.open(1)
    assert hall.refused(c.CallNext(counter=1)) == "nobody_waiting"


def test_ready_lapses_after_ten_minutes_and_by_a_pause():
    hall = Hall()
    hall.open(1, 2)
    hall.ok(c.CallNext(counter=1))
    hall.ok(c.CallNext(counter=2))
    hall.ok(c.PauseCounter(counter=2))
    assert kinds(hall.later(10 * MINUTE)) == ["NamedReleased", "ReadyLapsed"]
    hall.take("ARC")
    assert states(hall)[1] is CounterState.IDLE


def test_credit_priority_and_reasons():
    hall = Hall()
    hall.open(1, 4)
    first = hall.take("ARC")
    hall.later(10 * MINUTE)
    old = hall.take("ARC", priority="age")
    hall.take("PEN")
    last = hall.take("ARC")
    reasons = []
    hall.later(4 * MINUTE)
    for expected in (first, old, last):
        (event,) = hall.ok(c.CallNext(counter=1))
        assert event.visit_id == expected.visit_id
        reasons.append(event.reason)
        hall.ok(c.StartService(counter=1))
        hall.ok(c.FinishService(counter=1))
    assert reasons == [CallReason.WAITED_LONGEST, CallReason.WAITED_LONGEST, CallReason.OTHERS_ELSEWHERE]
    hall.take("ARC")
    hall.later(MINUTE)
    young = hall.take("ARC", priority="veteran")
    hall.later(10 * MINUTE)
    (event,) = hall.ok(c.CallNext(counter=1))
    assert (event.visit_id, event.reason) == (young.visit_id, CallReason.PRIORITY)


def test_nobody_is_overtaken_beyond_the_cap():
    hall = Hall(queue={"cap": 2})
    hall.open(1)
    normal = hall.take("ARC")
    hall.later(MINUTE)
    for _ in range(4):
        hall.take("ARC", priority="veteran")
    hall.later(30 * MINUTE)
    order = [hall.serve(1).visit_id for _ in range(5)]
    assert order.index(normal.visit_id) == 2


def test_overflow_is_called_only_when_no_primary_visit_waits_and_can_be_switched_off():
    hall = Hall()
    hall.open(4)
    pay = hall.take("PAY")
    pension = hall.take("PEN")
    assert [hall.serve(4), hall.serve(4)] == [pension, pay]
    hall.take("PAY")
    hall.ok(c.SetOverflow(profile="pension", on=False))
    assert kinds(hall.ok(c.CallNext(counter=4))) == ["CounterReady"]
    assert hall.ok(c.SetOverflow(profile="pension", on=False)) == []
    assert kinds(hall.ok(c.SetOverflow(profile="pension", on=True))) == ["OverflowSwitched", "VisitCalled"]
    assert hall.refused(c.SetOverflow(profile="none", on=True)) == "unknown_profile"


def test_services_that_rest_at_lunch_wait_and_the_counters_that_stay_go_on():
    hall = Hall(at=12 * HOUR - MINUTE)
    hall.open(1, 2, 3)
    resting = hall.take("PAY")
    card = hall.take("CARD")
    hall.ok(c.CallNext(counter=3))
    assert hall.at(3) is resting
    other = hall.take("PAY")
    events = hall.later(2 * MINUTE)
    assert kinds(events)[:3] == ["PhaseChanged", "CounterPaused", "PauseAsked"]
    assert states(hall)[2] is CounterState.PAUSED
    assert hall.serve(1) is card
    assert kinds(hall.ok(c.CallNext(counter=1))) == ["CounterReady"]
    hall.ok(c.StartService(counter=3))
    hall.ok(c.FinishService(counter=3))
    assert states(hall)[3] is CounterState.PAUSED
    assert "ReadyLapsed" in kinds(hall.later(55 * MINUTE))
    hall.ok(c.CallNext(counter=1))
    events = hall.later(5 * MINUTE)
    assert [kind for kind in kinds(events) if kind in ("CounterResumed", "VisitCalled")] == ["CounterResumed"] * 2 + [
        "VisitCalled"
    ]
    assert hall.at(1) is other


def test_a_clerk_may_work_through_lunch():
    hall = Hall(at=12 * HOUR - MINUTE)
    hall.open(2)
    hall.ok(c.PauseCounter(counter=2))
    hall.later(2 * MINUTE)
    hall.take("CARD")
    hall.ok(c.PressKey(counter=2, key=Key.NEXT))
    assert states(hall)[2] is CounterState.CALLING


def test_pause_after_the_visit_in_hand_and_its_taking_back():
    hall = Hall()
    hall.open(1)
    hall.take("ARC")
    hall.call(1)
    assert kinds(hall.ok(c.PauseCounter(counter=1))) == ["PauseAsked"]
    assert hall.ok(c.PauseCounter(counter=1)) == []
    assert kinds(hall.ok(c.ResumeCounter(counter=1))) == ["CounterResumed"]
    hall.ok(c.PauseCounter(counter=1))
    hall.ok(c.StartService(counter=1))
    hall.ok(c.FinishService(counter=1))
    assert states(hall)[1] is CounterState.PAUSED
    assert hall.ok(c.PauseCounter(counter=1)) == []
    assert hall.refused(c.CallNext(counter=1)) == "counter_paused"
    hall.ok(c.ResumeCounter(counter=1))
    assert hall.ok(c.ResumeCounter(counter=1)) == []
    hall.take("ARC")
    hall.call(1)
    assert hall.refused(c.CallNext(counter=2)) == "counter_closed"
    assert hall.refused(c.CloseCounter(counter=1)) == "counter_busy"


def test_closing_for_a_while_for_the_day_or_with_bad_hours():
    hall = Hall()
    hall.open(5)
    assert hall.refused(c.CloseCounter(counter=5, returns_at_ms=hall.now)) == "bad_hours"
    assert hall.refused(c.CloseCounter(counter=5, returns_at_ms=18 * HOUR)) == "bad_hours"
    hall.ok(c.CloseCounter(counter=5, returns_at_ms=14 * HOUR))
    visit = hall.take("INJ")
    assert hall.state.counters[5].due_from_ms == 14 * HOUR
    assert hall.state.served_today(visit.stages[0])
    hall.open(5)
    hall.ok(c.CallNext(counter=5))
    hall.ok(c.RequeueVisit(counter=5))
    hall.ok(c.CloseCounter(counter=5))
    assert not hall.state.served_today(visit.stages[0])
    assert hall.refused(c.CloseCounter(counter=5)) == "counter_closed"


def test_a_counter_that_was_to_open_and_will_not_is_closed_for_today_and_who_waits_for_it_is_stranded():
    hall = Hall()
    visit = hall.take("INJ")
    assert hall.state.served_today(visit.stages[0])
    hall.ok(c.CloseCounter(counter=5, returns_at_ms=14 * HOUR))
    assert (hall.state.counters[5].due_from_ms, hall.state.served_today(visit.stages[0])) == (14 * HOUR, True)
    assert kinds(hall.ok(c.CloseCounter(counter=5))) == ["CounterClosed"]
    assert not hall.state.served_today(visit.stages[0])
    assert hall.refused(hall.issue_command("INJ")) == "no_counter_today"
    hall.open(5)
    assert hall.call(5) is visit


def test_stages_split_when_the_last_capable_counter_closes_and_collapse_when_one_opens():
    hall = Hall()
    hall.open(1, 4)
    visit = hall.take("ARC", "PEN")
    assert [stage.services for stage in visit.stages] == [("ARC", "PEN")]
    hall.ok(c.SetProfile(counter=4, profile="all"))
    assert [stage.services for stage in visit.stages] == [("ARC",), ("PEN",)]
    _, restaged = hall.ok(c.SetProfile(counter=4, profile="pension"))
    assert (restaged.reason, len(restaged.stages)) == (StageReason.PROFILE_CHANGED, 1)
    assert hall.ok(c.SetProfile(counter=4, profile="pension")) == []
    assert hall.refused(c.SetProfile(counter=4, profile="none")) == "unknown_profile"


def test_the_next_stage_keeps_number_and_join_time():
    hall = Hall()
    hall.open(1, 5)
    visit = hall.take("ARC", "INJ")
    joined = visit.join_ms
    hall.take("INJ")
    assert [stage.zone for stage in visit.stages] == ["front", "injury"]
    hall.serve(1)
    assert (visit.state, visit.stage_no, visit.join_ms) == (VisitState.WAITING, 2, joined)
    (event,) = hall.ok(c.CallNext(counter=5))
    assert (event.visit_id, event.reason) == (visit.visit_id, CallReason.NEXT_STAGE)
    hall.ok(c.StartService(counter=5))
    hall.ok(c.FinishService(counter=5))
    assert visit.state is VisitState.FINISHED


def test_finishing_says_what_was_not_done():
    hall = Hall()
    hall.open(1)
    visit = hall.take("ARC", "PAY")
    hall.call(1)
    assert hall.refused(c.FinishService(counter=1)) == "wrong_state"
    hall.ok(c.StartService(counter=1))
    assert hall.ok(c.StartService(counter=1)) == []
    assert hall.refused(c.FinishService(counter=1, not_done=("INJ",))) == "not_open_here"
    hall.ok(c.FinishService(counter=1, not_done=("PAY",), reason="papers missing"))
    assert [(s.service, s.status) for s in visit.services] == [("ARC", "done"), ("PAY", "dropped")]


def test_a_chosen_number_needs_an_able_counter_and_overtakes_nobody():
    hall = Hall(queue={"cap": 1})
    hall.open(1, 5)
    first, second = hall.take("ARC"), hall.take("ARC")
    assert hall.refused(c.CallVisit(counter=5, visit_id=second.visit_id, reason="x")) == "cannot_serve_here"
    hall.ok(c.CallVisit(counter=1, visit_id=second.visit_id, reason="child crying"))
    assert hall.at(1) is second
    assert hall.state.place[first.visit_id].claim(first.join_ms, first.visit_id) == 0
    assert hall.refused(c.CallVisit(counter=1, visit_id=first.visit_id, reason="x")) == "counter_busy"
    hall.open(2)
    assert hall.refused(c.CallVisit(counter=2, visit_id=second.visit_id, reason="x")) == "wrong_state"
