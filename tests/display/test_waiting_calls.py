"""Which calls are spoken: each once, in order, none that is over, and none of another zone."""

import pytest

from display.announcer import Announcer
from display.phrases import Voicing
from display.voice import Called, Play, Played, Seen, VoiceRules
from display.waiting_calls import FRESH_MS, LATEST_MS, REMEMBERED_MS, WaitingCalls
from tests.display.displays import HOUR, MINUTE, NINE, SECOND, board, call, row
from tests.display.voices import READING, Voice
from ticketserver.core.terms import VisitState


def test_twenty_calls_in_one_second_are_all_heard_in_order_and_once():
    voice = Voice()
    calls = [call(number, counter=number, at=NINE + number * 50) for number in range(1, 21)]
    for made in calls:
        voice.tell(Called(made))
        voice.run(50)
    voice.see(*map(row, calls))
    voice.run(5 * MINUTE)
    assert voice.spoken == list(range(1, 21))
    assert [voice.said(made) for made in calls] == [1] * 20


def test_a_resync_neither_repeats_nor_loses():
    voice = Voice(repeat=1)
    first, second = call(1), call(2, at=NINE + 1)
    voice.see(row(first), row(second))
    voice.run(READING)
    for _ in range(3):
        voice.see(row(first), row(second), row(call(3, at=NINE + 2)))
        voice.run(READING)
    voice.run(MINUTE)
    assert voice.spoken == [1, 2, 3]
    assert len(voice.heard) == 3


@pytest.mark.parametrize(("age", "heard"), [(0, 1), (FRESH_MS - 1, 1), (FRESH_MS, 0), (10 * FRESH_MS, 0)])
def test_after_a_restart_only_what_is_under_a_minute_old(age, heard):
    voice = Voice(repeat=1)
    voice.see(row(call(1, at=NINE - age)))
    voice.run(MINUTE)
    assert len(voice.heard) == heard


def test_what_was_spoken_or_is_over_is_not_said():
    voice = Voice()
    voice.see(row(call(1, spoken=True)), row(call(2), VisitState.SERVING), row(call(3), VisitState.FINISHED))
    assert voice.heard == []


def test_a_call_that_is_over_before_its_turn_is_not_said():
    voice = Voice(repeat=1)
    voice.see(row(call(1)), row(call(2, at=NINE + 1)), row(call(3, at=NINE + 2)), row(call(4, at=NINE + 3)))
    voice.see(row(call(1)), row(call(2, at=NINE + 1), VisitState.SERVING), row(call(3, at=NINE + 2, spoken=True)))
    voice.run(MINUTE)
    assert voice.spoken == [1]


def test_a_recall_takes_the_place_of_the_call_that_waits():
    voice = Voice(repeat=1)
    busy, missed = call(1), call(2, at=NINE + 1, visit_id=50)
    voice.see(row(busy), row(missed))
    recalled = call(3, "A002", at=NINE + SECOND, visit_id=50, call_no=3, last=True)
    voice.tell(Called(recalled))
    voice.see(row(busy), row(recalled))
    voice.run(MINUTE)
    assert voice.spoken == [1, 3]
    assert "last" in voice.heard[1]


def test_other_zones_have_other_loudspeakers():
    voice = Voice(zones=frozenset({"pension-review"}), repeat=1)
    voice.see(row(call(1)), row(call(2, counter=21, zone="pension-review")))
    voice.tell(Called(call(3)))
    voice.run(MINUTE)
    assert voice.spoken == [2]


def test_a_call_told_at_once_is_said_however_old_the_clock_makes_it():
    """The server's clock was put back: its time stands still while ours goes on."""
    voice = Voice(repeat=1)
    voice.now += 5 * MINUTE
    voice.tell(Called(call(1, at=NINE)))
    voice.see(row(call(1, at=NINE)))
    voice.run(MINUTE)
    assert voice.spoken == [1]
    assert len(voice.heard) == 1


def test_a_clock_moved_back_says_nothing_twice():
    voice = Voice(repeat=1)
    voice.see(row(call(1)))
    voice.run(MINUTE)
    voice.now -= HOUR
    voice.see(row(call(1)))
    voice.run(2 * HOUR)
    assert len(voice.heard) == 1


def test_a_new_journal_may_use_an_id_again():
    voice = Voice(repeat=1)
    voice.see(row(call(1)))
    voice.run(MINUTE)
    voice.see(row(call(1, at=voice.now)))
    voice.run(MINUTE)
    assert voice.spoken == [1, 1]


def test_a_call_that_waited_too_long_is_dropped_and_memory_ends():
    voice = Voice(repeat=1)
    for number in range(1, 70):
        voice.tell(Called(call(number, at=NINE + number)))
    voice.run(HOUR)
    assert voice.spoken == list(range(1, LATEST_MS // READING + 1))
    voice.run(REMEMBERED_MS)
    voice.tell(Called(call(100, at=voice.now)))
    assert len(voice.announcer._calls._known) == 1


def test_a_reading_that_was_broken_off_waits_again_unless_it_is_over():
    waiting = WaitingCalls(None)
    made = call(1)
    waiting.call(made, NINE)
    assert waiting.take(NINE) == made
    assert len(waiting) == 0
    waiting.put_back(made)
    assert len(waiting) == 1
    assert waiting.take(NINE) == made
    waiting.see(board(row(made, VisitState.SERVING)), NINE)
    waiting.put_back(made)
    assert waiting.take(NINE) is None


def test_where_a_reading_takes_twice_as_long_a_call_may_wait_twice_as_long():
    calls = [call(number, at=NINE + number) for number in range(1, 120)]
    for languages in (("zh",), ("zh", "en")):
        announcer = Announcer(VoiceRules(Voicing("digit-1", {}, languages), repeat=1))
        now, spoken = NINE, 0
        effects = announcer.handle(Seen(board(*map(row, calls))), now)
        while any(isinstance(each, Play) for each in effects):
            now += READING
            spoken += 1
            effects = announcer.handle(Played(), now)
        assert spoken == LATEST_MS * len(languages) // READING
