"""What the call screen shows, and for how long (hall-rules section 7: the board keeps a 过号 row)."""

import pytest

from tests.ticketserver.core.halls import MINUTE, RULES, Hall
from tests.ticketserver.core.test_day import TUESDAY
from ticketserver.core import commands as c
from ticketserver.core.events import CallSpoken
from ticketserver.core.projections.board import KEPT_MS, WATCHED, Board, told_as
from ticketserver.core.terms import CallReason, HoldKind, VisitState


class Screen:
    """A hall and its board, fed as the server feeds it: each decision after the state has moved."""

    def __init__(self, **queue) -> None:
        self.hall = Hall(queue=queue)
        self.board = Board()
        self.seen = 0
        self.look()

    def look(self) -> None:
        """Takes in what happened since."""
        for at, events in self.hall.journal[self.seen :]:
            if not WATCHED.isdisjoint(map(type, events)):
                self.board.apply(self.hall.state, events, at)
        self.seen = len(self.hall.journal)

    def does(self, command: c.Command) -> None:
        self.hall.ok(command)
        self.look()

    def rows(self) -> list[str]:
        return [visit.number for _, visit in self.board.rows(self.hall.state, self.hall.now)]

    def missed(self) -> list[str]:
        return [visit.number for visit in self.board.missed(self.hall.state)]


@pytest.fixture
def screen() -> Screen:
    screen = Screen(calls=1)
    screen.hall.open(1, 2, 3)
    for _ in range(4):
        screen.hall.take("ARC")
    screen.look()
    return screen


def test_the_newest_call_stands_first(screen):
    for number in (1, 2, 3):
        screen.does(c.CallNext(counter=number))
    assert screen.rows() == ["A003", "A002", "A001"]
    screen.hall.later(MINUTE)
    screen.does(c.Recall(counter=1))
    assert screen.rows() == ["A001", "A003", "A002"]


def test_a_row_says_where_why_and_which_call_it_is(screen):
    screen.does(c.CallNext(counter=1))
    called_at = screen.hall.now
    row = screen.board.row(1)
    assert (row.counter, row.zone, row.call_no, row.called_at_ms) == (1, "front", 1, called_at)
    assert (row.reason, row.spoken) == (CallReason.WAITED_LONGEST, False)
    screen.hall.later(20_000)
    screen.does(c.Recall(counter=1))
    row = screen.board.row(1)
    assert (row.call_id, row.call_no, row.called_at_ms, row.zone) == (2, 2, called_at + 20_000, "front")
    assert row.reason is CallReason.WAITED_LONGEST
    assert screen.board.row(2) is None


def test_a_row_is_spoken_when_its_own_call_was(screen):
    for number in (1, 2, 3):
        screen.does(c.CallNext(counter=number))
    screen.does(c.ReportSpoken(call_id=2))
    assert [screen.board.row(visit).spoken for visit in (1, 2, 3)] == [False, True, False]
    screen.hall.later(10_000)
    screen.does(c.Recall(counter=2))
    assert not screen.board.row(2).spoken


def test_a_report_about_a_row_that_is_gone_changes_no_other(screen):
    screen.does(c.CallNext(counter=1))
    screen.does(c.CallNext(counter=2))
    screen.hall.later(10_000)
    screen.does(c.Recall(counter=1))
    board, state = screen.board, screen.hall.state
    late = [CallSpoken(call_id=1, counter=1)]
    board.apply(state, late, screen.hall.now)
    assert [board.row(visit).spoken for visit in (1, 2)] == [False, False]
    empty = Board()
    empty.apply(state, late, screen.hall.now)
    assert empty.rows(state, screen.hall.now) == []


def test_a_row_stays_while_the_call_runs_and_five_minutes_from_the_call(screen):
    screen.does(c.CallNext(counter=1))
    screen.does(c.CallNext(counter=2))
    screen.does(c.StartService(counter=2))
    screen.hall.now += KEPT_MS
    assert screen.rows() == ["A002", "A001"]
    screen.hall.now += 1
    assert screen.rows() == ["A001"]
    screen.does(c.StartService(counter=1))
    assert screen.rows() == []


def test_rows_that_are_over_are_forgotten_and_those_at_a_counter_are_kept(screen):
    screen.does(c.CallNext(counter=1))
    screen.does(c.StartService(counter=1))
    screen.does(c.CallNext(counter=2))
    screen.does(c.StartService(counter=2))
    screen.does(c.FinishService(counter=2))
    screen.hall.now += KEPT_MS + 1
    screen.does(c.CallNext(counter=3))
    assert [screen.board.row(visit) is not None for visit in (1, 2, 3)] == [True, False, True]
    screen.does(c.Recall(counter=1))
    assert screen.rows() == ["A001", "A003"]


def test_a_number_that_waits_again_is_sent_to_no_window(screen):
    for number in (1, 2, 3):
        screen.does(c.CallNext(counter=number))
        screen.does(c.StartService(counter=number))
    screen.does(c.RequeueVisit(counter=1))
    screen.does(c.HoldVisit(counter=2, kind=HoldKind.PAPERS_KEPT))
    screen.does(c.FinishService(counter=3))
    assert screen.rows() == ["A003"]


def test_a_missed_number_moves_to_the_missed_ones_until_it_comes_back(screen):
    for number in (1, 2, 3):
        screen.does(c.CallNext(counter=number))
    screen.hall.later(100_000)
    for number in (1, 2, 3):
        screen.does(c.MarkNoShow(counter=number))
    assert (screen.rows(), screen.missed()) == ([], ["A003", "A002", "A001"])
    screen.does(c.CheckIn(visit_id=2))
    assert (screen.rows(), screen.missed()) == ([], ["A003", "A001"])
    screen.does(c.ReopenVisit(counter=1))
    screen.does(c.CancelTicket(visit_id=3))
    assert screen.missed() == []


def test_a_missed_number_that_a_clerk_calls_is_called(screen):
    screen.does(c.CallNext(counter=1))
    screen.hall.later(100_000)
    screen.does(c.MarkNoShow(counter=1))
    screen.does(c.CallVisit(counter=2, visit_id=1, reason="was at the copy shop"))
    assert (screen.rows(), screen.missed()) == (["A001"], [])
    assert screen.board.row(1).reason is CallReason.CHOSEN


def test_the_next_day_starts_with_an_empty_screen(screen):
    screen.does(c.CallNext(counter=1))
    screen.does(c.CallNext(counter=2))
    screen.hall.later(100_000)
    screen.does(c.MarkNoShow(counter=2))
    screen.hall.now += 24 * 60 * MINUTE
    screen.does(c.OpenDay(rules=RULES, plan=TUESDAY))
    assert (screen.rows(), screen.missed(), screen.hall.state.visits) == ([], [], {})


def test_a_replay_leads_to_the_same_screen(screen):
    screen.does(c.CallNext(counter=1))
    screen.does(c.CallNext(counter=2))
    screen.does(c.ReportSpoken(call_id=1))
    again = Board()
    for at, events in screen.hall.journal:
        again.apply(screen.hall.state, events, at)
    assert again.rows(screen.hall.state, screen.hall.now) == screen.board.rows(screen.hall.state, screen.hall.now)
    assert all(visit.state is VisitState.CALLED for _, visit in again.rows(screen.hall.state, screen.hall.now))


def test_who_is_called_again_while_in_service_is_awaited_for_some_minutes(screen):
    def told():
        return [told_as(row, visit) for row, visit in screen.board.rows(screen.hall.state, screen.hall.now)]

    screen.does(c.CallNext(counter=1))
    assert told() == [VisitState.CALLED]
    screen.does(c.StartService(counter=1))
    assert told() == [VisitState.SERVING]
    screen.hall.later(MINUTE)
    screen.does(c.Recall(counter=1))
    assert told() == [VisitState.CALLED]
    screen.hall.later(KEPT_MS)
    assert told() == [VisitState.CALLED]
    screen.hall.later(1)
    assert told() == []
    screen.does(c.Recall(counter=1))
    screen.does(c.FinishService(counter=1))
    assert told() == [VisitState.FINISHED]
