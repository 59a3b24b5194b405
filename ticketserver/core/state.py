"""The hall's state: one mutable object, written by `evolve` alone, the same for the same journal.

Everything a decision needs to find quickly has an index here: visits by token and number, who waits in which queue,
comebacks that still let others pass, counters that are READY, the counters' own deadlines, and the last waits by the
counters (mask) that worked them off (pace.py). Every collection keeps
insertion order and no decision iterates over a set.
"""

from heapq import heappop, heappush

from ticketserver.core.ids import (
    AnnouncementId,
    CallId,
    CounterNo,
    Ms,
    NoticeId,
    SeriesPrefix,
    TicketNumber,
    Token,
    VisitId,
)
from ticketserver.core.model import Counter, DayPlan, Rules, Stage, Visit
from ticketserver.core.notices import Announcement, Notice
from ticketserver.core.queues import Queue, QueueKey
from ticketserver.core.staffing import Masks, Staffing
from ticketserver.core.terms import Phase

NO_RULES = Rules("", (), (), (), ())


class HallState:
    """One hall on one business day. `plan` is None before the first day is opened."""

    def __init__(self) -> None:
        self.now: Ms = Ms(0)
        self.next_visit = VisitId(1)
        self.next_call = CallId(1)
        self.open_day(NO_RULES, None)

    def open_day(self, rules: Rules, plan: DayPlan | None) -> None:
        """Everything of the day before is gone; ids go on counting."""
        self.rules = rules
        self.plan = plan
        self.phase = Phase.NO_DAY if plan is None else Phase.BEFORE_NUMBERS
        self.calling_paused = False
        self.staffing = Staffing(rules)
        self.counters: dict[CounterNo, Counter] = self.staffing.counters
        self.not_at_lunch = frozenset(plan.not_at_lunch) if plan else frozenset()
        self.visits: dict[VisitId, Visit] = {}
        self.by_token: dict[Token, VisitId] = {}
        self.by_number: dict[TicketNumber, VisitId] = {}
        self.by_booking: dict[str, VisitId] = {}
        self.issued: dict[SeriesPrefix, int] = {}
        self.samples: dict[int, tuple[tuple[int, int], ...]] = {}
        self.queues: dict[QueueKey, Queue] = {}
        self.comebacks: dict[VisitId, QueueKey] = {}
        self.place: dict[VisitId, Queue] = {}
        self.ready: dict[CounterNo, Ms] = {}
        self.open_mask = 0
        self.lunch_mask = self.staffing.mask_of(c.counter for c in self.counters.values() if c.stays_at_lunch)
        self.due_mask = self.staffing.mask_of(c.counter for c in self.counters.values() if c.due)
        self.timers: list[tuple[Ms, CounterNo]] = []
        self.waiting = 0
        self.announcements: dict[AnnouncementId, Announcement] = {}
        self.next_announcement = AnnouncementId(1)
        self.notices: dict[NoticeId, Notice] = {}
        self.next_notice = NoticeId(1)

    @property
    def today_mask(self) -> int:
        """Counters open now or due later today."""
        return self.open_mask | self.due_mask

    def stage_masks(self, stage: Stage) -> Masks:
        """Counters that may call this stage: the named ones, or all able to do its services."""
        if stage.targets:
            return self.staffing.mask_of(stage.targets), 0
        return self.staffing.masks(stage.services)

    def served_today(self, stage: Stage) -> bool:
        """A counter open or due today can do this stage; otherwise it is shown as stranded."""
        primary, overflow = self.stage_masks(stage)
        return (primary | overflow) & self.today_mask != 0

    def queue_key(self, visit: Visit) -> QueueKey:
        return self.key_of(visit.stages[0], visit.weight)

    def key_of(self, stage: Stage, weight: int) -> QueueKey:
        known = self.staffing.keys.get((stage, weight))
        if known is None:
            masks = self.stage_masks(stage)
            known = self.staffing.keys[stage, weight] = QueueKey(*masks, weight, self.rests_at_lunch(stage))
        return known

    def rests_at_lunch(self, stage: Stage) -> bool:
        """Whether something of it is not done at lunch."""
        return not self.not_at_lunch.isdisjoint(stage.services)

    def stage_load_ms(self, visit: Visit) -> int:
        """Typical time at the counter for the services of the current stage."""
        wanted = visit.stages[0].services
        items = [(item.service, item.quantity) for item in visit.services if item.service in wanted]
        return self.staffing.load_ms(items)

    def enter(self, visit: Visit) -> None:
        """A visit starts to wait: in its queue, or beside it while others still go first."""
        self.waiting += 1
        key = self.queue_key(visit)
        if visit.comeback_left > 0:
            self.comebacks[visit.visit_id] = key
            return
        queue = self.queues.get(key)
        if queue is None:
            queue = self.queues[key] = Queue(key)
        queue.push(visit.join_ms, visit.visit_id, self.stage_load_ms(visit), visit.claim)
        self.place[visit.visit_id] = queue

    def leave(self, visit: Visit) -> None:
        """A visit waits no longer (or is about to enter elsewhere)."""
        self.waiting -= 1
        if self.comebacks.pop(visit.visit_id, None) is None:
            queue = self.place.pop(visit.visit_id)
            visit.claim = queue.claim(visit.join_ms, visit.visit_id)
            queue.remove(visit.join_ms, visit.visit_id)

    def set_deadline(self, counter: Counter, deadline_ms: Ms) -> None:
        """`deadline_ms` 0 = none. Older entries of the heap are recognised by not matching the counter any more."""
        if deadline_ms == counter.deadline_ms:
            return
        counter.deadline_ms = deadline_ms
        if deadline_ms:
            heappush(self.timers, (deadline_ms, counter.counter))
        while self.timers and self.counters[self.timers[0][1]].deadline_ms != self.timers[0][0]:
            heappop(self.timers)


def new_state() -> HallState:
    """A hall that has never opened."""
    return HallState()
