"""One clerk of the demonstration: what they do next at their counter, from what it shows. No clock, no sockets.

```
away:    CLOSED wait          PAUSED wait or close       IDLE, READY pause or close      CALLING, SERVING as below
here:    CLOSED open          PAUSED resume              IDLE a held visit, or call      READY wait
CALLING  the citizen walks → start; does not come → call again every `AGAIN_S`, no-show once the hall offers it
SERVING  for as long as the services take, then: hold, send on, add a service, or finish
```
The counter may be used by somebody else as well (a console, a box): the clerk goes by what it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ticketserver.core.ids import CounterNo, RequestId, ServiceId, Token
from ticketserver.core.terms import CounterState, HoldKind
from ticketserver.runner.demo_day import Citizen, Duty, Fate, Work, service_s
from ticketserver.wire.params import (
    AddServices,
    AtCounter,
    CallNext,
    CloseCounter,
    FinishService,
    HoldVisit,
    MarkNoShow,
    OpenCounter,
    Params,
    PauseCounter,
    Recall,
    ResumeCounter,
    ResumeVisit,
    ServiceItem,
    StartService,
    TransferVisit,
)
from ticketserver.wire.views_counters import CounterView, CounterVisit

AGAIN_S = 6.0
LOOK_S = 2.0
HELD_S = 20.0
STRANGER_WALK_S = 6.0
"""Somebody who took a number at the kiosk needs time to see where they were called."""
KINDS = tuple(HoldKind)


@dataclass
class Person:
    """A citizen of the plan in the hall. `missed` counts the calls they did not hear."""

    citizen: Citizen
    token: Token
    missed: int = 0


class Step(NamedTuple):
    """Wait so long or until the counter shows something else, then ask `method` (empty: only look again)."""

    wait_s: float
    method: str = ""
    params: Params | None = None


class Clerk:
    """`people` finds who holds a number, None for somebody not of the plan; `request` makes request ids; the hall makes
    so many `calls` before somebody is missed."""

    def __init__(
        self,
        counter: int,
        work: Mapping[str, Work],
        people: Callable[[str], Person | None],
        request: Callable[[], RequestId],
        calls: int,
    ) -> None:
        self.counter = CounterNo(counter)
        self._calls = calls
        self._work = work
        self._people = people
        self._request = request
        self._serving = 0
        self._since_s = 0.0
        self._befallen: set[int] = set()
        self._held: list[tuple[float, str]] = []

    def next(self, view: CounterView, duty: Duty, now_s: float) -> Step:
        """`now_s`: seconds since 1970, as the counter's times are ms since then; so is `duty.back_s`."""
        if view.state is CounterState.CALLING:
            return self._calling(view, now_s)
        if view.state is CounterState.SERVING:
            return self._serve(view, now_s)
        if not duty.here:
            return self._leave(view, duty)
        if view.state is CounterState.CLOSED:
            return self._at(0, "open_counter", OpenCounter)
        if view.state is CounterState.PAUSED:
            return self._at(0, "resume_counter", ResumeCounter)
        if self._held and self._held[0][0] <= now_s:
            number = self._held.pop(0)[1]
            return self._at(0, "resume_visit", ResumeVisit, number=number)
        return Step(LOOK_S) if view.state is CounterState.READY else self._at(0, "call_next", CallNext)

    def _at(self, wait_s: float, method: str, params: type[AtCounter], **more: object) -> Step:
        return Step(max(0.0, wait_s), method, params(request_id=self._request(), counter=self.counter, **more))

    def _leave(self, view: CounterView, duty: Duty) -> Step:
        if view.state is CounterState.CLOSED or (view.state is CounterState.PAUSED and duty.pauses):
            return Step(LOOK_S)
        if duty.pauses:
            return self._at(0, "pause_counter", PauseCounter)
        return self._at(0, "close_counter", CloseCounter, returns_at_ms=round(duty.back_s * 1000))

    def _calling(self, view: CounterView, now_s: float) -> Step:
        person = self._people(view.number)
        since_s = now_s - view.called_at_ms / 1000
        if person is None or person.missed >= person.citizen.misses:
            walk_s = person.citizen.walk_s if person else STRANGER_WALK_S
            return self._at(walk_s - since_s, "start_service", StartService)
        if view.no_show_offered:
            return self._at(0, "mark_no_show", MarkNoShow)
        if since_s < AGAIN_S:
            return Step(AGAIN_S - since_s)
        # Once the last call is made, only the hall's own clock moves this on.
        return self._at(0, "recall", Recall) if view.calls_made < self._calls else Step(LOOK_S)

    def _serve(self, view: CounterView, now_s: float) -> Step:
        visit = view.visit
        assert visit is not None
        if self._serving != visit.visit_id:
            self._serving, self._since_s = visit.visit_id, now_s
        person = self._people(visit.number)
        left_s = self._since_s + self._stay_s(visit, person) - now_s
        fate = person.citizen.fate if person and visit.visit_id not in self._befallen else Fate.PLAIN
        if fate is Fate.PLAIN or person is None:
            return self._at(left_s, "finish_service", FinishService)
        if left_s > 0:
            return Step(left_s)
        self._befallen.add(visit.visit_id)
        self._serving = 0
        return self._befall(fate, person.citizen.fate_service, visit, now_s)

    def _stay_s(self, visit: CounterVisit, person: Person | None) -> float:
        cases = {item.service: item.quantity for item in visit.services}
        minutes = [(self._work[code].minutes, cases[code]) for code in visit.here if code in self._work]
        return sum(service_s(person.citizen if person else None, each, count) for each, count in minutes)

    def _befall(self, fate: Fate, service: str, visit: CounterVisit, now_s: float) -> Step:
        """What comes up when the work seemed done. A service that is there already, or is none, is nothing new."""
        if fate is Fate.HELD:
            self._held.append((now_s + HELD_S, visit.number))
            return self._at(0, "hold_visit", HoldVisit, kind=KINDS[visit.visit_id % len(KINDS)])
        if not service or any(item.service == service for item in visit.services):
            return self._at(0, "finish_service", FinishService)
        if fate is Fate.SENT_ON:
            return self._at(0, "transfer_visit", TransferVisit, service=service)
        added = [ServiceItem(ServiceId(service))]
        return Step(0, "add_services", AddServices(request_id=self._request(), number=visit.number, services=added))
