"""The voice with a clock moved by hand: what it says, in which order, and that nobody is said twice or not at all."""

import pytest

from display.announcer import FRESH_MS, LATEST_MS, REMEMBERED_MS, Announcer
from display.phrases import CHIME, Voicing, call_clips
from display.voice import CUT_OFF, OPENING, PAUSED, Called, Notice, Play, Played, Report, Seen, Ticked, VoiceRules
from tests.display.displays import HOUR, MINUTE, NINE, SECOND, board, call, hours, row
from ticketserver.core.terms import Phase, VisitState

HOW = Voicing("digit-1", {21: "pension-review"})
READING = 4 * SECOND


class Voice:
    """An announcer with a loudspeaker that takes `READING` for everything, and a server that hears its reports."""

    def __init__(self, now=NINE, **rules):
        self.announcer = Announcer(VoiceRules(HOW, **rules))
        self.now = now
        self.heard = []
        self.spoken = []
        self.busy_until = None

    def tell(self, event):
        for effect in self.announcer.handle(event, self.now):
            match effect:
                case Play(clips):
                    assert self.busy_until is None, "two things at once"
                    self.heard.append(clips)
                    self.busy_until = self.now + READING
                case Report(call_id):
                    self.spoken.append(call_id)
                case Notice(name):
                    self.heard.append(name)

    def see(self, *rows, when=None):
        self.tell(Seen(board(*rows, when=when)))

    def run(self, ms):
        """Let time pass; what becomes due happens at its moment."""
        end = self.now + ms
        while True:
            due = [at for at in (self.busy_until, self.announcer.deadline()) if at is not None and at <= end]
            if not due:
                break
            self.now = max(self.now, min(due))
            if self.busy_until == self.now:
                self.busy_until = None
                self.tell(Played())
            else:
                self.tell(Ticked())
        self.now = end

    def said(self, made, chimed=True):
        return self.heard.count(((CHIME,) if chimed else ()) + call_clips(made, HOW))


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


def test_a_recall_while_the_call_is_read_ends_its_repetition():
    voice, made = Voice(), call(1, visit_id=9)
    voice.tell(Called(made))
    voice.run(SECOND)
    again = call(2, "A001", visit_id=9, at=NINE + SECOND)
    voice.tell(Called(again))
    voice.run(MINUTE)
    assert voice.spoken == [1, 2]
    assert voice.said(made, chimed=False) == 1, "the second reading of the recall, which sounds the same"


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
    assert len(voice.announcer._known) == 1


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


def test_a_notice_waits_for_the_call_that_is_read():
    voice = Voice(repeat=1)
    voice.see(row(call(1)))
    voice.see(row(call(1)), when=hours(calling_paused=True))
    assert len(voice.heard) == 1
    voice.run(MINUTE)
    assert voice.heard[1:] == [PAUSED, (CHIME, PAUSED), None]
