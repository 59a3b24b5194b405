"""Which counters call when, from now to the end of the day, and how long a load of work takes them.

```
before calling starts     none
at lunch                  those that stay; none for what rests then
else                      those open now, and each that is due from its time on
```
A counter that should have opened long ago is no longer counted on.
"""

from ticketserver.core.ids import Ms
from ticketserver.core.state import HallState
from ticketserver.core.terms import CounterState

LATE_MS = 900_000
"""A counter that should have opened is expected for this long; after that the wait is told without it."""

Shifts = list[tuple[int, int]]
"""[(until, mask of counters that call)], the last without an end (0)."""


def work_off(shifts: Shifts, load_ms: int, now: Ms) -> int:
    """Time from now until `load_ms` is done by the counters that call in each shift."""
    clock = int(now)
    left = load_ms
    *ending, (_, rest) = shifts
    for until, counters in ending:
        done = counters.bit_count() * (until - clock)
        if done > left:
            return clock + left // counters.bit_count() - now
        left -= done
        clock = until
    return clock + left // max(rest.bit_count(), 1) - now


def in_hand_ms(state: HallState, staffed: int) -> int:
    """What the work in hand adds to the load ahead: nothing while a counter is free. Of n counters in the middle of
    their cases the first is free after an (n + 1)th of a usual case: as if n such parts lay ahead of all of them."""
    rest = busy = 0
    for counter in state.counters.values():
        if counter.bit & staffed:
            if counter.state in (CounterState.IDLE, CounterState.READY):
                return 0
            busy += 1
            if counter.visit and state.visits[counter.visit].stages:
                rest += state.stage_load_ms(state.visits[counter.visit])
    return rest // (busy + 1)


def shifts(state: HallState, mask: int, rests: bool, now: Ms) -> Shifts:
    """Who calls when, from now on. Without anybody open or expected it is as if all of them were."""
    plan = state.plan
    if plan is None:
        return [(0, mask)]
    from_ms = plan.calling_from_ms
    comes: dict[int, int] = {from_ms: mask & state.open_mask}
    if due := mask & state.due_mask:
        expected = now - LATE_MS
        for counter in state.counters.values():
            if counter.bit & due and (from_ms > expected or counter.due_from_ms > expected):
                due_ms = max(counter.due_from_ms, from_ms)
                comes[due_ms] = comes.get(due_ms, 0) | counter.bit
    if not any(comes.values()):
        comes = {from_ms: mask}
    times = {now, *comes, plan.lunch_from_ms, plan.lunch_to_ms}
    found: Shifts = []
    starts = sorted([time for time in times if time >= now])
    for start, until in zip(starts, [*starts[1:], 0], strict=True):
        counters = 0
        for time, bits in comes.items():
            counters |= bits if time <= start else 0
        if plan.lunch_from_ms <= start < plan.lunch_to_ms:
            counters = 0 if rests else counters & state.lunch_mask
        found.append((until, counters))
    return found
