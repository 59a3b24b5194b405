"""Why more people are ahead than a moment ago: told with the number, or a queue that grows looks like a cheat.

`ahead` is an estimate by the rules of who is called next; it rises when somebody comes in before those who wait:

```
priority confirmed, or taken with one        PRIORITY         on from another stage, transferred, put back   NEXT_STAGE
an appointment that is due                   APPOINTMENT      windows open, close, do other things           COUNTERS
a missed number that checked in              CHECKED_IN       none of these: credits grow at their speeds    ORDER
```
What each citizen was told last is remembered, so the reason stands until their place is better again; who waits anew
begins anew: their own return is no rise. A read model: it is fed each decision and decides nothing; after a restart a
rise counts from what was told with the number.
"""

from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from ticketserver.core import events as e
from ticketserver.core.ids import VisitId
from ticketserver.core.state import HallState
from ticketserver.core.terms import AheadReason, VisitState
from ticketserver.wire.views_visits import TicketView

BACK: dict[type[e.Base], AheadReason] = {
    e.VisitCheckedIn: AheadReason.CHECKED_IN,
    e.StageFinished: AheadReason.NEXT_STAGE,
    e.VisitTransferred: AheadReason.NEXT_STAGE,
    e.VisitRequeued: AheadReason.NEXT_STAGE,
}
"""Who waits again, in the place of the time they came."""
COUNTERS = (e.CounterOpened, e.CounterClosed, e.ProfileChanged, e.OverflowSwitched, e.VisitRestaged)
DAYS = (e.DayOpened, e.DayEnded)
WATCHED: frozenset[type[e.Base]] = frozenset({*BACK, *COUNTERS, *DAYS, e.TicketIssued, e.PriorityConfirmed})
"""Decisions without one of these need not be fed."""
ALL_COUNTERS = -1


class Rising(NamedTuple):
    """Somebody may now be called before others at these counters (mask)."""

    reason: AheadReason
    mask: int
    visit_id: VisitId


class Told(NamedTuple):
    """What a citizen was told last: people ahead, how many risings there were by then, and why more than before."""

    ahead: int
    risings: int
    reason: AheadReason | None = None


class Risings:
    def __init__(self) -> None:
        self._risings: list[Rising] = []
        self._told: dict[VisitId, Told] = {}

    def apply(self, state: HallState, events: Iterable[e.Event]) -> None:
        """Takes in one decision after the state has moved."""
        for event in events:
            if isinstance(event, DAYS):
                self._risings.clear()
                self._told.clear()
            elif isinstance(event, e.TicketIssued):
                self._issued(state, event)
            elif isinstance(event, e.PriorityConfirmed) and event.confirmed:
                self._add(state, AheadReason.PRIORITY, event.visit_id)
            elif isinstance(event, COUNTERS):
                self._risings.append(Rising(AheadReason.COUNTERS, ALL_COUNTERS, VisitId(0)))
            elif type(event) in BACK:
                self._told.pop(event.visit_id, None)  # type: ignore[union-attr]
                self._add(state, BACK[type(event)], event.visit_id)  # type: ignore[union-attr]

    def why(self, state: HallState, view: TicketView) -> TicketView:
        """The view with the reason, where it has more ahead than was told last."""
        if view.state is not VisitState.WAITING:
            self._told.pop(view.visit_id, None)
            return view
        last = self._told.get(view.visit_id, Told(view.ahead, len(self._risings)))
        reason = last.reason if view.ahead == last.ahead else None
        if view.ahead > last.ahead:
            reason = self._reason(state, view.visit_id, last.risings)
        self._told[view.visit_id] = Told(view.ahead, len(self._risings), reason)
        return replace(view, more_ahead=reason) if reason else view

    def _issued(self, state: HallState, event: e.TicketIssued) -> None:
        if event.weight > 1:
            self._add(state, AheadReason.PRIORITY, event.visit_id)
        elif event.appointment:
            self._add(state, AheadReason.APPOINTMENT, event.visit_id)
        self._told[event.visit_id] = Told(event.ahead, len(self._risings))

    def _add(self, state: HallState, reason: AheadReason, visit_id: VisitId) -> None:
        visit = state.visits[visit_id]
        if visit.state is VisitState.WAITING:
            primary, overflow = state.stage_masks(visit.stages[0])
            self._risings.append(Rising(reason, primary | overflow, visit_id))

    def _reason(self, state: HallState, visit_id: VisitId, since: int) -> AheadReason:
        """The newest that concerns the counters of this visit."""
        primary, overflow = state.stage_masks(state.visits[visit_id].stages[0])
        for rising in reversed(self._risings[since:]):
            if rising.mask & (primary | overflow) and rising.visit_id != visit_id:
                return rising.reason
        return AheadReason.ORDER
