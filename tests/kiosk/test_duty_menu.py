"""The entries of the duty menu, and the slip that it prints."""

import pytest

from hardware.codecs.slip import SlipText
from kiosk import events as e
from kiosk.duty_events import LogRead, PinChecked, PinVerdict, ReadAbout, ReadLog, Restart, SayRoll
from kiosk.duty_menu import ENTRIES
from kiosk.duty_state import Page
from kiosk.printer_look import PrinterLook
from kiosk.voice_events import SetVolume, Speak
from tests.kiosk.kiosks import Kiosk
from ticketserver.core.terms import PrintOutcome


def menu(kiosk):
    return kiosk.tap("duty", "duty_sign:1", "duty_enter").see(PinChecked(PinVerdict.RIGHT))


@pytest.fixture
def kiosk():
    return menu(Kiosk().up())


def duty(kiosk):
    return kiosk.flow.desk.machine.duty


def test_every_entry_stands_with_its_words(kiosk):
    assert [row.tap.value for row in kiosk.screen.rows] == list(ENTRIES)
    assert all(row.label and row.detail for row in kiosk.screen.rows)


def test_a_new_roll_is_said(kiosk):
    kiosk.tap("duty_do:roll")
    assert kiosk.effects[-1] == SayRoll()


def test_a_test_slip_is_marked_and_told_of(kiosk):
    kiosk.tap("duty_do:test", "duty_do:test")
    assert len(kiosk.all(e.Print)) == 1
    document = kiosk.last(e.Print).document
    assert document.mark == "测试"
    lines = [item.text for item in document.items if isinstance(item, SlipText)]
    assert lines == ["示例大厅", "测试打印。看得清、没有缺划,就是好的", "取号机:kiosk1", "时间:2025-11-25 12:00"]
    assert kiosk.screen.hint == "正在打印测试票……"
    kiosk.printed(PrintOutcome.CONFIRMED)
    assert kiosk.screen.hint == "测试票打好了"


@pytest.mark.parametrize(
    ("cause", "said"),
    [(PrinterLook.PAPER_OUT, "缺纸,请换纸"), (PrinterLook.OK, "打印机脱机,请看面板上的灯和按键")],
)
def test_a_test_slip_that_fails_says_why(kiosk, cause, said):
    kiosk.tap("duty_do:test").printed(PrintOutcome.FAILED, cause)
    assert kiosk.screen.hint == f"测试票没有打出来:{said}"


def test_without_a_server_the_test_slip_tells_no_time():
    kiosk = menu(Kiosk().see(e.Started())).tap("duty_do:test")
    assert not [item for item in kiosk.last(e.Print).document.items if "时间" in getattr(item, "text", "")]


def test_the_slips_of_others_are_not_told_of(kiosk):
    kiosk.tap("duty_do:test").see(e.Printed(99, PrintOutcome.FAILED))
    assert duty(kiosk).note == "test_printing"


def test_the_log_by_pages_newest_first(kiosk):
    kiosk.tap("duty_do:log")
    assert kiosk.effects[-1] == ReadLog()
    assert kiosk.screen.rows == ()
    kiosk.see(LogRead(tuple((f"{no}", "x") for no in range(11))))

    def seen():
        older, newer = kiosk.screen.buttons[:2]
        return [row.head for row in kiosk.screen.rows], older.enabled, newer.enabled

    assert seen() == ([str(no) for no in range(3, 11)], True, False)
    kiosk.tap("duty_turn:1", "duty_turn:1")
    assert seen() == (["0", "1", "2"], False, True)
    kiosk.tap("duty_turn:-1", "duty_turn:-1")
    assert seen()[1:] == (True, False)


def test_restarting_is_asked_once_more(kiosk):
    kiosk.tap("duty_restart")
    kiosk.tap("duty_do:restart")
    assert not kiosk.all(Restart)
    kiosk.tap("duty_restart")
    assert kiosk.all(Restart) == [Restart()]


def test_back_leads_to_the_menu(kiosk):
    for entry, page in (("health", Page.HEALTH), ("about", Page.ABOUT)):
        kiosk.tap(f"duty_do:{entry}")
        assert duty(kiosk).page is page
        kiosk.tap("duty_do:test", "duty_back")
        assert duty(kiosk).page is Page.MENU
    assert kiosk.all(ReadAbout)
    assert not kiosk.all(e.Print)


def test_what_the_menu_does_not_have(kiosk):
    kiosk.tap("duty_do:visits")
    assert duty(kiosk).page is Page.MENU


def louder(kiosk, *steps):
    for step in steps:
        kiosk.tap(f"duty_louder:{step}")
    return [each.percent for each in kiosk.all(SetVolume)]


def test_the_volume_goes_up_and_down_within_bounds_and_is_heard(kiosk):
    kiosk.with_voice(volume=80)
    assert [button.label for button in kiosk.screen.buttons] == ["声音小一点", "声音大一点", "回到首页"]
    assert louder(kiosk, 1, 1, 1) == [90, 100, 100]
    assert kiosk.screen.hint == "音量 100"
    assert kiosk.last(Speak).sentences == ("音量 100",)
    assert louder(kiosk, *[-1] * 12)[-1] == 10


def test_a_kiosk_without_a_voice_has_no_volume(kiosk):
    assert [button.label for button in kiosk.screen.buttons] == ["回到首页"]


def test_the_volume_is_set_silently_where_the_voice_does_not_speak_the_language(kiosk):
    kiosk.with_voice("en", volume=80)
    assert louder(kiosk, 1) == [90]
    assert kiosk.all(Speak) == []
