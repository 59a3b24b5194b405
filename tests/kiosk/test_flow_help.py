"""Help at the kiosk: called for, not heard, accepted."""

import pytest

from kiosk import events as e
from kiosk.buttons import Mood
from kiosk.help_events import HelpSeen
from kiosk.printer_look import PrinterLook
from tests.kiosk.kiosks import Kiosk, help_call, hours, link_up
from tests.kiosk.scenes import Scenes
from ticketserver.core.terms import Phase, PrintOutcome
from ticketserver.wire.notes import Snapshot

TOLD = "已经通知工作人员,请稍等"
COMES = "工作人员过来了,请在这里等一等"
SCENES = Scenes().all()


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


@pytest.mark.parametrize("other", [{"device": "kiosk2"}, {"help_id": 4}])
def test_help_for_somebody_else_is_not_theirs(kiosk, other):
    kiosk.answer("request_help", help_call())
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
    kiosk.answer("request_help", help_call())
    up = link_up()
    snapshot = Snapshot(
        seq=1, server_time_ms=up.snapshot.server_time_ms, queue=up.snapshot.queue, help=[help_call(accepted=True)]
    )
    kiosk.see(e.LinkLost(), e.LinkUp(up.hello, snapshot))
    assert kiosk.screen.head == COMES


def test_help_without_a_call_and_after_the_person_went_changes_nothing(kiosk):
    kiosk.tap("end").see(HelpSeen(help_call(accepted=True)))
    assert not kiosk.flow.desk.visit.helped
    assert Kiosk().up().see(HelpSeen(help_call(accepted=True, number=""))).frame == Kiosk().up().frame


# ---- the button at the window's head


def said(kiosk):
    return next((button.label for button in kiosk.frame.controls if button.tap.name == "help"), None)


@pytest.mark.parametrize("name", SCENES)
def test_it_stands_on_every_screen_while_somebody_can_be_reached(name):
    kiosk = SCENES[name]()
    assert (said(kiosk) is None) is (kiosk.flow.desk.away or bool(kiosk.flow.desk.machine.duty.page))


def test_who_calls_hears_what_becomes_of_it_and_keeps_what_was_chosen():
    kiosk = Kiosk().up().confirm()
    assert said(kiosk) == "请人\n帮忙"
    assert said(kiosk.tap("help")) == "已通知\n请稍等"
    assert (kiosk.last(e.Ask).params.device, kiosk.last(e.Ask).params.number) == ("kiosk1", "")
    kiosk.answer("request_help", help_call(number=""))
    kiosk.tap("help")
    assert kiosk.methods().count("request_help") == 1
    kiosk.see(HelpSeen(help_call(number="", accepted=True)))
    assert said(kiosk) == "有人\n来了"
    assert kiosk.screen.take.enabled
    assert said(kiosk.tap("home")) == "请人\n帮忙"


def test_with_a_number_the_call_names_it():
    kiosk = Kiosk().up().take().printed(PrintOutcome.UNKNOWN).tap("help")
    assert kiosk.last(e.Ask).params.number == "A012"


def test_who_was_not_heard_sees_the_button_again():
    kiosk = Kiosk().up().tap("help").lose("request_help")
    assert said(kiosk) == "请人\n帮忙"


def test_outside_the_hours_too():
    kiosk = Kiosk().up(hours_view=hours(Phase.CUT_OFF)).tap("help")
    assert kiosk.methods()[-1] == "request_help"


def test_who_waits_for_somebody_is_given_time():
    kiosk = Kiosk().up().tap("help").answer("request_help", help_call(number=""))
    assert said(kiosk.tick(170_000)) == "已通知\n请稍等"
    assert said(kiosk.tick(11_000)) == "请人\n帮忙"
