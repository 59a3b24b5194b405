"""What the voice says and when, worked out from the state of the board.

Theory. Events come in with `now` (the server's time in milliseconds, which goes on by a steady clock), effects go out;
the shell carries them out, asks `deadline()` and sends `Ticked` then. One thing is said at a time:

    told ──admit──▶ waiting ──oldest first──▶ reading ──Played──▶ Report ──▶ gap ──▶ reading again ──▶ next
                       ▲─────── an urgent announcement: Stop ────────┘

- Announcements go before notices (opening, cut-off, pause), notices before calls. Which of them are said at all, also
  after a resync, and how long they wait: `announcements`, `hour_notices`, `waiting_calls`. Twenty counters that call in
  one second take over a minute to read, and nobody may be missed unheard.
- A call is reported after its first reading: the no-show clock may start. Further readings follow `gap_ms` apart,
  unless the person has come meanwhile or `short_from` others wait.
- In quiet hours only urgent announcements are said. Calls that wait are shown, and reported as that.
- An urgent announcement breaks off whatever else is being said. That is said anew afterwards, before anything of its
  kind: a call whose first reading was not over was not reported; one that was is read again where it would have been.

What can go wrong: a sound that cannot be played. The shell says `Played` all the same, after the time it would have
taken, so a dead voice never holds up a call. A wall clock moved by hand: here it changes nothing, `now` does not come
from it; on the server it can make a call look old as it is made, so the age of a call told at once is not asked for.
"""

from collections import deque

from display.announcements import Announcements
from display.hour_notices import HourNotices
from display.phrases import CHIME
from display.said import clips_of
from display.voice import PAUSED, Announcing, Called, Effect, Event, Notice, Play, Played, Report, Seen, Shown, Stop
from display.voice import VoiceRules as Rules
from display.waiting_calls import LATEST_MS, WaitingCalls
from ticketserver.wire.views_board import AnnouncementView, BoardView, CallView


class Announcer:
    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._announcements = Announcements(rules.zones)
        self._hours = HourNotices(rules.cut_off_ms)
        self._notices: deque[str] = deque()
        self._calls = WaitingCalls(rules.zones, LATEST_MS * len(rules.how.languages))
        self._saying: CallView | AnnouncementView | str | None = None
        self._readings = 0
        self._again_at: int | None = None
        self._cut: tuple[CallView, int] | None = None

    def deadline(self) -> int | None:
        """When time alone moves things on."""
        return min((at for at in (self._again_at, self._hours.cut_off_at) if at is not None), default=None)

    def handle(self, event: Event, now: int) -> list[Effect]:
        effects: list[Effect] = []
        match event:
            case Seen(board):
                effects = self._see(board, now)
            case Called(call):
                self._calls.call(call, now)
            case Played():
                effects = self._played(now)
            case _:
                pass
        self._notices += self._hours.due(now)
        return effects + self._go_on(now)

    def _see(self, board: BoardView, now: int) -> list[Effect]:
        self._calls.see(board, now)
        self._announcements.see(board.announcements, now)
        self._notices += self._hours.see(board.hours, now)
        if PAUSED in self._notices and not board.hours.calling_paused:
            self._notices.remove(PAUSED)
        return self._break_off(now)

    def _break_off(self, now: int) -> list[Effect]:
        """An announcement that was stopped is said no further, and nothing goes on before an urgent one."""
        saying, urgent = self._saying, self._announcements.urgent(now)
        effects: list[Effect] = [] if self._again_at is not None else [Stop()]
        if isinstance(saying, AnnouncementView):
            stopped = self._announcements.stopped(saying, now)
            if not stopped and (saying.urgent or not urgent):
                return []
            if not stopped:
                self._announcements.put_back(saying)
            effects.append(Announcing(None))
        elif saying is None or not urgent:
            return []
        elif isinstance(saying, str):
            self._notices.appendleft(saying)
            effects.append(Notice(None))
        elif self._readings:
            self._cut = saying, self._readings
        else:
            self._calls.put_back(saying)
        self._saying = self._again_at = None
        return effects

    def _played(self, now: int) -> list[Effect]:
        """A reading is over: report the first one of a call, and see whether there is another."""
        saying, self._readings = self._saying, self._readings + 1
        if isinstance(saying, str):
            self._saying = None
            return [Notice(None)]
        self._again_at = now + self._rules.gap_ms
        return [Report(saying.call_id)] if isinstance(saying, CallView) and self._readings == 1 else []

    def _go_on(self, now: int) -> list[Effect]:
        """The same again, or the next thing to say when nothing is being said."""
        if self._again_at is None:
            return self._next(now) if self._saying is None else []
        saying, over = self._saying, list[Effect]()
        if isinstance(saying, AnnouncementView):
            again, over = self._readings < saying.repeat, [Announcing(None)]
        else:
            assert isinstance(saying, CallView)
            again = self._read_again(saying, now)
        if not again:
            self._saying = self._again_at = None
            return over + self._next(now)
        if now < self._again_at:
            return []
        self._again_at = None
        return [Play(clips_of(saying, self._rules))]

    def _read_again(self, call: CallView, now: int) -> bool:
        """There are readings left, nobody is kept waiting by them, and the person has not come."""
        wanted = self._readings < self._rules.repeat and len(self._calls) < self._rules.short_from
        return wanted and self._calls.still_called(call) and not self._rules.quiet(now)

    def _next(self, now: int) -> list[Effect]:
        self._readings = 0
        quiet = self._rules.quiet(now)
        announcement = self._announcements.take(now, only_urgent=quiet)
        if announcement is not None:
            self._saying = announcement
            return [Announcing(announcement), Play((CHIME, *clips_of(announcement, self._rules)))]
        if quiet:
            return self._keep_quiet(now)
        if self._notices:
            self._saying = self._notices.popleft()
            return [Notice(self._saying), Play((CHIME, *clips_of(self._saying, self._rules)))]
        call = self._rest_of_cut(now) or self._calls.take(now)
        if call is None:
            return []
        self._saying = call
        return [Play((CHIME, *clips_of(call, self._rules)))]

    def _keep_quiet(self, now: int) -> list[Effect]:
        """Nothing is said; whoever waits to be called is told by the screen alone."""
        self._notices.clear()
        self._cut = None
        shown: list[Effect] = []
        while (call := self._calls.take(now)) is not None:
            shown.append(Shown(call.call_id))
        return shown

    def _rest_of_cut(self, now: int) -> CallView | None:
        """The call whose further reading was broken off, if that is still wanted."""
        if self._cut is None:
            return None
        (call, self._readings), self._cut = self._cut, None
        if self._read_again(call, now):
            return call
        self._readings = 0
        return None
