"""Choosing, and the plan before the number, as lists of steps: what is asked and what is shown."""

import dataclasses

import pytest

from kiosk import events as e
from kiosk import model as m
from kiosk.reading_events import CardSeen
from kiosk.state import Step, Visit
from tests.kiosk.kiosks import HALL, TOKEN, Kiosk, plan, ticket
from ticketserver.core.terms import Basis
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


def test_who_finds_what_somebody_else_chose_starts_again(kiosk):
    assert kiosk.screen.basket.afresh is None
    kiosk.tap("language", "large", "aloud").see(CardSeen("0f" * 32, aged=True)).choose()
    assert kiosk.screen.basket.afresh is None
    kiosk.tap("back")
    assert kiosk.screen.basket.afresh.label == "Start again"
    ease = kiosk.frame.ease
    kiosk.tap("afresh")
    assert kiosk.flow.desk.visit == Visit(aloud=True)
    assert (kiosk.frame.language, kiosk.frame.ease, ease.large) == ("en", ease, True)


def test_what_goes_on_a_number_that_one_has_is_left_with_that_number(kiosk):
    kiosk.tap("have_number", "sign:A", "sign:1", "field:code", *["sign:1"] * 4, "find").answer("find_ticket", ticket())
    kiosk.tap("add_to").choose().tap("back")
    assert kiosk.screen.basket.done
    assert kiosk.screen.basket.afresh is None
    assert "不加了" in kiosk.labels()


def test_what_the_hall_does_not_have_cannot_be_chosen(kiosk):
    kiosk.tap("group:none")
    assert kiosk.step is Step.HOME
    kiosk.tap("search", "toggle:QQQ-99", "purpose:none")
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
    kiosk.tap(*["key:A"] * 40)
    assert kiosk.screen.typed == "A" * 32


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


# ---- life situations


def test_what_happened_to_a_person_leads_to_services_and_back(kiosk):
    kiosk.tap("situations")
    assert [row.label for row in kiosk.screen.rows] == ["自己干"]
    assert [button.tap.name for button in kiosk.screen.buttons] == ["back", "enquiry"]
    kiosk.tap("group:on-my-own")
    assert [row.tap.value for row in kiosk.screen.rows] == ["REG-06", "PAY-02"]
    kiosk.tap("toggle:REG-06", "back")
    assert kiosk.step is Step.SITUATIONS
    kiosk.tap("done")
    assert kiosk.asked("plan_visit").params.services == [ServiceItem("REG-06")]
    kiosk.tap("back")
    assert kiosk.step is Step.SITUATIONS
    kiosk.tap("back")
    assert kiosk.step is Step.HOME


def test_a_hall_without_situations_has_no_way_to_them():
    kiosk = Kiosk(dataclasses.replace(HALL, situations=())).up()
    assert "situations" not in [button.tap.name for button in kiosk.screen.buttons]
