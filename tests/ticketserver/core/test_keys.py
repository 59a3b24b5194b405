"""The key table of hall-rules section 6, row by row, and the calls, gaps and no-shows behind it (section 7)."""

import pytest

from tests.ticketserver.core.halls import MINUTE, Hall, kinds
from ticketserver.core import commands as c
from ticketserver.core.terms import CounterState, Key, StartedBy, VisitState


def press(hall: Hall, key: Key, counter: int = 1) -> list[str]:
    return kinds(hall.ok(c.PressKey(counter=counter, key=key)))


def prepared(state: CounterState) -> Hall:
    hall = Hall()
    if state is not CounterState.CLOSED:
        hall.open(1)
    if state is CounterState.PAUSED:
        hall.ok(c.PauseCounter(counter=1))
    if state is CounterState.READY:
        hall.ok(c.CallNext(counter=1))
    if state in (CounterState.CALLING, CounterState.SERVING):
        hall.take("ARC")
        hall.call(1)
    if state is CounterState.SERVING:
        hall.ok(c.StartService(counter=1))
    hall.later(6_000)
    if state is not CounterState.READY:
        hall.take("ARC")
    return hall


S = CounterState
TABLE = [
    (Key.NEXT, S.CLOSED, ["CounterOpened", "VisitCalled"]),
    (Key.NEXT, S.PAUSED, ["CounterResumed", "VisitCalled"]),
    (Key.NEXT, S.IDLE, ["VisitCalled"]),
    (Key.NEXT, S.READY, []),
    (Key.NEXT, S.CALLING, ["VisitRecalled"]),
    (Key.NEXT, S.SERVING, ["StageFinished", "VisitCalled"]),
    (Key.RECALL, S.CALLING, ["VisitRecalled"]),
    (Key.RECALL, S.SERVING, ["VisitRecalled"]),
    (Key.START, S.CALLING, ["ServiceStarted"]),
    (Key.START, S.SERVING, []),
    (Key.FINISH, S.SERVING, ["StageFinished"]),
    (Key.RATING, S.SERVING, ["StageFinished"]),
    (Key.PAUSE, S.CLOSED, []),
    (Key.PAUSE, S.PAUSED, ["CounterResumed"]),
    (Key.PAUSE, S.IDLE, ["CounterPaused"]),
    (Key.PAUSE, S.READY, ["CounterPaused"]),
    (Key.PAUSE, S.CALLING, ["PauseAsked"]),
    (Key.PAUSE, S.SERVING, ["PauseAsked"]),
]
SAID = {(key, state) for key, state, _ in TABLE} | {
    (Key.FINISH, S.CALLING),
    (Key.REDIRECT, S.CALLING),
    (Key.REDIRECT, S.SERVING),
}


@pytest.mark.parametrize(("key", "state", "events"), TABLE)
def test_the_key_does_what_the_table_says(key, state, events):
    assert press(prepared(state), key) == events


@pytest.mark.parametrize(("key", "state"), [(k, s) for k in Key for s in S if (k, s) not in SAID])
def test_everything_else_beeps(key, state):
    assert prepared(state).refused(c.PressKey(counter=1, key=key)) == "key_not_here"


def test_the_rating_key_asks_for_a_rating():
    hall = prepared(S.SERVING)
    (event,) = hall.ok(c.PressKey(counter=1, key=Key.RATING))
    assert event.ask_rating


def test_redirect_transfers_to_the_counters_target_or_beeps():
    hall = prepared(S.SERVING)
    assert hall.refused(c.PressKey(counter=1, key=Key.REDIRECT)) == "bad_target"
    hall.open(2, 4)
    visit = hall.call(2)
    assert press(hall, Key.REDIRECT, 2) == ["VisitTransferred"]
    assert visit.stages[0].targets == (4,)


def test_a_bounce_within_five_seconds_is_the_same_call():
    hall = prepared(S.IDLE)
    visit = hall.call(1)
    hall.now += 4_900
    assert press(hall, Key.NEXT) == []
    assert press(hall, Key.RECALL) == []
    assert hall.at(1) is visit


def test_a_pressed_pause_after_the_visit_wins_over_next():
    hall = prepared(S.SERVING)
    press(hall, Key.PAUSE)
    assert press(hall, Key.NEXT) == ["StageFinished"]
    assert hall.state.counters[1].state is S.PAUSED


def test_three_calls_a_gap_then_no_show_and_the_next_one():
    hall = prepared(S.IDLE)
    visit = hall.call(1)
    for call_no in (2, 3):
        hall.later(10_000)
        (event,) = hall.ok(c.PressKey(counter=1, key=Key.NEXT))
        assert event.call_no == call_no
    hall.ok(c.ReportSpoken(call_id=3))
    hall.later(29_999)
    assert hall.refused(c.PressKey(counter=1, key=Key.NEXT)) == "too_early_for_no_show"
    assert hall.refused(c.PressKey(counter=1, key=Key.FINISH)) == "too_early_for_no_show"
    assert kinds(hall.later(1)) == ["NoShowOffered"]
    other = hall.take("ARC")
    (missed, called) = hall.ok(c.PressKey(counter=1, key=Key.NEXT))
    assert missed.implied
    assert (visit.state, called.visit_id) == (VisitState.NO_SHOW, other.visit_id)


def test_the_gap_is_longer_with_a_priority_mark():
    hall = Hall(queue={"calls": 1})
    hall.open(1)
    hall.take("ARC", priority="age")
    hall.call(1)
    hall.ok(c.ReportSpoken(call_id=1))
    hall.later(44_999)
    assert hall.refused(c.PressKey(counter=1, key=Key.FINISH)) == "too_early_for_no_show"
    hall.later(1)
    assert press(hall, Key.FINISH) == ["VisitMissed"]


def test_the_clock_starts_when_the_call_was_heard_or_sixty_seconds_after_it():
    hall = Hall(queue={"calls": 1})
    hall.open(1, 3)
    hall.take("ARC")
    hall.take("ARC")
    hall.call(1)
    hall.call(3)
    hall.later(20_000)
    assert kinds(hall.ok(c.ReportSpoken(call_id=2))) == ["CallSpoken"]
    assert hall.ok(c.ReportSpoken(call_id=2)) == []
    assert [event.counter for event in hall.later(30_000)] == [3]
    assert [event.counter for event in hall.later(40_000)] == [1]


def test_a_call_is_told_once_said_or_shown_and_only_while_it_runs():
    said, shown = Hall(), Hall()
    for hall in (said, shown):
        hall.open(1)
        hall.take("ARC")
        hall.call(1)
    (event,) = said.ok(c.ReportSpoken(call_id=1))
    assert (event.counter, event.shown) == (1, False)
    assert said.ok(c.ReportSpoken(call_id=1, shown=True)) == []
    (event,) = shown.ok(c.ReportSpoken(call_id=1, shown=True))
    assert (event.counter, event.shown) == (1, True)
    assert shown.refused(c.ReportSpoken(call_id=9)) == "unknown_call"
    assert shown.refused(c.ReportSpoken(call_id=0)) == "unknown_call"
    shown.ok(c.RequeueVisit(counter=1))
    assert shown.ok(c.ReportSpoken(call_id=1)) == []


def test_twenty_calls_in_one_second_are_never_missed_unheard():
    """The voice needs over a minute for twenty calls; nobody's clock runs before theirs was spoken, up to a minute."""
    hall = Hall(queue={"calls": 1})
    hall.open(1, 3)
    hall.take("ARC")
    hall.take("ARC")
    hall.call(1)
    hall.call(3)
    assert hall.later(59_000) == []
    hall.ok(c.ReportSpoken(call_id=2))
    assert hall.later(29_000) == []
    assert hall.refused(c.MarkNoShow(counter=3)) == "too_early_for_no_show"


def test_the_hall_acts_alone_only_where_it_is_set_and_the_counter_has_a_start_key():
    hall = Hall(queue={"calls": 1, "auto_no_show": True, "implied_start_ms": 90_000})
    hall.open(1, 2)
    first, second = hall.take("ARC"), hall.take("ARC")
    hall.call(1)
    hall.call(2)
    assert kinds(hall.later(90_000)) == ["VisitMissed", "NoShowOffered"]
    assert (first.state, second.state) == (VisitState.NO_SHOW, VisitState.CALLED)
    (started,) = hall.later(MINUTE)
    assert started.by is StartedBy.IMPLIED


def test_call_next_in_the_browser_follows_the_same_table():
    hall = prepared(S.SERVING)
    assert kinds(hall.ok(c.CallNext(counter=1))) == ["StageFinished", "VisitCalled"]
    hall.later(10_000)
    assert kinds(hall.ok(c.CallNext(counter=1))) == ["VisitRecalled"]
