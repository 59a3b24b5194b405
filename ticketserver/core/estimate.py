"""How many are ahead and how long it takes: what slip, screen and phone say as 约 N 人, 约 a–b 分钟.

`ahead` counts those who wait and would be called before this visit, by the present rules, at counters able to serve it.
Credits grow at different speeds, so the comparison is made at the moment the visit can expect its own call: after as
many calls as are ahead of it then.

```
u goes before v at time t   ⇔   weight_u × (t − join_u) > weight_v × (t − join_v), ties by join
```
A comeback goes before all but those it still lets pass. The wait is the load ahead (minutes × cases of the current
stages, shared where counters are shared, at today's `pace`) worked off by the counters able to serve the visit through
the day (`shifts`).
The range is the load ± a third, and at least one case of the counter's usual length.
"""

from typing import NamedTuple

from ticketserver.core.ids import Ms, VisitId
from ticketserver.core.pace import AS_SAID, pace
from ticketserver.core.queues import Entry, Queue, QueueKey
from ticketserver.core.shifts import Shifts, in_hand_ms, shifts, work_off
from ticketserver.core.state import HallState

NOBODY = VisitId(0)
CLIMBS = 4


class Wait(NamedTuple):
    """People ahead, and the wait from now in ms: half of all and nine of ten are called within."""

    ahead: int
    p50_ms: Ms
    p90_ms: Ms


class Line(NamedTuple):
    """A queue that may go before somebody: how many wait in it, its weight, and its share at their counters."""

    queue: Queue
    people: int
    weight: int
    share: float

    def load_ms(self, count: int) -> int:
        return int(self.queue.load_ms * count // self.people * self.share)


class Place(NamedTuple):
    """Where somebody stands: the own queue, join time and visit; the counters (`mask`) that will call, whether as
    overflow; the queues there: all of which go `first`, of the own weight (`peers`), of `others`, and the weights of
    the first and the others; all their people and work, the counters through the day, the work in hand, and the pace
    at which they work today."""

    key: QueueKey
    own: Entry
    mask: int
    extra: bool
    first: list[Line]
    peers: list[Line]
    others: list[Line]
    weights: set[int]
    people: int
    all_ms: int
    shifts: Shifts
    busy_ms: int
    pace: int
    now: Ms

    def wait_ms(self, load_ms: int) -> int:
        return work_off(self.shifts, (load_ms + self.busy_ms) * self.pace // AS_SAID, self.now)


def estimate(state: HallState, key: QueueKey, join_ms: Ms, visit_id: VisitId, now: Ms) -> Wait:
    """`key` is the visit's queue; `visit_id` 0 for one that has no number yet."""
    place = _place(state, key, (join_ms, visit_id or state.next_visit), now)
    before = _passing(place) if place.weights - {key.weight} else _joined_before(place)
    ahead, load_ms = _with_comebacks(state, place, visit_id, *before)
    usual_ms = load_ms // ahead if ahead else 0
    return Wait(ahead, Ms(place.wait_ms(load_ms)), Ms(place.wait_ms(load_ms + max(load_ms // 3, usual_ms))))


def _place(state: HallState, key: QueueKey, own: Entry, now: Ms) -> Place:
    """Overflow counters call where no counter of today does it normally; their own queues go before then."""
    today = state.today_mask
    extra = not key.primary or (not key.primary & today and key.overflow & today != 0)
    able = key.overflow if extra else key.primary
    mask = able & today or able
    first: list[Line] = []
    peers: list[Line] = []
    others: list[Line] = []
    weights: set[int] = set()
    people = all_ms = 0
    for (primary, overflow, weight, _), queue in state.queues.items():
        there = primary if primary & mask else overflow if extra else 0
        if there & mask and (waiting := len(queue)):
            line = Line(queue, waiting, weight, (there & mask).bit_count() / there.bit_count())
            if weight == key.weight and not (extra and primary & mask):
                peers.append(line)
            else:
                (first if extra and primary & mask else others).append(line)
                weights.add(weight)
            people += waiting
            all_ms += int(queue.load_ms * line.share)
    calling = shifts(state, mask, key.not_at_lunch, now)
    busy_ms = in_hand_ms(state, mask & state.open_mask)
    paced = pace(state.samples.get(key.primary, ()))
    return Place(key, own, mask, extra, first, peers, others, weights, people, all_ms, calling, busy_ms, paced, now)


def _joined_before(place: Place) -> tuple[int, int]:
    """(people, load in ms) called before the own place where all weights are the same."""
    counts = [(line, line.people) for line in place.first]
    counts += [(line, line.queue.joined_before(*place.own)) for line in place.peers]
    return sum(count for _, count in counts), sum(line.load_ms(count) for line, count in counts)


def _passing(place: Place) -> tuple[int, int]:
    """(people, load in ms) called before the own place where weights differ. Who goes before the first of one's own
    weight goes before all of that weight, whatever the credits are by then."""
    first = min([place.own, *[line.queue.head() for line in place.peers]])
    joined = sum([line.queue.joined_before(*place.own) for line in place.peers])
    before_all = sum([line.people for line in place.first])
    calls = _calls_before(place, place.own, before_all + joined)
    rest = calls - joined
    if rest < 0 or _better_after(place, first, before_all, rest) > rest:
        calls = max(calls, joined + _calls_before(place, first, before_all))
    return min(calls, place.people), place.all_ms * min(calls, place.people) // place.people


def _calls_before(place: Place, own: Entry, settled: int) -> int:
    """The smallest number of calls after which no more than they have a better claim than `own`. Where time only lets
    others pass it is climbed to from nobody, in a few steps as a rule; otherwise, and for the rest, by halving."""
    few, many = 0, place.people
    passed_only = min(place.weights) >= place.key.weight
    for _ in range(CLIMBS if passed_only else 0):
        better = min(_better_after(place, own, settled, few), place.people)
        if better <= few:
            return few
        few = better
    while few < many:
        calls = (few + many) // 2
        if _better_after(place, own, settled, calls) > calls:
            few = calls + 1
        else:
            many = calls
    return few


def _better_after(place: Place, own: Entry, settled: int, calls: int) -> int:
    """How many have a better claim than `own` once so many have been called. `settled` have it at any time: who goes
    first, and those of the own weight who joined before."""
    at = place.now + place.wait_ms(place.all_ms * calls // place.people)
    credit = place.key.weight * (at - own[0])
    for line in place.others:
        as_much = at + (-credit) // line.weight + 1
        more = at - credit // line.weight
        settled += line.queue.joined_before(max(min(as_much, own[0]), more), NOBODY)
    return settled


def _with_comebacks(state: HallState, place: Place, visit_id: VisitId, ahead: int, load_ms: int) -> tuple[int, int]:
    """A comeback goes before who has more ahead than it lets pass; one's own lets pass who is there."""
    if visit_id in state.comebacks:
        passing = min(state.visits[visit_id].comeback_left, place.people)
        if passing > ahead:
            ahead, load_ms = passing, place.all_ms * passing // place.people
    back = [
        state.visits[other]
        for other, key in state.comebacks.items()
        if (key.primary | (key.overflow if place.extra else 0)) & place.mask and other != visit_id
    ]
    for visit in sorted(back, key=lambda visit: (visit.comeback_left, visit.join_ms, visit.visit_id)):
        if visit.comeback_left <= ahead:
            ahead += 1
            load_ms += state.stage_load_ms(visit)
    return ahead, load_ms
