"""Which visit a counter gets next, and why (hall-rules, section 5).

```
1  primary queues this counter serves      } in each only the head is looked at
2  else overflow queues                     }
     a head whose claim reached the cap      → smallest join among those
     else the largest credit                 → weight × (now − join), ties by join, then visit
3  else comebacks still letting others pass → smallest join: nobody else waits
```
During lunch, queues whose services rest are left out. The cost is the number of queues, never of those who wait.
"""

from typing import NamedTuple

from ticketserver.core.ids import Ms, VisitId
from ticketserver.core.model import Counter, Visit
from ticketserver.core.queues import Entry, Queue
from ticketserver.core.state import HallState
from ticketserver.core.terms import CallReason, Phase


class Choice(NamedTuple):
    visit: Visit
    reason: CallReason


def reachable(state: HallState, counter: Counter) -> list[Queue]:
    """Queues this counter would call from now: its primary ones that hold somebody, else its overflow ones."""
    bit = counter.bit
    lunch = state.phase is Phase.LUNCH
    held = [q for q in state.queues.values() if len(q) and not (lunch and q.key.not_at_lunch)]
    return [q for q in held if q.key.primary & bit] or [q for q in held if q.key.overflow & bit]


def choose(state: HallState, counter: Counter, now: Ms) -> Choice | None:
    """The next visit for this counter, or None where nobody waits for it."""
    queues = reachable(state, counter)
    if not queues:
        return _comeback(state, counter)
    entry = best(state, queues, now)
    visit = state.visits[entry[1]]
    return Choice(visit, reason_for(state, queues, visit))


def best(state: HallState, queues: list[Queue], now: Ms) -> Entry:
    """The head that goes first at `now`; none of the queues may be empty."""
    cap = state.rules.queue.cap
    capped = [queue.head() for queue in queues if queue.claim(*queue.head()) >= cap]
    if capped:
        return min(capped)
    best = queues[0].head()
    most = queues[0].key.weight * (now - best[0])
    for queue in queues[1:]:
        head = queue.head()
        credit = queue.key.weight * (now - head[0])
        if credit > most or (credit == most and head < best):
            best, most = head, credit
    return best


def _comeback(state: HallState, counter: Counter) -> Choice | None:
    """Comebacks are few; they are called early only when nobody else waits here."""
    best: tuple[bool, Ms, VisitId] | None = None
    for visit_id, key in state.comebacks.items():
        if (key.primary | key.overflow) & counter.bit and not (state.phase is Phase.LUNCH and key.not_at_lunch):
            rank = (not key.primary & counter.bit, state.visits[visit_id].join_ms, visit_id)
            best = rank if best is None or rank < best else best
    if best is None:
        return None
    visit = state.visits[best[2]]
    return Choice(visit, reason_for(state, [], visit))


def reason_for(state: HallState, queues: list[Queue], visit: Visit) -> CallReason:
    """The sentence for the citizen: why this number now."""
    if visit.checked_in:
        return CallReason.CHECKED_IN
    entry = (visit.join_ms, visit.visit_id)
    if visit.weight > 1 and any(queue.head() < entry for queue in queues):
        return CallReason.PRIORITY
    if visit.stage_no > 1:
        return CallReason.NEXT_STAGE
    if visit.appointment:
        return CallReason.APPOINTMENT
    if any(len(queue) and queue.head() < entry for queue in state.queues.values() if queue not in queues):
        return CallReason.OTHERS_ELSEWHERE
    return CallReason.WAITED_LONGEST
