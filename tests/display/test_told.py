"""What of announcements and notices stands on the screen, and for how long."""

import pytest

from display.announcements import FRESH_MS
from display.board import TURN_MS
from display.model import Announced, Pair
from display.told import SHOWN_MS
from tests.display.displays import HALL, MINUTE, NINE, Screen, announced, board, notice


def shown(*told, now=NINE):
    return Screen(now=now).see(board(announcements=list(told)))


def test_an_announcement_stands_in_both_languages_for_a_while():
    screen = shown(announced(1, "请不要拥挤", "Please do not push"))
    assert screen.frame.announced == Announced(Pair("请不要拥挤", "Please do not push"))
    assert screen.wait(SHOWN_MS - 1).frame.announced is not None
    screen.see(board(announcements=[announced(1, "请不要拥挤", "Please do not push")]))
    assert screen.wait(1).frame.announced is None


def test_one_without_english_has_one_line():
    assert shown(announced(1, "请不要拥挤")).frame.announced == Announced(Pair("请不要拥挤"))


def test_while_the_voice_says_it_it_stands():
    screen, told = shown(announced(1)), announced(1)
    screen.board.announcing(told)
    assert screen.wait(2 * SHOWN_MS).frame.announced == Announced(Pair("广播 1"))
    screen.board.announcing(None)
    assert screen.frame.announced is None


def test_the_one_that_is_said_then_the_urgent_one_then_the_newest():
    one, two, three = announced(1), announced(2, at=NINE + 1), announced(3, urgent=True)
    assert shown(one, two).frame.announced == Announced(Pair("广播 2"))
    screen = shown(one, two, three)
    assert screen.frame.announced == Announced(Pair("广播 3"), urgent=True)
    screen.board.announcing(one)
    assert screen.frame.announced == Announced(Pair("广播 1"))


def test_one_that_was_stopped_goes_at_once():
    screen = shown(announced(1))
    assert screen.see(board()).frame.announced is None


@pytest.mark.parametrize(("age", "seen"), [(FRESH_MS - 1, True), (FRESH_MS, False)])
def test_an_old_one_is_not_shown_by_a_screen_that_connects(age, seen):
    assert (shown(announced(1, at=NINE - age)).frame.announced is not None) is seen


def test_one_for_other_zones_is_not_for_this_screen():
    hall = type(HALL)(**(vars(HALL) | {"zones": ("pension-review",)}))
    for zones, seen in ((["pension-review"], True), (["comprehensive"], False), ([], True)):
        screen = Screen(hall).see(board(announcements=[announced(1, zones=zones)]))
        assert (screen.frame.announced is not None) is seen


@pytest.mark.parametrize("urgent", [True, False])
def test_the_screen_over_a_counter_gives_way_to_an_urgent_one_alone(urgent):
    hall = type(HALL)(**(vars(HALL) | {"sign": 21}))
    frame = Screen(hall).see(board(announcements=[announced(1, urgent=urgent)])).frame
    assert (frame.announced is not None) is urgent


def test_languages_stand_in_the_halls_order():
    english = type(HALL)(**(vars(HALL) | {"languages": ("en", "zh")}))
    only = type(HALL)(**(vars(HALL) | {"languages": ("en",)}))
    told = board(announcements=[announced(1, "请不要拥挤", "Please do not push")])
    untranslated = board(announcements=[announced(1, "请不要拥挤")])
    for hall, view, pair in (
        (english, told, Pair("Please do not push", "请不要拥挤")),
        (only, told, Pair("Please do not push")),
        (only, untranslated, Pair("请不要拥挤")),
    ):
        assert Screen(hall).see(view).frame.announced.text == pair


def bars(screen):
    """What the bar shows one turn after the other."""
    found = []
    for _ in range(8):
        found.append(screen.frame.bar)
        screen.wait(TURN_MS)
    return found


def test_notices_take_turns_in_the_bar_until_their_time():
    told = [notice(1, "三号窗口下午停办", "Counter 3 is closed"), notice(2, "饮水机在东门", until_ms=NINE + MINUTE)]
    screen = Screen().see(board(notices=told))
    first = bars(screen)
    assert Pair("三号窗口下午停办", "Counter 3 is closed") in first
    assert Pair("饮水机在东门") in first
    screen.wait(2 * MINUTE)
    later = bars(screen)
    assert Pair("三号窗口下午停办", "Counter 3 is closed") in later
    assert Pair("饮水机在东门") not in later
    assert Pair("三号窗口下午停办", "Counter 3 is closed") not in bars(screen.see(board()))
