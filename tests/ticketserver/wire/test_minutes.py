"""A wait as people are told it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketserver.wire.minutes import MINUTE_MS, minutes_said

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
