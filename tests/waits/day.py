"""A peak day of the sample hall for the core alone, drawn from a seed: what was said to each citizen, and what came.

1,000 people come for services in proportion to the catalogue's `daily_demand`, over the day as `ARRIVALS` has it (a
peak hour takes a fifth). Every counter calls all day but for the lunch plan, a case takes its minutes times `slow`
times a scatter of its own, and a clerk needs `BETWEEN_MS` from one visit to the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from random import Random

from ticketserver.core import commands as c
from ticketserver.core import events as e
from ticketserver.core.engine import run
from ticketserver.core.ids import CounterNo, Ms, ServiceId, Token, VisitId
from ticketserver.core.refusal import Rejection
from ticketserver.core.state import HallState, new_state
from ticketserver.core.terms import CounterState, Key, Phase, Source
from ticketserver.server.hallday import HallDays
from ticketserver.server.hallplan import hall_rules
from ticketserver.shared.settings import Settings

HOUR_MS = 3_600_000
ARRIVALS = (7, 20, 17, 12, 6, 8, 14, 10, 6)
"""Per cent of the day's people in each hour from 8:00 on."""
PEOPLE = 1_000
SCATTER = 0.4
WALK_MS = 15_000
BETWEEN_MS = 15_000
PRESS_MS = 60_000
"""How often a clerk without anybody looks for somebody."""
START = Ms(1_780_022_400_000)
"""A working day of the sample hall's calendar, 2026-05-29."""


@dataclass(frozen=True)
class Told:
    """One citizen: the wait that was said, ms, and the one that came."""

    at_ms: int
    p50_ms: int
    p90_ms: int
    came_ms: int


def day_of(settings: Settings, slow: float, seed: int) -> list[Told]:
    """Everybody who was told a wait and called, in the order they came."""
    return Day(settings, slow, Random(seed)).run()


class Day:
    def __init__(self, settings: Settings, slow: float, random: Random) -> None:
        self._random, self._slow = random, slow
        self._state: HallState = new_state()
        days = HallDays(settings.calendar, settings.hall.timezone)
        date = days.business_day(START)
        self._plan = days.plan(date)
        self._due: list[tuple[int, int, str, int]] = []
        self._turn = count()
        self._told: dict[VisitId, e.TicketIssued] = {}
        self._came: list[Told] = []
        demand = {each.code: each.daily_demand for each in settings.catalogue.service if each.daily_demand}
        self._services, self._weights = list(demand), list(demand.values())
        self._do(c.OpenDay(rules=hall_rules(settings, days, date), plan=self._plan), self._plan.numbers_from_ms)

    def run(self) -> list[Told]:
        plan = self._plan
        for hour, share in enumerate(ARRIVALS):
            for _ in range(PEOPLE * share // 100):
                self._at(plan.numbers_from_ms + int(HOUR_MS * (hour + self._random.random())), "arrives")
        for number in self._state.counters:
            self._at(plan.calling_from_ms + self._random.randrange(PRESS_MS), "presses", number)
        while self._due and self._due[0][0] < plan.ends_ms:
            at, _, what, who = heappop(self._due)
            self._do(c.Wake(), at)
            getattr(self, "_" + what)(at, CounterNo(who))
        return self._came

    def _at(self, at: int, what: str, who: int = 0) -> None:
        heappush(self._due, (at, next(self._turn), what, who))

    def _do(self, command: c.Command, at: int) -> None:
        """Whoever is called steps up and is served."""
        answer = run(self._state, command, Ms(at))
        for event in () if isinstance(answer, Rejection) else answer:
            if isinstance(event, e.TicketIssued):
                self._told[event.visit_id] = event
            elif isinstance(event, e.VisitCalled):
                said = self._told[event.visit_id]
                issued = self._state.visits[event.visit_id].issued_at_ms
                self._came.append(Told(issued, said.wait_p50_ms, said.wait_p90_ms, at - issued))
                self._at(at + WALK_MS, "starts", event.counter)

    def _arrives(self, at: int, _who: CounterNo) -> None:
        (service,) = self._random.choices(self._services, self._weights)
        token = Token(f"{len(self._told):022d}")
        items = (c.Item(ServiceId(service)),)
        self._do(c.IssueTicket(token=token, day=self._plan.day, items=items, source=Source.KIOSK), at)

    def _presses(self, at: int, number: CounterNo) -> None:
        """Calls whenever nobody is at the counter; a pause for lunch is over when the clerk is back."""
        if self._state.counters[number].state not in (CounterState.CALLING, CounterState.SERVING):
            lunch = self._state.phase is Phase.LUNCH and self._state.counters[number].state is CounterState.PAUSED
            if not lunch:
                self._do(c.PressKey(counter=number, key=Key.NEXT), at)
            self._at(at + PRESS_MS, "presses", number)

    def _starts(self, at: int, number: CounterNo) -> None:
        self._do(c.StartService(counter=number), at)
        visit = self._state.visits[self._state.counters[number].visit]
        scatter = self._random.lognormvariate(-SCATTER * SCATTER / 2, SCATTER)
        self._at(at + int(self._state.stage_load_ms(visit) * self._slow * scatter), "ends", number)

    def _ends(self, at: int, number: CounterNo) -> None:
        self._do(c.FinishService(counter=number), at)
        self._at(at + BETWEEN_MS, "presses", number)
