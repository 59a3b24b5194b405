"""What the call screen shows: who was called where, and whose call was missed.

```
VisitCalled, VisitRecalled → the visit's row, newest last         kept while CALLED, and `KEPT_MS` from the call,
                                                                  unless it is to wait again
CallSpoken                 → the row is spoken
VisitMissed                → the number moves to the missed ones  kept until it comes back, is called, or the day ends
```
A read model: it is fed each decision after the state has moved, also by a replay, and decides nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ticketserver.core import events as e
from ticketserver.core.ids import CallId, CounterNo, Ms, VisitId, ZoneId
from ticketserver.core.model import Visit
from ticketserver.core.state import HallState
from ticketserver.core.terms import CallReason, VisitState

KEPT_MS = 300_000
CALLS = (e.VisitCalled, e.VisitRecalled)
NOT_MISSED = (e.VisitCheckedIn, e.VisitCancelled, e.VisitReopened)
"""Events that take a number off the missed ones."""
DAYS = (e.DayOpened, e.DayEnded)
WATCHED: frozenset[type[e.Base]] = frozenset({*CALLS, e.CallSpoken, e.VisitMissed, *NOT_MISSED, *DAYS})
"""Decisions without one of these need not be fed."""


@dataclass(slots=True)
class Row:
    """The latest call of a visit; `again`: it was in service and is to step up again."""

    call_id: CallId
    visit_id: VisitId
    counter: CounterNo
    zone: ZoneId
    call_no: int
    called_at_ms: Ms
    reason: CallReason
    spoken: bool = False
    again: bool = False


class Board:
    """Rows by visit in the order of their latest calls; missed visits in the order they were missed."""

    def __init__(self) -> None:
        self._rows: dict[VisitId, Row] = {}
        self._missed: dict[VisitId, None] = {}

    def apply(self, state: HallState, events: Iterable[e.Event], at: Ms) -> None:
        """Takes in one decision made at `at`."""
        for event in events:
            if isinstance(event, CALLS):
                self._called(state, event, at)
            elif isinstance(event, e.CallSpoken):
                self._spoken(event)
            elif isinstance(event, e.VisitMissed):
                self._missed[event.visit_id] = None
            elif isinstance(event, NOT_MISSED):
                self._missed.pop(event.visit_id, None)
            elif isinstance(event, DAYS):
                self._rows.clear()
                self._missed.clear()

    def rows(self, state: HallState, now: Ms) -> list[tuple[Row, Visit]]:
        """Newest call first. Missed visits have a place of their own."""
        self._prune(state, now)
        rows = [(row, state.visits[visit_id]) for visit_id, row in reversed(self._rows.items())]
        return [(row, visit) for row, visit in rows if shown(row, visit, now)]

    def missed(self, state: HallState) -> list[Visit]:
        """Newest first."""
        return [state.visits[visit_id] for visit_id in reversed(self._missed)]

    def row(self, visit_id: VisitId) -> Row | None:
        return self._rows.get(visit_id)

    def _called(self, state: HallState, event: e.VisitCalled | e.VisitRecalled, at: Ms) -> None:
        """A recall goes on from the row of the call before, which stays for as long as the visit is at the counter."""
        self._missed.pop(event.visit_id, None)
        if isinstance(event, e.VisitCalled):
            self._rows.pop(event.visit_id, None)
            reason, zone, number, again = event.reason, event.zone, 1, False
        else:
            before = self._rows.pop(event.visit_id)
            reason, zone, number = before.reason, before.zone, event.call_no
            again = state.visits[event.visit_id].state is VisitState.SERVING
        row = Row(event.call_id, event.visit_id, event.counter, zone, number, at, reason, again=again)
        self._rows[event.visit_id] = row
        self._prune(state, at)

    def _spoken(self, event: e.CallSpoken) -> None:
        """It is among the newest: rows stand in the order of their calls."""
        for row in reversed(self._rows.values()):
            if row.call_id <= event.call_id:
                row.spoken |= row.call_id == event.call_id
                return

    def _prune(self, state: HallState, now: Ms) -> None:
        """Only rows before the first recent one are looked at: those that are over, and the few still at a counter."""
        over = []
        for visit_id, row in self._rows.items():
            if row.called_at_ms + KEPT_MS >= now:
                break
            if state.visits[visit_id].state not in AT_COUNTER:
                over.append(visit_id)
        for visit_id in over:
            del self._rows[visit_id]


AT_COUNTER = (VisitState.CALLED, VisitState.SERVING)
CAME = (VisitState.SERVING, VisitState.FINISHED)


def shown(row: Row, visit: Visit, now: Ms) -> bool:
    """While CALLED, and of who came for some minutes. A number that waits again, for another window perhaps, would be
    sent to the wrong one; a missed one is shown elsewhere."""
    if visit.state is VisitState.CALLED:
        return True
    return visit.state in CAME and row.called_at_ms + KEPT_MS >= now


def told_as(row: Row, visit: Visit) -> VisitState:
    """The state in which a row is told: somebody called again while in service is awaited once more, and spoken to."""
    return VisitState.CALLED if row.again and visit.state is VisitState.SERVING else visit.state
