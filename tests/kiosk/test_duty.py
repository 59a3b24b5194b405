"""The duty menu over a kiosk: opened, shut by time, deaf to cards, aware of since when things stand as they do."""

import dataclasses

import pytest

from kiosk import events as e
from kiosk import model as m
from kiosk.duty_events import AboutRead, CheckPin, LogRead, PinChecked, PinVerdict, RollSaid
from kiosk.duty_state import Page
from kiosk.printer_look import PrinterLook
from kiosk.reading_events import CardSeen, CardUnread, InputSeen, Scanned
from kiosk.state import Step
from tests.kiosk.kiosks import HALL, HOUR, MINUTE, Kiosk, hours, link_up
from ticketserver.core.terms import DeviceHealth, Phase

READERS = dataclasses.replace(HALL, scanner="scanner1", card_reader="reader1")


def page(kiosk):
    return kiosk.flow.desk.machine.duty.page


def enter(kiosk, pin="4821", verdict=PinVerdict.RIGHT):
    kiosk.tap("duty", *(f"duty_sign:{sign}" for sign in pin), "duty_enter")
    return kiosk.see(PinChecked(verdict))


def facts(kiosk):
    return {row.head: row.text for row in kiosk.screen.rows}


@pytest.fixture
def kiosk():
    return Kiosk(READERS).up()


def test_it_lies_over_everything_and_goes_back_to_what_was_there(kiosk):
    kiosk.choose().tap("duty")
    assert isinstance(kiosk.screen, m.Find)
    assert kiosk.last(CheckPin).pin == ""
    kiosk.tap("duty_back")
    assert isinstance(kiosk.screen, m.Listing)
    assert kiosk.flow.desk.visit.basket == {"PAY-02": 1}


def test_the_right_pin_ends_the_visit_below(kiosk):
    enter(kiosk.choose())
    assert page(kiosk) is Page.MENU
    assert (kiosk.step, kiosk.flow.desk.visit.basket) == (Step.HOME, {})
    kiosk.tap("duty_close")
    assert isinstance(kiosk.screen, m.Home)


@pytest.mark.parametrize("when", [hours(Phase.CUT_OFF), hours(Phase.BEFORE_NUMBERS)])
def test_it_opens_in_a_closed_hall(when):
    assert page(enter(Kiosk().up(hours_view=when))) is Page.MENU


def test_it_opens_without_a_server():
    kiosk = enter(Kiosk().see(e.Started()))
    kiosk.tap("duty_do:health")
    assert kiosk.frame.clock == ""
    assert facts(kiosk)["服务器"].startswith("没有连上")


def test_not_while_a_number_is_asked_for_or_printed(kiosk):
    kiosk.confirm().tap("take", "duty")
    assert (kiosk.step, page(kiosk)) == (Step.ASKING, Page.NONE)


def test_nobody_touches_it_and_it_closes(kiosk):
    kiosk.tap("duty").tick(29_000)
    assert page(kiosk) is Page.PIN
    kiosk.tick(1_500)
    assert page(kiosk) is Page.NONE
    enter(kiosk).tap("duty_do:log").see(LogRead((("9:41:00", "printer: ok"),))).tick(119_000)
    assert page(kiosk) is Page.LOG
    kiosk.see(e.Touched()).tick(119_000)
    assert page(kiosk) is Page.LOG
    assert kiosk.frame.warning is None
    kiosk.tick(1_500)
    assert page(kiosk) is Page.NONE
    assert kiosk.flow.desk.machine.duty.lines == ()
    assert isinstance(kiosk.screen, m.Home)


def test_cards_and_codes_are_nobodys_visit_meanwhile(kiosk):
    enter(kiosk).see(CardSeen("0f" * 32), CardUnread(), Scanned("x"))
    assert (kiosk.flow.desk.visit.card, kiosk.step) == ("", Step.HOME)
    kiosk.tap("duty_close").see(CardUnread())
    assert kiosk.flow.desk.visit.card


def test_taps_of_the_visit_do_nothing_and_those_of_the_head_line_do(kiosk):
    enter(kiosk).tap("group:own", "home", "language")
    assert (page(kiosk), kiosk.step) == (Page.MENU, Step.HOME)
    assert kiosk.screen.title == "Maintenance"


def test_taps_of_a_menu_that_has_gone_or_of_one_that_stands_already_do_nothing(kiosk):
    kiosk.tap("duty_do:restart", "duty_restart", "duty_sign:1")
    assert (page(kiosk), kiosk.effects[-1:]) == (Page.NONE, kiosk.effects[-1:])
    enter(kiosk).tap("duty")
    assert page(kiosk) is Page.MENU


def test_a_page_that_has_just_appeared_takes_no_touch(kiosk):
    enter(kiosk).wait(100).see(e.Tapped(e.Tap("duty_do", "restart")))
    assert page(kiosk) is Page.MENU


def test_answers_of_the_world_outside(kiosk):
    enter(kiosk).see(RollSaid(done=True))
    assert kiosk.screen.hint.startswith("记下了")
    kiosk.see(RollSaid(done=False))
    assert kiosk.screen.hint.startswith("没有记下换纸")
    kiosk.tap("duty_do:about").see(AboutRead((("version", "1.2"),)))
    assert facts(kiosk) == {"取号机": HALL.kiosk, "程序版本": "1.2"}


def test_how_each_device_stands_why_and_since_when(kiosk):
    kiosk.see(InputSeen("reader1", "card_reader", DeviceHealth.DEGRADED, "not_authorised"))
    kiosk.wait(3 * HOUR).see(link_up()).wait(2 * MINUTE).see(e.PrinterSeen(PrinterLook.PAPER_OUT)).wait(5_000)
    enter(kiosk).tap("duty_do:health")
    assert facts(kiosk) == {
        f"打印机 {HALL.printer}": "不能用:缺纸,请换纸(已 8 秒)",
        "扫码器 scanner1": "线路通,它还没有说过话(有的设备不按键就不说话)",
        "读卡器 reader1": "能用,有问题:读卡模块没有授权,请联系厂家(已 3 小时)",
        "服务器": "已连上(已 3 小时)",
    }
    kiosk.see(e.PrinterSeen(PrinterLook.LOW), e.LinkLost(), e.LinkLost()).wait(25 * HOUR).see(e.Touched())
    assert facts(kiosk)["服务器"] == "没有连上,请查网线、交换机和服务器(已 1 天)"
    assert facts(kiosk)[f"打印机 {HALL.printer}"].startswith("能用,有问题:按已打长度")


def test_a_makers_own_word_stands_as_it_is():
    kiosk = Kiosk().up().see(InputSeen("reader1", "card_reader", DeviceHealth.OFFLINE, "E-17"))
    kiosk.flow.desk.hall = dataclasses.replace(HALL, card_reader="reader1")
    enter(kiosk).tap("duty_do:health")
    assert facts(kiosk)["读卡器 reader1"].startswith("不能用:E-17(")
    assert facts(kiosk)[f"打印机 {HALL.printer}"].startswith("正常(已 ")
