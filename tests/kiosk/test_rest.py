"""The screen's rest: when it begins, what wakes it, and that the waking touch presses nothing."""

import dataclasses

import pytest

from kiosk import events as e
from kiosk import model as m
from kiosk.reading_events import CardSeen, CardUnread, Scanned
from kiosk.state import Step
from tests.kiosk.kiosks import HALL, MINUTE, Kiosk, hours
from ticketserver.core.terms import Phase


def awake(**hall):
    return Kiosk(dataclasses.replace(HALL, **hall)).up().tick(500)


@pytest.fixture
def resting():
    return awake().tick(10 * MINUTE)


def test_ten_minutes_without_anybody(resting):
    kiosk = awake().tick(9 * MINUTE)
    assert kiosk.frame.quiet is None
    quiet = resting.frame.quiet
    assert (quiet.hall, quiet.clock, quiet.text) == ("示例大厅", "12:10", "请点一下屏幕 · Touch the screen")


def test_a_touch_wakes_it_and_presses_nothing(resting):
    resting.see(e.Tapped(e.Tap("group", "own")))
    assert (resting.frame.quiet, resting.step) == (None, Step.HOME)
    resting.wait(200).see(e.Tapped(e.Tap("group", "own")))
    assert resting.step is Step.HOME
    resting.tap("group:own")
    assert resting.step is Step.LISTING


def test_a_touch_beside_everything_wakes_it_too(resting):
    resting.see(e.Touched())
    assert resting.frame.quiet is None
    resting.tick(9 * MINUTE)
    assert resting.frame.quiet is None


@pytest.mark.parametrize("read", [CardSeen("0f" * 32), CardUnread(), Scanned("x")])
def test_a_card_or_a_code_wakes_it_and_counts(resting, read):
    resting.flow.desk.hall = dataclasses.replace(HALL, scanner="scanner1", card_reader="reader1")
    resting.see(read)
    assert resting.frame.quiet is None
    assert resting.flow.desk.visit.card or resting.flow.desk.visit.problem


def test_it_moves_and_stays_on_the_screen(resting):
    places = set()
    for _ in range(40):
        resting.tick(20_000)
        places.add(resting.frame.quiet.place)
    assert len(places) == 40
    assert all(0 <= share < 1 for place in places for share in place)


def test_nobodys_choice_is_hidden():
    kiosk = awake(idle_reset_ms=60 * MINUTE).choose().tick(20 * MINUTE)
    assert kiosk.frame.quiet is None
    assert kiosk.step is Step.LISTING


def test_not_in_another_language_nor_over_the_duty_menu():
    kiosk = awake(idle_reset_ms=60 * MINUTE).tap("language").tick(20 * MINUTE)
    assert kiosk.frame.quiet is None
    kiosk.tap("language", "duty").see(e.Touched()).tick(1_000)
    assert isinstance(kiosk.screen, m.Find)
    assert kiosk.frame.quiet is None


def test_a_closed_hall_rests_sooner_says_why_and_wakes_when_it_opens():
    kiosk = awake().see(e.HoursSeen(hours(Phase.BEFORE_NUMBERS))).tick(61_000)
    assert kiosk.frame.quiet.text == "8:00 开始取号,8:30 开始叫号"
    kiosk.see(e.HoursSeen(hours(Phase.CALLING))).tick(500)
    assert kiosk.frame.quiet is None
    kiosk.tick(10 * MINUTE)
    assert kiosk.frame.quiet is not None


def test_without_a_server_the_time_is_not_known():
    kiosk = Kiosk().see(e.Started()).tick(500).tick(2 * MINUTE)
    assert kiosk.frame.quiet.clock == ""
    assert kiosk.frame.quiet.text.startswith("暂时不能取号")


@pytest.mark.parametrize(("after_ms", "rests"), [(0, False), (30_000, True)])
def test_the_hall_says_when_or_never(after_ms, rests):
    kiosk = awake(rest_after_ms=after_ms).see(e.HoursSeen(hours(Phase.CUT_OFF))).tick(40_000)
    assert (kiosk.frame.quiet is not None) is rests
