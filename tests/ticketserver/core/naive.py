"""The same rules the slow way: one list of everyone who waits, searched whole for every call.

It follows the journal for facts (who came, who is where) and works out by itself who must be called next: by looking at
every visit, every service, every profile. Claims are counted visit by visit.
"""

from dataclasses import dataclass, field

from ticketserver.core import events as e
from ticketserver.core.model import CounterRule, ProfileRule, Rules, Stage
from ticketserver.core.terms import Phase


@dataclass
class Person:
    visit_id: int
    join: int
    weight: int
    stage: Stage
    claim: int = 0
    let_pass: int = 0


@dataclass
class Naive:
    rules: Rules
    resting: frozenset[str]
    people: dict[int, Person] = field(default_factory=dict)
    waiting: list[Person] = field(default_factory=list)
    phase: Phase = Phase.BEFORE_NUMBERS
    profile: dict[int, str] = field(default_factory=dict)
    switched: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.profile = {rule.counter: rule.profile for rule in self.rules.counters}
        self.switched = {rule.profile: rule.overflow_on for rule in self.rules.profiles}

    def level(self, counter: int, stage: Stage) -> int:
        """2 called normally, 1 overflow, 0 not at this counter."""
        if stage.targets:
            return 2 if counter in stage.targets else 0
        rule: ProfileRule = next(r for r in self.rules.profiles if r.profile == self.profile[counter])
        wanted = set(stage.services)
        normal, beside = set(rule.primary), set(rule.together)
        if wanted & normal and wanted <= normal | beside:
            return 2
        extra = set(rule.overflow) if self.switched[rule.profile] else None
        if extra is not None and wanted & (normal | extra) and wanted <= normal | beside | extra:
            return 1
        return 0

    def group(self, person: Person) -> tuple:
        """Everyone with the same counters and weight is one line."""
        levels = tuple(self.level(rule.counter, person.stage) for rule in self.counters)
        return levels, person.weight, bool(self.resting & set(person.stage.services))

    @property
    def counters(self) -> tuple[CounterRule, ...]:
        return self.rules.counters

    def callable_at(self, counter: int) -> list[Person]:
        lunch = self.phase is Phase.LUNCH
        there = [p for p in self.waiting if not p.let_pass and not (lunch and self.group(p)[2])]
        return [p for p in there if self.level(counter, p.stage) == 2] or [
            p for p in there if self.level(counter, p.stage) == 1
        ]

    def expected(self, counter: int, now: int) -> int | None:
        """Who must be called."""
        there = self.callable_at(counter)
        if not there:
            lunch = self.phase is Phase.LUNCH
            back = [p for p in self.waiting if p.let_pass and not (lunch and self.group(p)[2])]
            ranked = [(2 - self.level(counter, p.stage), p.join, p.visit_id) for p in back]
            able = [rank for rank in ranked if rank[0] < 2]
            return min(able)[2] if able else None
        heads = {}
        for person in sorted(there, key=lambda p: (p.join, p.visit_id)):
            heads.setdefault(self.group(person), person)
        urgent = [heads[self.group(p)] for p in there if p.claim >= self.rules.queue.cap]
        if urgent:
            return min((p.join, p.visit_id) for p in urgent)[1]
        return min((-p.weight * (now - p.join), p.join, p.visit_id) for p in there)[2]

    def enter(self, person: Person) -> None:
        if not person.let_pass:
            line = [p for p in self.waiting if not p.let_pass and self.group(p) == self.group(person)]
            mine = (person.join, person.visit_id)
            behind = sorted((p for p in line if (p.join, p.visit_id) > mine), key=lambda p: (p.join, p.visit_id))
            if behind:
                person.claim = max(person.claim, behind[0].claim)
            for other in line:
                if (other.join, other.visit_id) < mine:
                    other.claim = max(other.claim, person.claim)
        self.waiting.append(person)

    def leave(self, visit_id: int) -> Person:
        person = self.people[visit_id]
        if person in self.waiting:
            self.waiting.remove(person)
        return person

    def rejoin(self, visit_id: int, stages: tuple[Stage, ...], let_pass: int = 0) -> None:
        person = self.leave(visit_id)
        person.stage = stages[0]
        person.let_pass = let_pass
        self.enter(person)

    def called(self, event: e.VisitCalled) -> None:
        person = self.people[event.visit_id]
        there = self.callable_at(event.counter)
        self.leave(event.visit_id)
        person.let_pass = 0
        if not event.counts:
            return
        for other in there:
            if other is not person and other.join < person.join:
                other.claim += 1
        for other in [p for p in self.waiting if p.let_pass and self.level(event.counter, p.stage)]:
            other.let_pass -= 1
            if not other.let_pass:
                self.waiting.remove(other)
                self.enter(other)

    def apply(self, event: e.Event) -> None:
        match event:
            case e.TicketIssued():
                person = Person(event.visit_id, event.join_ms, event.weight, event.stages[0])
                self.people[event.visit_id] = person
                self.enter(person)
            case e.VisitCalled():
                self.called(event)
            case e.WalkInServed() | e.VisitResumed() | e.VisitCancelled():
                self.leave(event.visit_id)
            case e.VisitReopened() if not event.calling:
                self.leave(event.visit_id)
                if event.stages:
                    self.people[event.visit_id].stage = event.stages[0]
            case e.StageFinished() if event.stages:
                self.rejoin(event.visit_id, event.stages)
            case e.VisitTransferred():
                self.rejoin(event.visit_id, event.stages)
            case e.VisitCheckedIn():
                self.rejoin(event.visit_id, event.stages, event.after_calls)
            case e.VisitRequeued():
                self.rejoin(event.visit_id, (self.people[event.visit_id].stage,), event.after_calls)
            case e.ServicesAdded() | e.VisitRestaged():
                self.restaged(event.visit_id, event.stages)
            case e.PriorityConfirmed():
                self.weighed(event.visit_id, event.weight)
            case e.ProfileChanged():
                self.profile[event.counter] = event.profile
                self.regroup()
            case e.OverflowSwitched():
                self.switched[event.profile] = event.on
                self.regroup()
            case e.PhaseChanged():
                self.phase = event.phase
            case e.DayEnded():
                self.waiting.clear()
            case e.DayOpened():
                self.rules, self.resting = event.rules, frozenset(event.plan.not_at_lunch)
                self.people.clear()
                self.__post_init__()
            case _:
                pass

    def restaged(self, visit_id: int, stages: tuple[Stage, ...]) -> None:
        person = self.people[visit_id]
        if person in self.waiting:
            self.rejoin(visit_id, stages, person.let_pass)
        else:
            person.stage = stages[0]

    def weighed(self, visit_id: int, weight: int) -> None:
        person = self.people[visit_id]
        waits = person in self.waiting
        self.leave(visit_id)
        person.weight = weight
        if waits:
            self.enter(person)

    def regroup(self) -> None:
        """Profiles changed: lines form anew, those in a line first, then comebacks."""
        for person in [*(p for p in self.waiting if not p.let_pass), *(p for p in self.waiting if p.let_pass)]:
            self.waiting.remove(person)
            self.enter(person)
