"""Which announcements are taken in, their order, and when one counts as stopped."""

import pytest

from display.announcements import FRESH_MS, LATEST_MS, REMEMBERED_MS, TOLD_MS, Announcements, meant_for
from tests.display.displays import MINUTE, NINE, announced
from tests.display.voices import Voice


def seen(*told, zones=None):
    waiting = Announcements(zones)
    waiting.see(told, NINE)
    return waiting


def test_urgent_ones_first_then_the_oldest():
    late, early, urgent = announced(1), announced(2, at=NINE - 1), announced(3, urgent=True)
    waiting = seen(late, early)
    assert not waiting.urgent(NINE)
    waiting.see((late, early, urgent), NINE)
    assert waiting.urgent(NINE)
    assert [waiting.take(NINE) for _ in range(4)] == [urgent, early, late, None]


def test_each_is_taken_in_once_and_may_be_put_back():
    waiting = seen(announced(1))
    assert waiting.take(NINE) == announced(1)
    waiting.see([announced(1)], NINE)
    assert waiting.take(NINE) is None
    waiting.put_back(announced(1))
    assert waiting.take(NINE) == announced(1)


def test_one_that_is_told_no_more_was_stopped_while_it_is_young():
    waiting = seen(announced(1))
    assert not waiting.stopped(announced(1), NINE)
    waiting.see([], NINE)
    assert waiting.stopped(announced(1), NINE + TOLD_MS - 1)
    assert not waiting.stopped(announced(1), NINE + TOLD_MS)
    assert waiting.take(NINE) is None


@pytest.mark.parametrize(("age", "heard"), [(FRESH_MS - 1, 1), (FRESH_MS, 0)])
def test_an_old_one_is_not_said(age, heard):
    voice = Voice()
    voice.see(announcements=[announced(1, at=NINE - age)])
    assert len(voice.heard) == heard


def test_for_whom():
    zones = announced(1, zones=["pension-review"])
    assert meant_for(zones, None)
    assert meant_for(announced(1), {"comprehensive"})
    assert not meant_for(zones, {"comprehensive"})
    voice = Voice(zones=frozenset({"comprehensive"}))
    voice.see(announcements=[zones, announced(2, zones=["comprehensive", "pension-review"])])
    voice.run(MINUTE)
    assert voice.texts == [("广播 2",)]


def test_one_that_waited_too_long_is_dropped_and_memory_ends():
    waiting = Announcements(None)
    waiting.see([announced(1), announced(2)], NINE)
    assert waiting.take(NINE + LATEST_MS - 1) == announced(1)
    assert waiting.take(NINE + LATEST_MS) is None
    assert len(waiting._known) == 2
    waiting.take(NINE + REMEMBERED_MS)
    assert waiting._known == {}
