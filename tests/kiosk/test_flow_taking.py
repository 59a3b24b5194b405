"""From the tap to the paper, and what happens without paper."""

import dataclasses

import pytest

from kiosk import events as e
from kiosk.printer_look import PrinterLook
from kiosk.slip_look import SlipLook
from kiosk.state import Step
from tests.kiosk.kiosks import HALL, MINUTE, NOON, TOKEN, Kiosk, link_up, ticket
from ticketserver.core.terms import CancelReason, DeviceHealth, PrintOutcome, VisitState


@pytest.fixture
def kiosk():
    return Kiosk().up()


# ---- tap, number, paper


def test_the_request_is_on_the_disk_before_it_leaves(kiosk):
    kiosk.saving = False
    kiosk.confirm().tap("take")
    assert kiosk.effects[-1] == e.Save(e.Pending("request-1", TOKEN))
    assert "issue_ticket" not in kiosk.methods()
    kiosk.see(e.Saved("request-1"))
    assert kiosk.asked("issue_ticket").params.request_id == "request-1"


def test_number_paper_report_and_nothing_left_behind(kiosk):
    kiosk.take()
    assert kiosk.step is Step.PRINTING
    assert kiosk.screen.head == "您的号码 A012,正在打印,请稍等"
    assert kiosk.last(e.Save).pending.shown
    kiosk.printed(PrintOutcome.CONFIRMED)
    report = kiosk.asked("report_print").params
    assert (report.visit_id, report.outcome, report.reprint) == (7, PrintOutcome.CONFIRMED, False)
    assert kiosk.last(e.Forget) == e.Forget("request-1")
    assert kiosk.screen.head == "请拿好号票,到等候区听叫号"
    kiosk.tick(15_000)
    assert kiosk.step is Step.HOME
    assert len(kiosk.all(e.Forget)) == 1


def test_a_free_window_calls_at_once(kiosk):
    kiosk.confirm().tap("take").answer("issue_ticket", ticket(state=VisitState.CALLED, counter=3))
    assert kiosk.screen.lines == ("叫到您了,请到 3 号窗口", "校验码 4821")


def test_no_paper_moves_before_the_disk_knows_that_the_number_was_shown(kiosk):
    kiosk.confirm().tap("take")
    kiosk.saving = False
    kiosk.answer("issue_ticket", ticket())
    assert kiosk.all(e.Print) == []
    kiosk.see(e.Saved("request-1"), e.Saved("request-1"))
    assert len(kiosk.all(e.Print)) == 1


@pytest.mark.parametrize("step", ["take", "back", "home", "language", "enquiry", "toggle:PAY-02"])
def test_while_asking_and_printing_taps_do_nothing(kiosk, step):
    kiosk.confirm().tap("take").tap(step)
    assert kiosk.step is Step.ASKING
    kiosk.answer("issue_ticket", ticket()).tap(step)
    assert kiosk.step is Step.PRINTING
    assert kiosk.methods().count("issue_ticket") == 1
    assert kiosk.frame.language == "zh"


def test_without_an_answer_the_same_request_is_sent_again(kiosk):
    kiosk.confirm().tap("take")
    first = kiosk.asked("issue_ticket")
    kiosk.see(e.LinkLost()).wait(10_000).lose("issue_ticket")
    again = kiosk.asked("issue_ticket")
    assert again.ask != first.ask
    assert again.params == first.params
    assert kiosk.screen.text == "正在确认您的号码,请不要走开,不用再点"
    kiosk.answer("issue_ticket", ticket())
    assert kiosk.step is Step.PRINTING


def test_a_late_answer_is_said_while_the_line_is_up(kiosk):
    kiosk.confirm().tap("take")
    assert kiosk.screen.text == "正在取号,请稍等"
    assert kiosk.tick(3_500).screen.text == "正在确认您的号码,请不要走开,不用再点"


def test_an_answer_after_a_minute_offers_the_slip_and_prints_nothing_for_nobody(kiosk):
    kiosk.confirm().tap("take").wait(2 * MINUTE).answer("issue_ticket", ticket())
    assert kiosk.step is Step.OFFER
    assert kiosk.all(e.Print) == []
    kiosk.tap("print_offered").printed(PrintOutcome.CONFIRMED)
    assert kiosk.last(e.Print).document.mark == ""
    assert kiosk.step is Step.DONE


def test_an_answer_after_ten_minutes_is_nobodys_and_cancelled(kiosk):
    kiosk.confirm().tap("take").wait(10 * MINUTE).answer("issue_ticket", ticket(issued_at_ms=NOON))
    assert kiosk.step is Step.HOME
    kiosk.answer("find_request", ticket(issued_at_ms=NOON))
    cancel = kiosk.asked("cancel_ticket").params
    assert (cancel.token, cancel.reason) == (TOKEN, CancelReason.UNCLAIMED)
    kiosk.answer("cancel_ticket", ticket(state=VisitState.CANCELLED))
    assert kiosk.last(e.Forget) == e.Forget("request-1")


def test_ten_minutes_without_an_answer_leave_it_to_be_looked_up(kiosk):
    kiosk.confirm().tap("take").see(e.LinkLost()).wait(10 * MINUTE).lose("issue_ticket")
    assert kiosk.step is Step.HOME
    assert "find_request" not in kiosk.methods()
    kiosk.see(link_up(at_ms=NOON + 11 * MINUTE)).refuse("find_request", "unknown_request")
    assert kiosk.last(e.Forget) == e.Forget("request-1")
    assert "cancel_ticket" not in kiosk.methods()


def test_a_refusal_is_a_sentence_and_leaves_nothing(kiosk):
    kiosk.confirm().tap("take").refuse("issue_ticket", "capacity_reached")
    assert kiosk.step is Step.MESSAGE
    assert "今天的号已满" in kiosk.screen.text
    assert kiosk.last(e.Forget) == e.Forget("request-1")
    kiosk.tap("end")
    assert kiosk.step is Step.HOME


# ---- no paper


def test_paper_known_to_be_out_gives_no_number_by_itself(kiosk):
    kiosk.see(e.PrinterSeen(PrinterLook.PAPER_OUT)).confirm().tap("take")
    assert kiosk.step is Step.NO_SLIP
    assert kiosk.screen.text == "本机缺纸,正在处理。请到 2 号取号机或导办台取号。"
    assert kiosk.labels() == ["不要号票,直接取号", "返回"]
    kiosk.tap("back", "take", "take_without_slip").answer("issue_ticket", ticket())
    assert kiosk.step is Step.KEEP
    assert kiosk.screen.lines[0] == "校验码 4821"
    assert kiosk.all(e.Print) == []
    assert "请记住号码和校验码" in kiosk.screen.head
    assert kiosk.labels() == ["我记住了"]


def test_paper_that_ends_after_the_tap_keeps_the_number_on_the_screen(kiosk):
    kiosk.take().see(e.PrinterSeen(PrinterLook.PAPER_OUT)).printed(PrintOutcome.FAILED, PrinterLook.PAPER_OUT)
    assert kiosk.asked("report_print").params.outcome is PrintOutcome.FAILED
    assert kiosk.screen.head == (
        "您的号码是 A012,已经排上队了。本机缺纸,号票没有打出来。请记住号码或拍照,也可以到 2 号取号机点“我已有号”补打。"
    )
    assert kiosk.labels() == ["我记住了", "请工作人员帮我写"]
    kiosk.tap("end")
    assert kiosk.last(e.Forget) == e.Forget("request-1")
    assert kiosk.step is Step.HOME


def test_staff_are_called_once(kiosk):
    kiosk.take().printed(PrintOutcome.FAILED, PrinterLook.COVER_OPEN)
    assert kiosk.screen.head == "打印机有故障,您的号码 A012 有效,请找工作人员补打"
    kiosk.tap("write_for_me", "write_for_me")
    assert kiosk.methods().count("request_help") == 1
    assert kiosk.asked("request_help").params.number == "A012"
    assert kiosk.screen.head == "已经通知工作人员,请稍等"


def test_a_second_paper_is_marked_and_has_the_same_number(kiosk):
    kiosk.take().see(e.PrinterSeen(PrinterLook.PAPER_OUT)).printed(PrintOutcome.FAILED, PrinterLook.PAPER_OUT)
    kiosk.see(e.PrinterSeen(PrinterLook.OK), e.RollChanged(NOON, 48_000.0, "marker"))
    assert kiosk.last(e.Print).document.mark == "测试"
    assert "补打号票" in kiosk.labels()
    kiosk.tap("print_again")
    again = kiosk.last(e.Print).document
    assert again.mark == "补打"
    assert any(getattr(item, "text", "") == "A012" for item in again.items)
    kiosk.printed(PrintOutcome.FENCED)
    assert kiosk.asked("report_print").params.reprint
    assert kiosk.step is Step.DONE


def test_a_new_roll_prints_one_slip_for_the_staff_whoever_stands_there(kiosk):
    kiosk.see(e.PrinterSeen(PrinterLook.PAPER_OUT), e.PrinterSeen(PrinterLook.COVER_OPEN)).tap("language")
    kiosk.see(e.PrinterSeen(PrinterLook.OK))
    assert kiosk.all(e.Print) == []
    kiosk.see(e.RollChanged(NOON, 48_000.0, "none"))
    (printed,) = kiosk.all(e.Print)
    assert printed.document.mark == "测试"
    assert any(getattr(item, "text", "") == "时间:2025-11-25 12:00" for item in printed.document.items)


def test_a_hall_can_have_both_languages_on_every_slip():
    kiosk = Kiosk(dataclasses.replace(HALL, slip=SlipLook(languages=("zh", "en")))).up().take()
    texts = [getattr(item, "text", "") for item in kiosk.last(e.Print).document.items]
    assert {"综合窗口", "Comprehensive counters"} <= set(texts)
    assert texts.count("A012") == 1


def test_a_printer_that_is_well_again_brings_the_confirmation_back(kiosk):
    kiosk.see(e.PrinterSeen(PrinterLook.PAPER_OUT)).confirm().tap("take")
    kiosk.see(e.PrinterSeen(PrinterLook.COVER_OPEN))
    assert kiosk.step is Step.NO_SLIP
    kiosk.see(e.PrinterSeen(PrinterLook.OK))
    assert kiosk.step is Step.CONFIRM
    kiosk.tap("take").answer("issue_ticket", ticket())
    assert kiosk.step is Step.PRINTING


def test_the_first_paper_of_a_number_taken_without_one_is_not_marked(kiosk):
    kiosk.see(e.PrinterSeen(PrinterLook.COVER_OPEN)).confirm().tap("take")
    assert kiosk.screen.text.startswith("本机打印机有故障")
    kiosk.tap("take_without_slip").answer("issue_ticket", ticket()).see(e.PrinterSeen(PrinterLook.NEAR_END))
    assert kiosk.labels() == ["我记住了", "打印号票"]
    kiosk.tap("print_again")
    assert kiosk.last(e.Print).document.mark == ""


def test_an_unknown_outcome_is_asked_about(kiosk):
    kiosk.take().printed(PrintOutcome.UNKNOWN, PrinterLook.SILENT)
    assert (kiosk.screen.head, kiosk.labels()) == ("号票打出来了吗?", ["打出来了", "没有"])
    kiosk.tap("came_out")
    assert kiosk.asked("report_print").params.outcome is PrintOutcome.ASSUMED
    assert kiosk.step is Step.DONE


def test_a_slip_that_nobody_saw_can_be_printed_again(kiosk):
    kiosk.take().printed(PrintOutcome.UNKNOWN).tap("not_out")
    assert kiosk.asked("report_print").params.outcome is PrintOutcome.FAILED
    assert kiosk.labels() == ["我记住了", "补打号票", "请工作人员帮我写"]


def test_a_failure_without_a_cause_counts_as_a_fault(kiosk):
    kiosk.take().printed(PrintOutcome.FAILED)
    assert kiosk.screen.head.startswith("打印机有故障")


def test_the_end_of_another_slip_changes_nothing(kiosk):
    kiosk.take().see(e.Printed(99, PrintOutcome.FAILED))
    assert kiosk.step is Step.PRINTING
    kiosk.printed(PrintOutcome.CONFIRMED).see(e.Printed(kiosk.last(e.Print).job, PrintOutcome.FAILED))
    assert kiosk.step is Step.DONE


def test_the_printers_health_is_reported_once_a_change_and_after_a_break():
    kiosk = Kiosk().see(e.PrinterSeen(PrinterLook.OK))
    assert kiosk.methods() == []
    kiosk.see(link_up(), e.PrinterSeen(PrinterLook.OK), e.PrinterSeen(PrinterLook.NEAR_END))
    kiosk.see(e.PrinterSeen(PrinterLook.SILENT))
    told = [(ask.params.health, ask.params.reason) for ask in kiosk.all(e.Ask) if ask.method == "report_health"]
    assert told == [
        (DeviceHealth.ONLINE, ""), (DeviceHealth.DEGRADED, "paper_near_end"), (DeviceHealth.OFFLINE, "silent"),
    ]  # fmt: skip
