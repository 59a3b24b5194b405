"""What the announcer says, how often, and what it reports; with a clock moved by hand."""

import pytest

from display.phrases import CHIME
from display.voice import PAUSED, Called
from tests.display.displays import MINUTE, NINE, SECOND, call, hours, row
from tests.display.voices import READING, Voice
from ticketserver.core.terms import VisitState


def test_a_call_is_read_twice_and_reported_after_the_first_reading():
    voice, made = Voice(), call(7)
    voice.tell(Called(made))
    voice.run(READING - 1)
    assert voice.spoken == []
    voice.run(1)
    assert voice.spoken == [7]
    voice.see(row(call(7, spoken=True)))
    voice.run(999)
    assert voice.said(made, chimed=False) == 0
    voice.run(1)
    assert (voice.said(made), voice.said(made, chimed=False)) == (1, 1)
    voice.run(MINUTE)
    assert (len(voice.heard), voice.spoken) == (2, [7])
    assert voice.announcer.deadline() is None


@pytest.mark.parametrize(("repeat", "readings"), [(1, 1), (2, 2), (3, 3)])
def test_as_often_as_the_hall_wishes(repeat, readings):
    voice = Voice(repeat=repeat)
    voice.see(row(call(1)))
    voice.run(MINUTE)
    assert len(voice.heard) == readings


def test_one_reading_while_three_or_more_wait():
    voice = Voice()
    calls = [call(number, at=NINE - number) for number in range(1, 6)]
    voice.see(*map(row, calls))
    voice.run(5 * MINUTE)
    # Behind the first wait four, behind the second three; then fewer than three.
    assert [voice.said(made, chimed=False) for made in reversed(calls)] == [0, 0, 1, 1, 1]
    assert voice.spoken == [5, 4, 3, 2, 1]


def test_a_person_who_has_come_is_not_called_again():
    voice, made = Voice(), call(1)
    voice.tell(Called(made))
    voice.run(READING)
    voice.see(row(made, VisitState.SERVING))
    voice.run(MINUTE)
    assert voice.said(made, chimed=False) == 0


def test_a_recall_while_the_call_is_read_ends_its_repetition():
    voice, made = Voice(), call(1, visit_id=9)
    voice.tell(Called(made))
    voice.run(SECOND)
    again = call(2, "A001", visit_id=9, at=NINE + SECOND)
    voice.tell(Called(again))
    voice.run(MINUTE)
    assert voice.spoken == [1, 2]
    assert voice.said(made, chimed=False) == 1, "the second reading of the recall, which sounds the same"


def test_a_notice_waits_for_the_call_that_is_read():
    voice = Voice(repeat=1)
    voice.see(row(call(1)))
    voice.see(row(call(1)), when=hours(calling_paused=True))
    assert len(voice.heard) == 1
    voice.run(MINUTE)
    assert voice.heard[1:] == [PAUSED, (CHIME, PAUSED), None]
