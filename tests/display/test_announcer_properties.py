"""The announcer against whatever a hall may do, beside a naive account of who waits to be heard.

Drawn are calls, recalls, people who come, calls spoken elsewhere, announcements plain and urgent, stopped ones, pauses,
quiet spells, and time between them. At every sound that begins: nothing else sounds, what begins is still to be said,
nothing that goes before it waits, and among calls it is the oldest. In the end every call that stood was reported,
once, unless three minutes passed without a place for it.
"""

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from display.phrases import CHIME, call_clips
from display.voice import PAUSED, Announcing, Called, FreeText, Play, Report, Seen, Shown, Stop
from display.waiting_calls import LATEST_MS
from tests.display.displays import MINUTE, NINE, SECOND, announced, board, call, hours, row
from tests.display.voices import HOW, READING, Voice
from ticketserver.core.terms import VisitState

TOLD_MS = 180_000
"""So long the server tells an announcement."""
PAUSE_MS = 1_000
WHICH = st.integers(0, 40)
STEPS = st.one_of(
    st.tuples(st.just("call"), st.booleans()),
    st.tuples(st.sampled_from(["recall", "come", "elsewhere", "stop"]), WHICH),
    st.tuples(st.just("announce"), st.booleans(), st.integers(1, 2)),
    st.tuples(st.sampled_from(["pause", "quiet"])),
    st.tuples(st.just("wait"), st.sampled_from([1, 700, 3 * SECOND, 9 * SECOND, 25 * SECOND])),
)


@dataclass
class Account:
    """One call as the hall knows it. `ended`: the person has come, or it was called anew."""

    view: object
    told_at: int
    ended: bool = False
    elsewhere: bool = False
    reported: int = 0
    began: bool = False


@dataclass
class Message:
    view: object
    told_at: int
    stopped: bool = False
    began: bool = False


class Hall(Voice):
    """The hall, its voice, and the account of both."""

    def __init__(self):
        self.paused = self.silent = False
        self.calls, self.messages, self.sounds = {}, {}, []
        self.playing = None
        super().__init__(quiet=lambda _now: self.silent)
        self.look()

    # ---- what the hall does

    def step(self, kind, *what):
        getattr(self, kind)(*what)
        if kind != "wait":
            self.look()

    def call(self, told_first, visit=0):
        number = len(self.calls) + 1
        made = call(number, f"A{number:03d}", at=self.now, visit_id=visit or number)
        self.calls[number] = Account(made, self.now)
        if told_first:
            self.tell(Called(made))

    def recall(self, which):
        if standing := [each for each in self.calls.values() if not each.ended]:
            older = standing[which % len(standing)]
            older.ended = True
            self.call(told_first=False, visit=older.view.visit_id)

    def come(self, which):
        if standing := [each for each in self.calls.values() if not each.ended]:
            standing[which % len(standing)].ended = True

    def elsewhere(self, which):
        if standing := [each for each in self.calls.values() if not each.ended]:
            standing[which % len(standing)].elsewhere = True

    def announce(self, urgent, repeat):
        number = len(self.messages) + 1
        made = announced(number, f"广播{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{number}", at=self.now, urgent=urgent,
                         repeat=repeat)  # fmt: skip
        self.messages[number] = Message(made, self.now)

    def stop(self, which):
        if standing := [each for each in self.messages.values() if not each.stopped]:
            standing[which % len(standing)].stopped = True

    def pause(self):
        self.paused = not self.paused

    def quiet(self):
        self.silent = not self.silent

    def wait(self, ms):
        self.run(ms)

    def look(self):
        """The voice is told how everything stands."""
        newest = {each.view.visit_id: each for each in self.calls.values()}
        rows = [
            row(
                replace(each.view, spoken=each.elsewhere or each.reported > 0),
                VisitState.SERVING if each.ended else VisitState.CALLED,
            )
            for each in newest.values()
        ]
        live = (each for each in self.messages.values() if not each.stopped and self.now - each.told_at < TOLD_MS)
        told = [each.view for each in live]
        self.tell(Seen(board(*rows, when=hours(calling_paused=self.paused), announcements=told)))

    # ---- what is heard

    def take(self, effect):
        self.account(effect)
        super().take(effect)

    def account(self, effect):
        match effect:
            case Play(clips):
                self.begins(clips)
            case Stop():
                if isinstance(self.playing, Account) and not self.playing.reported:
                    self.playing.began = False
                if isinstance(self.playing, Message):
                    self.playing.began = False
            case Announcing(None):
                self.playing = None
            case Report(call_id):
                assert self.calls[call_id].began, "reported unheard"
                self.calls[call_id].reported += 1
            case Shown(call_id):
                assert self.silent
                assert not self.calls[call_id].began
                self.calls[call_id].reported += 1

    def begins(self, clips):
        self.sounds.append(self.now)
        said = tuple(clip for clip in clips if clip != CHIME)
        if isinstance(said[0], FreeText):
            message = next(each for each in self.messages.values() if each.view.text_zh == said[0].text)
            assert not message.stopped
            assert message.view.urgent or not self.silent or message is self.playing
            waiting = [each for each in self.messages_waiting() if each.view.urgent]
            assert message.view.urgent or message is self.playing or not waiting
            message.began, self.playing = True, message
            return
        assert not self.silent, "heard in quiet hours"
        waiting = [each for each in self.messages_waiting() if each is not self.playing]
        assert not [each for each in waiting if each.view.urgent], "an urgent announcement waits"
        if said == (PAUSED,):
            assert not waiting, "an announcement waits"
            self.playing = None
            return
        spoken = next(each for each in self.calls.values() if call_clips(each.view, HOW) == said)
        assert not spoken.ended, "heard what is over"
        if not spoken.began:
            assert not waiting, "an announcement waits"
            oldest = min(self.calls_waiting(), key=lambda each: (each.view.called_at_ms, each.view.call_id))
            assert spoken is oldest, "an older call waits"
        spoken.began, self.playing = True, spoken

    def messages_waiting(self):
        return [
            each
            for each in self.messages.values()
            if not each.stopped and not each.began and self.now - each.told_at < LATEST_MS
        ]

    def calls_waiting(self):
        return [
            each
            for each in self.calls.values()
            if not (each.ended or each.elsewhere or each.reported or each.began) and self.now - each.told_at < LATEST_MS
        ]

    def waited_in_vain(self, each):
        """For three minutes there was never more than a pause between two sounds."""
        until = each.told_at + LATEST_MS
        begins = [at for at in self.sounds if each.told_at - READING - PAUSE_MS <= at <= until]
        return all(later - at <= READING + PAUSE_MS for at, later in pairwise([*begins, until]))


@settings(max_examples=300, deadline=None)
@given(st.lists(STEPS, max_size=40))
def test_whatever_the_hall_does(steps):
    hall = Hall()
    for step in steps:
        hall.step(*step)
    hall.silent = False
    for _ in range(20):
        hall.wait(MINUTE // 2)
        hall.look()
    for each in hall.calls.values():
        assert each.reported <= 1, "reported twice"
        assert each.reported or each.ended or each.elsewhere or hall.waited_in_vain(each)


def test_the_account_sees_what_it_is_for():
    """A voice that says the younger call first, one that reports what nobody heard, one that speaks in quiet hours."""
    hall = Hall()
    hall.silent = True
    for _ in range(3):
        hall.calls[len(hall.calls) + 1] = Account(call(len(hall.calls) + 1, at=NINE + len(hall.calls)), NINE)
    with pytest.raises(AssertionError, match="quiet"):
        hall.account(Play(call_clips(hall.calls[1].view, HOW)))
    hall.silent = False
    with pytest.raises(AssertionError, match="older"):
        hall.account(Play(call_clips(hall.calls[2].view, HOW)))
    with pytest.raises(AssertionError, match="unheard"):
        hall.account(Report(1))
    hall.calls[1].ended = True
    with pytest.raises(AssertionError, match="over"):
        hall.account(Play(call_clips(hall.calls[1].view, HOW)))
    assert not hall.waited_in_vain(hall.calls[3])
