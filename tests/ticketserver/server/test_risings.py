"""Why more people are ahead than before."""

import pytest

from tests.ticketserver.core.halls import MINUTE, Hall
from tests.ticketserver.server.servers import running, settings_in
from ticketserver.core import commands as c
from ticketserver.core.terms import AheadReason, Basis
from ticketserver.server.risings import Risings
from ticketserver.server.views import ticket_view


class Desk:
    """A hall, and what one who waits for ARC is told of it."""

    def __init__(self):
        self.hall, self.risings = Hall(), Risings()
        self._heard = 0
        self.hall.open(1)
        self.hall.take("ARC")
        self.hall.call(1)
        for _ in range(3):
            self.hall.take("ARC")
        self.mine = self.hall.take("ARC")
        self.hear()

    def hear(self):
        for _, events in self.hall.journal[self._heard :]:
            self.risings.apply(self.hall.state, events)
        self._heard = len(self.hall.journal)

    def look(self):
        self.hear()
        return self.risings.why(self.hall.state, ticket_view(self.hall.state, self.mine, self.hall.now))


def test_nothing_is_said_while_the_place_is_as_told_or_better():
    desk = Desk()
    assert (desk.look().ahead, desk.look().more_ahead) == (3, None)
    desk.hall.ok(c.StartService(counter=1))
    desk.hall.ok(c.FinishService(counter=1))
    desk.hall.call(1)
    assert (desk.look().ahead, desk.look().more_ahead) == (2, None)


def test_the_reason_stands_until_the_place_is_better_again():
    desk = Desk()
    desk.look()
    desk.hall.later(MINUTE)
    desk.hall.take("ARC", priority="veteran")
    desk.hall.later(2 * 60 * MINUTE)
    assert desk.look().more_ahead is AheadReason.PRIORITY
    assert desk.look().more_ahead is AheadReason.PRIORITY
    desk.hall.ok(c.StartService(counter=1))
    desk.hall.ok(c.FinishService(counter=1))
    desk.hall.call(1)
    assert desk.look().more_ahead is None


def test_a_missed_number_that_is_back_is_named():
    desk = Desk()
    called = desk.hall.at(1)
    for _ in range(2):
        desk.hall.later(31_000)
        desk.hall.ok(c.Recall(counter=1))
    desk.hall.later(5 * MINUTE)
    desk.hall.ok(c.MarkNoShow(counter=1))
    desk.look()
    desk.hall.ok(c.CheckIn(visit_id=called.visit_id))
    assert desk.look().more_ahead is AheadReason.CHECKED_IN


def test_ones_own_return_is_no_rise():
    desk = Desk()
    desk.mine = desk.hall.at(1)
    for _ in range(2):
        desk.hall.later(31_000)
        desk.hall.ok(c.Recall(counter=1))
    desk.hall.later(5 * MINUTE)
    desk.hall.ok(c.MarkNoShow(counter=1))
    desk.hall.ok(c.CheckIn(visit_id=desk.mine.visit_id))
    assert (desk.look().ahead, desk.look().more_ahead) == (3, None)


def test_who_goes_on_to_a_next_stage_keeps_their_time():
    desk = Desk()
    desk.hall.open(4)
    desk.look()
    desk.hall.ok(c.StartService(counter=1))
    desk.hall.ok(c.RequeueVisit(counter=1))
    assert desk.look().more_ahead is AheadReason.NEXT_STAGE


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (lambda hall: hall.take("INJ", priority="veteran"), AheadReason.ORDER),
        (lambda hall: hall.open(2), AheadReason.COUNTERS),
        (lambda hall: hall.take("ARC", appointment_ms=hall.now - MINUTE), AheadReason.APPOINTMENT),
    ],
)
def test_the_newest_that_concerns_the_same_counters_is_the_reason(event, reason):
    desk = Desk()
    desk.look()
    event(desk.hall)
    desk.hear()
    view = ticket_view(desk.hall.state, desk.mine, desk.hall.now)
    more = type(view)(**{name: getattr(view, name) for name in view.__struct_fields__} | {"ahead": 9})
    assert desk.risings.why(desk.hall.state, more).more_ahead is reason


def test_a_declared_priority_counts_from_when_it_is_confirmed():
    desk = Desk()
    claimed = desk.hall.take("ARC", priority="veteran", basis=Basis.DECLARED)
    desk.look()
    desk.hall.later(60 * MINUTE)
    desk.hall.ok(c.ConfirmPriority(visit_id=claimed.visit_id, confirmed=True))
    assert desk.look().more_ahead is AheadReason.PRIORITY


def test_who_waits_no_longer_is_told_no_reason():
    desk = Desk()
    desk.look()
    desk.hall.ok(c.CancelTicket(visit_id=desk.mine.visit_id))
    assert desk.look().more_ahead is None


async def test_a_phone_that_watches_is_told_why(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("guide") as guide, hall.talk("phone") as phone:
        for _ in range(3):
            await guide.issue("ARC-01")
        token = "risings-watching-00001"
        await guide.change("issue_ticket", token=token, day=guide.day, services=[{"service": "ARC-01"}])
        snapshot = await phone.call("subscribe", topics=["ticket"], token=token)
        assert "more_ahead" not in snapshot["ticket"]
        await guide.change(
            "issue_ticket", token="risings-before-you-001", day=guide.day, services=[{"service": "ARC-01"}],
            priority={"class_id": "veteran", "basis": "seen"},
        )  # fmt: skip
        told = await phone.note("ticket_changed")
        assert told["ticket"]["more_ahead"] == "priority"
