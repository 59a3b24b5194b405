"""One FIFO queue for each (counters able to do the stage, weight): the heads are all that a call needs to look at.

A queue is sorted by (join time, visit); almost every visit enters at the end. Taking the head moves a mark forward, so
that it costs the same with ten or ten thousand waiting. Overtaking is counted without touching who is overtaken: a
queue keeps the join times of the calls that overtook its head, and a visit remembers how many there were when it
entered. Since everyone behind the head joined later, a call that does not overtake the head overtakes nobody.

```
entries  [ … taken … | head  …  tail ]     mark = index of the head
joins    join of each overtaking call      claim(v) = claim it came with + how many since entered(v) are later joins
```
A join that is not later than the head's counts for nobody who waits now, nor for who comes after it: it is dropped when
the head moves, so that there are never more than a few.

A claim is how often somebody was overtaken, and never less than the claim of those behind: a visit that enters in the
middle (next stage, transfer, comeback, confirmed priority) takes over the claim of the one behind it and hands its own
to those before it. So the head's claim is the largest, and a head at the cap goes first before anybody passes the cap.
"""

from bisect import bisect_left
from typing import NamedTuple

from ticketserver.core.ids import Ms, VisitId

Entry = tuple[Ms, VisitId]


class QueueKey(NamedTuple):
    """`primary` and `overflow` are masks of counters; `not_at_lunch`: holds a service that rests during lunch."""

    primary: int
    overflow: int
    weight: int
    not_at_lunch: bool = False


class Queue:
    """Visits that the same counters can serve, in order of joining."""

    def __init__(self, key: QueueKey) -> None:
        self.key = key
        self.load_ms = 0
        self._entries: list[Entry] = []
        self._mark = 0
        self._joins: list[tuple[int, Ms]] = []
        self._overtakings = 0
        self._entered: dict[VisitId, tuple[int, int, int]] = {}

    def __len__(self) -> int:
        return len(self._entries) - self._mark

    def push(self, join_ms: Ms, visit: VisitId, load_ms: int, claim: int = 0) -> None:
        """`claim` is what the visit brings from the queue it was in before."""
        self.load_ms += load_ms
        self._entered[visit] = (self._overtakings, claim, load_ms)
        entry = (join_ms, visit)
        if claim == 0 and (not self._entries or self._entries[-1] < entry):
            self._entries.append(entry)
            return
        index = bisect_left(self._entries, entry, lo=self._mark)
        self._entries.insert(index, entry)
        if index + 1 < len(self._entries):
            claim = max(claim, self.claim(*self._entries[index + 1]))
            self._entered[visit] = (self._overtakings, claim, load_ms)
        for before in reversed(self._entries[self._mark : index]):
            if self.claim(*before) >= claim:
                break
            self._entered[before[1]] = (self._overtakings, claim, self._entered[before[1]][2])

    def remove(self, join_ms: Ms, visit: VisitId) -> None:
        """Takes a visit out, from the head or anywhere. Raises KeyError where it is not in the queue."""
        self.load_ms -= self._entered.pop(visit)[2]
        index = bisect_left(self._entries, (join_ms, visit), lo=self._mark)
        if index > self._mark:
            del self._entries[index]
            return
        self._mark += 1
        if self._mark == len(self._entries):
            self._entries.clear()
            self._joins.clear()
            self._mark = 0
            return
        if self._joins:
            head_ms = self._entries[self._mark][0]
            self._joins = [join for join in self._joins if join[1] > head_ms]
        if self._mark > 64 and self._mark * 2 > len(self._entries):
            del self._entries[: self._mark]
            self._mark = 0

    def __contains__(self, visit: VisitId) -> bool:
        return visit in self._entered

    def head(self) -> Entry:
        """The earliest join. Only for a queue that is not empty."""
        return self._entries[self._mark]

    def first(self, count: int) -> list[Entry]:
        return self._entries[self._mark : self._mark + count]

    def joined_before(self, join_ms: int, visit: VisitId) -> int:
        """How many entries come before (join, visit)."""
        return bisect_left(self._entries, (Ms(join_ms), visit), lo=self._mark) - self._mark

    def overtaken_by(self, join_ms: Ms) -> None:
        """A call of somebody who joined at `join_ms` was made by a counter that could have taken the head."""
        if join_ms > self._entries[self._mark][0]:
            self._joins.append((self._overtakings, join_ms))
            self._overtakings += 1

    def claim(self, join_ms: Ms, visit: VisitId) -> int:
        since, before, _ = self._entered[visit]
        if since == self._overtakings:
            return before
        return before + sum(1 for number, join in self._joins if number >= since and join > join_ms)
