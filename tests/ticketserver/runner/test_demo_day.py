"""The plan of the demonstration's day: what it holds, from the sample hall's own figures, and that a seed fixes it."""

from collections import Counter

import pytest

from ticketserver.runner import demo_day as d
from ticketserver.runner.demo import priorities, with_box, works
from ticketserver.runner.paths import SAMPLE_HALL
from ticketserver.shared.settings import load_settings

SETTINGS = load_settings(SAMPLE_HALL)
WORK = works(SETTINGS)
BY_CODE = {each.code: each for each in WORK}


@pytest.fixture(scope="module")
def day():
    return d.plan_day(WORK, priorities(SETTINGS), 1)


def share(day, wanted):
    return sum(map(bool, map(wanted, day))) / len(day)


def test_the_hall_is_read_as_it_is():
    assert len(WORK) == 143 + 4
    assert sum(each.demand for each in WORK if not each.purpose) == 1000
    assert {each.code for each in WORK if each.purpose} == {"enquiry", "papers", "collect", "complain"}
    assert BY_CODE["ARC-01"].related
    assert {each.class_id for each in priorities(SETTINGS) if each.by_card} == {"age"}
    assert {each.class_id for each in priorities(SETTINGS)} == {"veteran", "age", "disabled", "infant"}
    assert with_box(SETTINGS) == [1, 2]


def test_a_seed_is_a_day(day):
    assert d.plan_day(WORK, priorities(SETTINGS), 1) == day
    assert d.plan_day(WORK, priorities(SETTINGS), 2) != day


def test_a_third_comes_before_calling_starts_and_few_at_lunch(day):
    assert abs(len(day) - d.VISITS) < 4
    arrivals = [each.arrives_s for each in day]
    assert arrivals == sorted(arrivals)
    assert arrivals[0] >= 0
    assert arrivals[-1] <= d.LAST_S
    assert share(day, lambda each: each.arrives_s < d.CALLING_S) == pytest.approx(1 / 3, abs=0.01)
    lunch = share(day, lambda each: d.LUNCH_S <= each.arrives_s < d.AFTER_LUNCH_S)
    assert lunch == pytest.approx(1 / 12, abs=0.01)


def test_services_follow_the_demand_and_some_visits_have_several(day):
    first = Counter(each.services[0][0] for each in day if each.services)
    assert first.most_common(1)[0][0] == max(WORK, key=lambda each: each.demand).code
    assert 0.1 < share(day, lambda each: len(each.services) > 1) < 0.35
    assert share(day, lambda each: len(each.services) > 2) > 0
    for each in day:
        codes = [code for code, _ in each.services]
        assert bool(codes) != bool(each.purpose)
        assert len(set(codes)) == len(codes)
        assert not any(BY_CODE[code].purpose for code in codes)
        assert each.fate_service not in codes


def test_only_employers_bring_several_cases(day):
    several = [code for each in day for code, cases in each.services if cases > 1]
    assert several
    assert all(BY_CODE[code].employers for code in several)


def test_everything_that_may_happen_happens_to_a_few(day):
    assert {each.fate for each in day} == set(d.Fate)
    assert share(day, lambda each: each.fate is d.Fate.PLAIN) > 0.85
    assert 0.02 < share(day, lambda each: each.misses) < 0.07
    assert {each.misses for each in d.plan_day(WORK, [], 3) + day} == {0, 1, 2}
    assert 0.6 < share(day, lambda each: each.back_s is not None) < 1
    assert 0 < share(day, lambda each: each.gives_up_s is not None) < 0.03
    assert 0.04 < share(day, lambda each: each.priority) < 0.13
    assert all(each.priority == "age" for each in day if each.by_card)


def test_nobody_claims_a_priority_where_the_hall_has_none():
    assert not any(each.priority for each in d.plan_day(WORK, [], 1))


def test_without_demand_nobody_comes():
    assert d.plan_day([d.Work("A", 1, 2, 0)], [], 1) == []
    assert d.plan_day([], [], 1) == []


def test_most_stay_within_the_ninth_tenth():
    work = [d.Work("A", 10, 20, 1)]
    paces = [each.pace for each in d.plan_day(work, [], 1)]
    assert 0.85 < sum(pace <= 2.0 for pace in paces) / len(paces) < 1
    assert max(paces) <= 2.2
    assert min(paces) >= 0.5


def test_the_work_of_the_day_fits_the_clerks(day):
    """Else the numbers of a demonstration would only ever grow."""
    load_s = sum(
        d.service_s(each, BY_CODE[code].minutes, cases) + each.walk_s
        for each in day
        for code, cases in each.services or ((each.purpose, 1),)
    )  # fmt: skip
    clerks = len(SETTINGS.counter) - 2
    assert 0.3 < load_s / (clerks * (d.LAST_S - d.CALLING_S)) < 0.8


def test_time_at_the_counter():
    slow = d.Citizen(0, (("A", 1),), pace=2.0)
    assert d.service_s(None, 10, 1) == 10 * d.SECONDS_A_MINUTE
    assert d.service_s(slow, 10, 1) == 20 * d.SECONDS_A_MINUTE
    assert d.service_s(None, 10, 6) == pytest.approx(30 * d.SECONDS_A_MINUTE)


@pytest.mark.parametrize(
    ("at_s", "counter", "stays", "duty"),
    [
        (0, 5, True, d.Duty(False, False, d.CALLING_S)),
        (d.CALLING_S, 5, False, d.Duty(True)),
        (d.LUNCH_S, 5, True, d.Duty(True)),
        (d.LUNCH_S, 9, False, d.Duty(False, True, d.AFTER_LUNCH_S)),
        (d.LUNCH_S, 10, False, d.Duty(False, False, d.AFTER_LUNCH_S)),
        (d.AFTER_LUNCH_S, 10, False, d.Duty(True)),
        (d.DAY_S + 100, 10, False, d.Duty(True)),
    ],
)
def test_where_a_clerk_is(at_s, counter, stays, duty):
    assert d.duty_at(at_s, counter, stays) == duty
