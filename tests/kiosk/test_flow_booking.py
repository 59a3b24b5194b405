"""我有预约: a code scanned or typed on its own screen, and what stands there when it is no use."""

from dataclasses import replace

import pytest

from kiosk.booking import LONGEST, SHORTEST
from kiosk.reading_events import InputSeen, Scanned, Trigger
from kiosk.state import Step
from tests.kiosk.kiosks import HALL, MINUTE, NOON, TEXTS, Kiosk, hours, plan, ticket
from ticketserver.core.terms import DeviceHealth, Phase
from ticketserver.wire.views_visits import AppointmentView

ZH = TEXTS["zh"]
BARE = "2025112512001215PAY02ARC01K7M2Q4XAABCDEFGHIJKLMNOPQRSTUVWXYZ"
WHOLE = "YHA1:20251125:1200-1215:PAY-02.ARC-01:K7M2Q4XA:ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BOOKED = AppointmentView(services=["PAY-02", "ARC-01"], from_ms=NOON, to_ms=NOON + 15 * MINUTE)


def begun(hall=HALL) -> Kiosk:
    return Kiosk(hall).up().tap("have_booking")


def typed(signs: str = BARE) -> Kiosk:
    return begun().tap(*(f"booking_key:{sign}" for sign in signs))


def test_the_first_screen_has_it_and_not_while_something_is_added() -> None:
    assert "我有预约" in Kiosk().up().labels()
    made = Kiosk().up().tap("have_number", "sign:A", "sign:1", "find", *["sign:1"] * 4, "find")
    made.answer("find_ticket", ticket()).tap("add_to")
    assert made.step is Step.HOME
    assert "我有预约" not in made.labels()


@pytest.mark.parametrize("first", ["", "YHA1"])
def test_a_typed_code_is_looked_up_with_its_form_and_stands_ready(first: str) -> None:
    made = typed(first + BARE).tap("booking_find")
    assert made.asked("read_appointment").params.appointment == "YHA1" + BARE
    made.answer("read_appointment", BOOKED).answer("plan_visit", plan())
    assert made.step is Step.CONFIRM
    made.tap("take")
    assert made.asked("issue_ticket").params.appointment == "YHA1" + BARE


def test_too_little_is_not_looked_up() -> None:
    made = typed(BARE[: SHORTEST - 1])
    (look_up,) = made.screen.rows
    assert (look_up.label, look_up.enabled) == ("输完了,查预约", False)
    assert "read_appointment" not in made.tap("booking_find").methods()
    assert made.tap("booking_key:A").screen.rows[0].enabled


def test_it_can_be_corrected_and_is_never_longer_than_a_code() -> None:
    made = typed("20AB").tap("booking_delete")
    assert made.screen.typed == "20A"
    assert made.tap("booking_clear").screen.typed == ""
    made.tap(*["booking_key:A"] * (LONGEST + 10))
    assert len(made.flow.desk.visit.typed_code) == LONGEST + len("YHA1")
    assert made.screen.typed == "… " + " ".join(["AAAA"] * 5 + ["AA"])


def test_what_is_wrong_with_it_stands_there_until_it_is_corrected() -> None:
    made = typed().tap("booking_find").refuse("read_appointment", "appointment_unknown")
    assert (made.step, made.screen.heading) == (Step.BOOKING, ZH("errors.appointment_unknown"))
    assert made.tap("booking_delete").screen.heading == ZH("kiosk.have_booking.no_scanner")
    lost = typed().tap("booking_find").lose("read_appointment")
    assert (lost.step, lost.flow.desk.visit.problem) == (Step.BOOKING, "lost")


def test_while_the_server_is_asked_no_key_counts() -> None:
    made = typed().tap("booking_find")
    before = made.frame
    assert made.tap("booking_clear", "back", "enquiry").frame == before


def test_without_a_scanner_it_says_so_and_offers_an_enquiry_number() -> None:
    made = begun()
    assert made.screen.heading == ZH("kiosk.have_booking.no_scanner")
    assert made.labels()[-2:] == ["返回", "说不清,取咨询号"]
    assert made.tap("enquiry").step is Step.CONFIRM
    assert made.tap("back").step is Step.BOOKING
    assert made.tap("back").step is Step.HOME


def test_with_a_scanner_the_code_is_held_before_it() -> None:
    made = begun(replace(HALL, scanner="scanner1"))
    assert made.screen.heading == ZH("kiosk.have_booking.scan")
    assert made.tick(1_000).all(Trigger)
    made.see(Scanned(WHOLE)).answer("read_appointment", BOOKED).answer("plan_visit", plan())
    assert made.step is Step.CONFIRM


def test_a_scanner_that_does_not_work_is_none() -> None:
    made = begun(replace(HALL, scanner="scanner1"))
    made.see(InputSeen("scanner1", "scanner", DeviceHealth.OFFLINE, "silent"))
    assert made.screen.heading == ZH("kiosk.have_booking.no_scanner")


def test_it_is_wiped_with_the_visit_and_closed_with_the_hall() -> None:
    made = typed("20AB").tap("home", "have_booking")
    assert made.screen.typed == ""
    shut = Kiosk().up(hours_view=hours(Phase.CUT_OFF)).tap("have_booking")
    assert shut.step is Step.HOME
