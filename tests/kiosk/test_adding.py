"""我已有号: more services on a number that was found, or that the holder of a card has."""

from dataclasses import replace

import pytest

from kiosk import events as e
from kiosk.reading_events import CardSeen
from kiosk.state import Step
from tests.kiosk.kiosks import HALL, TOKEN, Kiosk, hours, link_up, plan, stage, ticket
from ticketserver.core.terms import Phase, VisitState
from ticketserver.wire.views_visits import VisitService

HOLDER = "0f" * 32
HELD = [VisitService(service="ARC-01"), VisitService(service="enquiry")]


def found(**other) -> Kiosk:
    made = Kiosk().up().tap("have_number", "sign:A", "sign:1", "find", *["sign:1"] * 4, "find")
    return made.answer("find_ticket", ticket(**({"services": HELD} | other)))


def adding() -> Kiosk:
    return found().tap("add_to").choose().tap("done").answer("plan_visit", plan())


def with_card(**other) -> Kiosk:
    made = Kiosk(replace(HALL, card_reader="reader1")).up(day_key="5a" * 32).see(CardSeen(HOLDER))
    return made.answer("find_ticket", ticket(**({"services": HELD} | other)))


# ---- from the found ticket


def test_a_service_is_added_to_a_found_number() -> None:
    made = found().tap("add_to")
    assert (made.step, made.screen.notice) == (Step.HOME, "给 A012 号加办:请点要加的事")
    assert made.labels() == ["搜一搜", "按遇到的事找", "说不清,取咨询号", "不加了"]
    made.choose().tap("done")
    assert [item.service for item in made.asked("plan_visit").params.services] == ["ARC-01", "enquiry", "PAY-02"]
    made.answer("plan_visit", plan(stage(), stage("pension")))
    assert made.screen.take.label == "加到您的 A012 号上"
    assert made.labels() == ["再加一件", "返回修改"]
    assert [fact.head for fact in made.screen.facts] == ["号码", "窗口", "材料"]
    made.tap("join")
    asked = made.asked("add_services").params
    assert (asked.number, asked.check_code, [each.service for each in asked.services]) == ("A012", "4821", ["PAY-02"])
    made.answer("add_services", ticket(stages=[stage(), stage("pension")]))
    assert made.screen.head == "加好了,号码 A012 不变。正在等候。前面约 12 人,大约等 20–35 分钟"
    assert made.screen.lines == ("存档案、自己交社保", "第 1 站:综合窗口;第 2 站:养老审核窗口")
    made.tap("print_again")
    assert made.last(e.Print).document.mark == "补打"
    assert "issue_ticket" not in made.methods()


def test_an_enquiry_can_be_added_too() -> None:
    made = found(services=HELD[:1]).tap("add_to", "enquiry").answer("plan_visit", plan()).tap("join")
    assert [each.service for each in made.asked("add_services").params.services] == ["enquiry"]
    made.answer("add_services", ticket())
    assert made.flow.desk.visit.purpose == ""


def test_more_can_be_added_after_that() -> None:
    made = adding().tap("join").answer("add_services", ticket()).tap("add_to")
    assert made.flow.desk.visit.basket == {}
    assert made.screen.notice == "给 A012 号加办:请点要加的事"


@pytest.mark.parametrize("state", [state for state in VisitState if state is not VisitState.WAITING])
def test_only_a_waiting_number_gets_more(state: VisitState) -> None:
    made = found(state=state)
    assert "再加一件" not in made.labels()
    assert made.tap("add_to").step is Step.TICKET


def test_a_double_touch_adds_once() -> None:
    made = adding().tap("join", "join")
    assert made.methods().count("add_services") == 1


def test_without_an_answer_it_is_asked_again_and_added_once() -> None:
    made = adding().tap("join").lose("add_services")
    first = made.asked("add_services").params.request_id
    assert "没有回答" in made.screen.problem
    made.tap("join")
    assert made.asked("add_services").params.request_id == first
    made.lose("add_services").tap("more:PAY-02").answer("plan_visit", plan()).tap("join")
    assert made.asked("add_services").params.request_id != first


def test_a_refusal_stands_there_and_back_leads_to_the_choice() -> None:
    made = adding().tap("join").refuse("add_services", "wrong_state")
    assert made.screen.problem == made.flow.desk.words.problem("wrong_state")
    assert not made.screen.take.enabled
    made.tap("join", "back")
    assert made.step is Step.LISTING
    assert made.methods().count("add_services") == 1


def test_what_the_number_has_already_is_refused_before() -> None:
    made = found().tap("add_to").choose().tap("done").refuse("plan_visit", "service_twice")
    assert not made.screen.take.enabled
    assert made.tap("join").all(e.Ask)[-1].method == "plan_visit"


def test_nobody_there_ends_it() -> None:
    made = found().tap("add_to").tick(45_000)
    assert made.frame.warning is not None
    made.tick(30_000)
    assert made.screen.notice == ""
    assert "我已有号" in made.labels()


def test_a_number_left_by_a_power_cut_does_not_come_between() -> None:
    made = found().tap("add_to").see(e.Started((e.Pending("old", TOKEN),)))
    assert "find_request" not in made.methods()


def test_no_longer_wanted() -> None:
    made = found().tap("add_to", "home").choose().tap("done").answer("plan_visit", plan())
    assert made.screen.take.label == "取号"


def test_another_number_is_looked_for_instead() -> None:
    made = found().tap("add_to").see(e.HoursSeen(hours(Phase.CUT_OFF))).tap("have_number")
    assert not made.flow.desk.visit.adding


def test_a_break_of_the_line_does_not_lose_the_place() -> None:
    made = adding().see(e.LinkLost()).tick(3_000).see(link_up())
    assert made.screen.take.label == "加到您的 A012 号上"


# ---- by the card


def test_a_card_whose_holder_has_a_number_offers_to_add_to_it() -> None:
    made = with_card()
    assert made.asked("find_ticket").params.holder == HOLDER
    assert made.screen.notice == "您今天已有 A012 号。选好要办的事,可以加到这个号上"
    made.choose().tap("done").answer("plan_visit", plan())
    assert made.screen.take.label == "加到您的 A012 号上"
    assert made.labels() == ["再加一件", "我可以优先", "返回修改", "另取一个号"]
    made.tap("join").answer("add_services", ticket())
    assert (made.step, made.screen.number) == (Step.TICKET, "A012")


def test_another_number_can_be_taken_all_the_same() -> None:
    made = with_card().choose().tap("done").answer("plan_visit", plan()).tap("take")
    assert made.asked("issue_ticket").params.holder == HOLDER


def test_a_number_that_was_called_meanwhile_takes_nothing_more() -> None:
    made = with_card().choose().tap("done").answer("plan_visit", plan()).tap("join")
    made.refuse("add_services", "wrong_state").tap("back", "done").answer("plan_visit", plan())
    assert made.screen.take.label == "取号"


@pytest.mark.parametrize("state", [VisitState.CALLED, VisitState.NO_SHOW, VisitState.HELD])
def test_a_number_that_is_not_waiting_is_not_offered(state: VisitState) -> None:
    made = with_card(state=state)
    assert made.screen.notice == "身份证已读好,请拿好。请点要办的事"
    made.tap("join").choose().tap("done").answer("plan_visit", plan()).tap("join")
    assert "add_services" not in made.methods()


def test_a_holder_without_a_number_takes_one() -> None:
    made = Kiosk().up().see(CardSeen(HOLDER)).refuse("find_ticket", "unknown_ticket")
    made.choose().tap("done").answer("plan_visit", plan())
    assert made.screen.take.label == "取号"


def test_the_last_card_counts() -> None:
    made = Kiosk().up().see(CardSeen(HOLDER))
    late = made.asked("find_ticket")
    made.see(CardSeen("1e" * 32), e.Answered(late.ask, ticket()))
    assert made.flow.desk.visit.own is None


def test_a_card_on_the_confirm_screen_plans_anew() -> None:
    made = Kiosk().up().confirm().see(CardSeen(HOLDER)).answer("find_ticket", ticket(services=HELD))
    assert [item.service for item in made.asked("plan_visit").params.services] == ["ARC-01", "enquiry", "PAY-02"]
    made.answer("plan_visit", plan())
    assert made.screen.take.label == "加到您的 A012 号上"
