"""A visit at the kiosk as a list of steps: what is asked, saved, printed and shown."""

import dataclasses

import pytest
from tests.kiosk.kiosks import HALL, HOUR, MINUTE, NOON, TOKEN, Kiosk, hours, link_up, plan, stage, ticket

from kiosk import events as e
from kiosk import model as m
from kiosk.printer_look import PrinterLook
from kiosk.state import Step
from ticketserver.core.terms import Basis, CancelReason, DeviceHealth, Phase, PrintOutcome, VisitState
from ticketserver.wire import views as v
from ticketserver.wire.params import PriorityClaim, ServiceItem


@pytest.fixture
def kiosk():
    return Kiosk().up()


# ---- choosing


def test_two_services_of_two_tiles_make_one_number(kiosk):
    kiosk.tap("group:own", "toggle:PAY-02", "back", "search", "key:D", "toggle:ARC-01", "done")
    assert kiosk.asked("plan_visit").params.services == [ServiceItem("PAY-02"), ServiceItem("ARC-01")]
    kiosk.answer("plan_visit", plan()).tap("take")
    issue = kiosk.asked("issue_ticket").params
    assert (issue.services, issue.purpose) == ([ServiceItem("PAY-02"), ServiceItem("ARC-01")], "")
    assert (issue.day, issue.token) == ("2025-11-25", TOKEN)


def test_a_second_touch_takes_a_service_out_again_and_nothing_chosen_goes_nowhere(kiosk):
    kiosk.tap("group:own", "toggle:PAY-02", "toggle:PAY-02", "done")
    assert kiosk.step is Step.LISTING
    assert kiosk.screen.basket == m.Basket()


def test_what_the_hall_does_not_have_cannot_be_chosen(kiosk):
    kiosk.tap("group:none")
    assert kiosk.step is Step.HOME
    kiosk.tap("search", "toggle:XXX-99", "purpose:none")
    assert kiosk.flow.desk.visit.basket == {}
    assert kiosk.step is Step.SEARCH


def test_a_number_takes_twenty_services_at_most():
    one = HALL.services["PAY-02"]
    services = {f"PAY-{no:02}": dataclasses.replace(one, code=f"PAY-{no:02}") for no in range(1, 22)}
    kiosk = Kiosk(dataclasses.replace(HALL, services=services)).up().tap("search")
    kiosk.tap(*(f"toggle:{code}" for code in services))
    assert len(kiosk.flow.desk.visit.basket) == 20
    assert "最多办 20 件" in kiosk.screen.basket.text


def test_the_keyboard_types_rubs_out_and_clears(kiosk):
    kiosk.tap("search", "key:S", "key:B", "delete")
    assert kiosk.screen.typed == "S"
    kiosk.tap("clear")
    assert kiosk.screen.typed == ""
    kiosk.tap(*["key:A"] * 25)
    assert kiosk.screen.typed == "A" * 20


def test_a_category_leads_back_to_the_search(kiosk):
    kiosk.tap("search", "group:ARC")
    assert kiosk.screen.title == "档案:请点要办的事"
    kiosk.tap("back")
    assert kiosk.step is Step.SEARCH
    kiosk.tap("back")
    assert kiosk.step is Step.HOME


def test_an_enquiry_number_from_every_choosing_screen_and_back_to_what_was_chosen(kiosk):
    for way in ([], ["group:own"], ["search"]):
        kiosk.tap(*way, "enquiry")
        assert kiosk.step is Step.CONFIRM
        assert kiosk.asked("plan_visit").params.purpose == "enquiry"
        assert [row.label for row in kiosk.screen.rows] == ["咨询"]
        kiosk.tap("back", "home")
    kiosk.choose().tap("enquiry").answer("plan_visit", plan()).tap("back", "done")
    assert kiosk.asked("plan_visit").params.services == [ServiceItem("PAY-02")]
    kiosk.tap("back", "enquiry").answer("plan_visit", plan()).tap("take")
    issue = kiosk.asked("issue_ticket").params
    assert (issue.purpose, issue.services) == ("enquiry", [])


def test_a_purpose_from_the_search(kiosk):
    kiosk.tap("search", "purpose:collect")
    assert kiosk.asked("plan_visit").params.purpose == "collect"


def test_cases_are_counted_for_employers_and_asked_for_anew(kiosk):
    kiosk.tap("group:firm", "toggle:REG-04", "done", "more:REG-04", "more:REG-04", "less:REG-04")
    assert kiosk.screen.rows[0].count == "2 件"
    assert kiosk.asked("plan_visit").params.services == [ServiceItem("REG-04", 2)]
    kiosk.tap("less:REG-04", "less:REG-04", "more:none")
    assert kiosk.screen.rows[0].count == "1 件"
    assert not kiosk.screen.rows[0].less.enabled


def test_leaving_one_out_and_adding_another(kiosk):
    kiosk.choose().tap("toggle:REG-06", "done", "remove:REG-06")
    assert kiosk.asked("plan_visit").params.services == [ServiceItem("PAY-02")]
    kiosk.tap("add")
    assert kiosk.step is Step.HOME
    kiosk.tap("done", "remove:PAY-02")
    assert (kiosk.step, kiosk.flow.desk.visit.basket) == (Step.HOME, {})


# ---- the plan before the number


def test_no_number_before_the_plan_is_there(kiosk):
    kiosk.choose().tap("done", "take")
    assert kiosk.step is Step.CONFIRM
    assert not kiosk.screen.take.enabled
    kiosk.answer("plan_visit", plan())
    assert kiosk.screen.take.enabled


def test_the_plan_of_an_earlier_choice_is_dropped(kiosk):
    kiosk.choose().tap("toggle:REG-06", "done")
    first = kiosk.asked("plan_visit")
    kiosk.tap("remove:REG-06").see(e.Answered(first.ask, plan(ahead=99)))
    assert kiosk.flow.desk.visit.plan is None
    enquiry = Kiosk().up().tap("enquiry")
    before = enquiry.asked("plan_visit")
    enquiry.tap("back", "search", "purpose:collect").see(e.Answered(before.ask, plan(ahead=99)))
    assert enquiry.flow.desk.visit.plan is None


def test_without_an_answer_a_number_can_be_taken_all_the_same(kiosk):
    kiosk.choose().tap("done").lose("plan_visit")
    assert kiosk.screen.facts[0].text == "暂时算不出要等多久,可以先取号"
    kiosk.tap("take")
    assert kiosk.step is Step.ASKING


def test_what_stands_on_the_confirm_screen_is_asked_for_again(kiosk):
    kiosk.confirm().tick(9_000)
    assert kiosk.methods().count("plan_visit") == 1
    kiosk.tick(1_000).tick(1_000)
    assert kiosk.methods().count("plan_visit") == 2
    assert kiosk.screen.take.enabled
    kiosk.answer("plan_visit", plan(ahead=5))
    assert "前面约 5 人" in kiosk.screen.facts[1].text
    kiosk.tick(10_000).refuse("plan_visit", "no_counter_today")
    assert not kiosk.screen.take.enabled
    kiosk.tick(10_000).answer("plan_visit", plan())
    assert kiosk.screen.take.enabled
    kiosk.see(e.LinkLost()).tick(1_000).tick(9_500)
    assert kiosk.methods().count("plan_visit") == 4


def test_what_cannot_be_done_today_gets_no_number(kiosk):
    kiosk.choose().tap("done").refuse("plan_visit", "no_counter_today").tap("take")
    assert kiosk.step is Step.CONFIRM
    assert "今天没有窗口" in kiosk.screen.problem


def test_a_claim_to_priority_goes_with_plan_and_number(kiosk):
    kiosk.confirm().tap("priority", "claim:nonsense", "back", "priority", "claim:veteran")
    assert kiosk.asked("plan_visit").params.priority == PriorityClaim("veteran", Basis.DECLARED)
    kiosk.answer("plan_visit", plan()).tap("take")
    assert kiosk.asked("issue_ticket").params.priority == PriorityClaim("veteran", Basis.DECLARED)
    other = Kiosk().up().confirm().tap("priority", "claim:age", "priority", "claim")
    assert other.asked("plan_visit").params.priority is None


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
    kiosk.see(e.PrinterSeen(PrinterLook.OK))
    assert kiosk.last(e.Print).document.mark == "test"
    assert "补打号票" in kiosk.labels()
    kiosk.tap("print_again")
    again = kiosk.last(e.Print).document
    assert again.mark == "reprint"
    assert any(getattr(item, "text", "") == "A012" for item in again.items)
    kiosk.printed(PrintOutcome.FENCED)
    assert kiosk.asked("report_print").params.reprint
    assert kiosk.step is Step.DONE


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


# ---- power cuts


def offered(shown: bool) -> Kiosk:
    kiosk = Kiosk().see(e.PrinterSeen(PrinterLook.OK), e.Started((e.Pending("old-request", TOKEN, shown),)))
    return kiosk.see(link_up(at_ms=NOON + 9 * MINUTE))


@pytest.mark.parametrize(("shown", "mark"), [(False, ""), (True, "reprint")])
def test_a_number_of_before_the_power_cut_is_shown_and_its_slip_offered(shown, mark):
    kiosk = offered(shown)
    assert kiosk.asked("find_request").params.request_id == "old-request"
    kiosk.answer("find_request", ticket())
    assert kiosk.step is Step.OFFER
    assert kiosk.screen.head == "刚才停了一下。您的号码 A012 有效。要打印号票吗?"
    assert kiosk.labels() == ["打印号票", "不用打印"]
    assert "issue_ticket" not in kiosk.methods()
    kiosk.tap("print_offered")
    assert kiosk.last(e.Print).document.mark == mark


def test_an_offered_number_that_nobody_wants_is_let_go():
    kiosk = offered(True).answer("find_request", ticket()).tick(60_000)
    assert kiosk.step is Step.HOME
    assert kiosk.last(e.Forget) == e.Forget("old-request")
    assert kiosk.all(e.Print) == []


def test_an_old_number_is_dropped_when_it_was_shown_and_cancelled_when_it_was_not():
    old = ticket(issued_at_ms=NOON - 2 * MINUTE)
    shown = offered(True).answer("find_request", old)
    assert shown.last(e.Forget) == e.Forget("old-request")
    assert "cancel_ticket" not in shown.methods()
    unseen = offered(False).answer("find_request", old)
    assert unseen.asked("cancel_ticket").params.reason is CancelReason.UNCLAIMED
    assert unseen.all(e.Forget) == []
    unseen.refuse("cancel_ticket", "wrong_state")
    assert unseen.last(e.Forget) == e.Forget("old-request")


def test_what_could_not_be_looked_up_or_cancelled_is_tried_after_the_next_break():
    kiosk = offered(False).lose("find_request")
    assert kiosk.all(e.Forget) == []
    kiosk.see(e.LinkLost(), link_up(at_ms=NOON + 20 * MINUTE)).answer("find_request", ticket())
    kiosk.lose("cancel_ticket").see(e.LinkLost(), link_up(at_ms=NOON + 21 * MINUTE))
    kiosk.answer("find_request", ticket(state=VisitState.CANCELLED)).answer("cancel_ticket", ticket())
    assert kiosk.last(e.Forget) == e.Forget("old-request")
    assert kiosk.methods().count("find_request") == 3


def test_two_answers_to_one_cancelling_resolve_it_once():
    kiosk = offered(False).answer("find_request", ticket(issued_at_ms=NOON - 2 * MINUTE))
    first = kiosk.asked("cancel_ticket")
    kiosk.see(e.LinkLost(), link_up(at_ms=NOON + 9 * MINUTE))
    kiosk.answer("find_request", ticket(issued_at_ms=NOON - 2 * MINUTE)).answer("cancel_ticket", ticket())
    kiosk.see(e.Answered(first.ask, ticket()))
    assert kiosk.flow.desk.machine.unresolved == []


def test_two_requests_left_behind_are_resolved_one_after_the_other():
    pending = (e.Pending("old-one", TOKEN), e.Pending("old-two", TOKEN))
    kiosk = Kiosk().see(link_up(), e.Started(pending)).refuse("find_request", "unknown_request")
    assert kiosk.last(e.Forget) == e.Forget("old-one")
    assert kiosk.asked("find_request").params.request_id == "old-two"


def test_a_recovered_number_does_not_disturb_who_has_begun_to_choose():
    kiosk = offered(False)
    kiosk.tap("group:own").answer("find_request", ticket())
    assert kiosk.step is Step.LISTING
    kiosk.tap("home").answer("find_request", ticket())
    assert kiosk.step is Step.OFFER


def test_an_answer_about_a_request_resolved_meanwhile_is_dropped():
    kiosk = offered(True)
    first = kiosk.asked("find_request")
    kiosk.see(e.LinkLost(), link_up(at_ms=NOON)).refuse("find_request", "unknown_request")
    kiosk.see(e.Answered(first.ask, ticket()))
    assert kiosk.step is Step.HOME


def test_a_save_that_ends_after_the_person_left_prints_nothing():
    kiosk = offered(False).answer("find_request", ticket())
    kiosk.saving = False
    kiosk.tap("print_offered")
    desk = kiosk.flow.desk
    desk.reset()
    kiosk.see(e.Saved("old-request"), e.Saved("never-saved"))
    assert kiosk.all(e.Print) == []


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
    kiosk = Kiosk().see(e.LinkUp(up.hello, v.Snapshot(seq=1, server_time_ms=NOON)))
    assert kiosk.flow.desk.machine.hours == up.hello.hours


CLOSED_SCREENS = [
    (hours(Phase.BEFORE_NUMBERS), "8:00 开始取号,8:30 开始叫号", []),
    (hours(Phase.CUT_OFF), "今天已停止取号,请于明天 8:00 后再来。已取号的请继续等候叫号", ["我已有号"]),
    (hours(Phase.ENDED, next_opening_ms=NOON + 68 * HOUR), "今天已停止取号,请于11月28日 8:00 后再来。", ["我已有号"]),
    (hours(Phase.CUT_OFF, next_opening_ms=0), "今天已停止取号。已取号的请继续等候叫号", ["我已有号"]),
    (v.HoursView(phase=Phase.NO_DAY, next_opening_ms=NOON + HOUR), "今天不办业务,请于今天 13:00 后再来", []),
    (v.HoursView(phase=Phase.NO_DAY), "今天不办业务,请到导办台问一问", []),
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
    broken = v.DeviceView(device="printer2", kind="printer", health=DeviceHealth.OFFLINE)
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
    assert (kiosk.frame.language, kiosk.frame.large) == ("en", True)
    kiosk.tick(59_000)
    assert kiosk.frame.warning is None
    kiosk.tick(2_000)
    assert (kiosk.frame.language, kiosk.frame.large) == ("zh", False)


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
    assert [button.tap.name for button in kiosk.frame.controls] == ["large"]
    assert kiosk.labels() == ["搜一搜", "我已有号"]


# ---- a number one has already


def found(kiosk, **other):
    kiosk.tap("have_number").answer("list_visits", v.VisitsView(visits=[]))
    kiosk.tap("sign:A", "sign:0", "sign:1", "sign:2", "find", "sign:4", "sign:8", "sign:2", "sign:1", "find")
    return kiosk.answer("find_ticket", ticket(**other))


def test_number_and_check_code_find_the_ticket(kiosk):
    found(kiosk)
    asked = kiosk.asked("find_ticket").params
    assert (asked.number, asked.check_code) == ("A012", "4821")
    assert kiosk.screen.head == "正在等候。前面约 12 人,大约等 20–35 分钟"
    assert kiosk.labels() == ["补打号票", "不办了,作废", "回到首页"]
    kiosk.tap("print_again")
    assert kiosk.last(e.Print).document.mark == "reprint"
    kiosk.printed(PrintOutcome.CONFIRMED)
    assert kiosk.asked("report_print").params.reprint
    assert (kiosk.screen.qr, kiosk.screen.caption) == ((), "")
    assert kiosk.all(e.Save) == []


def test_typing_a_number_corrects_and_keeps_to_its_fields(kiosk):
    kiosk.tap("have_number", "find", "sign:C", "sign:1", "rub", "sign:2")
    kiosk.tap("field:code", "sign:A", "sign:7", "rub", "rub")
    assert [field.value for field in kiosk.screen.fields] == ["C", ""]
    assert [field.active for field in kiosk.screen.fields] == [True, False]
    kiosk.tap(*["sign:9"] * 9)
    assert kiosk.screen.fields[0].value == "C99999"


def test_numbers_that_were_not_printed_just_now_are_listed_and_still_need_their_code(kiosk):
    visits = [
        ticket(number="A040"),
        ticket(number="A039", printed=True),
        ticket(number="A020", issued_at_ms=NOON - 11 * MINUTE),
    ]
    kiosk.tap("have_number").answer("list_visits", v.VisitsView(visits=visits))
    assert [button.label for button in kiosk.screen.missing] == ["A040"]
    kiosk.tap("missing:A040")
    assert [field.value for field in kiosk.screen.fields] == ["A040", ""]
    lost = Kiosk().up().tap("have_number").lose("list_visits")
    assert lost.screen.missing == ()


NOT_FOUND = [("wrong_check_code", "校验码不对"), ("rpc-32602", "没有取到号"), ("", "没有回答")]


@pytest.mark.parametrize(("code", "text"), NOT_FOUND)
def test_a_ticket_that_is_not_found_is_said_on_the_spot(kiosk, code, text):
    kiosk.tap("have_number", "missing:A012", *["sign:1"] * 4, "find")
    kiosk.tap("sign:2")
    assert kiosk.flow.desk.visit.busy
    kiosk.refuse("find_ticket", code) if code else kiosk.lose("find_ticket")
    assert kiosk.step is Step.FIND
    assert text in kiosk.screen.problem
    kiosk.tap("rub", "sign:2")
    assert kiosk.screen.problem == ""


def test_checking_in_after_a_missed_call(kiosk):
    found(kiosk, state=VisitState.NO_SHOW)
    assert kiosk.screen.head == "您的号 A012 已过号。请点“报到”,报到后隔 3 位再叫您,今天可报到 2 次"
    assert kiosk.labels()[0] == "报到"
    kiosk.tap("check_in").answer("check_in", ticket(returns_left=1))
    assert kiosk.screen.head == "报到好了。请到综合等候区听叫号"


def test_cancelling_is_asked_twice(kiosk):
    found(kiosk).tap("cancel")
    assert kiosk.labels() == ["不作废", "作废这个号"]
    kiosk.tap("cancel_no", "cancel", "cancel_yes").answer("cancel_ticket", ticket(state=VisitState.CANCELLED))
    assert kiosk.asked("cancel_ticket").params.reason is CancelReason.CITIZEN
    assert kiosk.screen.head == "号码 A012 已经作废。要办事请重新取号"
    assert kiosk.labels() == ["回到首页"]


def test_an_act_that_is_refused_says_why(kiosk):
    found(kiosk, state=VisitState.NO_SHOW).tap("check_in").refuse("check_in", "no_returns_left")
    assert "报到次数已用完" in kiosk.screen.head


STATES = [
    (VisitState.CALLED, {"counter": 3}, "叫到您了,请到 3 号窗口"),
    (VisitState.SERVING, {"counter": 3}, "正在 3 号窗口办理"),
    (VisitState.HELD, {"counter": 3}, "号码给您保留,材料补齐后请到 3 号窗口或导办台"),
    (VisitState.HELD, {}, "号码给您保留,材料补齐后请到导办台"),
    (VisitState.NO_SHOW, {"returns_left": 0}, "您的号 A012 已过号,今天的报到次数已用完"),
    (VisitState.FINISHED, {"services": []}, "这个号已经办结"),
    (VisitState.EXPIRED, {}, "这个号已经过了当天"),
]


@pytest.mark.parametrize(("state", "other", "text"), STATES)
def test_a_found_ticket_says_where_it_stands(kiosk, state, other, text):
    found(kiosk, state=state, **other)
    assert kiosk.screen.head.startswith(text)
    assert "报到" not in kiosk.labels()


def test_stages_and_the_qr_stand_beside_the_number(kiosk):
    kiosk = Kiosk().up(public_url="https://hall.example/")
    kiosk.confirm().tap("take").answer("issue_ticket", ticket(stages=[stage(), stage("pension")]))
    assert "第 1 站:综合窗口;第 2 站:养老审核窗口" in kiosk.screen.lines
    assert kiosk.screen.caption == "扫码看还要等多久"
    assert len(kiosk.screen.qr) > 20
