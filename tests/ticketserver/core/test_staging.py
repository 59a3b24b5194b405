"""Stages: the fewest stops, ties by zone order; what is done only beside another; who is stranded (section 4)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ticketserver.core.halls import RULES
from ticketserver.core.model import CounterRule, ProfileRule, Rules, ServiceRule, Stage, ZoneRule
from ticketserver.core.staffing import Staffing
from ticketserver.core.staging import NoCounterTodayError, plan_or_strand, plan_stages

ALL = 0b11111


def stops(services: str, today: int = ALL, rules: Rules = RULES) -> list[tuple[str, ...]]:
    return [stage.services for stage in plan_stages(Staffing(rules), tuple(services.split()), today)]


@pytest.mark.parametrize(
    ("services", "today", "expected"),
    [
        ("", ALL, []),
        ("ARC PAY", ALL, [("ARC", "PAY")]),
        ("PEN ARC", ALL, [("PEN", "ARC")]),
        ("PEN INJ", ALL, [("PEN",), ("INJ",)]),
        ("INJ PEN ARC PAY", ALL, [("PEN", "ARC"), ("INJ", "PAY")]),
        ("PAY INJ ARC PEN", ALL, [("ARC", "PEN"), ("PAY", "INJ")]),
        ("INJ CARD", 0b11000, [("CARD",), ("INJ",)]),
        ("ARC INJ CARD", 0b11000, [("ARC", "CARD"), ("INJ",)]),
        ("INJ enquiry", ALL, [("enquiry",), ("INJ",)]),
        ("CARD", 0b01000, [("CARD",)]),
    ],
)
def test_stops(services, today, expected):
    assert stops(services, today) == expected


def test_what_nobody_does_today_is_named():
    with pytest.raises(NoCounterTodayError) as caught:
        stops("ARC INJ", 0b01111)
    assert caught.value.service == "INJ"
    assert plan_or_strand(Staffing(RULES), ("ARC", "INJ"), 0b01111) == (
        Stage("front", ("ARC",)),
        Stage("injury", ("INJ",)),
    )


BESIDE = Rules(
    "h",
    (ZoneRule("x", "A"), ZoneRule("y", "B")),
    tuple(ServiceRule(name, "x", 1, 1) for name in "ABT"),
    (ProfileRule("one", ("A", "B")), ProfileRule("two", ("A",), together=("T",))),
    (CounterRule(1, "x", "one"), CounterRule(2, "y", "two")),
)


def test_a_service_done_only_beside_another_takes_that_one_along():
    assert stops("A B T", 3, BESIDE) == [("B",), ("A", "T")]
    with pytest.raises(NoCounterTodayError) as caught:
        stops("B T", 3, BESIDE)
    assert caught.value.service == "T"


def test_a_strange_request_at_many_small_counters_is_planned_without_trying_every_order():
    names = [f"S{number}" for number in range(12)]
    rules = Rules(
        "h",
        (ZoneRule("x", "A"),),
        tuple(ServiceRule(name, "x", 1, 1) for name in [*names, "T", "U"]),
        tuple(ProfileRule(name, (name,), together=("T", "U")) for name in names),
        tuple(CounterRule(number, "x", name) for number, name in enumerate(names, 1)),
    )
    assert stops(" ".join([*names[:7], "T"]), 2**12 - 1, rules) == [("S0", "T"), *((name,) for name in names[1:7])]
    with pytest.raises(NoCounterTodayError):
        stops(" ".join([*names, "T", "U"]), 2**11 - 1, rules)
    with pytest.raises(NoCounterTodayError):
        stops("T U", 2**12 - 1, rules)


NAMES = st.sampled_from(["ARC", "PAY", "CARD", "enquiry", "PEN", "INJ"])


@settings(derandomize=True)
@given(st.lists(NAMES, min_size=1, unique=True), st.integers(1, ALL))
def test_every_stage_is_done_by_one_counter_of_today_and_nothing_is_lost(services, today):
    staffing = Staffing(RULES)
    stages = plan_or_strand(staffing, tuple(services), today)
    assert sorted(s for stage in stages for s in stage.services) == sorted(services)
    for stage in stages:
        able = any(mask & today for mask in staffing.masks(stage.services))
        alone = any(mask & today for mask in staffing.masks(stage.services[:1]))
        assert able or (len(stage.services) == 1 and not alone)
    together = any(mask & today for mask in staffing.masks(tuple(services)))
    assert (len(stages) == 1) >= together


def test_a_counter_calls_normally_all_it_can_of_a_plan():
    """PAY is done beside INJ rather than as overflow beside PEN, where whoever comes for PEN would always go first."""
    staffing = Staffing(RULES)
    for stage in plan_stages(staffing, ("PEN", "PAY", "INJ"), ALL):
        primary, _ = staffing.masks(stage.services)
        assert primary & ALL
