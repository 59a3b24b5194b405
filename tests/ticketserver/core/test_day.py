"""The hall's day: phases, lunch, overrides, the end, the next day, an hour without power (hall-rules section 2)."""

import pytest
from msgspec.structs import replace

from tests.ticketserver.core.halls import HOUR, MINUTE, PLAN, RULES, Hall, kinds
from ticketserver.core import commands as c
from ticketserver.core.deadlines import next_deadline, phase_at
from ticketserver.core.engine import replay
from ticketserver.core.events import Record
from ticketserver.core.ids import BusinessDay, Seq
from ticketserver.core.state import new_state
from ticketserver.core.terms import CounterState, HoldKind, Key, Phase, VisitState

TUESDAY = replace(
    PLAN,
    day=BusinessDay("2026-11-24"),
    **{
        name: getattr(PLAN, name) + 24 * HOUR
        for name in PLAN.__struct_fields__
        if name.endswith("_ms")
    },
)


@pytest.mark.parametrize(
    ("at", "phase"),
    [
        (7 * HOUR, Phase.BEFORE_NUMBERS),
        (8 * HOUR, Phase.BEFORE_CALLING),
        (9 * HOUR, Phase.CALLING),
        (12 * HOUR, Phase.LUNCH),
        (13 * HOUR, Phase.CALLING),
        (16 * HOUR, Phase.CUT_OFF),
        (17 * HOUR, Phase.ENDED),
    ],
)
def test_phases(at, phase):
    assert phase_at(PLAN, at) is phase


def test_the_core_says_when_it_wants_to_be_woken():
    assert next_deadline(new_state()) is None
    hall = Hall(at=7 * HOUR)
    seen = []
    while (wanted := next_deadline(hall.state)) is not None:
        hall.later(wanted - hall.now)
        seen.append((wanted, hall.state.phase))
    assert seen == [
        (8 * HOUR, Phase.BEFORE_CALLING),
        (8 * HOUR + 30 * MINUTE, Phase.CALLING),
        (12 * HOUR, Phase.LUNCH),
        (13 * HOUR, Phase.CALLING),
        (16 * HOUR, Phase.CUT_OFF),
        (17 * HOUR, Phase.ENDED),
    ]


def test_a_counters_deadline_comes_before_the_next_phase():
    hall = Hall()
    hall.open(1)
    hall.ok(c.CallNext(counter=1))
    assert next_deadline(hall.state) == hall.now + 10 * MINUTE
    hall.ok(c.CloseCounter(counter=1))
    assert next_deadline(hall.state) == 12 * HOUR


def test_a_phase_that_has_come_is_due_at_once():
    hall = Hall()
    hall.later(3 * HOUR + MINUTE, wake=False)
    hall.take("ARC")
    assert next_deadline(hall.state) == hall.state.now


def test_the_end_of_the_day_leaves_nobody_in_between():
    hall = Hall(queue={"calls": 1})
    hall.open(1, 2, 3)
    held, missed, serving, called, waiting = [hall.take("ARC") for _ in range(5)]
    hall.call(1)
    hall.ok(c.StartService(counter=1))
    hall.ok(c.HoldVisit(counter=1, kind=HoldKind.PAPERS_KEPT))
    hall.call(1)
    hall.later(100_000)
    hall.ok(c.MarkNoShow(counter=1))
    hall.call(1)
    hall.ok(c.StartService(counter=1))
    hall.call(3)
    events = hall.later(17 * HOUR - hall.now)
    ended = next(event for event in events if type(event).__name__ == "DayEnded")
    assert set(ended.expired) == {held.visit_id, missed.visit_id, waiting.visit_id}
    assert set(ended.finished) == {serving.visit_id, called.visit_id}
    assert {counter.state for counter in hall.state.counters.values()} == {CounterState.CLOSED}
    assert next_deadline(hall.state) is None
    assert hall.refused(c.OpenCounter(counter=1)) == "day_over"
    assert hall.refused(c.PressKey(counter=1, key=Key.NEXT)) == "day_over"
    assert hall.refused(c.CheckIn(visit_id=missed.visit_id)) == "day_over"


def test_the_next_day_starts_with_fresh_numbers_and_ids_that_go_on():
    hall = Hall()
    hall.open(1)
    first = hall.take("ARC")
    hall.call(1)
    hall.now += 24 * HOUR
    events = hall.ok(c.OpenDay(rules=RULES, plan=TUESDAY))
    assert kinds(events) == ["PhaseChanged", "DayEnded", "DayOpened", "PhaseChanged"]
    asked = replace(hall.issue_command("ARC"), day=TUESDAY.day)
    (issued,) = hall.ok(asked)
    assert (issued.number, issued.visit_id) == (first.number, first.visit_id + 1)
    hall.open(1)
    (called,) = hall.ok(c.CallNext(counter=1))
    assert called.call_id == 2
    assert hall.refused(c.OpenDay(rules=RULES, plan=TUESDAY)) == "wrong_day"
    assert hall.refused(c.OpenDay(rules=RULES, plan=PLAN)) == "wrong_day"


def test_after_an_ended_day_the_next_just_opens():
    hall = Hall()
    hall.later(10 * HOUR)
    hall.now += 14 * HOUR
    assert kinds(hall.ok(c.OpenDay(rules=RULES, plan=TUESDAY)))[0] == "DayOpened"


def test_a_supervisor_may_change_the_last_number_and_the_end_for_today():
    hall = Hall(at=15 * HOUR)
    assert hall.refused(c.SetHours(ends_ms=14 * HOUR)) == "bad_hours"
    assert hall.refused(c.SetHours(last_number_ms=18 * HOUR)) == "bad_hours"
    assert hall.ok(c.SetHours()) == []
    assert kinds(hall.ok(c.SetHours(last_number_ms=15 * HOUR))) == ["HoursChanged", "PhaseChanged"]
    assert hall.refused(hall.issue_command("ARC")) == "cut_off"
    hall.ok(c.SetHours(last_number_ms=17 * HOUR, ends_ms=18 * HOUR))
    assert hall.state.phase is Phase.CALLING
    hall.take("ARC")


def test_paused_calling_keeps_ready_counters_from_being_pushed():
    hall = Hall()
    hall.open(1)
    hall.ok(c.CallNext(counter=1))
    hall.ok(c.SetHours(calling_paused=True))
    visit = hall.take("ARC")
    assert visit.state is VisitState.WAITING
    assert kinds(hall.ok(c.SetHours(calling_paused=False))) == ["HoursChanged", "VisitCalled"]


def test_an_hour_without_power_expires_nothing():
    """10:00 to 11:00 dark: the call, the READY counter and the pause go on from where the light came back."""
    hall = Hall(at=10 * HOUR, queue={"calls": 1})
    hall.open(1, 3, 4, 5)
    visit = hall.take("ARC")
    hall.call(1)
    hall.ok(c.ReportSpoken(call_id=1))
    hall.take("ARC")
    hall.call(3)
    hall.ok(c.CallNext(counter=5))
    hall.ok(c.PauseCounter(counter=4))
    hall.later(HOUR, wake=False)
    assert kinds(hall.ok(c.ResumeHall())) == ["HallResumed"]
    assert visit.state is VisitState.CALLED
    assert hall.state.counters[1].call.called_at_ms < hall.now - HOUR + MINUTE
    assert hall.later(29_999) == []
    assert kinds(hall.later(1)) == ["NoShowOffered"]
    assert kinds(hall.later(10 * MINUTE)) == ["NoShowOffered", "NamedReleased", "ReadyLapsed"]


def test_a_no_show_offered_before_the_cut_is_offered_anew_after_it():
    hall = Hall(queue={"calls": 1})
    hall.open(1)
    hall.take("ARC")
    hall.call(1)
    hall.ok(c.ReportSpoken(call_id=1))
    assert kinds(hall.later(30_000)) == ["NoShowOffered"]
    hall.later(HOUR, wake=False)
    hall.ok(c.ResumeHall())
    assert hall.refused(c.MarkNoShow(counter=1)) == "too_early_for_no_show"
    assert kinds(hall.later(30_000)) == ["NoShowOffered"]
    hall.ok(c.MarkNoShow(counter=1))


def test_the_end_of_the_day_that_passed_in_the_dark_ends_it():
    hall = Hall(at=16 * HOUR + 30 * MINUTE)
    hall.open(1)
    hall.ok(c.ServeWalkIn(counter=1, token=hall.token(), items=(c.Item("ARC"),), reason="late"))
    hall.later(2 * HOUR, wake=False)
    assert kinds(hall.ok(c.ResumeHall())) == ["HallResumed", "PhaseChanged", "DayEnded"]
    assert hall.visit(1).state is VisitState.FINISHED


def test_a_day_of_the_journal_leads_to_the_same_state():
    hall = Hall(queue={"calls": 1})
    hall.open(1, 4)
    for services in (("ARC",), ("PEN", "ARC"), ("PAY",)):
        hall.take(*services)
    hall.serve(1)
    hall.call(4)
    hall.later(100_000)
    hall.ok(c.MarkNoShow(counter=4))
    hall.ok(c.CheckIn(visit_id=2))
    again = new_state()
    for seq, (at, events) in enumerate(hall.journal, 1):
        replay(again, Record(Seq(seq), at, tuple(events)))
    assert again.visits == hall.state.visits
    assert again.counters == hall.state.counters
    assert (again.now, again.next_visit, again.next_call) == (hall.state.now, 4, 3)


def test_lunch_that_passed_in_the_dark_is_not_made_up_for():
    hall = Hall(at=11 * HOUR + 50 * MINUTE)
    hall.open(2)
    hall.later(80 * MINUTE, wake=False)
    assert kinds(hall.ok(c.ResumeHall())) == ["HallResumed"]
    assert hall.state.counters[2].state is CounterState.IDLE


def test_the_clock_of_the_hall_never_runs_back():
    hall = Hall()
    first = hall.take("ARC")
    hall.now -= HOUR
    second = hall.take("ARC")
    assert second.issued_at_ms >= first.issued_at_ms
