"""An appointment's code before the scanner: read by the server, taken with the code alone."""

from dataclasses import replace

import pytest

from kiosk.reading_events import CardSeen, Scanned
from kiosk.state import Step
from tests.kiosk.kiosks import HALL, MINUTE, NOON, TEXTS, TOKEN, Kiosk, hours, plan, ticket
from ticketserver.core.terms import Phase
from ticketserver.wire.views_visits import AppointmentView

CODE = "YHA1:20251125:1200-1215:PAY-02.ARC-01:K7M2Q4XA:ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def booked(**other) -> AppointmentView:
    values = {"services": ["PAY-02", "ARC-01"], "from_ms": NOON, "to_ms": NOON + 15 * MINUTE}
    return AppointmentView(**(values | other))


def kiosk(**other) -> Kiosk:
    return Kiosk(replace(HALL, scanner="scanner1", card_reader="reader1")).up(**other)


def shown(**other) -> Kiosk:
    return kiosk().see(Scanned(CODE)).answer("read_appointment", booked(**other)).answer("plan_visit", plan())


@pytest.mark.parametrize("taps", [[], ["have_number"], ["search"], ["group:own", "toggle:REG-06"]])
def test_what_was_booked_stands_ready(taps: list[str]) -> None:
    made = kiosk().tap(*taps).see(Scanned(CODE))
    assert made.asked("read_appointment").params.appointment == CODE
    made.answer("read_appointment", booked()).answer("plan_visit", plan())
    assert [row.label for row in made.screen.rows] == ["自己交社保", "存档案"]
    assert not any(row.remove or row.more for row in made.screen.rows)
    assert [fact.text for fact in made.screen.facts if fact.head == "预约"] == [
        "12:00 到 12:15。按预约的时间排队,请取号"
    ]  # fmt: skip
    assert "等候" not in [fact.head for fact in made.screen.facts]
    assert made.labels() == ["我可以优先", "回到首页"]


def test_the_number_is_taken_with_the_code_alone() -> None:
    made = shown().tap("take")
    asked = made.asked("issue_ticket").params
    assert (asked.appointment, asked.services, asked.purpose, asked.appointment_ms) == (CODE, [], "", 0)
    assert made.answer("issue_ticket", ticket()).step is Step.PRINTING


def test_nothing_of_it_is_left_for_the_next_person() -> None:
    made = shown().tap("home").confirm().tap("take")
    asked = made.asked("issue_ticket").params
    assert (asked.appointment, [each.service for each in asked.services]) == ("", ["PAY-02"])


@pytest.mark.parametrize("tap", ["add", "back", "remove:PAY-02", "more:PAY-02", "less:PAY-02", "join"])
def test_what_was_booked_is_not_changed_here(tap: str) -> None:
    made = shown()
    before = made.frame
    assert made.tap(tap).frame == before


def test_priority_can_be_said_and_left() -> None:
    made = shown().tap("priority", "back")
    assert made.step is Step.CONFIRM
    made.tap("priority", "claim:veteran").answer("plan_visit", plan()).tap("take")
    assert made.asked("issue_ticket").params.priority.class_id == "veteran"


def test_who_comes_late_is_told_and_queues_from_now() -> None:
    made = shown(late=True)
    facts = {fact.head: fact.text for fact in made.screen.facts}
    assert facts["预约"] == "预约的 12:00 到 12:15 已经过了,取号后从现在起排队"
    assert facts["等候"].startswith("前面约 12 人")


@pytest.mark.parametrize("code", ["appointment_unknown", "appointment_other_day", "appointment_used"])
def test_a_code_that_cannot_be_used_says_why(code: str) -> None:
    made = kiosk().see(Scanned(CODE)).refuse("read_appointment", code)
    assert (made.step, made.screen.text) == (Step.MESSAGE, TEXTS["zh"](f"errors.{code}"))
    assert made.tap("end").step is Step.HOME


def test_no_answer_is_said() -> None:
    assert "没有回答" in kiosk().see(Scanned(CODE)).lose("read_appointment").screen.text


def test_a_double_scan_asks_once() -> None:
    made = kiosk().see(Scanned(CODE), Scanned(CODE))
    assert made.methods().count("read_appointment") == 1


def test_outside_the_hours_nothing_is_asked() -> None:
    made = kiosk(hours_view=hours(Phase.CUT_OFF)).see(Scanned(CODE))
    assert "read_appointment" not in made.methods()


def test_an_appointment_does_not_join_another_number() -> None:
    made = kiosk(day_key="5a" * 32).see(CardSeen("0f" * 32)).answer("find_ticket", ticket())
    made.see(Scanned(CODE)).answer("read_appointment", booked()).answer("plan_visit", plan())
    assert made.screen.take.label == "取号"


def test_a_service_that_the_kiosk_does_not_know_is_shown_by_its_code() -> None:
    made = shown(services=["SUB-09"])
    assert [row.label for row in made.screen.rows] == ["SUB-09"]


def test_nobody_there_ends_it() -> None:
    assert shown().tick(75_000).step is Step.HOME


def test_on_its_own_screen_another_code_is_said_to_be_none_and_a_slip_is_a_slip() -> None:
    made = kiosk().tap("have_booking").see(Scanned("6901234567892"))
    assert (made.step, made.screen.heading) == (Step.BOOKING, TEXTS["zh"]("errors.appointment_unknown"))
    assert made.see(Scanned(TOKEN)).answer("find_ticket", ticket()).step is Step.TICKET
