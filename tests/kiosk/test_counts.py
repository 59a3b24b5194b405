"""For how many employers and how many people: asked on the confirm screen, said in the request."""

import pytest

from tests.kiosk.kiosks import Kiosk, plan, ticket
from ticketserver.wire.params import ServiceItem


@pytest.fixture
def kiosk():
    return Kiosk().up()


def rows(kiosk):
    return [(row.label, row.count) for row in kiosk.screen.rows]


def planned(kiosk):
    return kiosk.asked("plan_visit").params.services


def taken(kiosk):
    kiosk.answer("plan_visit", plan()).tap("take")
    return kiosk.asked("issue_ticket").params


def test_an_accountant_counts_employers_and_their_cases_go_with_them(kiosk):
    kiosk.tap("group:firm", "toggle:REG-04", "done", *["employers:more"] * 9, "employers:less")
    assert rows(kiosk) == [("公司加人参保", "9 件"), ("几家单位", "9 家")]
    assert planned(kiosk) == [ServiceItem("REG-04", 9)]
    asked = taken(kiosk)
    assert (asked.employers, asked.on_behalf, asked.services) == (9, False, [ServiceItem("REG-04", 9)])


def test_a_service_that_was_counted_by_itself_keeps_its_count(kiosk):
    kiosk.tap("group:firm", "toggle:REG-04", "done", "more:REG-04", "employers:more", "employers:more")
    assert rows(kiosk) == [("公司加人参保", "2 件"), ("几家单位", "3 家")]
    kiosk.tap("employers:less", "employers:less", "employers:less", "employers:none")
    assert rows(kiosk) == [("公司加人参保", "2 件"), ("几家单位", "1 家")]
    assert not kiosk.screen.rows[1].less.enabled


def test_for_oneself_nothing_is_counted(kiosk):
    kiosk.confirm()
    assert rows(kiosk) == [("自己交社保", ""), ("给自己办", "")]
    asked = taken(kiosk)
    assert (asked.employers, asked.on_behalf, asked.services) == (0, False, [ServiceItem("PAY-02", 1)])


def test_for_several_people_every_service_for_persons_is_done_for_each(kiosk):
    kiosk.tap("search", "toggle:REG-04", "toggle:PAY-02", "done", "people:more", "people:more")
    assert rows(kiosk)[2:] == [("几家单位", "1 家"), ("替别人办", "2 人")]
    assert planned(kiosk) == [ServiceItem("REG-04", 1), ServiceItem("PAY-02", 2)]
    kiosk.tap("add", "search", "toggle:ARC-01", "done")
    assert planned(kiosk)[2] == ServiceItem("ARC-01", 2)
    asked = taken(kiosk)
    assert (asked.employers, asked.on_behalf) == (1, True)


def test_back_to_oneself(kiosk):
    kiosk.confirm().tap("people:more", "people:less", "people:less")
    assert rows(kiosk)[1] == ("给自己办", "")
    assert planned(kiosk) == [ServiceItem("PAY-02", 1)]
    assert kiosk.screen.rows[1].act.tap.value == "more"


def test_who_took_persons_services_out_again_does_nothing_for_others(kiosk):
    kiosk.tap("search", "toggle:REG-04", "toggle:PAY-02", "done", "people:more", "remove:PAY-02")
    assert [label for label, _ in rows(kiosk)] == ["公司加人参保", "几家单位"]
    assert not taken(kiosk).on_behalf


def test_an_enquiry_is_for_nobody_in_particular(kiosk):
    kiosk.confirm().tap("people:more", "back", "enquiry")
    assert rows(kiosk) == [("咨询", "")]
    assert not taken(kiosk).on_behalf


def test_what_is_added_to_a_number_goes_with_it(kiosk):
    kiosk.tap("have_number", "missing:A012", *["sign:1"] * 4, "find").answer("find_ticket", ticket())
    kiosk.tap("add_to", "group:own", "toggle:REG-06", "done").answer("plan_visit", plan())
    assert rows(kiosk) == [("第一次自己参保", "")]
