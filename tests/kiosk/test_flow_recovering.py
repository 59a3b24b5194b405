"""What a power cut between tap and paper leaves behind."""

import pytest

from kiosk import events as e
from kiosk.printer_look import PrinterLook
from kiosk.state import Step
from tests.kiosk.kiosks import MINUTE, NOON, TOKEN, Kiosk, link_up, ticket
from ticketserver.core.terms import CancelReason, VisitState


def offered(shown: bool) -> Kiosk:
    kiosk = Kiosk().see(e.PrinterSeen(PrinterLook.OK), e.Started((e.Pending("old-request", TOKEN, shown),)))
    return kiosk.see(link_up(at_ms=NOON + 9 * MINUTE))


@pytest.mark.parametrize(("shown", "mark"), [(False, ""), (True, "补打")])
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


@pytest.mark.parametrize("state", [VisitState.SERVING, VisitState.CANCELLED, VisitState.FINISHED, VisitState.HELD])
def test_a_number_that_somebody_has_or_had_is_left_alone(state):
    kiosk = offered(False).answer("find_request", ticket(state=state))
    assert kiosk.last(e.Forget) == e.Forget("old-request")
    assert kiosk.step is Step.HOME
    assert "cancel_ticket" not in kiosk.methods()


def test_what_could_not_be_looked_up_or_cancelled_is_tried_after_the_next_break():
    kiosk = offered(False).lose("find_request")
    assert kiosk.all(e.Forget) == []
    kiosk.see(e.LinkLost(), link_up(at_ms=NOON + 20 * MINUTE)).answer("find_request", ticket())
    kiosk.lose("cancel_ticket").see(e.LinkLost(), link_up(at_ms=NOON + 21 * MINUTE))
    kiosk.answer("find_request", ticket()).answer("cancel_ticket", ticket(state=VisitState.CANCELLED))
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
