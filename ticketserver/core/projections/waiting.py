"""How many wait in each zone, kept up to date by the visits a decision touched: it costs the same with ten or ten
thousand waiting.

A queue cannot tell: zones whose counters share a profile share its queues. Stranded visits are few and are counted
when asked for.
"""

from collections.abc import Iterable

from ticketserver.core import events as e
from ticketserver.core.ids import VisitId, ZoneId
from ticketserver.core.model import Counter, Visit
from ticketserver.core.state import HallState
from ticketserver.core.terms import Phase, VisitState
from ticketserver.core.transitions import VISIT


class Waiting:
    """A read model: it is fed each decision after the state has moved, also by a replay."""

    def __init__(self) -> None:
        self._zone: dict[VisitId, ZoneId] = {}
        self._count: dict[ZoneId, int] = {}

    def apply(self, state: HallState, events: Iterable[e.Event]) -> None:
        """Takes in one decision."""
        for event in events:
            if isinstance(event, DAYS):
                self._zone.clear()
                self._count.clear()
            visit = state.visits.get(getattr(event, "visit_id", NOBODY))
            if visit is not None:
                self._look(visit)

    def count(self, zone: ZoneId) -> int:
        return self._count.get(zone, 0)

    def _look(self, visit: Visit) -> None:
        zone = visit.stages[0].zone if visit.state is VisitState.WAITING else None
        before = self._zone.get(visit.visit_id)
        if zone == before:
            return
        if before is not None:
            self._count[before] -= 1
            del self._zone[visit.visit_id]
        if zone is not None:
            self._count[zone] = self._count.get(zone, 0) + 1
            self._zone[visit.visit_id] = zone


NOBODY = VisitId(0)
DAYS = (e.DayOpened, e.DayEnded)
WATCHED: frozenset[type[e.Base]] = frozenset(
    [
        *DAYS, e.TicketIssued, e.ServicesAdded, e.VisitRestaged, e.StageFinished,
        *(event for (before, event), after in VISIT.items() if VisitState.WAITING in (before, after)),
    ]
)  # fmt: skip
"""Decisions without one of these begin and end no wait and move none to another zone: they need not be fed."""


def waiting_for(state: HallState, counter: Counter) -> int:
    """How many visits this counter may call now, comebacks included."""
    waiting = sum(
        len(queue) for queue in state.queues.values() if (queue.key.primary | queue.key.overflow) & counter.bit
    )
    return waiting + sum(1 for key in state.comebacks.values() if (key.primary | key.overflow) & counter.bit)


def stranded(state: HallState) -> dict[ZoneId, int]:
    """Visits that wait although no counter open or due today can serve them, by zone."""
    lost = [
        visit_id
        for queue in state.queues.values()
        if len(queue) and not (queue.key.primary | queue.key.overflow) & state.today_mask
        for _, visit_id in queue.first(len(queue))
    ]
    lost += [
        visit_id for visit_id, key in state.comebacks.items() if not (key.primary | key.overflow) & state.today_mask
    ]
    zones: dict[ZoneId, int] = {}
    for visit_id in lost:
        zone = state.visits[visit_id].stages[0].zone
        zones[zone] = zones.get(zone, 0) + 1
    return zones


def soon(state: HallState, count: int, each: int = 4) -> list[Visit]:
    """Who is likely to be called next, by credit, out of the heads of queues that an open counter serves now."""
    lunch = state.phase is Phase.LUNCH
    heads = [
        (-queue.key.weight * (state.now - entry[0]), entry)
        for queue in state.queues.values()
        if len(queue) and (queue.key.primary | queue.key.overflow) & state.open_mask
        if not (lunch and queue.key.not_at_lunch)
        for entry in queue.first(each)
    ]
    return [state.visits[entry[1]] for _, entry in sorted(heads)[:count]]
