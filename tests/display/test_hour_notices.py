"""What is said about the hall's hours: opening, cut-off, pause; once, at its time, and never late."""

import pytest

from display.hour_notices import FRESH_MS
from display.phrases import CHIME
from display.voice import CUT_OFF, OPENING, PAUSED, Ticked
from tests.display.displays import HOUR, MINUTE, NINE, call, hours, row
from tests.display.voices import Voice
from ticketserver.core.terms import Phase


def test_opening_is_said_before_the_first_call_and_once():
    voice = Voice(NINE - 31 * MINUTE, repeat=1)
    voice.see(when=hours(Phase.BEFORE_CALLING))
    voice.run(MINUTE)
    opened = hours(Phase.CALLING)
    voice.see(row(call(1, at=voice.now)), when=opened)
    voice.see(row(call(1, at=voice.now)), when=opened)
    voice.run(MINUTE)
    assert voice.heard[:3] == [OPENING, (CHIME, OPENING), None]
    assert len(voice.heard) == 4


def test_opening_is_not_said_when_it_was_not_now():
    voice = Voice()
    voice.see(when=hours(Phase.CALLING))
    voice.see(when=hours(Phase.NO_DAY))
    voice.see(when=hours(Phase.CALLING))
    assert voice.heard == []


def test_a_pause_is_said_when_it_begins():
    voice = Voice()
    voice.see(when=hours(calling_paused=True))
    assert voice.heard == []
    voice.see(when=hours())
    voice.see(when=hours(calling_paused=True))
    voice.see(when=hours(calling_paused=True))
    voice.run(MINUTE)
    assert voice.heard == [PAUSED, (CHIME, PAUSED), None]


QUARTER = 15 * MINUTE
DUE = hours().last_number_ms - QUARTER


def test_the_cut_off_is_said_a_quarter_of_an_hour_before():
    voice = Voice(cut_off_ms=QUARTER)
    voice.see(when=hours())
    assert voice.announcer.deadline() == DUE
    voice.run(DUE - voice.now - 1)
    assert voice.heard == []
    voice.run(HOUR)
    voice.see(when=hours())
    assert voice.heard == [CUT_OFF, (CHIME, CUT_OFF), None]
    assert voice.announcer.deadline() is None


def test_the_cut_off_follows_the_supervisor():
    voice = Voice(cut_off_ms=QUARTER)
    voice.see(when=hours())
    later = hours(last_number_ms=hours().last_number_ms + HOUR)
    voice.see(when=later)
    assert voice.announcer.deadline() == DUE + HOUR
    voice.see(when=hours(Phase.CUT_OFF))
    assert voice.announcer.deadline() is None


@pytest.mark.parametrize(("now", "cut_off_ms"), [(DUE, QUARTER), (DUE + 1, QUARTER), (NINE, 0)])
def test_the_cut_off_is_not_said_late_or_where_the_hall_does_not_want_it(now, cut_off_ms):
    voice = Voice(now, cut_off_ms=cut_off_ms)
    voice.see(when=hours())
    voice.run(2 * HOUR)
    assert voice.heard == []


def test_a_display_that_slept_over_the_cut_off_does_not_say_it():
    voice = Voice(cut_off_ms=QUARTER)
    voice.see(when=hours())
    voice.now = DUE + FRESH_MS
    voice.tell(Ticked())
    assert voice.heard == []
