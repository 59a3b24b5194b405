"""The last waits of a group of counters correct the next estimate (ticketserver/core/pace.py)."""


from tests.ticketserver.core.halls import HOUR, MINUTE, Hall
from ticketserver.core import commands as c
from ticketserver.core.pace import AS_SAID, LEAST, MOST, PRIOR_MS, SAMPLES, pace
from ticketserver.core.terms import Basis


def test_without_waits_work_takes_what_the_catalogue_says():
    assert pace(()) == AS_SAID


def test_a_group_of_long_waits_moves_it_and_one_odd_wait_hardly():
    hour = PRIOR_MS
    assert pace([(hour, 2 * hour)] * 3) == 1750
    assert pace([(10 * MINUTE, 20 * MINUTE)]) == 1076


def test_it_stays_within_bounds():
    assert pace([(HOUR, 20 * HOUR)] * SAMPLES) == MOST
    assert pace([(4 * HOUR, 0)] * SAMPLES) == LEAST


def waited(hall: Hall, wait_ms: int) -> None:
    """Somebody is at counter 5, a second one takes a number (said: half the case in hand) and waits `wait_ms`."""
    hall.take("INJ")
    hall.call(5)
    hall.take("INJ")
    hall.later(wait_ms)
    hall.ok(c.StartService(counter=5))
    hall.ok(c.FinishService(counter=5))
    hall.call(5)
    hall.ok(c.StartService(counter=5))
    hall.ok(c.FinishService(counter=5))


def samples(hall: Hall):
    return [each for group in hall.state.samples.values() for each in group]


def test_a_wait_is_learnt_when_its_visit_is_called_and_the_next_estimate_is_longer():
    hall = Hall()
    hall.open(5)
    waited(hall, 30 * MINUTE)
    ((said, came),) = samples(hall)
    assert (said, came) == (7 * MINUTE + 30_000, 30 * MINUTE)
    now = pace([(said, came)])
    hall.take("INJ")
    hall.call(5)
    (event,) = hall.ok(hall.issue_command("INJ"))
    assert event.wait_p50_ms == (7 * MINUTE + 30_000) * now // AS_SAID


def test_a_sample_counts_from_the_pace_it_was_said_at():
    """Said 20 % more than the catalogue because of the waits before; it came as said: the pace is 20 % all the same."""
    hall = Hall()
    hall.open(5)
    key = hall.state.staffing.masks(("INJ",))[0]
    hall.state.samples[key] = ((2 * HOUR, 2 * HOUR + 48 * MINUTE),)
    assert pace(hall.state.samples[key]) == 1200
    waited(hall, 9 * MINUTE)
    said, came = hall.state.samples[key][-1]
    assert (said, came) == (9 * MINUTE, 9 * MINUTE * 1200 // AS_SAID)


def test_only_the_last_waits_count():
    hall = Hall()
    hall.open(5)
    key = hall.state.staffing.masks(("INJ",))[0]
    hall.state.samples[key] = ((MINUTE, MINUTE),) * SAMPLES
    waited(hall, 10 * MINUTE)
    assert len(hall.state.samples[key]) == SAMPLES
    assert hall.state.samples[key][-1][0] > MINUTE


def nothing_learnt(hall: Hall, **issue) -> None:
    hall.take("INJ")
    hall.call(5)
    (event,) = hall.ok(hall.issue_command("INJ", **issue))
    assert hall.state.visits[event.visit_id].expected_ms == 0


def test_waits_that_do_not_measure_the_counters_are_no_samples():
    hall = Hall()
    hall.open(5)
    nothing_learnt(hall, priority="age", basis=Basis.CARD)
    early = Hall(at=8 * HOUR)
    early.take("INJ")
    (event,) = early.ok(early.issue_command("INJ"))
    assert event.wait_p50_ms > 0
    assert early.state.visits[event.visit_id].expected_ms == 0


def expecting(hall: Hall):
    hall.open(5)
    hall.take("INJ")
    hall.call(5)
    visit = hall.take("INJ")
    assert visit.expected_ms > 0
    return visit


def test_a_break_of_calling_is_no_wait_for_the_counters():
    hall = Hall()
    visit = expecting(hall)
    hall.ok(c.SetHours(calling_paused=True))
    assert visit.expected_ms == 0
    hall.ok(c.SetHours(calling_paused=False))
    assert hall.take("INJ").expected_ms > 0


def test_nor_is_a_server_that_was_away():
    hall = Hall()
    visit = expecting(hall)
    hall.later(5 * MINUTE)
    hall.ok(c.ResumeHall())
    assert visit.expected_ms == 0


def test_nor_are_services_added_or_a_number_chosen_by_a_clerk():
    hall = Hall()
    visit = expecting(hall)
    hall.ok(c.AddServices(visit_id=visit.visit_id, items=(c.Item("PAY"),)))
    assert visit.expected_ms == 0
    chosen = hall.take("INJ")
    hall.ok(c.StartService(counter=5))
    hall.ok(c.FinishService(counter=5))
    hall.ok(c.CallVisit(counter=5, visit_id=chosen.visit_id, reason="asked"))
    assert chosen.expected_ms == 0
    assert samples(hall) == []
