"""The nouns of the hall: its rules for a day, and the visits and counters that live in it.

Rules are plain frozen values that arrive with `DayOpened` and outlive the day; visits and counters are mutable and
changed by `evolve` alone. Shapes:

```
Rules ── zones[], services[], profiles[], counters[], priorities[], QueueRules
DayPlan ── the day's times in ms, worked out by the server from calendar and time zone
Visit ── services[] (open | done | dropped) ── stages[] (the current one first) ── state
Counter ── profile ── state ── at most one visit in hand ── the running call
```
"""

from dataclasses import dataclass, field

from msgspec import Struct

from ticketserver.core.ids import (
    BusinessDay,
    CallId,
    CounterNo,
    DeviceId,
    Ms,
    ProfileId,
    SeriesPrefix,
    ServiceId,
    TicketNumber,
    Token,
    VisitId,
    ZoneId,
)
from ticketserver.core.terms import Basis, CallReason, CounterState, HoldKind, Source, StartedBy, VisitState


class Rule(Struct, frozen=True, omit_defaults=True, gc=False):
    """Base of the hall's rules."""


class ZoneRule(Rule, frozen=True):
    """Zones stand in the hall's order; several may share one series."""

    zone: ZoneId
    series: SeriesPrefix


class ServiceRule(Rule, frozen=True):
    """A service or visit purpose; `minutes_ms` and `p90_ms` are the time at the counter for one case."""

    service: ServiceId
    zone: ZoneId
    minutes_ms: Ms
    p90_ms: Ms
    purpose: bool = False


class ProfileRule(Rule, frozen=True):
    """What a counter does: `primary` is called normally, `together` only beside a primary service of the same visit,
    `overflow` only when no primary visit waits and the switch is on (hall-rules, section 4)."""

    profile: ProfileId
    primary: tuple[ServiceId, ...]
    together: tuple[ServiceId, ...] = ()
    overflow: tuple[ServiceId, ...] = ()
    overflow_on: bool = True


class CounterRule(Rule, frozen=True):
    """`stays_at_lunch`: keeps calling through lunch. `due_from_ms`: when it opens today, 0 = with the calling.
    `redirect_to`: zone that the redirect key transfers to, "" = the key beeps."""

    counter: CounterNo
    zone: ZoneId
    profile: ProfileId
    has_start_key: bool = True
    stays_at_lunch: bool = False
    due_today: bool = True
    due_from_ms: Ms = Ms(0)
    redirect_to: ZoneId = ZoneId("")


class PriorityRule(Rule, frozen=True):
    class_id: str
    weight: int


class QueueRules(Rule, frozen=True):
    """Settings of hall-rules sections 3 and 5 to 7; spans in ms."""

    cap: int = 5
    ready_on_empty: bool = True
    ready_lapse_ms: Ms = Ms(600_000)
    calls: int = 3
    gap_ms: Ms = Ms(30_000)
    gap_priority_ms: Ms = Ms(45_000)
    same_call_ms: Ms = Ms(5_000)
    unspoken_ms: Ms = Ms(60_000)
    implied_start_ms: Ms = Ms(60_000)
    reopen_ms: Ms = Ms(300_000)
    named_fallback_ms: Ms = Ms(300_000)
    comeback_after: int = 3
    max_returns: int = 2
    auto_no_show: bool = False
    declared_needs_confirm: bool = True
    batch_cases: int = 10
    batch_counters: tuple[CounterNo, ...] = ()
    appointment_late_ms: Ms = Ms(600_000)
    capacity_cutoff: bool = True


class Rules(Rule, frozen=True):
    hall_id: str
    zones: tuple[ZoneRule, ...]
    services: tuple[ServiceRule, ...]
    profiles: tuple[ProfileRule, ...]
    counters: tuple[CounterRule, ...]
    priorities: tuple[PriorityRule, ...] = ()
    queue: QueueRules = QueueRules()


class DayPlan(Rule, frozen=True):
    """A business day in plain numbers. `lunch_from_ms` 0 = no lunch plan."""

    day: BusinessDay
    numbers_from_ms: Ms
    calling_from_ms: Ms
    last_number_ms: Ms
    ends_ms: Ms
    lunch_from_ms: Ms = Ms(0)
    lunch_to_ms: Ms = Ms(0)
    not_at_lunch: tuple[ServiceId, ...] = ()


class Stage(Rule, frozen=True):
    """One stop of a visit: services done there by one counter. `targets` names counters where a transfer, a hold or a
    batch narrowed the choice; empty means any counter able to do the services."""

    zone: ZoneId
    services: tuple[ServiceId, ...]
    targets: tuple[CounterNo, ...] = ()


OPEN, DONE, DROPPED = "open", "done", "dropped"


@dataclass(slots=True)
class VisitService:
    service: ServiceId
    quantity: int
    status: str = OPEN


@dataclass(slots=True)
class Visit:
    """One person's errand under one number. `join_ms` and the place it gives are kept through all stages.
    `expected_ms`: the wait that was said, while it can still be measured (pace.py); 0 = it cannot."""

    visit_id: VisitId
    number: TicketNumber
    token: Token
    check_code: str
    source: Source
    device: DeviceId
    services: list[VisitService]
    stages: list[Stage]
    issued_at_ms: Ms
    join_ms: Ms
    employers: int = 0
    on_behalf: bool = False
    holder: str = ""
    appointment: bool = False
    priority: str = ""
    basis: Basis | None = None
    confirmed: bool = False
    weight: int = 1
    state: VisitState = VisitState.WAITING
    counter: CounterNo = CounterNo(0)
    stage_no: int = 1
    returns: int = 0
    checked_in: bool = False
    comeback_left: int = 0
    claim: int = 0
    held: HoldKind | None = None
    held_for: CounterNo = CounterNo(0)
    missed_at_ms: Ms = Ms(0)
    missed_counter: CounterNo = CounterNo(0)
    printed: bool = False
    expected_ms: Ms = Ms(0)
    expected_pace: int = 0
    ratings: dict[ServiceId, int] = field(default_factory=dict)

    def open_services(self) -> list[ServiceId]:
        return [item.service for item in self.services if item.status == OPEN]


@dataclass(slots=True)
class Call:
    """The running call at a counter. `clock_base_ms` is the call's time, or the restart's; `spoken_ms` 0 = not yet."""

    call_id: CallId
    call_no: int
    called_at_ms: Ms
    clock_base_ms: Ms
    reason: CallReason
    zone: ZoneId
    spoken_ms: Ms = Ms(0)
    offered: bool = False


@dataclass(slots=True)
class Ending:
    """An ending at a counter that can be taken back for a while; `stage_no` is the stage that ended."""

    visit_id: VisitId
    at_ms: Ms
    stage_no: int
    done: tuple[ServiceId, ...] = ()
    dropped: tuple[ServiceId, ...] = ()


@dataclass(slots=True)
class Counter:
    counter: CounterNo
    bit: int
    zone: ZoneId
    profile: ProfileId
    has_start_key: bool
    stays_at_lunch: bool
    redirect_to: ZoneId
    due_from_ms: Ms
    due: bool = True
    state: CounterState = CounterState.CLOSED
    visit: VisitId = VisitId(0)
    call: Call | None = None
    started_by: StartedBy = StartedBy.KEY
    started_at_ms: Ms = Ms(0)
    pause_after: bool = False
    lunch_pause: bool = False
    since_ms: Ms = Ms(0)
    timer_base_ms: Ms = Ms(0)
    named_released: bool = False
    deadline_ms: Ms = Ms(0)
    endings: list[Ending] = field(default_factory=list)
