"""Quiet hours: calls are shown and reported as that; nothing is said but what is urgent, then or afterwards."""

from display.voice import OPENING, Called
from tests.display.displays import MINUTE, NINE, SECOND, announced, call, hours, row
from tests.display.voices import READING, Voice
from ticketserver.core.terms import Phase

NOON = NINE + 10 * MINUTE


def quiet_from(start=NINE, end=NOON):
    return lambda now: start <= now < end


def test_a_call_is_shown_and_not_spoken_then_or_later():
    voice, made = Voice(quiet=quiet_from()), call(1)
    voice.tell(Called(made))
    assert (voice.shown, voice.heard) == ([1], [])
    voice.see(row(made))
    voice.run(11 * MINUTE)
    voice.see(row(made))
    assert (voice.shown, voice.spoken, voice.heard) == ([1], [], [])
    again = call(2, at=voice.now)
    voice.see(row(again))
    voice.run(MINUTE)
    assert (voice.shown, voice.spoken) == ([1], [2])


def test_what_is_being_said_is_said_to_its_end_and_no_second_time():
    voice = Voice(quiet=quiet_from(NINE + SECOND), short_from=9)
    first, second = call(1), call(2, at=NINE + 1)
    voice.see(row(first), row(second))
    voice.run(MINUTE)
    assert (voice.spoken, voice.shown) == ([1], [2])
    assert (voice.said(first), voice.said(first, chimed=False), len(voice.heard)) == (1, 0, 1)


def test_a_notice_of_the_hours_is_not_said():
    voice = Voice(quiet=quiet_from(NINE - MINUTE, NINE + SECOND))
    voice.see(when=hours(Phase.BEFORE_CALLING))
    voice.see(when=hours(Phase.CALLING, calling_from_ms=NINE))
    voice.run(MINUTE)
    assert OPENING not in voice.heard


def test_only_an_urgent_announcement_is_said():
    voice = Voice(quiet=quiet_from())
    voice.see(row(call(1)), announcements=[announced(1, "请挪车"), announced(2, "请立即离开", urgent=True)])
    assert voice.texts == [("请立即离开",)]
    voice.run(READING - 1)
    assert voice.shown == []
    voice.run(MINUTE)
    assert voice.shown == [1]
    assert {each for said in voice.texts for each in said} == {"请立即离开"}


def test_a_call_that_was_broken_off_is_shown_when_quiet_has_come():
    voice = Voice(quiet=quiet_from(NINE + SECOND))
    made, urgent = call(1), announced(1, "请立即离开", urgent=True, repeat=1)
    voice.see(row(made))
    voice.see(row(made), announcements=[urgent])
    voice.run(MINUTE)
    assert (voice.spoken, voice.shown) == ([], [1])
    late = Voice(quiet=quiet_from(NINE + 2 * READING))
    late.see(row(made))
    late.run(READING + 2 * SECOND)
    late.see(row(made), announcements=[urgent])
    late.run(MINUTE)
    assert (late.spoken, late.shown) == ([1], [])
    assert late.said(made, chimed=True) == 1
