"""The server away, the hall closed; time-outs, touches, languages."""

import dataclasses

import pytest

from kiosk import events as e
from kiosk import model as m
from kiosk.printer_look import PrinterLook
from kiosk.state import Step
from tests.kiosk.kiosks import HALL, HOUR, MINUTE, NOON, Kiosk, hours, link_up, plan
from ticketserver.core.terms import DeviceHealth, Phase, PrintOutcome
from ticketserver.wire.notes import Snapshot
from ticketserver.wire.views import HoursView
from ticketserver.wire.views_hall import DeviceView


@pytest.fixture
def kiosk():
    return Kiosk().up()


# ---- the server away, the hall closed


def test_without_a_server_the_plain_screen_heals_by_itself():
    kiosk = Kiosk()
    assert kiosk.screen.text.startswith("暂时不能取号,系统正在恢复")
    assert kiosk.frame.clock == ""
    kiosk.tap("group:own")
    assert kiosk.step is Step.HOME
    kiosk.see(link_up())
    assert isinstance(kiosk.screen, m.Home)
    assert kiosk.frame.clock == "12:00"


def test_a_short_break_is_not_shown_and_a_long_one_keeps_what_was_chosen(kiosk):
    kiosk.choose().see(e.LinkLost(), e.LinkLost()).tick(1_000)
    assert isinstance(kiosk.screen, m.Listing)
    kiosk.tick(1_500)
    assert isinstance(kiosk.screen, m.Message)
    kiosk.see(link_up())
    assert isinstance(kiosk.screen, m.Listing)
    assert kiosk.screen.basket.done is not None


def test_a_resync_reports_nothing_again(kiosk):
    count = len(kiosk.methods())
    kiosk.see(link_up(hours(Phase.CUT_OFF)))
    assert len(kiosk.methods()) == count
    assert kiosk.flow.desk.phase is Phase.CUT_OFF


def test_a_snapshot_without_the_queue_leaves_the_hours_of_the_greeting():
    up = link_up()
    kiosk = Kiosk().see(e.LinkUp(up.hello, Snapshot(seq=1, server_time_ms=NOON)))
    assert kiosk.flow.desk.machine.hours == up.hello.hours


CLOSED_SCREENS = [
    (hours(Phase.BEFORE_NUMBERS), "8:00 开始取号,8:30 开始叫号", []),
    (hours(Phase.CUT_OFF), "今天已停止取号,请于明天 8:00 后再来。已取号的请继续等候叫号", ["我已有号"]),
    (hours(Phase.ENDED, next_opening_ms=NOON + 68 * HOUR), "今天的业务已经结束,请于11月28日 8:00 后", ["我已有号"]),
    (hours(Phase.CUT_OFF, next_opening_ms=0), "今天已停止取号。已取号的请继续等候叫号", ["我已有号"]),
    (HoursView(phase=Phase.NO_DAY, next_opening_ms=NOON + HOUR), "今天不办业务,请于今天 13:00 后再来", []),
    (HoursView(phase=Phase.NO_DAY), "今天不办业务,请到导办台问一问", []),
]


@pytest.mark.parametrize(("when", "text", "labels"), CLOSED_SCREENS)
def test_a_closed_hall_says_when_to_come(when, text, labels):
    kiosk = Kiosk().up(hours_view=when)
    assert kiosk.screen.text.startswith(text)
    assert kiosk.labels() == labels
    kiosk.tap("group:own", "enquiry")
    assert kiosk.step is Step.HOME


def test_the_hall_closes_and_opens_under_a_persons_hands(kiosk):
    kiosk.choose().see(e.HoursSeen(hours(Phase.CUT_OFF)))
    assert isinstance(kiosk.screen, m.Message)
    kiosk.see(e.HoursSeen(hours(Phase.CALLING)))
    assert isinstance(kiosk.screen, m.Listing)


def test_without_hours_the_hall_counts_as_closed(kiosk):
    kiosk.flow.desk.machine.hours = None
    assert kiosk.screen.text == "今天不办业务,请到导办台问一问"


def test_another_kiosk_is_named_only_while_its_printer_works(kiosk):
    kiosk.see(e.PrinterSeen(PrinterLook.PAPER_OUT)).confirm().tap("take")
    broken = DeviceView(device="printer2", kind="printer", health=DeviceHealth.OFFLINE)
    kiosk.see(e.DeviceSeen(broken))
    assert kiosk.screen.text == "本机缺纸,正在处理。请到导办台取号。"
    kiosk.tap("language")
    assert kiosk.screen.text == "Out of paper here; it is being seen to. Please use the help desk."


# ---- time-outs, touches, language


def test_an_idle_kiosk_warns_waits_and_wipes(kiosk):
    kiosk.choose().tick(39_000)
    assert kiosk.frame.warning is None
    kiosk.tick(1_500)
    assert kiosk.frame.warning.text == "还在办理吗?20 秒后回到首页"
    kiosk.tap("continue").tick(30_000)
    assert kiosk.frame.warning is None
    kiosk.tick(30_000)
    assert (kiosk.step, kiosk.flow.desk.visit.basket) == (Step.HOME, {})


def test_a_touch_beside_everything_shows_that_somebody_is_there(kiosk):
    kiosk.choose().tick(50_000).see(e.Touched()).tick(30_000)
    assert kiosk.step is Step.LISTING


def test_a_number_without_paper_stays_90_s_with_two_warnings(kiosk):
    kiosk.take().printed(PrintOutcome.FAILED, PrinterLook.PAPER_OUT)
    seen = []
    for second in range(1, 90):
        kiosk.tick(1_000)
        seen.append((second, kiosk.frame.warning is not None))
    warned = [second for second, warning in seen if warning]
    assert warned == [*range(50, 60), *range(70, 90)]
    assert kiosk.frame.warning.text == "请记住号码。1 秒后回到首页"
    kiosk.tick(1_000)
    assert kiosk.step is Step.HOME


def test_asking_and_printing_never_time_out(kiosk):
    kiosk.confirm().tap("take").tick(20 * MINUTE)
    assert kiosk.step is Step.ASKING
    assert kiosk.frame.warning is None


def test_the_first_screen_falls_back_to_its_language_and_type_without_a_warning(kiosk):
    kiosk.tick(90_000).tap("language", "large")
    assert (kiosk.frame.language, kiosk.frame.ease.large) == ("en", True)
    kiosk.tick(59_000)
    assert kiosk.frame.warning is None
    kiosk.tick(2_000)
    assert (kiosk.frame.language, kiosk.frame.ease.large) == ("zh", False)


def test_a_trembling_hand_presses_once(kiosk):
    kiosk.tap("group:own").wait(200).see(e.Tapped(e.Tap("toggle", "PAY-02")))
    assert kiosk.flow.desk.visit.basket == {}
    kiosk.tap("toggle:PAY-02").wait(200).see(e.Tapped(e.Tap("toggle", "PAY-02")))
    assert kiosk.flow.desk.visit.basket == {"PAY-02": 1}
    kiosk.see(e.Tapped(e.Tap("toggle", "REG-06")))
    assert list(kiosk.flow.desk.visit.basket) == ["PAY-02", "REG-06"]


def test_taps_that_belong_to_no_screen_are_ignored(kiosk):
    kiosk.tap("take", "nonsense", "check_in", "print_again")
    assert kiosk.step is Step.HOME


def test_an_answer_for_a_person_who_left_is_dropped(kiosk):
    kiosk.choose().tap("done", "home").answer("plan_visit", plan())
    assert kiosk.flow.desk.visit.plan is None
    kiosk.see(e.Answered(999, plan()))
    assert kiosk.step is Step.HOME


def test_a_hall_with_one_language_has_no_switch():
    kiosk = Kiosk(dataclasses.replace(HALL, languages=("zh",), purposes={})).up()
    assert [button.tap.name for button in kiosk.frame.controls] == ["large", "contrast", "help"]
    assert kiosk.labels() == ["搜一搜", "按遇到的事找", "我已有号", "我有预约"]
