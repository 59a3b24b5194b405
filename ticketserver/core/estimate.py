"""How many are ahead and how long it takes: what slip, screen and phone say as 约 N 人, 约 a–b 分钟.

`ahead` counts those who wait and would be called before this visit, by the present rules, at counters able to serve it.
Credits grow at different speeds, so the comparison is made at the moment the visit can expect its own call.

```
credit u > credit v at time t   ⇔   join_u < t − weight_v × (t − join_v) / weight_u
```
The wait is the load ahead (minutes × cases of the current stages, shared where counters are shared) worked off by the
counters able to serve the visit: none before calling starts, fewer at lunch. The range is the load ± a third, and at
least one case of the counter's usual length.
"""

from typing import NamedTuple

from ticketserver.core.ids import Ms, VisitId
from ticketserver.core.model import DayPlan
from ticketserver.core.queues import Queue, QueueKey
from ticketserver.core.state import HallState
from ticketserver.core.terms import CounterState

NOBODY = VisitId(0)


class Wait(NamedTuple):
    """People ahead, and the wait from now in ms: half of all and nine of ten are called within."""

    ahead: int
    p50_ms: Ms
    p90_ms: Ms


def estimate(state: HallState, key: QueueKey, join_ms: Ms, visit_id: VisitId, now: Ms) -> Wait:
    """`key` is the visit's queue; `visit_id` 0 for one that has no number yet."""
    mask = key.primary or key.overflow
    queues = [queue for queue in state.queues.values() if len(queue) and queue.key.primary & mask]
    own = (join_ms, visit_id or VisitId(state.next_visit))
    staffed = (mask & state.open_mask) or (mask & state.due_mask) or mask
    busy_ms = _in_hand(state, staffed)
    ahead, load_ms = _before(queues, key, own, mask, now)
    if ahead and any(queue.key.weight != key.weight for queue in queues):
        wait_ms = _work_off(state, staffed, load_ms + busy_ms, now)
        ahead, load_ms = _before(queues, key, own, mask, Ms(now + wait_ms))
    for other, other_key in state.comebacks.items():
        if other_key.primary & mask and other != visit_id:
            ahead += 1
            load_ms += state.stage_load_ms(state.visits[other])
    usual_ms = load_ms // ahead if ahead else 0
    p50 = _work_off(state, staffed, load_ms + busy_ms, now)
    p90 = _work_off(state, staffed, load_ms + busy_ms + max(load_ms // 3, usual_ms), now)
    return Wait(ahead, Ms(p50), Ms(p90))


def _before(queues: list[Queue], key: QueueKey, own: tuple[Ms, VisitId], mask: int, at: Ms) -> tuple[int, int]:
    """(people, load in ms) called before `own` at time `at`; a queue shared with other counters counts in part."""
    people = load_ms = 0
    credit = key.weight * (at - own[0])
    for queue in queues:
        if queue.key.weight == key.weight:
            count = queue.joined_before(*own)
        else:
            count = queue.joined_before(at - credit // queue.key.weight, NOBODY)
        if count:
            people += count
            shared = (queue.key.primary & mask).bit_count() / queue.key.primary.bit_count()
            load_ms += int(queue.load_ms * count // len(queue) * shared)
    return people, load_ms


def _work_off(state: HallState, staffed: int, load_ms: int, now: Ms) -> int:
    """Time from now until `load_ms` is done by the counters in `staffed` through the segments of the day."""
    clock = int(now)
    left = load_ms
    for until, counters in _segments(state, state.plan, staffed, now):
        rate = counters.bit_count()
        if until and rate * (until - clock) <= left:
            left -= rate * max(0, until - clock)
            clock = max(clock, until)
        else:
            return clock + left // max(rate, 1) - now
    return clock - now


def _in_hand(state: HallState, mask: int) -> int:
    """Rest of the work in hand: nothing while a counter is free, else half a usual case each."""
    rest = 0
    for counter in state.counters.values():
        if counter.bit & mask:
            if counter.state in (CounterState.IDLE, CounterState.READY):
                return 0
            if counter.visit and state.visits[counter.visit].stages:
                rest += state.stage_load_ms(state.visits[counter.visit]) // 2
    return rest


def _segments(state: HallState, plan: DayPlan | None, mask: int, now: Ms) -> list[tuple[int, int]]:
    """[(until, mask that calls)], the last without an end (0)."""
    if plan is None:
        return [(0, mask)]
    stays = mask & state.lunch_mask
    segments: list[tuple[int, int]] = []
    if now < plan.calling_from_ms:
        segments.append((plan.calling_from_ms, 0))
    if now < plan.lunch_to_ms:
        segments += [(plan.lunch_from_ms, mask), (plan.lunch_to_ms, stays)]
    return [*segments, (0, mask)]
