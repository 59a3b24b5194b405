"""Announcements by voice: before calls, the urgent one at once, each once, and nothing that is still valid is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from display.announcements import FRESH_MS, LATEST_MS, TOLD_MS
from display.phrases import CHIME, call_clips
from display.voice import CUT_OFF, PAUSED, Called, FreeText
from tests.display.displays import HOUR, MINUTE, NINE, SECOND, announced, call, hours, row
from tests.display.voices import HOW, READING, Voice
from ticketserver.core.terms import VisitState

FIRE = announced(9, "请马上离开大厅", "Leave the hall now", urgent=True)


def reading(made):
    return (CHIME, *call_clips(made, HOW))


def test_an_announcement_is_said_in_the_halls_languages_and_once():
    voice = Voice()
    voice.see(announcements=[announced(1, "请不要拥挤", "Please do not push")])
    assert voice.heard == [(CHIME, FreeText("zh", "请不要拥挤"), FreeText("en", "Please do not push"))]
    assert voice.announcing.announcement_id == 1
    voice.run(READING)
    assert voice.announcing is None
    voice.see(announcements=[announced(1, "请不要拥挤", "Please do not push")])
    voice.run(MINUTE)
    assert len(voice.heard) == 1


@pytest.mark.parametrize(
    ("languages", "english", "said"),
    [
        (("zh", "en"), "", ["zh"]),
        (("en", "zh"), "Hello", ["en", "zh"]),
        (("zh",), "Hello", ["zh"]),
        (("en",), "", ["zh"]),
    ],
)
def test_languages_that_the_hall_speaks_and_the_text_has(languages, english, said):
    voice = Voice(languages=languages)
    voice.see(announcements=[announced(1, "你好", english)])
    assert [clip.language for clip in voice.heard[0][1:]] == said


def test_it_is_repeated_after_the_gap_without_a_chime_and_shown_all_the_while():
    voice = Voice()
    voice.see(announcements=[announced(1, repeat=3)])
    voice.run(READING + 999)
    assert (len(voice.heard), voice.announcing.announcement_id) == (1, 1)
    voice.run(1)
    assert voice.heard[1][0] != CHIME
    voice.run(MINUTE)
    assert (len(voice.heard), voice.announcing) == (3, None)


def test_announcements_go_before_calls_and_after_the_one_that_is_read():
    voice = Voice(repeat=1)
    first, second = call(1), call(2, at=NINE + 1)
    voice.see(row(first), row(second))
    voice.see(row(first), row(second), announcements=[announced(1), announced(2, at=NINE - 1)])
    voice.run(MINUTE)
    assert voice.broken == []
    assert voice.texts == [("广播 2",), ("广播 1",)]
    assert [sound[:2] == reading(first)[:2] for sound in voice.heard] == [True, False, False, True]
    assert voice.spoken == [1, 2]


def test_an_urgent_one_breaks_off_a_call_that_is_read_anew_afterwards():
    voice, made, other = Voice(repeat=1), call(1), call(2, at=NINE + 1)
    voice.see(row(made), row(other))
    voice.run(SECOND)
    voice.see(row(made), row(other), announcements=[FIRE])
    assert voice.broken == [reading(made)]
    assert voice.announcing == FIRE
    assert voice.spoken == []
    voice.run(MINUTE)
    assert voice.heard == [reading(made), voice.heard[1], reading(made), reading(other)]
    assert voice.spoken == [1, 2]


def test_a_call_broken_off_in_its_second_reading_is_read_once_more_and_reported_once():
    voice, made = Voice(), call(1)
    voice.see(row(made))
    voice.run(READING + SECOND + 1)
    told = row(call(1, spoken=True))
    voice.see(told, announcements=[FIRE])
    assert voice.broken == [call_clips(made, HOW)]
    voice.run(MINUTE)
    assert voice.heard[3:] == [reading(made)]
    assert voice.spoken == [1]


def test_between_two_readings_there_is_nothing_to_stop():
    voice, made = Voice(), call(1)
    voice.see(row(made))
    voice.run(READING + 1)
    voice.see(row(made), announcements=[FIRE])
    assert voice.broken == []
    voice.run(MINUTE)
    assert voice.heard[2:] == [reading(made)]
    assert voice.spoken == [1]


@pytest.mark.parametrize("readings", [0, 1])
def test_who_has_come_meanwhile_is_not_called_again(readings):
    voice, made, other = Voice(), call(1), call(2, at=NINE + 1)
    voice.see(row(made), row(other))
    voice.run(readings * (READING + SECOND) + 1)
    voice.see(row(made), row(other), announcements=[FIRE])
    voice.see(row(made, VisitState.SERVING), row(other), announcements=[FIRE])
    voice.run(MINUTE)
    assert voice.heard.count(reading(made)) == 1
    assert voice.spoken == [1, 2][1 - readings :]


def test_a_call_that_was_over_when_it_was_broken_off_is_not_read_again():
    voice = Voice()
    voice.see(row(call(1)))
    voice.see(announcements=[FIRE])
    voice.run(MINUTE)
    assert voice.spoken == []
    assert len(voice.heard) == 2


def test_an_urgent_one_breaks_off_a_plain_one_and_a_notice_but_no_urgent_one():
    voice = Voice()
    voice.see(when=hours())
    voice.see(when=hours(calling_paused=True), announcements=[announced(1)])
    assert voice.texts == [("广播 1",)]
    paused, next_one = hours(calling_paused=True), announced(3, urgent=True, at=NINE + 5)
    voice.see(when=paused, announcements=[announced(1), FIRE])
    voice.see(when=paused, announcements=[announced(1), FIRE, next_one])
    assert len(voice.broken) == 1
    voice.run(3 * READING + SECOND)
    assert voice.texts[1:] == [("请马上离开大厅", "Leave the hall now"), ("广播 3",), ("广播 1",)]
    assert voice.heard[-1] == (CHIME, PAUSED)
    late = announced(4, urgent=True, at=NINE + 6)
    voice.see(when=hours(calling_paused=True), announcements=[announced(1), FIRE, late])
    assert voice.broken[1:] == [(CHIME, PAUSED)]
    voice.run(MINUTE)
    assert voice.heard[-3:] == [PAUSED, (CHIME, PAUSED), None]


def test_what_was_stopped_is_said_no_further_and_what_waits_not_at_all():
    voice = Voice(repeat=1)
    one, two = announced(1, repeat=3), announced(2, at=NINE + 1)
    voice.see(row(call(1)), announcements=[one, two])
    voice.see(row(call(1)))
    assert voice.broken == [(CHIME, FreeText("zh", "广播 1"))]
    assert voice.announcing is None
    voice.run(MINUTE)
    assert voice.texts == [("广播 1",)]
    assert voice.spoken == [1]


def test_one_stopped_between_two_readings():
    voice = Voice()
    voice.see(announcements=[announced(1, repeat=2)])
    voice.run(READING + 1)
    voice.see()
    assert (voice.broken, voice.announcing) == ([], None)
    voice.run(MINUTE)
    assert len(voice.heard) == 1


def test_its_age_does_not_stop_one_that_is_being_said():
    voice = Voice()
    voice.see(announcements=[announced(1, at=NINE - FRESH_MS + 1, repeat=2)])
    voice.now = NINE - FRESH_MS + 1 + TOLD_MS
    voice.see()
    assert voice.broken == []


def test_a_new_day_uses_ids_again():
    voice = Voice()
    voice.see(announcements=[announced(1)])
    voice.run(HOUR)
    voice.see(announcements=[announced(1, at=voice.now)])
    voice.run(MINUTE)
    assert voice.texts == [("广播 1",), ("广播 1",)]


def test_the_cut_offs_notice_waits_for_an_announcement():
    due = hours().last_number_ms - 15 * MINUTE
    voice = Voice(due - SECOND, cut_off_ms=15 * MINUTE)
    voice.see(announcements=[announced(1, at=due - SECOND)])
    voice.run(MINUTE)
    assert voice.heard[1:] == [CUT_OFF, (CHIME, CUT_OFF), None]


# ---- any order of calls and announcements

CALL, PLAIN, URGENT, STOP, COME, WAIT, RESYNC = "call", "plain", "urgent", "stop", "come", "wait", "resync"
STEPS = st.lists(
    st.tuples(st.sampled_from([CALL, CALL, PLAIN, URGENT, STOP, COME, WAIT, WAIT, RESYNC]), st.integers(0, 6_000)),
    max_size=25,
)


class Told:
    """The hall beside the voice: what it has called and announced, and what of it was taken back."""

    def __init__(self, repeat):
        self.voice = Voice(repeat=repeat)
        self.calls, self.announced = {}, {}
        self.come, self.stopped = set(), set()

    def see(self):
        rows = [row(each, VisitState.SERVING if each.call_id in self.come else VisitState.CALLED)
                for each in self.calls.values()]  # fmt: skip
        told = [each for each in self.announced.values() if each.announcement_id not in self.stopped]
        self.voice.see(*rows, announcements=told)

    def step(self, kind, number):
        voice = self.voice
        if kind == CALL:
            made = call(len(self.calls) + 1, counter=len(self.calls) + 1, at=voice.now)
            self.calls[made.call_id] = made
            voice.tell(Called(made))
        elif kind in (PLAIN, URGENT):
            new = announced(len(self.announced) + 1, at=voice.now, urgent=kind == URGENT, repeat=1 + number % 2)
            self.announced[new.announcement_id] = new
            self.see()
            if kind == URGENT:
                assert voice.announcing is not None
                assert voice.announcing.urgent, "an urgent one is said at once, or another urgent one before it"
        elif kind == STOP and self.announced:
            self.stopped.add(1 + number % len(self.announced))
            self.see()
        elif kind == COME and self.calls:
            self.come.add(1 + number % len(self.calls))
            self.see()
        elif kind == WAIT:
            voice.run(number)
        else:
            self.see()


@settings(max_examples=300, deadline=None)
@given(steps=STEPS, repeat=st.integers(1, 3))
def test_nothing_overlaps_nothing_is_lost_and_the_urgent_go_first(steps, repeat):
    """That no two sounds overlap, and that nothing is stopped that does not sound, the voice's loudspeaker asserts."""
    told = Told(repeat)
    for kind, number in steps:
        told.step(kind, number)
    told.see()
    voice = told.voice
    # No longer than anything may wait: the steps lead to less than two minutes of sound.
    voice.run(2 * HOUR)
    assert voice.busy_until is None
    assert voice.announcing is None
    assert len(voice.spoken) == len(set(voice.spoken)), "each call is reported once"
    order = [sound[0] for sound in voice.texts]
    urgent = [each.text_zh for each in told.announced.values() if each.urgent]
    firsts = [text for place, text in enumerate(order) if text in urgent and text not in order[:place]]
    assert firsts == [text for text in urgent if text in firsts], "urgent ones are said in their order"
    if len(voice.heard) * (READING + SECOND) < LATEST_MS:
        # Nothing had to wait so long that it was dropped.
        assert set(told.calls) - told.come <= set(voice.spoken), "a call was lost"
        for each in told.announced.values():
            broken = sum(any(clip == FreeText("zh", each.text_zh) for clip in sound) for sound in voice.broken)
            if each.announcement_id not in told.stopped:
                assert order.count(each.text_zh) - broken >= each.repeat, "what was broken off is said anew"
                assert not (each.urgent and broken), "nothing breaks off an urgent one"


def test_a_pause_that_is_over_before_its_turn_is_not_told():
    voice = Voice()
    voice.see(announcements=[FIRE])
    voice.see(when=hours(calling_paused=True), announcements=[FIRE])
    voice.see(when=hours(), announcements=[FIRE])
    voice.run(MINUTE)
    assert PAUSED not in voice.heard
