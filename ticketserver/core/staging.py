"""Stages of a visit: the fewest stops at which everything it came for is done (hall-rules, section 4).

```
a counter open now can do all of it            → one stage, wait
one that opens later today can                 → one stage, wait, say from when
none today can do all                          → the smallest number of stages, ties by zone order; a service
                                                 is called normally, else done beside, else overflow
a service no counter of today can do           → NoCounterTodayError
```
The search runs over combinations of profiles that are staffed today, a handful, smallest first, and only over those
that do every service; what it finds is remembered per (services, counters of today). The order of the profiles in a
combination matters only where a service is done beside another; `ORDERS` bounds what a strange request may cost.
"""

from itertools import combinations, islice, permutations

from ticketserver.core.ids import ProfileId, ServiceId, ZoneId
from ticketserver.core.model import Stage
from ticketserver.core.staffing import Staffing

ORDERS = 24
"""All orders of up to four stages."""


class NoCounterTodayError(Exception):
    """No counter open or due today can do `service`."""

    def __init__(self, service: ServiceId) -> None:
        super().__init__(service)
        self.service = service


def plan_stages(staffing: Staffing, services: tuple[ServiceId, ...], today: int) -> tuple[Stage, ...]:
    """Stages for open `services` (in the order chosen) with the counters in mask `today` (open or due).

    Raises NoCounterTodayError. No services, no stages.
    """
    key = (services, today)
    known = staffing.plans.get(key)
    if known is None:
        known = staffing.plans[key] = _plan(staffing, services, today)
    return known  # type: ignore[return-value]


def plan_or_strand(staffing: Staffing, services: tuple[ServiceId, ...], today: int) -> tuple[Stage, ...]:
    """As `plan_stages`; what no counter of today can do becomes a stage of its own, stranded until one opens."""
    try:
        return plan_stages(staffing, services, today)
    except NoCounterTodayError as error:
        able = tuple(service for service in services if service != error.service)
        stranded = Stage(staffing.services[error.service].zone, (error.service,))
        return (*plan_or_strand(staffing, able, today), stranded)


def _plan(staffing: Staffing, services: tuple[ServiceId, ...], today: int) -> tuple[Stage, ...]:
    if not services:
        return ()
    primary, overflow = staffing.masks(services)
    if (primary | overflow) & today:
        return (Stage(stage_zone(staffing, services, today), services),)
    done = {profile: staffing.done_by(profile, services) for profile in _staffed_profiles(staffing, today)}
    for count in range(2, len(services) + 1):
        for chosen in combinations(done, count):
            if len(frozenset().union(*(done[profile] for profile in chosen))) < len(services):
                continue
            for order in islice(permutations(chosen), ORDERS):
                shares = _share(staffing, services, order)
                if shares is not None:
                    stops = [tuple(s for s in services if s in shares[profile]) for profile in chosen]
                    return tuple(Stage(stage_zone(staffing, stop, today), stop) for stop in stops)
    raise NoCounterTodayError(next(s for s in services if not any(m & today for m in staffing.masks((s,)))))


def _staffed_profiles(staffing: Staffing, today: int) -> list[ProfileId]:
    """Profiles with a counter today, in zone order of their lowest counter."""
    first: dict[ProfileId, tuple[int, int]] = {}
    for counter in staffing.counters.values():
        if counter.bit & today:
            place = (staffing.zone_order[counter.zone], counter.counter)
            first[counter.profile] = min(first.get(counter.profile, place), place)
    return sorted(first, key=lambda profile: first[profile])


def _share(
    staffing: Staffing, services: tuple[ServiceId, ...], chosen: tuple[ProfileId, ...]
) -> dict[ProfileId, list[ServiceId]] | None:
    """Each service to the first chosen profile that calls it normally; else to one that does it beside those; else to
    one that takes it as overflow. None where one fits nowhere or a profile is left without any."""
    shares: dict[ProfileId, list[ServiceId]] = {profile: [] for profile in chosen}
    rest: list[ServiceId] = []
    for service in services:
        calling = [profile for profile in chosen if staffing.level(profile, frozenset((service,))) == 2]
        (shares[calling[0]] if calling else rest).append(service)
    rest.sort(key=lambda service: not any(staffing.level(profile, frozenset((service,))) for profile in chosen))
    for service in rest:
        level = {profile: staffing.level(profile, frozenset((*shares[profile], service))) for profile in chosen}
        best = max(chosen, key=lambda profile: level[profile])
        if not level[best]:
            return None
        shares[best].append(service)
    return shares if all(shares.values()) else None


def stage_zone(staffing: Staffing, services: tuple[ServiceId, ...], today: int) -> ZoneId:
    """Where the person waits: the zone of the services that the first capable counter calls normally."""
    primary, overflow = staffing.masks(services)
    able = primary & today or overflow & today or primary | overflow
    host = next(counter for counter in staffing.counters.values() if counter.bit & able)
    rule = staffing.profiles[host.profile]
    called = [s for s in services if s in rule.primary] or [s for s in services if s in rule.overflow]
    zones = [staffing.services[service].zone for service in called]
    return min(zones, key=lambda zone: staffing.zone_order[zone])
