"""The parts of hall.toml that say where things are done: series, zones, profiles, counters, visit purposes.

All of them are `[[...]]` tables. Ids are what the journal and the wire carry; names are what people read.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from ticketserver.shared.fields import (
    Count,
    CounterNumber,
    Id,
    Name,
    OptionalClockTime,
    Positive,
    Prefix,
    ServiceCode,
    Weekday,
)

PurposeId = Literal["enquiry", "papers", "collect", "complain"]


class Series(Struct, frozen=True, kw_only=True):
    """`[[series]]`: a run of ticket numbers. Numbers are the prefix and at least three digits (A001); after A999
    follows A1000, never a wrap."""

    prefix: Prefix


class Zone(Struct, frozen=True, kw_only=True):
    """`[[zone]]`: a place in the hall whose counters do one group of services.

    `name_*` is the window's name (养老审核窗口), `area_*` the short one for the waiting area (养老审核).
    `order` breaks ties when stages are worked out, smallest first.
    """

    id: Id
    name_zh: Name
    name_en: Name
    area_zh: Name
    area_en: Name
    series: Prefix
    order: Count


class Scope(Struct, frozen=True, kw_only=True):
    """A set of work: all services of `zones`, the named `services`, the named visit `purposes`."""

    zones: tuple[Id, ...] = ()
    services: tuple[ServiceCode, ...] = ()
    purposes: tuple[PurposeId, ...] = ()


class Profile(Struct, frozen=True, kw_only=True):
    """`[[profile]]`: what a counter does. `primary` is called normally, `together` only with a primary service of the
    same visit, `overflow` only while no primary visit waits and `overflow_on` is true."""

    id: Id
    name_zh: Name
    name_en: Name
    primary: Scope
    together: Scope = Scope()
    overflow: Scope = Scope()
    overflow_on: bool = True


class Counter(Struct, frozen=True, kw_only=True):
    """`[[counter]]`: `number` is the public one. `zone` gives the window's name on boards and in calls.

    `due_days`: weekdays on which it is staffed (empty = every day the hall works); `due_from`: from when (empty = as
    soon as calling starts), until then it counts as due today. `start_key`: its box or console has a start key; without
    one a call counts as served after `queue.implied_start_ms`. `batch`: takes visits with many cases. `redirect_zone`:
    where the box's redirect key sends a visit (empty = the key beeps).
    """

    number: CounterNumber
    zone: Id
    profile: Id
    start_key: bool = True
    due_days: tuple[Weekday, ...] = ()
    due_from: OptionalClockTime = ""
    batch: bool = False
    redirect_zone: Annotated[str, Meta(max_length=40)] = ""


class Purpose(Struct, frozen=True, kw_only=True):
    """`[[purpose]]`: a visit without a known service. `minutes` at the counter are an estimate; `daily_demand` counts
    visits of a peak day that are not in the catalogue's figures."""

    id: PurposeId
    name_zh: Name
    name_en: Name
    zone: Id
    minutes: Positive
    minutes_p90: Positive
    daily_demand: Count = 0
