"""The roll of paper: when it is another one, and when its end is near."""

from dataclasses import dataclass

import pytest

from kiosk.roll import Paper, Roll, RollLimits, after_look, after_slip

COUNTED = RollLimits(50.0, 5.0, counted=True)
SENSED = RollLimits(50.0, 5.0, counted=False)


@dataclass(frozen=True)
class Seen:
    """One look: what the printer says."""

    paper: Paper = Paper.OK
    cover_open: bool = False

    @property
    def ready(self) -> bool:
        return self.paper is not Paper.OUT and not self.cover_open


WELL, LITTLE, OUT = Seen(), Seen(Paper.LITTLE), Seen(Paper.OUT)
OPEN, OPEN_LITTLE, OPEN_OUT = (Seen(paper, True) for paper in (Paper.OK, Paper.LITTLE, Paper.OUT))


def changes(limits: RollLimits, *looks: Seen, used_mm: float = 1000.0) -> tuple[Roll, int]:
    """The roll after the looks, and how many new ones were seen."""
    roll, count = Roll(used_mm), 0
    for look in looks:
        roll, another = after_look(roll, limits, look.paper, look.cover_open, look.ready)
        count += another
    return roll, count


@pytest.mark.parametrize("looks", [
    (WELL, OUT, WELL),
    (WELL, OUT, OPEN_OUT, OPEN, WELL),
    (LITTLE, OUT, OPEN_OUT, OPEN, WELL),
    (LITTLE, OPEN, WELL),
    (LITTLE, OPEN_LITTLE, OPEN, WELL),
    (LITTLE, OPEN_OUT, WELL),
    (LITTLE, OPEN_OUT, OPEN, WELL, WELL),
    (WELL, OUT, WELL, LITTLE),
])  # fmt: skip
def test_another_roll(looks: tuple[Seen, ...]) -> None:
    roll, count = changes(SENSED, *looks)
    assert (roll.used_mm, count) == (0, 1)
    assert (roll.ended, roll.opened) == (False, False)


@pytest.mark.parametrize("looks", [
    (WELL, OPEN, WELL),
    (WELL, OPEN_OUT, OPEN, WELL),
    (WELL, LITTLE, WELL, LITTLE, WELL),
    (LITTLE, OPEN_LITTLE, LITTLE, WELL),
    (WELL, OUT, OUT),
    (OUT, OPEN_OUT, OPEN),
])  # fmt: skip
def test_the_same_roll(looks: tuple[Seen, ...]) -> None:
    roll, count = changes(SENSED, *looks)
    assert (roll.used_mm, count) == (1000, 0)


def test_a_roll_that_ended_is_remembered_until_paper_is_back() -> None:
    roll, _ = changes(SENSED, WELL, OUT)
    assert roll.ended
    roll, another = after_look(roll, SENSED, Paper.OK, cover_open=False, ready=True)
    assert (roll, another) == (Roll(), True)


def test_a_new_roll_that_is_nearly_used_up_says_so() -> None:
    assert changes(SENSED, OUT, LITTLE) == (Roll(little=True), 1)


def test_a_printer_in_error_tells_nothing_of_its_roll() -> None:
    ended = Roll(5.0, ended=True)
    assert after_look(ended, SENSED, Paper.OK, cover_open=False, ready=False) == (ended, False)


def test_the_last_metres_are_little_where_they_are_counted() -> None:
    roll = after_slip(Roll(44_900.0), 99.0)
    assert not COUNTED.little(roll)
    roll = after_slip(roll, 1.0)
    assert COUNTED.little(roll)
    assert not SENSED.little(roll)


def test_a_roll_taken_out_when_the_count_says_little_has_been_changed() -> None:
    assert changes(COUNTED, WELL, OPEN_OUT, WELL, used_mm=45_000) == (Roll(), 1)
    assert changes(COUNTED, WELL, OPEN_OUT, WELL, used_mm=44_000) == (Roll(44_000), 0)
