"""Reading aloud: on request, what is new, silence at a touch, off with the person; the volume; what staff are told."""


import pytest

from kiosk import events as e
from kiosk.buttons import Look
from kiosk.state import Step
from kiosk.voice_events import Hush, ReadOut, Speak, VoiceSeen
from tests.kiosk.kiosks import Kiosk, link_up
from ticketserver.core.terms import DeviceHealth, PrintOutcome

NO_SOUND = VoiceSeen(frozenset(), 80, "no_speech_sound")


@pytest.fixture
def kiosk():
    return Kiosk().up().with_voice()


def controls(kiosk):
    return {button.tap.name: button for button in kiosk.frame.controls}


def said(kiosk):
    """The last thing the voice was told to say."""
    return kiosk.last(Speak).sentences


def touch(kiosk):
    return kiosk.see(e.Touched())


def test_the_switch_is_there_where_a_voice_is(kiosk):
    assert controls(kiosk)["aloud"].label == "朗读"
    assert "aloud" not in controls(Kiosk().up())
    assert "aloud" not in controls(Kiosk().up().with_voice("en"))
    assert "aloud" in controls(Kiosk().up().with_voice("en").tap("language"))


def test_a_touch_of_it_reads_the_screen_and_another_one_stops(kiosk):
    kiosk.tap("aloud")
    assert said(kiosk)[0] == "您今天来办什么?几件事可以一起选,只取一个号"
    assert controls(kiosk)["aloud"].look is Look.CHOSEN
    kiosk.tap("aloud")
    assert isinstance(kiosk.effects[-1], Hush)
    assert "aloud_again" not in controls(kiosk)


def test_nothing_is_said_to_who_has_not_asked(kiosk):
    kiosk.confirm().tap("take")
    assert kiosk.all(Speak) == []


def test_every_new_screen_is_read_instead_of_the_old_one(kiosk):
    kiosk.tap("aloud", "group:own")
    assert said(kiosk)[0] == "自己交社保:请点要办的事"
    assert not kiosk.last(Speak).after


def test_of_a_changed_screen_only_what_is_new_is_read(kiosk):
    kiosk.tap("aloud", "group:own", "toggle:PAY-02")
    assert said(kiosk) == ("已选 1 件:自己交社保", "可以点:选好了,返回,说不清,取咨询号")
    assert kiosk.last(Speak).after
    count = len(kiosk.all(Speak))
    kiosk.tick(500).tick(500)
    assert len(kiosk.all(Speak)) == count


def test_it_can_be_read_again(kiosk):
    kiosk.tap("aloud")
    first = said(kiosk)
    kiosk.tap("aloud_again")
    assert said(kiosk) == first
    assert len(kiosk.all(Speak)) == 2


def test_a_touch_anywhere_silences_it_until_something_new_stands_there(kiosk):
    touch(kiosk.tap("aloud"))
    assert isinstance(kiosk.effects[-1], Hush)
    hushes = len(kiosk.all(Hush))
    touch(kiosk)
    assert len(kiosk.all(Hush)) == hushes
    kiosk.tick(500)
    assert len(kiosk.all(Speak)) == 1


def test_who_has_been_heard_out_is_not_silenced(kiosk):
    kiosk.tap("aloud").see(ReadOut(kiosk.last(Speak).reading))
    touch(kiosk)
    assert kiosk.all(Hush) == []


def test_an_end_of_an_earlier_reading_is_not_the_end_of_this_one(kiosk):
    kiosk.tap("aloud", "group:own").see(ReadOut(1))
    touch(kiosk)
    assert isinstance(kiosk.effects[-1], Hush)


def test_another_language_is_read_in_that_language(kiosk):
    kiosk.tap("aloud", "language")
    assert kiosk.last(Speak).language == "en"
    assert said(kiosk)[0].startswith("What do you need today?")


def test_it_is_off_for_the_next_person(kiosk):
    kiosk.tap("aloud").take().printed(PrintOutcome.CONFIRMED)
    assert said(kiosk)[0] == "请拿好号票,到等候区听叫号"
    kiosk.tap("end")
    assert isinstance(kiosk.effects[-1], Hush)
    assert controls(kiosk)["aloud"].look is Look.QUIET
    count = len(kiosk.all(Speak))
    kiosk.tap("group:own")
    assert len(kiosk.all(Speak)) == count


def test_the_first_screen_falls_silent_when_nobody_is_there(kiosk):
    kiosk.tap("aloud").see(ReadOut(1)).tick(61_000)
    assert controls(kiosk)["aloud"].look is Look.QUIET


def test_a_reading_holds_off_the_time_out_for_a_minute(kiosk):
    kiosk.tap("aloud", "group:own")
    for _ in range(59):
        kiosk.tick(1_000)
    assert kiosk.frame.warning is None
    for _ in range(42):
        kiosk.tick(1_000)
    assert kiosk.frame.warning is not None


def test_what_is_added_to_a_reading_does_not_hold_it_off_anew(kiosk):
    kiosk.tap("aloud").confirm()
    began = kiosk.now
    kiosk.tick(50_000).lose("plan_visit")
    while kiosk.step is Step.CONFIRM and kiosk.now - began < 300_000:
        kiosk.tick(1_000)
    assert kiosk.step is Step.HOME
    assert kiosk.now - began < 130_000


def test_a_warning_is_read_once_and_holds_nothing_off(kiosk):
    kiosk.tap("aloud", "group:own").see(ReadOut(2)).tick(41_000)
    assert said(kiosk) == ("还在办理吗?19 秒后回到首页", "可以点:继续")
    count = len(kiosk.all(Speak))
    kiosk.tick(5_000).tick(5_000)
    assert len(kiosk.all(Speak)) == count
    kiosk.tick(10_000)
    assert kiosk.step is Step.HOME


def test_where_there_is_no_voice_any_more_the_switch_goes(kiosk):
    kiosk.tap("aloud").see(NO_SOUND)
    assert "aloud" not in controls(kiosk)
    assert not any(isinstance(each, Hush) for each in kiosk.effects)
    kiosk.tick(500).with_voice().tick(500)
    assert controls(kiosk)["aloud"].look is Look.CHOSEN
    assert len(kiosk.all(Speak)) == 2


def test_reading_goes_on_where_nothing_can_be_taken(kiosk):
    kiosk = Kiosk().with_voice().tap("aloud")
    assert said(kiosk)[0].startswith("暂时不能取号")
    kiosk.tap("aloud_again")
    assert len(kiosk.all(Speak)) == 2


def told(kiosk):
    asks = [each.params for each in kiosk.all(e.Ask) if each.method == "report_health"]
    return [(each.kind, each.health, each.reason) for each in asks if each.device == "kiosk1-voice"]


def test_staff_are_told_why_there_is_no_voice():
    kiosk = Kiosk().see(NO_SOUND)
    assert told(kiosk) == []
    degraded = ("voice", DeviceHealth.DEGRADED, "no_speech_sound")
    assert told(kiosk.up()) == [degraded]
    assert told(kiosk.see(e.LinkLost(), link_up())) == [degraded, degraded]
    well = ("voice", DeviceHealth.ONLINE, "")
    assert told(kiosk.with_voice()) == [degraded, degraded, well]
    assert told(kiosk.with_voice()) == [degraded, degraded, well]
    assert told(kiosk.see(e.LinkLost(), link_up()))[-1] == well
