"""Taking numbers, adding, coming back, cancelling: hall-rules sections 1 to 3 and 7."""

import pytest
from msgspec.structs import replace

from tests.ticketserver.core.halls import DAY, HOUR, MINUTE, PLAN, Hall, kinds
from ticketserver.core import commands as c
from ticketserver.core import events as e
from ticketserver.core.engine import run
from ticketserver.core.ids import BusinessDay, Ms, SeriesPrefix
from ticketserver.core.model import Stage
from ticketserver.core.numbering import check_code, ticket_number
from ticketserver.core.state import new_state
from ticketserver.core.terms import Basis, CallReason, CancelReason, Offer, PrintOutcome, VisitState


def test_numbers_grow_from_three_digits_to_four_and_never_wrap():
    assert [ticket_number(SeriesPrefix("A"), n) for n in (1, 12, 999, 1000)] == ["A001", "A012", "A999", "A1000"]
    assert ticket_number(SeriesPrefix("1"), 1) == "1001"


def test_the_check_code_is_four_digits_of_the_token_alone():
    hall = Hall()
    codes = [check_code(hall.token()) for _ in range(200)]
    assert all(len(code) == 4 and code.isdigit() for code in codes)
    assert len(set(codes)) > 150
    assert check_code("token-0000000000000001") == codes[0]


def test_zones_may_share_a_series():
    hall = Hall()
    assert [hall.take(s).number for s in ("ARC", "PEN", "INJ", "PAY")] == ["A001", "B001", "B002", "A002"]


def test_the_event_says_everything_the_slip_needs():
    hall = Hall()
    hall.take("ARC")
    (event,) = hall.ok(hall.issue_command("ARC", "PAY", quantity=2, employers=1, on_behalf=True, holder="h"))
    assert (event.number, event.items) == ("A002", (("ARC", 2), ("PAY", 1)))
    assert event.stages == (Stage("front", ("ARC", "PAY")),)
    assert event.check_code == check_code(event.token)
    assert (event.ahead, event.employers, event.on_behalf, event.holder) == (1, 1, True, "h")
    assert 0 < event.wait_p50_ms < event.wait_p90_ms


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (8 * HOUR - 1, "not_yet_open"),
        (8 * HOUR, ""),
        (16 * HOUR - 1000, ""),
        (16 * HOUR, "cut_off"),
        (17 * HOUR, "day_over"),
    ],
)
def test_hours_of_number_taking(at, code):
    hall = Hall(at=7 * HOUR)
    hall.later(at - 7 * HOUR)
    answer = hall.ask(hall.issue_command("CARD"))
    assert getattr(answer, "code", "") == code


def test_a_number_one_second_before_the_cut_off_is_still_called():
    hall = Hall(at=16 * HOUR - 1000)
    hall.open(1)
    visit = hall.take("CARD")
    hall.later(20 * MINUTE)
    assert hall.refused(hall.issue_command("ARC")) == "cut_off"
    assert hall.call(1) is visit


def test_without_a_day_or_on_another_day_nothing_is_issued():
    hall = Hall()
    asked = hall.issue_command("ARC")
    assert hall.refused(replace(asked, day=BusinessDay("2026-11-22"))) == "wrong_day"
    assert run(new_state(), asked, Ms(0)).code == "no_day"


@pytest.mark.parametrize(
    ("services", "code"),
    [((), "nothing_chosen"), (("GHOST",), "unknown_service"), (("ARC", "ARC"), "service_twice")],
)
def test_bad_choices_are_refused(services, code):
    hall = Hall()
    assert hall.refused(hall.issue_command(*services)) == code


def test_a_token_makes_one_ticket():
    hall = Hall()
    asked = hall.issue_command("ARC")
    hall.ok(asked)
    assert hall.refused(asked) == "token_reused"


def test_a_service_that_no_counter_does_today_gets_no_number():
    hall = Hall()
    hall.open(5)
    hall.ok(c.CloseCounter(counter=5))
    assert hall.refused(hall.issue_command("ARC", "INJ")) == "no_counter_today"


def test_many_cases_go_to_the_batch_counter_or_are_offered_a_later_slot():
    batch = Hall(queue={"batch_counters": (1, 5)})
    visit = batch.take("CARD", quantity=11)
    assert visit.stages == [Stage("front", ("CARD",), (1,))]
    (event,) = batch.ok(batch.issue_command("CARD", quantity=10))
    assert (event.offer, event.stages[0].targets) == (Offer.NONE, ())
    (event,) = Hall().ok(batch.issue_command("CARD", quantity=11))
    assert (event.offer, event.stages[0].targets) == (Offer.LATER_SLOT, ())


def test_capacity_ends_number_taking_before_the_hour_does():
    hall = Hall(at=15 * HOUR)
    for _ in range(5):
        hall.take("PEN")
    assert hall.refused(hall.issue_command("PEN")) == "capacity_reached"
    assert Hall(at=15 * HOUR, queue={"capacity_cutoff": False}).ok(hall.issue_command("PEN"))


def test_a_declared_priority_weighs_nothing_until_it_is_confirmed():
    hall = Hall()
    visit = hall.take("ARC", priority="age", basis=Basis.DECLARED)
    assert (visit.weight, visit.priority, visit.confirmed) == (1, "age", False)
    hall.ok(c.ConfirmPriority(visit_id=visit.visit_id))
    assert (visit.weight, visit.confirmed) == (2, True)
    assert hall.ok(c.ConfirmPriority(visit_id=visit.visit_id)) == []
    hall.ok(c.ConfirmPriority(visit_id=visit.visit_id, confirmed=False))
    assert (visit.weight, visit.priority) == (1, "")
    assert hall.refused(c.ConfirmPriority(visit_id=visit.visit_id)) == "no_priority"
    assert hall.take("ARC", priority="veteran", basis=Basis.CARD).weight == 3
    assert hall.refused(hall.issue_command("ARC", priority="king")) == "unknown_priority"
    trusting = Hall(queue={"declared_needs_confirm": False})
    assert trusting.take("ARC", priority="age", basis=Basis.DECLARED).weight == 2


def test_a_priority_shown_at_the_counter_changes_nothing_of_the_queue():
    hall = Hall()
    hall.open(1)
    visit = hall.take("ARC", priority="age", basis=Basis.DECLARED)
    hall.call(1)
    hall.ok(c.ConfirmPriority(visit_id=visit.visit_id))
    assert visit.weight == 2


def test_an_appointment_with_a_last_minute_is_late_ten_minutes_after_that():
    hall = Hall()
    starts = hall.now - 20 * MINUTE
    times = {"appointment_ms": starts}
    in_time = hall.take("ARC", appointment_until_ms=hall.now - 9 * MINUTE, **times)
    too_late = hall.take("ARC", appointment_until_ms=hall.now - 12 * MINUTE, **times)
    assert (in_time.appointment, in_time.join_ms) == (True, starts)
    assert (too_late.appointment, too_late.join_ms > starts) == (False, True)


def test_a_booking_gives_one_number_until_that_is_cancelled():
    hall = Hall()
    first = hall.take("ARC", booking="K7M2Q4XA")
    assert hall.refused(hall.issue_command("ARC", booking="K7M2Q4XA")) == "appointment_used"
    hall.take("ARC", booking="L7M2Q4XA")
    hall.take("ARC")
    hall.ok(c.CancelTicket(visit_id=first.visit_id))
    again = hall.take("ARC", booking="K7M2Q4XA")
    assert again.visit_id != first.visit_id
    assert hall.refused(hall.issue_command("ARC", booking="K7M2Q4XA")) == "appointment_used"


def test_an_appointment_joins_at_its_time_and_ten_minutes_late_is_a_walk_in():
    hall = Hall()
    early = hall.take("ARC", appointment_ms=hall.now + 5 * MINUTE)
    late = hall.take("ARC", appointment_ms=hall.now - 9 * MINUTE)
    too_late = hall.take("ARC", appointment_ms=hall.now - 11 * MINUTE)
    assert (early.appointment, late.appointment, too_late.appointment) == (True, True, False)
    assert late.join_ms < too_late.join_ms < early.join_ms
    hall.open(1)
    (event,) = hall.ok(c.CallNext(counter=1))
    assert (event.visit_id, event.reason) == (late.visit_id, CallReason.APPOINTMENT)


def test_adding_a_service_keeps_the_place():
    hall = Hall()
    visit = hall.take("ARC")
    joined = visit.join_ms
    hall.take("ARC")
    (event,) = hall.ok(c.AddServices(visit_id=visit.visit_id, items=(c.Item("PEN"), c.Item("PAY", 2))))
    assert kinds([event]) == ["ServicesAdded"]
    assert [stage.services for stage in visit.stages] == [("ARC", "PEN", "PAY")]
    assert [stage.zone for stage in visit.stages] == ["pension"]
    assert (visit.number, visit.join_ms) == ("A001", joined)
    assert hall.refused(c.AddServices(visit_id=visit.visit_id, items=(c.Item("PAY"),))) == "service_twice"
    assert hall.refused(c.AddServices(visit_id=99, items=(c.Item("PAY"),))) == "unknown_ticket"


def test_a_service_nobody_does_today_cannot_be_added_but_an_old_one_may_be_stranded():
    hall = Hall()
    hall.open(5)
    injured = hall.take("INJ")
    visit = hall.take("ARC")
    hall.ok(c.CloseCounter(counter=5))
    assert hall.refused(c.AddServices(visit_id=visit.visit_id, items=(c.Item("INJ"),))) == "no_counter_today"
    hall.ok(c.AddServices(visit_id=injured.visit_id, items=(c.Item("ARC"),)))
    assert [stage.services for stage in injured.stages] == [("ARC",), ("INJ",)]


def test_a_clerk_adds_what_this_counter_does_and_what_comes_after():
    hall = Hall()
    hall.open(1)
    visit = hall.take("enquiry")
    hall.call(1)
    hall.ok(c.AddServices(visit_id=visit.visit_id, items=(c.Item("PAY"), c.Item("INJ"))))
    assert [stage.services for stage in visit.stages] == [("enquiry", "PAY"), ("INJ",)]


def test_coming_back_keeps_the_join_time_lets_three_pass_and_works_twice():
    hall = Hall(queue={"calls": 1})
    hall.open(1)
    late = hall.take("ARC")
    for round_no in (1, 2):
        others = [hall.take("ARC") for _ in range(3)]
        assert hall.call(1) is late
        hall.later(100_000)
        hall.ok(c.MarkNoShow(counter=1))
        assert late.state is VisitState.NO_SHOW
        hall.ok(c.CheckIn(visit_id=late.visit_id))
        assert (late.state, late.returns) == (VisitState.WAITING, round_no)
        assert [hall.serve(1) for _ in others] == others
    hall.take("ARC")
    (event,) = hall.ok(c.CallNext(counter=1))
    assert (event.visit_id, event.reason) == (late.visit_id, CallReason.CHECKED_IN)
    hall.later(100_000)
    hall.ok(c.MarkNoShow(counter=1))
    assert hall.refused(c.CheckIn(visit_id=late.visit_id)) == "no_returns_left"


def test_a_comeback_is_called_at_once_if_nobody_else_waits():
    hall = Hall(queue={"calls": 1})
    hall.open(1)
    hall.take("ARC")
    visit = hall.call(1)
    assert hall.refused(c.CheckIn(visit_id=visit.visit_id)) == "wrong_state"
    hall.later(100_000)
    hall.ok(c.MarkNoShow(counter=1))
    hall.ok(c.CheckIn(visit_id=visit.visit_id))
    assert hall.call(1) is visit


def test_cancelling():
    hall = Hall()
    hall.open(1)
    visit, other = hall.take("ARC"), hall.take("ARC")
    hall.ok(c.CancelTicket(visit_id=visit.visit_id, reason=CancelReason.UNCLAIMED))
    assert (visit.state, visit.open_services()) == (VisitState.CANCELLED, [])
    assert hall.call(1) is other
    assert hall.refused(c.CancelTicket(visit_id=other.visit_id)) == "wrong_state"
    assert hall.refused(c.AddServices(visit_id=visit.visit_id, items=(c.Item("PAY"),))) == "wrong_state"


def test_a_missed_number_can_be_cancelled_and_does_not_come_back():
    hall = Hall(queue={"calls": 1})
    hall.open(1)
    visit = hall.take("ARC")
    hall.call(1)
    hall.later(100_000)
    hall.ok(c.MarkNoShow(counter=1))
    hall.ok(c.CancelTicket(visit_id=visit.visit_id))
    assert visit.state == VisitState.CANCELLED
    assert hall.refused(c.CheckIn(visit_id=visit.visit_id)) == "wrong_state"


def test_rating_once_for_each_service_that_was_done():
    hall = Hall()
    hall.open(1)
    visit = hall.take("ARC", "PAY")
    assert hall.refused(c.RateVisit(visit_id=visit.visit_id, level=5)) == "wrong_state"
    hall.serve(1)
    hall.ok(c.RateVisit(visit_id=visit.visit_id, level=5, service="ARC"))
    hall.ok(c.RateVisit(visit_id=visit.visit_id, level=2))
    assert visit.ratings == {"ARC": 5, "": 2}
    assert hall.refused(c.RateVisit(visit_id=visit.visit_id, level=1, service="ARC")) == "already_rated"
    assert hall.refused(c.RateVisit(visit_id=visit.visit_id, level=1, service="INJ")) == "unknown_service"


@pytest.mark.parametrize(("outcome", "printed"), [(PrintOutcome.ASSUMED, True), (PrintOutcome.FAILED, False)])
def test_the_outcome_of_printing_is_kept(outcome, printed):
    hall = Hall()
    visit = hall.take("ARC")
    (event,) = hall.ok(c.ReportPrint(visit_id=visit.visit_id, outcome=outcome, detail="paper_out"))
    assert isinstance(event, e.PrintReported)
    assert visit.printed is printed


def test_a_walk_in_is_numbered_and_served_in_one_decision():
    hall = Hall()
    hall.open(1)
    asked = c.ServeWalkIn(counter=1, token=hall.token(), items=(c.Item("ARC"), c.Item("PEN")), reason="wheelchair")
    assert kinds(hall.ok(asked)) == ["TicketIssued", "WalkInServed"]
    visit = hall.at(1)
    assert (visit.state, visit.number) == (VisitState.SERVING, "A001")
    assert [stage.services for stage in visit.stages] == [("ARC",), ("PEN",)]
    assert hall.refused(asked) == "counter_busy"
    hall.ok(c.FinishService(counter=1))
    token = hall.token()
    injury = (c.Item("INJ"),)
    assert hall.refused(c.ServeWalkIn(counter=1, token=token, items=injury, reason="x")) == "cannot_serve_here"
    hall.open(5)
    hall.ok(c.CloseCounter(counter=5))
    both = (c.Item("ARC"), c.Item("INJ"))
    assert hall.refused(c.ServeWalkIn(counter=1, token=token, items=both, reason="x")) == "no_counter_today"


def test_a_walk_in_after_the_cut_off_is_the_clerks_business():
    hall = Hall(at=16 * HOUR + 50 * MINUTE)
    hall.open(1)
    hall.ok(c.ServeWalkIn(counter=1, token=hall.token(), items=(c.Item("ARC"),), reason="late but here"))
    assert hall.at(1).state is VisitState.SERVING


def test_the_plan_of_the_day_is_the_one_that_was_opened():
    assert Hall().state.plan == PLAN
    assert PLAN.day == DAY
