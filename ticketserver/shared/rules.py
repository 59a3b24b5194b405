"""The parts of hall.toml that are rules: the hall's days and hours, priorities, who is next, missed calls.

Defaults are those of the rules of the hall; spans of time end in `_ms`.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from ticketserver.shared.fields import (
    ClockTime,
    Count,
    CounterNumber,
    Day,
    Id,
    Name,
    Positive,
    ServiceCode,
    SpanMs,
    Weekday,
)

BasisName = Literal["card", "seen", "declared"]


class Lunch(Struct, frozen=True, kw_only=True):
    """`[calendar.lunch]`: from `starts` to `ends` only `counters` stay (empty = none); `services_not_done` wait."""

    starts: ClockTime
    ends: ClockTime
    counters: tuple[CounterNumber, ...] = ()
    services_not_done: tuple[ServiceCode, ...] = ()


class Calendar(Struct, frozen=True, kw_only=True):
    """`[calendar]`: days and hours in the hall's time zone. A make-up day is worked although it is no working day.
    `capacity_cutoff`: stop numbers before `last_number` when those waiting fill what is left of the day."""

    turns_at: ClockTime = "04:00"
    working_days: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")
    holidays: tuple[Day, ...] = ()
    makeup_days: tuple[Day, ...] = ()
    numbers_from: ClockTime = "08:00"
    calling_from: ClockTime = "08:30"
    last_number: ClockTime = "16:45"
    ends: ClockTime = "17:00"
    capacity_cutoff: bool = False
    always_open: bool = False
    lunch: Lunch | None = None


class PriorityClass(Struct, frozen=True, kw_only=True):
    """`[[queue.priority]]`: who may come earlier. `bases` are the proofs accepted; `by_age`: an age
    proves it, and no other paper."""

    id: Id
    name_zh: Name
    name_en: Name
    weight: Annotated[int, Meta(ge=2, le=9)]
    bases: Annotated[tuple[BasisName, ...], Meta(min_length=1)] = ("card", "seen", "declared")
    by_age: bool = False


class Queue(Struct, frozen=True, kw_only=True):
    """`[queue]`: the rules of who is next and of missed calls (hall-rules, sections 3, 5, 6, 7). `phone_check_in`: a
    phone is presence enough after a missed call. `nearly_ahead`: how few are before somebody whose phone says that it
    is nearly their turn."""

    priority: tuple[PriorityClass, ...] = ()
    declared_needs_confirm: bool = True
    age_limit: Annotated[int, Meta(ge=40, le=120)] = 70
    cap: Positive = 5
    appointment_late_ms: SpanMs = 600_000
    ready_on_empty: bool = True
    ready_lapse_ms: SpanMs = 600_000
    same_press_ms: SpanMs = 5_000
    calls: Annotated[int, Meta(ge=1, le=9)] = 3
    gap_ms: SpanMs = 30_000
    gap_priority_ms: SpanMs = 45_000
    unspoken_ms: SpanMs = 60_000
    auto_no_show: bool = False
    implied_start_ms: SpanMs = 60_000
    reopen_ms: SpanMs = 300_000
    comeback_after: Count = 3
    max_returns: Count = 2
    phone_check_in: bool = False
    named_counter_gone_ms: SpanMs = 300_000
    rating_ms: SpanMs = 60_000
    batch_cases: Positive = 10
    nearly_ahead: Count = 3
