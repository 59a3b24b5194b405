"""What else the counters of a visit do on the same visit."""

import pytest

from tests.ticketserver.core.halls import HOUR, Hall
from ticketserver.core.model import Stage
from ticketserver.core.projections.beside import done_beside
from ticketserver.core.terms import Phase

EVERY = ("ARC", "PAY", "CARD", "PEN", "INJ", "GHOST")


def beside(hall, zone, *services, targets=(), also=EVERY):
    return done_beside(hall.state, (Stage(zone, services, targets),), [each for each in also if each not in services])


def test_what_one_counter_does_on_one_visit():
    hall = Hall()
    hall.open(1, 4, 5)
    assert beside(hall, "front", "ARC") == ("PAY", "CARD")
    assert beside(hall, "injury", "INJ") == ("PAY",)
    stages = (Stage("pension", ("PEN",)), Stage("injury", ("INJ",)))
    assert done_beside(hall.state, stages, EVERY[:3]) == ("ARC", "PAY", "CARD")


def test_a_counter_that_is_open_is_not_left_for_one_that_comes_later():
    hall = Hall()
    assert beside(hall, "front", "CARD", also=("enquiry",)) == ("enquiry",)
    hall.open(4)
    assert beside(hall, "front", "CARD", also=("enquiry", "ARC")) == ("ARC",)


def test_only_the_named_counters_of_a_batch_count():
    hall = Hall()
    hall.open(1, 4)
    assert beside(hall, "front", "ARC", targets=(1,)) == ("PAY", "CARD")


@pytest.mark.parametrize(("hours", "also"), [(0, ("PAY", "CARD")), (3.5, ("CARD",))])
def test_over_lunch_nothing_is_offered_that_is_not_done_then(hours, also):
    hall = Hall()
    hall.open(1)
    hall.later(int(hours * HOUR))
    assert (hall.state.phase is Phase.LUNCH) is (hours > 0)
    assert beside(hall, "front", "ARC") == also
