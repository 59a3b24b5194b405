"""A wait as people are told it: always a range, in minutes, not more exact than it is.

```
span            said
up to 10 min    to the minute         2–4
above           in fives              20–35
```
The lower end is rounded down, the upper one up, and is at least one such step more.

Minutes are told only while people of the stage can be called: nobody knows how long a window stays shut that should be
open, and where its opening is planned that time says more. What is told instead, the first that is true:

| of the first stage, or the hall | told |
|---|---|
| no counter comes today | STRANDED |
| calling is paused | PAUSED |
| calling has not begun, or its first counter opens later | OPENS, at `opens_at` |
| no counter is open though one should be | UNOPENED |
"""

from enum import Enum, auto
from typing import Final

from ticketserver.core.ids import Ms
from ticketserver.wire.views_visits import PlanView, TicketView

MINUTE_MS: Final = 60_000
COARSE_FROM_MIN: Final = 10
COARSE_MIN: Final = 5


class Told(Enum):
    """What can be told of a wait."""

    MINUTES = auto()
    STRANDED = auto()
    PAUSED = auto()
    OPENS = auto()
    UNOPENED = auto()


def told(view: PlanView | TicketView) -> Told:
    """What can be told of the wait for the first stage still to come."""
    stage = view.stages[0] if view.stages else None
    if stage is not None and stage.stranded:
        return Told.STRANDED
    if view.calling_paused:
        return Told.PAUSED
    if opens_at(view):
        return Told.OPENS
    return Told.UNOPENED if stage is not None and stage.unopened else Told.MINUTES


def opens_at(view: PlanView | TicketView) -> Ms:
    """When calling for the first stage begins; 0 where it has, or nobody knows."""
    return max(view.calling_from_ms, view.stages[0].open_from_ms if view.stages else Ms(0))


def minutes_said(p50_ms: int, p90_ms: int) -> tuple[int, int]:
    """(low, high) for a wait that half of all and nine of ten are called within, spans in ms."""
    low, high = _rounded(p50_ms, up=False), _rounded(p90_ms, up=True)
    return low, max(high, low + (1 if low < COARSE_FROM_MIN else COARSE_MIN))


def _rounded(span_ms: int, up: bool) -> int:
    """Whole minutes, at least 1; above ten in fives."""
    minutes = -(-span_ms // MINUTE_MS) if up else span_ms // MINUTE_MS
    if minutes > COARSE_FROM_MIN:
        minutes = -(-minutes // COARSE_MIN) * COARSE_MIN if up else minutes // COARSE_MIN * COARSE_MIN
    return max(1, minutes)
