"""The demonstration's day: a peak day of nine hours pressed into twenty minutes, drawn up beforehand from a seed.

```
0        60 s                        540 s        720 s                       1140 s   1200 s
|numbers |calling: the morning's rush |lunch: few  |the afternoon              |no more |
 1/3 of all    1/3                     1/12         the rest
```
A minute of work takes `SECONDS_A_MINUTE`. Who comes, for what, how long each takes, who misses their call, who is held
or sent on: all of it is in the list that `plan_day` returns; the same seed gives the same day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from random import Random
from typing import NamedTuple

VISITS = 1000
DAY_S = 1200.0
CALLING_S, LUNCH_S, AFTER_LUNCH_S, LAST_S = 60.0, 540.0, 720.0, 1140.0
SPANS = ((0.0, CALLING_S, 4), (CALLING_S, LUNCH_S, 4), (LUNCH_S, AFTER_LUNCH_S, 1), (AFTER_LUNCH_S, LAST_S, 3))
"""(from, to, twelfths of the day's numbers)."""
SECONDS_A_MINUTE = 1.5
TWO_SERVICES, THREE_SERVICES = 0.25, 0.05
PRIORITY, SEVERAL_CASES, MISSES, MISSES_TWICE, COMES_BACK, GIVES_UP = 0.08, 0.3, 0.04, 0.1, 0.8, 0.01
HELD, SENT_ON, ADDED = 0.02, 0.03, 0.03


class Fate(Enum):
    """What happens at the counter, once a visit."""

    PLAIN = "plain"
    HELD = "held"
    SENT_ON = "sent_on"
    ADDED = "added"


@dataclass(frozen=True)
class Work:
    """A service or visit purpose of the hall, as far as the demonstration cares."""

    code: str
    minutes: int
    minutes_p90: int
    demand: int
    purpose: bool = False
    employers: bool = False
    related: tuple[str, ...] = ()


@dataclass(frozen=True)
class Priority:
    """A priority class; `by_card`: the card proves it, else it is declared and the guide sees the proof or not."""

    class_id: str
    by_card: bool


@dataclass(frozen=True)
class Citizen:
    """One visit. Times are seconds; `pace` stretches every service; `misses` counts the calls they will not hear."""

    arrives_s: float
    services: tuple[tuple[str, int], ...]
    purpose: str = ""
    priority: str = ""
    by_card: bool = False
    proven: bool = False
    walk_s: float = 3.0
    pace: float = 1.0
    misses: int = 0
    back_s: float | None = None
    gives_up_s: float | None = None
    fate: Fate = Fate.PLAIN
    fate_service: str = ""


class Duty(NamedTuple):
    """Where a clerk should be. Away: `pauses` at the counter or closes it; `back_s` is when they return."""

    here: bool
    pauses: bool = False
    back_s: float = 0.0


def plan_day(work: Sequence[Work], priorities: Sequence[Priority], seed: int) -> list[Citizen]:
    """Everybody of the day in the order of coming. `work` with no demand at all is an empty day."""
    random = Random(seed)
    if not any(each.demand for each in work):
        return []
    arrivals = sorted(
        random.uniform(begins, ends) for begins, ends, twelfths in SPANS for _ in range(VISITS * twelfths // 12)
    )
    return [_citizen(at, work, priorities, random) for at in arrivals]


def _citizen(arrives_s: float, work: Sequence[Work], priorities: Sequence[Priority], random: Random) -> Citizen:
    first = _drawn(work, random)
    services = [] if first.purpose else _services(first, work, random)
    chosen = random.choice(priorities) if priorities and random.random() < PRIORITY else None
    misses = (1 + (random.random() < MISSES_TWICE)) if random.random() < MISSES else 0
    fate = random.choices(
        (Fate.HELD, Fate.SENT_ON, Fate.ADDED, Fate.PLAIN), (HELD, SENT_ON, ADDED, 1 - HELD - SENT_ON - ADDED)
    )[0]
    return Citizen(
        arrives_s=arrives_s,
        services=tuple((each.code, _cases(each, random)) for each in services),
        purpose=first.code if first.purpose else "",
        priority=chosen.class_id if chosen else "",
        by_card=chosen.by_card if chosen else False,
        proven=random.random() < 0.7,
        walk_s=random.uniform(2.0, 6.0),
        pace=_pace(first, random),
        misses=misses,
        back_s=random.uniform(15.0, 60.0) if random.random() < COMES_BACK else None,
        gives_up_s=random.uniform(30.0, 120.0) if random.random() < GIVES_UP else None,
        fate=fate,
        fate_service=_another(services, work, random),
    )


def _drawn(work: Sequence[Work], random: Random) -> Work:
    return random.choices(work, [each.demand for each in work])[0]


def _services(first: Work, work: Sequence[Work], random: Random) -> list[Work]:
    """The first service and, for some, one often done with it; for a few, one from anywhere in the hall."""
    by_code = {each.code: each for each in work}
    chosen = [first]
    if first.related and random.random() < TWO_SERVICES:
        chosen.append(by_code[random.choice(first.related)])
    if random.random() < THREE_SERVICES:
        chosen.append(_drawn(work, random))
    return list({each.code: each for each in chosen if not each.purpose}.values())


def _another(services: Sequence[Work], work: Sequence[Work], random: Random) -> str:
    """A service that comes up only at the counter."""
    taken = {each.code for each in services}
    other = _drawn(work, random)
    return "" if other.purpose or other.code in taken else other.code


def _cases(work: Work, random: Random) -> int:
    return random.randint(2, 5) if work.employers and random.random() < SEVERAL_CASES else 1


def _pace(work: Work, random: Random) -> float:
    """1 is the usual time. Nine of ten stay within `minutes_p90`, nobody goes far beyond."""
    slow = work.minutes_p90 / work.minutes
    return random.uniform(0.5, 1.3) if random.random() < 0.8 else random.uniform(1.0, 1.0 + (slow - 1.0) * 1.2)


def service_s(citizen: Citizen | None, minutes: int, cases: int) -> float:
    """Seconds at the counter for `minutes` of usual work in each of `cases`; further cases go faster than the first."""
    return (citizen.pace if citizen else 1.0) * minutes * SECONDS_A_MINUTE * (1 + 0.4 * (cases - 1))


def duty_at(at_s: float, counter: int, stays_at_lunch: bool) -> Duty:
    """Where the clerk of a counter is at this second of the day. Before calling starts every counter is closed."""
    if at_s < CALLING_S:
        return Duty(False, back_s=CALLING_S)
    if LUNCH_S <= at_s < AFTER_LUNCH_S and not stays_at_lunch:
        return Duty(False, pauses=counter % 2 == 1, back_s=AFTER_LUNCH_S)
    return Duty(True)
