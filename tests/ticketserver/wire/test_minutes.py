"""A wait as people are told it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketserver.wire.minutes import MINUTE_MS, Told, minutes_said, opens_at, told
from ticketserver.wire.views_visits import PlanView, StageView

SPANS = st.integers(0, 8 * 3_600_000)


@pytest.mark.parametrize(
    ("p50_min", "p90_min", "said"),
    [(0, 0, (1, 2)), (2, 2, (2, 3)), (2.9, 4.1, (2, 5)), (9, 11, (9, 15)), (10, 10, (10, 15)), (20, 33, (20, 35))],
)
def test_minutes_are_rounded_outwards_and_coarser_from_ten_on(p50_min, p90_min, said):
    assert minutes_said(int(p50_min * MINUTE_MS), int(p90_min * MINUTE_MS)) == said


@given(SPANS, SPANS)
def test_it_is_a_range_that_holds_what_was_worked_out(one, other):
    p50, p90 = sorted((one, other))
    low, high = minutes_said(p50, p90)
    assert low < high
    assert low * MINUTE_MS <= max(p50, MINUTE_MS)
    assert p90 <= high * MINUTE_MS


def plan(stages=({},), **other):
    return PlanView(zone="z", stages=[StageView(zone="z", services=[], **each) for each in stages], **other)


@pytest.mark.parametrize(("view", "expected", "opens"), [
    (plan(), Told.MINUTES, 0),
    (plan(()), Told.MINUTES, 0),
    (plan(({}, {"unopened": True, "stranded": True})), Told.MINUTES, 0),
    (plan(({"unopened": True},)), Told.UNOPENED, 0),
    (plan(({"open_from_ms": 9},)), Told.OPENS, 9),
    (plan(({"open_from_ms": 9},), calling_from_ms=5), Told.OPENS, 9),
    (plan((), calling_from_ms=5), Told.OPENS, 5),
    (plan(({"open_from_ms": 9},), calling_paused=True), Told.PAUSED, 9),
    (plan(({"stranded": True},), calling_paused=True), Told.STRANDED, 0),
])  # fmt: skip
def test_minutes_are_told_only_while_the_first_stage_can_be_called(view, expected, opens):
    assert (told(view), opens_at(view)) == (expected, opens)
