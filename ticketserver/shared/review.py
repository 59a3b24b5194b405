"""Advice about a hall that works but will disappoint: findings, not errors. They refuse nothing.

Who can do what: a service or purpose *belongs* to the counters whose profile has it as primary or overflow work; it is
*joined* at those that have it under `together`, beside a primary one.

Load: cases of a peak day × minutes × the peak hour's share, in Erlang, which is the number of desks kept busy. A group
is a set of counters that some service belongs to; it carries everything that belongs to none outside it. Where the load
reaches `MAX_LOAD` of the desks, waits grow without end.
"""

from collections.abc import Callable, Iterator, Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from msgspec import Struct

from ticketserver.shared.catalogue import Catalogue
from ticketserver.shared.media import media_advice
from ticketserver.shared.places import Profile, Scope
from ticketserver.shared.settings import Settings
from ticketserver.shared.texts import load_texts
from ticketserver.shared.voice_settings import unspoken

PEAK_HOUR_SHARE = 0.2
MAX_LOAD = 0.9

Counters = frozenset[int]


class Finding(Struct, frozen=True):
    """One piece of advice: `kind` is a message key under `config.review`, `details` fill it in."""

    kind: str
    details: Mapping[str, str]

    def text(self, language: str) -> str:
        return load_texts(language)(f"config.review.{self.kind}", **self.details)


class Group(Struct, frozen=True):
    """Counters that share work, and the Erlang they carry in a peak hour."""

    counters: Counters
    erlang: float

    @property
    def overloaded(self) -> bool:
        return self.erlang >= MAX_LOAD * len(self.counters)


def review_hall(settings: Settings, catalogue: Catalogue) -> tuple[Finding, ...]:
    """All advice about the hall: overloaded groups, work that one counter or none can do, related services that no
    single counter can do together, a public address that phones cannot reach, pictures that are not there."""
    return (
        *_overloaded(settings, catalogue),
        *_hanging(settings, catalogue),
        *_split_pairs(settings, catalogue),
        *_public_url(settings.hall.public_url),
        *(Finding(kind, details) for kind, details in media_advice(settings)),
        *_unspoken(settings),
    )


def counters_by_work(settings: Settings, catalogue: Catalogue) -> dict[str, Counters]:
    """For each service code and purpose id, the counters it belongs to (possibly none)."""
    return _capable(settings, catalogue, lambda profile: (profile.primary, profile.overflow))


def groups(settings: Settings, catalogue: Catalogue) -> tuple[Group, ...]:
    """Every group with its load, smallest counter number first."""
    belongs = counters_by_work(settings, catalogue)
    erlang = _erlang(settings, catalogue)
    found = sorted({counters for counters in belongs.values() if counters}, key=sorted)
    return tuple(
        Group(counters, sum(erlang[work] for work, able in belongs.items() if able and able <= counters))
        for counters in found
    )


def together_at(settings: Settings, catalogue: Catalogue, one: str, other: str) -> Counters:
    """Counters that can do both services in one visit: both belong there, or one is primary and the other joined."""
    belongs = counters_by_work(settings, catalogue)
    primary = _capable(settings, catalogue, lambda profile: (profile.primary,))
    joined = _capable(settings, catalogue, lambda profile: (profile.together,))
    return (belongs[one] & belongs[other]) | (primary[one] & joined[other]) | (primary[other] & joined[one])


def _capable(
    settings: Settings, catalogue: Catalogue, scopes: Callable[[Profile], tuple[Scope, ...]]
) -> dict[str, Counters]:
    able: dict[str, set[int]] = {service.code: set() for service in catalogue.service}
    able.update((purpose.id, set()) for purpose in settings.purpose)
    profiles = {profile.id: profile for profile in settings.profile}
    for counter in settings.counter:
        for scope in scopes(profiles[counter.profile]):
            for work in _works(scope, catalogue):
                able[work].add(counter.number)
    return {work: frozenset(counters) for work, counters in able.items()}


def _works(scope: Scope, catalogue: Catalogue) -> Iterator[str]:
    yield from scope.services
    yield from scope.purposes
    for zone in scope.zones:
        yield from (service.code for service in catalogue.in_zone(zone))


def _erlang(settings: Settings, catalogue: Catalogue) -> dict[str, float]:
    minutes = {service.code: service.daily_demand * service.minutes for service in catalogue.service}
    minutes.update((purpose.id, purpose.daily_demand * purpose.minutes) for purpose in settings.purpose)
    return {work: total * PEAK_HOUR_SHARE / 60 for work, total in minutes.items()}


def _overloaded(settings: Settings, catalogue: Catalogue) -> Iterator[Finding]:
    for group in groups(settings, catalogue):
        if group.overloaded:
            details = {
                "counters": numbers_text(group.counters),
                "load": f"{group.erlang:.1f}",
                "desks": str(len(group.counters)),
                "share": f"{MAX_LOAD:.0%}".rstrip("%"),
            }
            yield Finding("overload", details)


def _hanging(settings: Settings, catalogue: Catalogue) -> Iterator[Finding]:
    names = {service.code: f"{service.code} {service.plain_zh}" for service in catalogue.service}
    names.update((purpose.id, purpose.name_zh) for purpose in settings.purpose)
    for work, counters in counters_by_work(settings, catalogue).items():
        if not counters:
            yield Finding("no_counter", {"service": names[work]})
        elif len(counters) == 1:
            yield Finding("lone_counter", {"service": names[work], "counter": numbers_text(counters)})


def _split_pairs(settings: Settings, catalogue: Catalogue) -> Iterator[Finding]:
    for one, other in catalogue.related_pairs():
        if not together_at(settings, catalogue, one, other):
            yield Finding("split_pair", {"one": one, "other": other})


def _public_url(url: str) -> Iterator[Finding]:
    host = urlsplit(url).hostname or ""
    try:
        unreachable = not ip_address(host).is_global
    except ValueError:
        unreachable = bool(host) and ("." not in host or host.endswith((".local", ".lan", ".localhost", ".internal")))
    if unreachable:
        yield Finding("private_url", {"url": url})


def numbers_text(counters: Counters) -> str:
    """Counter numbers as people write them: `1-20, 28`."""
    runs: list[list[int]] = []
    for number in sorted(counters):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _unspoken(settings: Settings) -> Iterator[Finding]:
    if zones := unspoken(settings):
        yield Finding("unspoken", {"zones": ", ".join(zones)})
