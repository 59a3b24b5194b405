"""The PIN before the duty menu: typed, checked, slower with every wrong one."""

import pytest

from kiosk import events as e
from kiosk import model as m
from kiosk.duty_events import CheckPin, PinChecked, PinVerdict
from kiosk.duty_pin import wait_after
from kiosk.duty_state import Page
from tests.kiosk.kiosks import Kiosk

WRONG, RIGHT = PinChecked(PinVerdict.WRONG), PinChecked(PinVerdict.RIGHT)


@pytest.fixture
def kiosk():
    return Kiosk().up().tap("duty").see(WRONG)


def duty(kiosk):
    return kiosk.flow.desk.machine.duty


def test_only_dots_are_shown(kiosk):
    kiosk.tap("duty_sign:4", "duty_sign:8", "duty_rub", "duty_sign:2")
    assert [field.value for field in kiosk.screen.fields] == ["••"]
    kiosk.tap("duty_enter")
    assert kiosk.last(CheckPin).pin == "42"
    assert "42" not in repr(kiosk.last(CheckPin)) + repr(duty(kiosk))


def test_eight_digits_at_most_and_none_is_not_sent(kiosk):
    count = len(kiosk.all(CheckPin))
    kiosk.tap("duty_enter")
    assert len(kiosk.all(CheckPin)) == count
    kiosk.tap(*["duty_sign:7"] * 9, "duty_sign")
    assert duty(kiosk).typed == "7" * 8


def test_that_there_is_a_pin_counts_as_no_guess(kiosk):
    assert (duty(kiosk).page, duty(kiosk).wrong) == (Page.PIN, 0)


def test_while_it_is_checked_nothing_more_is_typed(kiosk):
    kiosk.tap("duty_sign:1", "duty_enter", "duty_sign:2", "duty_rub", "duty_enter")
    assert (duty(kiosk).typed, len(kiosk.all(CheckPin))) == ("1", 2)


def test_every_wrong_one_doubles_the_wait(kiosk):
    for wait_s in (5, 10, 20):
        kiosk.tap("duty_sign:1", "duty_enter").see(WRONG)
        assert kiosk.screen.problem == f"密码不对。{wait_s} 秒后可以再试"
        kiosk.tap("duty_sign:2")
        assert duty(kiosk).typed == ""
        kiosk.tick(wait_s * 1_000)
        assert kiosk.screen.problem == ""
    kiosk.tap("duty_sign:1", "duty_enter").see(RIGHT)
    assert (duty(kiosk).page, duty(kiosk).wrong) == (Page.MENU, 0)


def test_the_wait_outlives_the_pad(kiosk):
    kiosk.tap("duty_sign:1", "duty_enter").see(WRONG).tap("duty_back", "duty", "duty_sign:1")
    assert duty(kiosk).typed == ""
    assert kiosk.screen.problem


@pytest.mark.parametrize(("wrong", "seconds"), [(1, 5), (2, 10), (7, 320), (8, 600), (1000, 600)])
def test_the_wait_ends_at_ten_minutes(wrong, seconds):
    assert wait_after(wrong) == seconds * 1_000


@pytest.mark.parametrize(
    ("verdict", "said"),
    [(PinVerdict.UNSET, "这台机器还没有设维护密码"), (PinVerdict.UNREADABLE, "维护密码的文件读不了")],
)
def test_without_a_pin_there_is_no_menu_and_it_says_how_to_set_one(verdict, said):
    kiosk = Kiosk().up().tap("duty").see(PinChecked(verdict))
    assert isinstance(kiosk.screen, m.Message)
    assert kiosk.screen.text.startswith(said)
    assert kiosk.screen.text.endswith("sudo yihao kiosk pin")
    kiosk.tap("duty_back")
    assert isinstance(kiosk.screen, m.Home)


def test_an_answer_that_comes_too_late_opens_nothing(kiosk):
    kiosk.tap("duty_sign:1", "duty_enter", "duty_back").see(RIGHT)
    assert duty(kiosk).page is Page.NONE
    kiosk.tap("duty").see(RIGHT)
    assert duty(kiosk).page is Page.PIN
    kiosk.see(e.Ticked())
