"""A number one has already: found, printed again, checked in, cancelled."""

from dataclasses import replace

import pytest

from kiosk import events as e
from kiosk.state import Step
from tests.kiosk.kiosks import HALL, MINUTE, NOON, Kiosk, stage, ticket
from ticketserver.core.terms import AheadReason, CancelReason, PrintOutcome, VisitState
from ticketserver.wire.views_hall import VisitsView


@pytest.fixture
def kiosk():
    return Kiosk().up()


def found(kiosk, **other):
    kiosk.tap("have_number").answer("list_visits", VisitsView(visits=[]))
    kiosk.tap("sign:A", "sign:0", "sign:1", "sign:2", "find", "sign:4", "sign:8", "sign:2", "sign:1", "find")
    return kiosk.answer("find_ticket", ticket(**other))


def test_number_and_check_code_find_the_ticket(kiosk):
    found(kiosk)
    asked = kiosk.asked("find_ticket").params
    assert (asked.number, asked.check_code) == ("A012", "4821")
    assert kiosk.screen.head == "正在等候。前面约 12 人,大约等 20–35 分钟"
    assert kiosk.labels() == ["再加一件", "补打号票", "不办了,作废", "回到首页"]
    kiosk.tap("print_again")
    assert kiosk.last(e.Print).document.mark == "补打"
    kiosk.printed(PrintOutcome.CONFIRMED)
    assert kiosk.asked("report_print").params.reprint
    assert (kiosk.screen.qr, kiosk.screen.caption) == ((), "")
    assert kiosk.all(e.Save) == []


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"state": VisitState.NO_SHOW, "returns_left": 1}, "已过号。请到导办台或取号机报到"),
        ({"state": VisitState.NO_SHOW, "returns_left": 0}, "已过号,今天的报到次数已用完。请到导办台"),
        ({"state": VisitState.HELD, "counter": 3}, "号码给您保留,材料补齐后请到 3 号窗口或导办台"),
    ],
)
def test_a_number_that_nobody_calls_says_what_to_do_while_it_is_printed_again(kiosk, told, says):
    found(kiosk, **told, ahead=0, wait_p50_ms=0, wait_p90_ms=0).tap("print_again")
    (line, code) = kiosk.screen.lines
    assert line.startswith(says)
    assert "4821" in code
    assert kiosk.printed(PrintOutcome.CONFIRMED).screen.head == "请拿好号票"


def test_more_people_ahead_than_before_have_a_reason(kiosk):
    found(kiosk, more_ahead=AheadReason.CHECKED_IN)
    assert kiosk.screen.lines[-1] == "过号的人回来报到了,前面人数多了"


def test_typing_a_number_corrects_and_keeps_to_its_fields(kiosk):
    kiosk.tap("have_number", "find", "sign:C", "sign:1", "rub", "sign:2")
    kiosk.tap("field:code", "sign:A", "sign:7", "rub", "rub")
    assert [field.value for field in kiosk.screen.fields] == ["C", ""]
    assert [field.active for field in kiosk.screen.fields] == [True, False]
    kiosk.tap(*["sign:9"] * 9)
    assert kiosk.screen.fields[0].value == "C99999"


def test_a_number_without_its_letter_is_asked_for_it_and_gets_it_in_front(kiosk):
    kiosk.tap("have_number", "sign:0", "sign:1", "sign:2", "find")
    assert kiosk.screen.problem == "号码前面有一个字母,请照号票点上,比如 A012 的 A。"
    assert [field.active for field in kiosk.screen.fields] == [True, False]
    kiosk.tap("field:code", *["sign:1"] * 4, "find")
    assert [field.active for field in kiosk.screen.fields] == [True, False]
    assert "find_ticket" not in kiosk.methods()
    kiosk.tap("sign:A")
    assert (kiosk.screen.fields[0].value, kiosk.screen.problem) == ("A012", "")
    kiosk.tap("find")
    assert kiosk.asked("find_ticket").params.number == "A012"


def test_where_numbers_begin_with_a_digit_no_letter_is_missing():
    kiosk = Kiosk(replace(HALL, prefixes="1A")).up()
    kiosk.tap("have_number", *(f"sign:{sign}" for sign in "1012"), "find", *["sign:1"] * 4, "find")
    assert kiosk.asked("find_ticket").params.number == "1012"


def test_who_has_no_number_after_all_goes_back_to_what_was_chosen(kiosk):
    kiosk.tap("language", "large").choose().tap("back", "have_number", "missing:A012", "sign:4", "find_back")
    assert kiosk.step is Step.HOME
    assert (kiosk.frame.language, kiosk.frame.ease.large) == ("en", True)
    assert kiosk.screen.basket.done is not None
    visit = kiosk.flow.desk.visit
    assert (visit.number, visit.code, visit.missing) == ("", "", ())


def test_a_list_that_comes_after_that_leaves_nothing_behind(kiosk):
    kiosk.tap("have_number", "find_back").answer("list_visits", VisitsView(visits=[ticket(number="A040")]))
    assert kiosk.flow.desk.visit.missing == ()
    assert kiosk.frame.fresh


def test_numbers_that_were_not_printed_just_now_are_listed_and_still_need_their_code(kiosk):
    visits = [
        ticket(number="A040"),
        ticket(number="A039", printed=True),
        ticket(number="A020", issued_at_ms=NOON - 11 * MINUTE),
    ]
    kiosk.tap("have_number").answer("list_visits", VisitsView(visits=visits))
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
