"""Help at the kiosk: called for, not heard, accepted."""

import pytest

from kiosk import events as e
from kiosk.buttons import Mood
from kiosk.help_events import HelpSeen
from kiosk.printer_look import PrinterLook
from tests.kiosk.kiosks import Kiosk, help_call, link_up
from ticketserver.core.terms import PrintOutcome
from ticketserver.wire import views as v

TOLD = "已经通知工作人员,请稍等"
COMES = "工作人员过来了,请在这里等一等"


@pytest.fixture
def kiosk():
    kiosk = Kiosk().up().take().printed(PrintOutcome.FAILED, PrinterLook.PAPER_OUT)
    return kiosk.tap("write_for_me")


def names(kiosk):
    return [button.tap.name for button in kiosk.screen.buttons]


def test_who_is_accepted_hears_that_somebody_comes(kiosk):
    kiosk.answer("request_help", help_call())
    assert (kiosk.screen.head, kiosk.screen.mood) == (TOLD, Mood.CALM)
    kiosk.see(HelpSeen(help_call()))
    assert kiosk.screen.head == TOLD
    kiosk.see(HelpSeen(help_call(accepted=True)))
    assert (kiosk.screen.head, kiosk.screen.mood) == (COMES, Mood.GOOD)


@pytest.mark.parametrize("other", [{"device": "kiosk2"}, {"number": "A011"}])
def test_help_for_somebody_else_is_not_theirs(kiosk, other):
    kiosk.see(HelpSeen(help_call(accepted=True, **other)))
    assert kiosk.screen.head == TOLD


@pytest.mark.parametrize("how", ["lose", "refuse"])
def test_who_was_not_heard_can_call_again(kiosk, how):
    assert "write_for_me" not in names(kiosk)
    if how == "lose":
        kiosk.lose("request_help")
    else:
        kiosk.refuse("request_help", "rate_limited")
    assert kiosk.screen.head != TOLD
    assert "write_for_me" in names(kiosk)
    kiosk.tap("write_for_me")
    assert kiosk.methods().count("request_help") == 2


def test_accepted_while_the_line_was_gone_is_seen_when_it_is_back(kiosk):
    up = link_up()
    snapshot = v.Snapshot(
        seq=1, server_time_ms=up.snapshot.server_time_ms, queue=up.snapshot.queue, help=[help_call(accepted=True)]
    )
    kiosk.see(e.LinkLost(), e.LinkUp(up.hello, snapshot))
    assert kiosk.screen.head == COMES


def test_help_without_a_call_and_after_the_person_went_changes_nothing(kiosk):
    kiosk.tap("end").see(HelpSeen(help_call(accepted=True)))
    assert not kiosk.flow.desk.visit.help_comes
    assert Kiosk().up().see(HelpSeen(help_call(accepted=True, number=""))).frame == Kiosk().up().frame
