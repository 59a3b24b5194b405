"""What makes the screen easier: one touch away, with each other, and gone with the person."""

from dataclasses import replace
from itertools import combinations

import pytest

from kiosk.buttons import Look
from kiosk.ease import EASES, NORMAL
from tests.kiosk.kiosks import HALL, Kiosk


@pytest.fixture
def kiosk():
    return Kiosk(replace(HALL, low_reach=True)).up()


def on(kiosk):
    return {button.tap.name for button in kiosk.frame.controls if button.look is Look.CHOSEN}


@pytest.mark.parametrize("names", [each for count in range(4) for each in combinations(EASES, count)])
def test_each_can_be_switched_on_with_the_others_and_off_again(kiosk, names):
    kiosk.tap(*names)
    assert on(kiosk) == set(names)
    assert all(getattr(kiosk.frame.ease, name) is (name in names) for name in EASES)
    assert kiosk.tap(*names).frame.ease == NORMAL


@pytest.mark.parametrize("name", EASES)
def test_a_second_touch_of_a_trembling_hand_does_not_take_it_back(kiosk, name):
    kiosk.tap(name).wait(-400).tap(name)
    assert on(kiosk) == {name}


def test_they_stay_through_the_visit_and_go_with_it(kiosk):
    kiosk.tap("contrast", "low").confirm()
    assert on(kiosk) == {"contrast", "low"}
    kiosk.tap("home")
    assert kiosk.frame.ease == NORMAL


def test_the_first_screen_falls_back_when_nobody_is_there(kiosk):
    kiosk.tap("contrast", "low").tick(61_000)
    assert kiosk.frame.ease == NORMAL


def test_low_reach_is_offered_on_an_upright_panel_only(kiosk):
    assert [each.tap.name for each in kiosk.frame.controls] == ["language", *EASES, "help"]
    assert [each.tap.name for each in Kiosk().up().frame.controls] == ["language", "large", "contrast", "help"]


def test_they_can_be_switched_while_nothing_else_can():
    kiosk = Kiosk(replace(HALL, low_reach=True)).tap("contrast", "large")
    assert on(kiosk) == {"contrast", "large"}
