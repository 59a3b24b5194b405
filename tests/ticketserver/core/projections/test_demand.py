"""How many visits of a day asked for each service."""

from tests.ticketserver.core.halls import DAY, PLAN, Hall
from ticketserver.core import commands as c
from ticketserver.core.projections.demand import Demand


def test_every_visit_counts_once_for_a_service_and_the_day_tells_at_its_end():
    hall, demand = Hall(), Demand()
    first = hall.take("ARC", "PAY", quantity=3)
    hall.take("ARC")
    hall.ok(c.AddServices(visit_id=first.visit_id, items=(c.Item("CARD"),)))
    hall.ok(c.CancelTicket(visit_id=first.visit_id))
    hall.now = PLAN.ends_ms
    hall.ok(c.Wake())
    ended = [told for _, events in hall.journal if (told := demand.apply(events))]
    assert ended == [(DAY, {"ARC": 2, "PAY": 1, "CARD": 1})]
    assert demand.apply(()) is None


def test_a_new_day_begins_with_nothing():
    hall, demand = Hall(), Demand()
    hall.take("ARC")
    for _, events in (*hall.journal, hall.journal[0]):
        assert demand.apply(events) is None
    hall.now = PLAN.ends_ms
    assert demand.apply(hall.ok(c.Wake())) == (DAY, {})
