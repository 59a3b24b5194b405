"""What stands on screens so that nobody is stuck there: an enquiry number, where to wait, where else a slip is had."""

import pytest

from kiosk import events as e
from kiosk.printer_look import PrinterLook
from kiosk.state import Step
from tests.kiosk.kiosks import Kiosk, hours, plan, ticket
from ticketserver.core.terms import DeviceHealth, Phase, VisitState
from ticketserver.wire.views_hall import DeviceView

ENQUIRY = "说不清,取咨询号"


def found(kiosk=None, **other):
    kiosk = (kiosk or Kiosk().up()).tap("have_number", "sign:A", "sign:0", "sign:1", "sign:2", "find")
    kiosk.tap("sign:4", "sign:8", "sign:2", "sign:1", "find")
    return kiosk.answer("find_ticket", ticket(**other))


@pytest.mark.parametrize("aside", ["needs", "priority"])
def test_beside_the_confirm_screen_an_enquiry_number_and_the_way_back_to_what_was_chosen(aside):
    kiosk = Kiosk().up().confirm().tap(aside)
    assert ENQUIRY in kiosk.labels()
    kiosk.tap("enquiry").answer("plan_visit", plan())
    assert kiosk.screen.rows[0].label == "咨询"
    kiosk.tap("back")
    assert (kiosk.step, kiosk.flow.desk.visit.basket) == (Step.LISTING, {"PAY-02": 1})


def test_beside_an_enquiry_and_what_is_added_to_a_number_it_is_not_asked_again():
    kiosk = Kiosk().up().tap("enquiry", "priority")
    assert ENQUIRY not in kiosk.labels()


def test_who_has_no_number_after_all_gets_one_for_an_enquiry():
    kiosk = Kiosk().up().tap("have_number")
    assert kiosk.labels() == ["返回", ENQUIRY]
    kiosk.tap("enquiry").answer("plan_visit", plan())
    assert (kiosk.step, kiosk.screen.rows[0].label) == (Step.CONFIRM, "咨询")


def test_outside_the_hours_there_is_none_to_be_had():
    kiosk = Kiosk().up(hours_view=hours(Phase.CUT_OFF)).tap("have_number")
    assert kiosk.labels() == ["回到首页"]


def test_a_hall_that_closes_meanwhile_leads_who_was_choosing_to_their_number():
    kiosk = Kiosk().up().confirm().see(e.HoursSeen(hours(Phase.CUT_OFF), ()))
    assert kiosk.labels() == ["我已有号"]
    assert kiosk.tap("have_number").step is Step.FIND


def test_of_an_enquiry_nobody_promises_that_one_window_can_do_it():
    kiosk = Kiosk().up().tap("enquiry").answer("plan_visit", plan())
    assert kiosk.screen.facts[0].text == "叫到几号窗口,就去几号窗口"


def test_the_key_of_the_number_pad_says_what_it_does():
    kiosk = Kiosk().up().tap("have_number")

    def said():
        return kiosk.screen.keys[-1][-1].label

    assert said() == "下一格"
    kiosk.tap("sign:A", "sign:0", "find")
    assert said() == "查找"


def test_a_number_that_was_found_says_where_to_wait():
    assert "请到综合等候区" in found().screen.lines
    assert "请到综合等候区" not in found(state=VisitState.CALLED, counter=3).screen.lines


def test_without_paper_a_number_that_was_found_says_where_a_slip_is_had():
    kiosk = found().see(e.PrinterSeen(PrinterLook.PAPER_OUT))
    assert "这台机器现在打不了号票,补打请到 2 号取号机或导办台" in kiosk.screen.lines
    kiosk.see(e.DeviceSeen(DeviceView(device="printer2", kind="printer", health=DeviceHealth.OFFLINE)))
    assert "这台机器现在打不了号票,补打请到导办台" in kiosk.screen.lines
    assert not any("打不了" in line for line in found(state=VisitState.FINISHED).screen.lines)
