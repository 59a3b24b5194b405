"""What the voice says and when, worked out from the state of the board.

Theory. Events come in with `now` (the server's time in milliseconds, which goes on by a steady clock), effects go out;
the shell carries them out, asks `deadline()` and sends `Ticked` then. One thing is said at a time:

    told ──admit──▶ waiting ──oldest first──▶ reading ──Played──▶ Report ──▶ gap ──▶ reading again ──▶ next

- Admitted is a call that is CALLED, not spoken by anybody, of a zone of ours, not known yet, and told as it is made or
  found under `FRESH_MS` old: also after a resync, never an old one after a restart. Known calls are remembered by id
  and time, so that none is spoken twice however often the state is told, and ids that start anew are no obstacle.
- Waiting it stays until its turn, however long that takes (twenty counters that call in one second take over a minute
  to read, and nobody may be missed unheard), but leaves when it is no longer CALLED, was spoken elsewhere, or its visit
  is called anew. After `LATEST_MS` it is not read: its visit has been called again or missed by then.
- It is reported after its first reading: the no-show clock may start. Further readings follow `gap_ms` apart, unless
  the person has come meanwhile or `short_from` others wait.
- Notices (opening, cut-off, pause) go before calls, once, when this run has seen the change itself.

What can go wrong: a sound that cannot be played. The shell says `Played` all the same, after the time it would have
taken, so a dead voice never holds up a call. A wall clock moved by hand: here it changes nothing, `now` does not come
from it; on the server it can make a call look old as it is made, so the age of a call told at once is not asked for.
"""

from collections import deque
from typing import Final

from display.phrases import CHIME, call_clips
from display.voice import CUT_OFF, OPENING, PAUSED, Called, Effect, Event, Notice, Play, Played, Report, Seen
from display.voice import VoiceRules as Rules
from ticketserver.core.ids import CallId, VisitId
from ticketserver.core.terms import Phase, VisitState
from ticketserver.wire.views import BoardView, CallView, HoursView

FRESH_MS: Final = 60_000
LATEST_MS: Final = 180_000
REMEMBERED_MS: Final = 3_600_000
BEFORE_CALLING: Final = (Phase.NO_DAY, Phase.BEFORE_NUMBERS, Phase.BEFORE_CALLING)
TAKING_NUMBERS: Final = (Phase.CALLING, Phase.LUNCH)


Key = tuple[CallId, int]


class Announcer:
    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._known: dict[Key, int] = {}
        self._waiting: dict[VisitId, CallView] = {}
        self._called: dict[VisitId, CallView] = {}
        self._notices: deque[str] = deque()
        self._hours: HoursView | None = None
        self._cut_off_at: int | None = None
        self._saying: CallView | str | None = None
        self._readings = 0
        self._again_at: int | None = None

    def deadline(self) -> int | None:
        """When time alone moves things on."""
        return min((at for at in (self._again_at, self._cut_off_at) if at is not None), default=None)

    def handle(self, event: Event, now: int) -> list[Effect]:
        match event:
            case Seen(board):
                self._see(board, now)
            case Called(call):
                self._called[call.visit_id] = call
                self._admit(call, now)
            case Played():
                return self._played(now) + self._go_on(now)
            case _:
                pass
        return self._go_on(now)

    def _see(self, board: BoardView, now: int) -> None:
        self._called = {row.call.visit_id: row.call for row in board.rows if row.state is VisitState.CALLED}
        for call in self._called.values():
            if now - call.called_at_ms < FRESH_MS:
                self._admit(call, now)
        self._waiting = {visit: call for visit, call in self._waiting.items() if self._still_called(call)}
        self._watch_hours(board.hours, now)

    def _admit(self, call: CallView, now: int) -> None:
        """Take in a call that is to be spoken. A call of a visit that waits already takes the older one's place."""
        key = _key(call)
        ours = self._rules.zones is None or call.zone in self._rules.zones
        if ours and not call.spoken and key not in self._known:
            self._known[key] = now
            self._waiting[call.visit_id] = call

    def _still_called(self, call: CallView) -> bool:
        """It is, and nobody else has spoken it."""
        told = self._called.get(call.visit_id)
        return told is not None and told.call_id == call.call_id and not told.spoken

    def _watch_hours(self, hours: HoursView, now: int) -> None:
        """Notices for what has changed since the last look; at the first one nothing has."""
        before, self._hours = self._hours, hours
        due = hours.last_number_ms - self._rules.cut_off_ms
        watched = self._rules.cut_off_ms > 0 and hours.phase in TAKING_NUMBERS and now < due
        if watched or hours.phase not in TAKING_NUMBERS:
            self._cut_off_at = due if watched else None
        if before is None:
            return
        opened = before.phase in BEFORE_CALLING and hours.phase is Phase.CALLING
        if opened and now - hours.calling_from_ms < FRESH_MS:
            self._notices.append(OPENING)
        if hours.calling_paused and not before.calling_paused:
            self._notices.append(PAUSED)

    def _played(self, now: int) -> list[Effect]:
        """A reading is over: report the first one, and see whether there is another."""
        saying, self._readings = self._saying, self._readings + 1
        if not isinstance(saying, CallView):
            self._saying = None
            return [Notice(None)]
        self._again_at = now + self._rules.gap_ms
        return [Report(saying.call_id)] if self._readings == 1 else []

    def _read_again(self, call: CallView) -> bool:
        """There are readings left, nobody is kept waiting by them, and the person has not come."""
        told = self._called.get(call.visit_id)
        still = told is not None and told.call_id == call.call_id
        return still and self._readings < self._rules.repeat and len(self._waiting) < self._rules.short_from

    def _go_on(self, now: int) -> list[Effect]:
        """The next thing to say, when nothing is being said."""
        if self._cut_off_at is not None and now >= self._cut_off_at:
            if now - self._cut_off_at < FRESH_MS:
                self._notices.append(CUT_OFF)
            self._cut_off_at = None
        if self._again_at is not None and isinstance(self._saying, CallView):
            if self._read_again(self._saying):
                if now < self._again_at:
                    return []
                self._again_at = None
                return [Play(call_clips(self._saying, self._rules.how))]
            self._saying = self._again_at = None
        if self._saying is not None:
            return []
        self._readings = 0
        if self._notices:
            self._saying = self._notices.popleft()
            return [Notice(self._saying), Play((CHIME, self._saying))]
        self._forget(now)
        if not self._waiting:
            return []
        call = self._saying = min(self._waiting.values(), key=_order)
        del self._waiting[call.visit_id]
        return [Play((CHIME, *call_clips(call, self._rules.how)))]

    def _forget(self, now: int) -> None:
        """Drop what would come too late, and the memory of calls long over."""
        self._waiting = {v: call for v, call in self._waiting.items() if now - self._known[_key(call)] < LATEST_MS}
        self._known = {key: since for key, since in self._known.items() if now - since < REMEMBERED_MS}


def _key(call: CallView) -> Key:
    return call.call_id, call.called_at_ms


def _order(call: CallView) -> tuple[int, int]:
    return call.called_at_ms, call.call_id
