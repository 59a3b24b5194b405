"""How many wait in each zone, for each counter, for nobody; who comes soon."""

from tests.ticketserver.core.halls import MINUTE, PLAN, RULES, Hall
from tests.ticketserver.core.test_day import TUESDAY
from ticketserver.core import commands as c
from ticketserver.core.projections.waiting import WATCHED, Waiting, soon, stranded, waiting_for

ZONES = ("front", "pension", "injury")


class Counted:
    """A hall and its counts, fed decision by decision."""

    def __init__(self) -> None:
        self.hall = Hall()
        self.waiting = Waiting()
        self.seen = 0
        self.look()

    def look(self) -> None:
        for _, events in self.hall.journal[self.seen :]:
            if not WATCHED.isdisjoint(map(type, events)):
                self.waiting.apply(self.hall.state, events)
        self.seen = len(self.hall.journal)

    def does(self, command: c.Command) -> None:
        self.hall.ok(command)
        self.look()

    def counts(self) -> tuple[int, ...]:
        return tuple(self.waiting.count(zone) for zone in ZONES)


def test_counts_follow_visits_from_zone_to_zone():
    counted = Counted()
    hall = counted.hall
    hall.open(1, 5)
    for services in (("ARC", "INJ"), ("ARC",), ("PEN",)):
        counted.does(hall.issue_command(*services))
    assert counted.counts() == (2, 1, 0)
    counted.does(c.CallNext(counter=1))
    assert counted.counts() == (1, 1, 0)
    counted.does(c.StartService(counter=1))
    counted.does(c.FinishService(counter=1))
    assert counted.counts() == (1, 1, 1)
    counted.does(c.CancelTicket(visit_id=3))
    assert counted.counts() == (1, 0, 1)


def test_services_added_within_the_zone_change_no_count():
    counted = Counted()
    counted.does(counted.hall.issue_command("ARC"))
    counted.does(c.AddServices(visit_id=1, items=(c.Item("PAY"),)))
    counted.does(c.AddServices(visit_id=1, items=(c.Item("PEN"),)))
    assert counted.counts() == (0, 1, 0)


def test_the_next_day_starts_from_nothing():
    counted = Counted()
    counted.does(counted.hall.issue_command("ARC"))
    counted.hall.now += 24 * 60 * MINUTE
    counted.does(c.OpenDay(rules=RULES, plan=TUESDAY))
    assert counted.counts() == (0, 0, 0)


def test_a_counter_counts_whom_it_may_call_with_overflow_and_comebacks():
    hall = Hall()
    hall.open(1, 4)
    for services in (("PEN",), ("CARD",), ("ARC",), ("INJ",)):
        hall.take(*services)
    assert [waiting_for(hall.state, hall.state.counters[number]) for number in (1, 4, 5)] == [2, 2, 1]
    hall.call(4)
    hall.ok(c.RequeueVisit(counter=4))
    assert [waiting_for(hall.state, hall.state.counters[number]) for number in (1, 4, 5)] == [2, 2, 1]
    hall.ok(c.SetOverflow(profile="pension", on=False))
    assert waiting_for(hall.state, hall.state.counters[4]) == 1


def test_stranded_are_those_for_whom_no_counter_is_open_or_due():
    hall = Hall()
    hall.open(4, 5)
    for services in (("INJ",), ("INJ",), ("PEN",), ("ARC",)):
        hall.take(*services)
    assert stranded(hall.state) == {}
    hall.call(5)
    hall.ok(c.RequeueVisit(counter=5))
    hall.ok(c.CloseCounter(counter=5))
    hall.ok(c.CloseCounter(counter=4))
    assert stranded(hall.state) == {"injury": 2, "pension": 1}
    hall.open(5)
    assert stranded(hall.state) == {"pension": 1}


def test_soon_are_those_with_the_most_credit_at_open_counters():
    hall = Hall()
    hall.open(1)
    hall.take("PEN")
    for _ in range(6):
        hall.take("ARC")
        hall.later(MINUTE)
    hall.take("CARD", priority="veteran")
    hall.later(4 * MINUTE)
    hall.take("ARC")
    assert [visit.number for visit in soon(hall.state, 5)] == ["A007", "A001", "A002", "A003", "A004"]
    assert [visit.number for visit in soon(hall.state, 5, each=2)] == ["A007", "A001", "A002"]


def test_whose_service_rests_over_lunch_is_not_coming_soon():
    hall = Hall()
    hall.open(1)
    hall.take("PAY")
    hall.take("ARC")
    assert [visit.number for visit in soon(hall.state, 5)] == ["A001", "A002"]
    hall.later(PLAN.lunch_from_ms - hall.now)
    assert [visit.number for visit in soon(hall.state, 5)] == ["A002"]
    hall.later(PLAN.lunch_to_ms - hall.now)
    assert [visit.number for visit in soon(hall.state, 5)] == ["A001", "A002"]
