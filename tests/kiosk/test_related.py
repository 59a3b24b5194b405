"""Services that many people do on the same visit: named on the confirm screen, one touch adds them."""

import pytest

from kiosk.state import Step
from tests.kiosk.kiosks import Kiosk, hours, plan, ticket
from tests.kiosk.scenes import SAMPLE
from ticketserver.wire.params import ServiceItem


def offers(kiosk):
    return [row.act.tap.value for row in kiosk.screen.rows if row.offered]


def planned(*also, day="2025-11-25"):
    kiosk = Kiosk(SAMPLE).up(hours_view=hours(day=day))
    return kiosk.tap("group:own-insurance", "toggle:PAY-02", "done").answer("plan_visit", plan(also=list(also)))


def test_one_touch_adds_what_is_offered_and_asks_for_the_plan_anew():
    kiosk = planned("ARC-01", "REG-06")
    assert offers(kiosk) == ["ARC-01", "REG-06"]
    row = kiosk.screen.rows[2]
    assert (row.label, row.detail, row.act.label) == ("存档案", "很多人一起办,同一个窗口就能办", "一起办")
    kiosk.tap("also:ARC-01")
    assert kiosk.step is Step.CONFIRM
    assert kiosk.asked("plan_visit").params.services == [ServiceItem("PAY-02", 1), ServiceItem("ARC-01", 1)]
    assert offers(kiosk) == ["REG-06"]
    kiosk.answer("plan_visit", plan(also=["CRD-05"]))
    assert offers(kiosk) == ["CRD-05"]
    kiosk.tap("back")
    assert kiosk.step is Step.LISTING


def test_for_several_people_it_is_added_for_each():
    kiosk = planned("ARC-01").tap("people:more", "people:more", "also:ARC-01")
    assert kiosk.asked("plan_visit").params.services[1] == ServiceItem("ARC-01", 2)


def test_what_is_asked_about_first_is_asked_now_and_nothing_gets_past_it():
    kiosk = planned("SUB-01", day="2019-10-15").tap("also:SUB-01")
    assert kiosk.step is Step.CHECK
    kiosk.tap("check_back")
    assert kiosk.step is Step.LISTING
    kiosk.tap("done")
    assert kiosk.step is Step.CHECK


def test_what_cannot_be_had_today_is_not_offered():
    assert offers(planned("SUB-01", "ARC-01")) == ["ARC-01"]
    assert offers(planned("NEW-99", "PAY-02")) == []


def test_never_more_than_can_be_seen_at_once():
    assert len(offers(planned("ARC-01", "REG-06", "PAY-03"))) == 2
    kiosk = Kiosk(SAMPLE).up().tap("search", "toggle:PAY-02", "toggle:REG-04", "toggle:CRD-05", "done")
    assert offers(kiosk.answer("plan_visit", plan(also=["ARC-01"]))) == []
    full = Kiosk(SAMPLE).up().tap("search", *(f"toggle:{code}" for code in list(SAMPLE.services)[:20]), "done")
    full.answer("plan_visit", plan(also=["ARC-01"])).tap("also:ARC-01")
    assert len(full.asked("plan_visit").params.services) == 20


@pytest.mark.parametrize("tap", ["also:CRD-05", "also:NEW-99", "also:PAY-02"])
def test_a_touch_of_something_that_is_not_offered_does_nothing(tap):
    kiosk = planned("ARC-01").tap(tap)
    assert kiosk.methods().count("plan_visit") == 1


def test_nothing_is_offered_beside_a_refusal_or_an_enquiry():
    kiosk = planned("ARC-01").tap("people:more").refuse("plan_visit", "no_counter_today")
    assert offers(kiosk) == []
    kiosk.tap("back", "enquiry").answer("plan_visit", plan(also=["ARC-01"]))
    assert offers(kiosk) == []


def test_it_can_be_added_to_a_number_too():
    kiosk = Kiosk(SAMPLE).up().tap("have_number", "missing:A012", *["sign:1"] * 4, "find")
    kiosk.answer("find_ticket", ticket()).tap("add_to", "group:own-insurance", "toggle:PAY-03", "done")
    kiosk.answer("plan_visit", plan(also=["REG-06"])).tap("also:REG-06").answer("plan_visit", plan()).tap("join")
    assert [each.service for each in kiosk.asked("add_services").params.services] == ["PAY-03", "REG-06"]
