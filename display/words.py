"""The words of the call screen for hours, waits and calls, in the hall's languages.

`local` turns milliseconds since 1970 into the hall's wall-clock time; it is handed in, because time zones are read from
files. A table says which sentence goes with a phase of the day; what it asks for is filled in from the hours.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from display.model import NOTHING, Pair, Waiting
from ticketserver.core.terms import Phase
from ticketserver.shared.texts import Texts
from ticketserver.wire.minutes import minutes_said
from ticketserver.wire.views import HoursView
from ticketserver.wire.views_board import ZoneWaiting

Local = Callable[[int], datetime]

IN_HOURS_FROM_MIN = 120
HALF_HOUR_MIN = 30

HOURS = {
    Phase.NO_DAY: "kiosk.closed.no_day",
    Phase.BEFORE_NUMBERS: "kiosk.closed.before",
    Phase.BEFORE_CALLING: "display.hours.before_calling",
    Phase.CALLING: "",
    Phase.LUNCH: "display.hours.lunch",
    Phase.CUT_OFF: "kiosk.closed.cut_off",
    Phase.ENDED: "display.hours.ended",
}
"""The sentence for each phase; those of `WHEN` name the next opening, and have an `_unknown` form without it."""
HEADS = {
    Phase.NO_DAY: "display.calling.no_day",
    Phase.BEFORE_NUMBERS: "display.calling.not_yet",
    Phase.BEFORE_CALLING: "display.calling.not_yet",
    Phase.ENDED: "display.calling.ended",
}
"""What stands over the calls in a phase without any. Else that they go on; at lunch, while a counter is open."""
WHEN = frozenset({Phase.NO_DAY, Phase.CUT_OFF, Phase.ENDED})


@dataclass(frozen=True)
class Words:
    """`texts` by the order in which languages stand on the screen, one or two."""

    texts: tuple[Texts, ...]
    local: Local

    def say(self, key: str, **values: object) -> Pair:
        return Pair(*(texts(key, **values) for texts in self.texts))

    def clock(self, at_ms: int) -> str:
        """`8:30`."""
        at = self.local(at_ms)
        return f"{at.hour}:{at.minute:02d}"

    def date(self, now_ms: int) -> Pair:
        """`11月25日 星期二`."""
        now = self.local(now_ms)
        return Pair(*(self._date(texts, now) for texts in self.texts))

    def hours(self, hours: HoursView, now_ms: int, serving: bool = True) -> Pair:
        """What the time of day means to those who look at the screen; nothing while calls go on as always. `serving`:
        they do so at lunch, too."""
        if hours.calling_paused:
            return self.say("display.hours.paused")
        if hours.phase is Phase.LUNCH and not serving:
            return self.say("display.calling.lunch", to=self.clock(hours.lunch_to_ms))
        key = HOURS[hours.phase]
        if not key:
            return Pair("")
        if hours.phase in WHEN:
            if not hours.next_opening_ms:
                return self.say(f"{key}_unknown")
            return Pair(*(t(key, when=self._moment(t, hours.next_opening_ms, now_ms)) for t in self.texts))
        clocks = {
            "numbers": hours.numbers_from_ms, "calling": hours.calling_from_ms,
            "from": hours.lunch_from_ms, "to": hours.lunch_to_ms,
        }  # fmt: skip
        wanted = self.texts[0].wanted(key)
        return self.say(key, **{name: self.clock(at) for name, at in clocks.items() if name in wanted})

    def over_calls(self, hours: HoursView, called: bool, serving: bool) -> tuple[Pair, Pair]:
        """The heading of the calls, and beside it why their numbers jump, as long as there are any. `called`: somebody
        is to come just now; `serving`: a counter of the screen's zones is open."""
        if hours.calling_paused:
            return self.say("display.calling.paused"), NOTHING
        if called or (hours.phase not in HEADS and (serving or hours.phase is not Phase.LUNCH)):
            return self.say("display.head.calling"), self.say("display.head.order")
        clocks = {"calling": self.clock(hours.calling_from_ms), "to": self.clock(hours.lunch_to_ms)}
        key = HEADS.get(hours.phase, "display.calling.lunch")
        wanted = self.texts[0].wanted(key)
        return self.say(key, **{name: at for name, at in clocks.items() if name in wanted}), NOTHING

    def waiting(self, zone: Pair, waiting: ZoneWaiting, counters: int = 1, paused: bool = False) -> Waiting:
        """People and time of a zone, in the first language: figures need no second one. Nobody knows the time while
        calling is paused."""
        texts = self.texts[0]
        people = texts("display.waiting.people", count=waiting.waiting)
        known = waiting.waiting and waiting.counters_open and not paused
        wait = self._wait(texts, waiting) if known else ""
        return Waiting(zone, people, wait, waiting.zone, counters)

    @staticmethod
    def _wait(texts: Texts, waiting: ZoneWaiting) -> str:
        """`约 20–35 分钟`; a long one in half hours, `约 2–3.5 小时`."""
        low, high = minutes_said(waiting.wait_p50_ms, waiting.wait_p90_ms)
        if high <= IN_HOURS_FROM_MIN:
            return texts("display.waiting.minutes", minutes=f"{low}–{high}")
        least, most = low // HALF_HOUR_MIN / 2, -(-high // HALF_HOUR_MIN) / 2
        return texts("display.waiting.hours", hours=f"{least:g}–{most:g}")

    @staticmethod
    def _date(texts: Texts, now: datetime) -> str:
        weekday = texts.lines("display.date.weekdays")[now.weekday()]
        month = texts.lines("display.date.months")[now.month - 1]
        return texts("display.date.day", month=month, day=now.day, weekday=weekday)

    def _moment(self, texts: Texts, at_ms: int, now_ms: int) -> str:
        """`明天 8:00`; another day by its date."""
        at, now = self.local(at_ms), self.local(now_ms)
        if at.date() == now.date():
            return texts("kiosk.closed.today", time=self.clock(at_ms))
        if at.date() == now.date() + timedelta(days=1):
            return texts("kiosk.closed.tomorrow", time=self.clock(at_ms))
        return texts("kiosk.closed.day", month=at.month, day=at.day, time=self.clock(at_ms))
