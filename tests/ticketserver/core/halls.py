"""A small hall for the core's tests: every kind of profile, a shared series, two weights, a lunch plan."""

from itertools import count

from msgspec.structs import replace

from ticketserver.core import commands as c
from ticketserver.core import events as e
from ticketserver.core.engine import run
from ticketserver.core.ids import BusinessDay, Ms, Token, VisitId
from ticketserver.core.model import (
    CounterRule,
    DayPlan,
    PriorityRule,
    ProfileRule,
    QueueRules,
    Rules,
    ServiceRule,
    Visit,
    ZoneRule,
)
from ticketserver.core.refusal import Rejection
from ticketserver.core.state import HallState, new_state
from ticketserver.core.terms import Basis, Source

MINUTE = 60_000
HOUR = 3_600_000
DAY = BusinessDay("2026-11-23")
NINE = Ms(9 * HOUR)

PLAN = DayPlan(
    day=DAY,
    numbers_from_ms=Ms(8 * HOUR),
    calling_from_ms=Ms(8 * HOUR + 30 * MINUTE),
    last_number_ms=Ms(16 * HOUR),
    ends_ms=Ms(17 * HOUR),
    lunch_from_ms=Ms(12 * HOUR),
    lunch_to_ms=Ms(13 * HOUR),
    not_at_lunch=("PAY",),
)

SERVICES = (
    ServiceRule("ARC", "front", Ms(5 * MINUTE), Ms(9 * MINUTE)),
    ServiceRule("PAY", "front", Ms(4 * MINUTE), Ms(8 * MINUTE)),
    ServiceRule("CARD", "front", Ms(6 * MINUTE), Ms(9 * MINUTE)),
    ServiceRule("enquiry", "front", Ms(3 * MINUTE), Ms(6 * MINUTE), True),
    ServiceRule("PEN", "pension", Ms(20 * MINUTE), Ms(30 * MINUTE)),
    ServiceRule("INJ", "injury", Ms(15 * MINUTE), Ms(25 * MINUTE)),
)

RULES = Rules(
    hall_id="test",
    zones=(ZoneRule("front", "A"), ZoneRule("pension", "B"), ZoneRule("injury", "B")),
    services=SERVICES,
    profiles=(
        ProfileRule("all", ("ARC", "PAY", "CARD", "enquiry")),
        ProfileRule("pension", ("PEN",), together=("ARC",), overflow=("PAY", "CARD")),
        ProfileRule("injury", ("INJ",), together=("PAY",)),
    ),
    counters=(
        CounterRule(1, "front", "all", stays_at_lunch=True),
        CounterRule(2, "front", "all", has_start_key=False, redirect_to="pension"),
        CounterRule(3, "front", "all"),
        CounterRule(4, "pension", "pension"),
        CounterRule(5, "injury", "injury"),
    ),
    priorities=(PriorityRule("age", 2), PriorityRule("veteran", 3)),
)


class Hall:
    """Drives the core as the server does, with its own clock; remembers every decision for a replay."""

    def __init__(self, rules: Rules = RULES, plan: DayPlan = PLAN, at: int = NINE, queue: dict | None = None) -> None:
        if queue:
            rules = replace(rules, queue=replace(rules.queue, **queue))
        self.state: HallState = new_state()
        self.now = Ms(at)
        self.journal: list[tuple[Ms, list[e.Event]]] = []
        self._tokens = count(1)
        self.ok(c.OpenDay(rules=rules, plan=plan))

    @property
    def rules(self) -> QueueRules:
        return self.state.rules.queue

    def ask(self, command: c.Command) -> list[e.Event] | Rejection:
        answer = run(self.state, command, self.now)
        if not isinstance(answer, Rejection):
            self.journal.append((self.state.now, answer))
        return answer

    def ok(self, command: c.Command) -> list[e.Event]:
        answer = self.ask(command)
        assert not isinstance(answer, Rejection), answer
        return answer

    def refused(self, command: c.Command) -> str:
        answer = self.ask(command)
        assert isinstance(answer, Rejection), answer
        return answer.code

    def later(self, ms: int, wake: bool = True) -> list[e.Event]:
        """Time passes; due deadlines are worked off once at the end, as after a long pause."""
        self.now = Ms(self.now + ms)
        return self.ok(c.Wake()) if wake else []

    def token(self) -> Token:
        return Token(f"token-{next(self._tokens):016d}")

    def issue_command(self, *services: str, priority: str = "", basis: Basis | None = None, **more) -> c.IssueTicket:
        items = tuple(c.Item(name, more.pop("quantity", 1)) for name in services)
        return c.IssueTicket(
            token=self.token(),
            day=self.state.plan.day,
            items=items,
            source=Source.KIOSK,
            priority=priority,
            basis=basis or (Basis.SEEN if priority else None),
            **more,
        )

    def take(self, *services: str, **more) -> Visit:
        """Takes a number a millisecond after the last one and returns the visit."""
        self.now = Ms(self.now + 1)
        visit_id = self.state.next_visit
        self.ok(self.issue_command(*services, **more))
        return self.visit(visit_id)

    def visit(self, visit_id: int) -> Visit:
        return self.state.visits[VisitId(visit_id)]

    def open(self, *numbers: int) -> None:
        for number in numbers:
            self.ok(c.OpenCounter(counter=number))

    def call(self, number: int) -> Visit:
        """Calls next at a free counter and returns who was called."""
        self.ok(c.CallNext(counter=number))
        return self.at(number)

    def at(self, number: int) -> Visit:
        return self.state.visits[self.state.counters[number].visit]

    def serve(self, number: int) -> Visit:
        """Calls next, starts, finishes; returns who was served."""
        visit = self.call(number)
        self.ok(c.StartService(counter=number))
        self.ok(c.FinishService(counter=number))
        return visit


def kinds(events: list[e.Event]) -> list[str]:
    return [type(event).__name__ for event in events]
