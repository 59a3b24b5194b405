"""The waits that were said, beside those that came: the error of every announcement of a day.

Each number is told a range of minutes when it is taken (slip and screen say the same, wire/minutes.py). Its first call,
by whatever counter, says what came of it:

```
came < low  sooner        low ≤ came ≤ high  kept        came > high  later
```
Told and never called are those who gave up, left, or still wait. Made from events alone, so the journal of
any day gives the same figures again. Nothing was told to a person served at once without a number, nor, but for how
many are ahead, to who took one before calling began or while it was paused (wire/minutes.py). Who took one while its
windows were all shut was told no minutes either, and counts here as told what was worked out: which windows are open
is not in these events.
"""

from collections.abc import Iterable, Iterator
from statistics import median
from typing import NamedTuple

from ticketserver.core import events as e
from ticketserver.core.events import Record
from ticketserver.core.ids import BusinessDay, Ms, VisitId, ZoneId
from ticketserver.core.terms import Source
from ticketserver.wire.minutes import MINUTE_MS, minutes_said
from ticketserver.wire.reports import WaitErrors, WaitReport

WATCHED: frozenset[type[e.Base]] = frozenset({e.DayOpened, e.HoursChanged, e.TicketIssued, e.VisitCalled})
"""Decisions without one of these need not be fed."""


def promised(p50_ms: int, p90_ms: int) -> tuple[int, int]:
    """(low, high) that a wait so estimated has to keep to, ms. A minute is the least that is said: who is called within
    it is called as said."""
    low, high = minutes_said(p50_ms, p90_ms)
    return low * MINUTE_MS if low > 1 else 0, high * MINUTE_MS


class Outcome(NamedTuple):
    """What was said and what came, ms."""

    low: int
    high: int
    came: int


class Announced:
    """One day's announcements, by the zone of the first stage. The next day's opening clears them."""

    def __init__(self) -> None:
        self._begin(BusinessDay(""), Ms(0))

    def _begin(self, day: BusinessDay, calling_from: Ms) -> None:
        self.day = day
        self._calling_from, self._paused = calling_from, False
        self._told: dict[ZoneId, int] = {}
        self._open: dict[VisitId, tuple[ZoneId, Ms, int, int]] = {}
        self._outcomes: dict[ZoneId, list[Outcome]] = {}

    def apply(self, events: Iterable[e.Event], at: Ms) -> None:
        for event in events:
            if isinstance(event, e.DayOpened):
                self._begin(event.plan.day, event.plan.calling_from_ms)
            elif isinstance(event, e.HoursChanged):
                self._paused = event.calling_paused
            elif isinstance(event, e.TicketIssued) and self._tells(event, at):
                zone = event.stages[0].zone
                self._told[zone] = self._told.get(zone, 0) + 1
                self._open[event.visit_id] = (zone, at, *promised(event.wait_p50_ms, event.wait_p90_ms))
            elif isinstance(event, e.VisitCalled) and event.visit_id in self._open:
                zone, since, low, high = self._open.pop(event.visit_id)
                self._outcomes.setdefault(zone, []).append(Outcome(low, high, at - since))

    def _tells(self, event: e.TicketIssued, at: Ms) -> bool:
        """Minutes stood on its slip, where a window for it was open."""
        return event.source is not Source.CLERK and at >= self._calling_from and not self._paused

    def report(self) -> WaitReport:
        """All zones that told somebody something, then all of them together (zone "")."""
        rows = [_errors(zone, told, self._outcomes.get(zone, [])) for zone, told in self._told.items()]
        everyone = [each for outcomes in self._outcomes.values() for each in outcomes]
        together = _errors(ZoneId(""), sum(self._told.values()), everyone)
        return WaitReport(day=self.day, zones=[*rows, together])


def _errors(zone: ZoneId, told: int, outcomes: list[Outcome]) -> WaitErrors:
    if not outcomes:
        return WaitErrors(zone=zone, told=told)
    late = sorted(max(0, each.came - each.high) for each in outcomes)
    return WaitErrors(
        zone=zone,
        told=told,
        called=len(outcomes),
        sooner=sum(each.came < each.low for each in outcomes),
        later=sum(each.came > each.high for each in outcomes),
        off_ms=int(median(abs(each.came - (each.low + each.high) // 2) for each in outcomes)),
        late_p90_ms=late[len(late) * 9 // 10],
    )


def reports(records: Iterable[Record]) -> Iterator[WaitReport]:
    """The report of every day of a journal, in order."""
    announced = Announced()
    for record in records:
        if announced.day and any(isinstance(event, e.DayOpened) for event in record.events):
            yield announced.report()
        announced.apply(record.events, record.at_ms)
    if announced.day:
        yield announced.report()
