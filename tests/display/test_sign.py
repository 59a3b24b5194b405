"""The sign over a counter: every state has its words, and no number outlives the line to the server."""

import pytest
from msgspec.structs import replace

from display.io.hall import hall_of
from display.model import NOTHING, Pair
from display.sign import SAYS
from tests.display.displays import DISPLAY, SETTINGS, Screen, board, call, counter
from ticketserver.core.terms import CounterState

HALL = hall_of(SETTINGS, replace(DISPLAY, layout="counter", counter=21))


def sign(state, number=""):
    screen = Screen(HALL).see(board())
    screen.board.counter(counter(state, number))
    return screen.frame.sign


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (CounterState.CALLING, Pair("请 C012 号", "C012 please")),
        (CounterState.SERVING, Pair("正在办理 C012", "Serving C012")),
        (CounterState.IDLE, Pair("养老审核窗口 请听叫号", "Pension review counters: wait for call")),
        (CounterState.READY, Pair("养老审核窗口 请听叫号", "Pension review counters: wait for call")),
        (CounterState.PAUSED, Pair("暂停服务", "Paused")),
        (CounterState.CLOSED, Pair("未开放", "Closed")),
    ],
)
def test_every_state_has_its_words(state, says):
    told = sign(state, "C012")
    assert told.says == says
    assert told.number == ("C012" if state in (CounterState.CALLING, CounterState.SERVING) else "")
    assert told.closed == (state in (CounterState.PAUSED, CounterState.CLOSED))
    assert told.window == Pair("21 号窗口", "Window 21")
    assert told.place == Pair("养老审核窗口", "Pension review counters")


def test_no_state_is_left_out():
    assert set(SAYS) == set(CounterState)


def test_a_call_flashes_until_it_is_served():
    screen = Screen(HALL).see(board())
    screen.board.counter(counter(CounterState.CALLING, "C012"))
    assert [screen.wait(each and 500).frame.sign.lit for each in range(3)] == [True, False, True]
    assert screen.frame.sign.fresh
    screen.board.counter(counter(CounterState.SERVING, "C012"))
    assert (screen.frame.sign.fresh, screen.frame.sign.lit) == (False, False)


def test_no_number_outlives_the_line():
    screen = Screen(HALL).see(board())
    screen.board.counter(counter(CounterState.CALLING, "C012"))
    screen.board.lost()
    assert (screen.frame.sign.number, screen.frame.sign.says) == ("", NOTHING)
    assert screen.frame.stale is not None
    assert Screen(HALL).frame.sign.says == NOTHING


def test_other_counters_are_none_of_its_business():
    screen = Screen(HALL).see(board())
    screen.board.counter(counter(CounterState.CALLING, "C012", at=22))
    assert screen.frame.sign.number == ""
    hall = Screen().see(board())
    hall.board.counter(counter(CounterState.CALLING, "C012"))
    assert hall.frame.sign is None


def test_only_a_call_of_its_own_counter_is_told_as_shown():
    screen = Screen(HALL).see(board())
    own = call(1, counter=21, zone="audit")
    for each in (own, call(2, counter=22, zone="pension-review")):
        screen.board.call(each)
    assert screen.board.place(screen.now) == [own]
