"""New stages for those who wait, when the counters open or due today have changed (hall-rules, section 4).

```
named counters                  kept while one of them is there or still to open, else any capable counter
one stage, a counter is there   kept
else planned anew               taken where that is fewer stages, or a way out for a stranded one
```
"""

from ticketserver.core import commands as c
from ticketserver.core import events as e
from ticketserver.core.decide_sending import released
from ticketserver.core.ids import CounterNo, Ms
from ticketserver.core.model import Stage, Visit
from ticketserver.core.staging import plan_or_strand
from ticketserver.core.state import HallState
from ticketserver.core.terms import StageReason

Events = list[e.Event]


def restage(state: HallState, command: c.Restage, now: Ms) -> Events:
    """Who waits gets new stages where the counters of today ask for it; each change is an event with its reason."""
    events: Events = []
    for visit_id in sorted([*state.place, *state.comebacks]):
        visit = state.visits[visit_id]
        stages, reason = new_stages(state, visit, command)
        if stages != tuple(visit.stages):
            events.append(e.VisitRestaged(visit_id=visit_id, stages=stages, reason=reason))
    return events


def new_stages(state: HallState, visit: Visit, command: c.Restage) -> tuple[tuple[Stage, ...], StageReason]:
    """Named counters hold while one of them is there or still to open; otherwise fewer stages, or a way out for a
    stranded one."""
    current, reason = tuple(visit.stages), command.reason
    first = current[0]
    if first.targets:
        if any(stays(state, number, command.closed) for number in first.targets):
            return current, reason
        reason = StageReason.NAMED_COUNTER_GONE
    elif state.served_today(first) and len(current) == 1:
        return current, reason
    planned = plan_or_strand(state.staffing, tuple(visit.open_services()), state.today_mask)
    if first.targets or not all(map(state.served_today, current)) or len(planned) < len(current):
        return planned, reason
    return current, reason


def stays(state: HallState, number: CounterNo, closed: CounterNo) -> bool:
    return number != closed and (state.counters[number].due or not released(state, number))
