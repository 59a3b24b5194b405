"""The halls that are simulated: the sample hall cut down to five counters and a day of three quarters of an hour.

Rules that a hall can set (cap, gaps, lapses, returns) are drawn with the seed, so that no value is taken for the only
one. Some seeds take all 30 counters of the sample; some are open around the clock, and turn their day at 04:00.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from ticketserver.shared.places import Profile, Scope
from ticketserver.shared.rules import Calendar, Lunch
from ticketserver.shared.settings import Limits, Settings, load_settings
from ticketserver.shared.texts import HERE

SAMPLE = HERE.parent / "sample" / "hall.toml"
SERVICES = ("PEN-01", "PAY-02", "CRD-02", "QRY-04", "PEN-03", "PEN-04", "INJ-02", "INJ-03")
ZONES = ("comprehensive", "pension-review", "work-injury")
DAY = date(2026, 11, 23)
"""A Monday on which the sample hall works, and so does the day after."""
MINUTE_MS = 60_000
LARGE = (1, 2, 3, 17, 18, 21, 22, 28, 29, 30)
"""Counters of the sample hall with a clerk: each profile, and the batch counters."""


@dataclass(frozen=True)
class Script:
    """What a seed plays. `calm_end`: faults stop and everybody is served; else the day's end or turn comes over it."""

    settings: Settings
    begins_ms: int
    always: bool
    counters: tuple[int, ...]
    boxes: tuple[int, ...]
    busy_ms: int
    second_day: bool
    calm_end: bool


@cache
def sample() -> Settings:
    return load_settings(SAMPLE)


@cache
def small() -> Settings:
    """Three front counters, one for pensions that helps out in front, one for injuries."""
    whole = sample()
    wanted = [each for each in whole.catalogue.service if each.zone in ZONES]
    front = [each for each in wanted if each.zone == ZONES[0]][:4]
    others = [each for zone in ZONES[1:] for each in wanted if each.zone == zone]
    pension = [each for each in others if each.zone == ZONES[1]][:2]
    injury = [each for each in others if each.zone == ZONES[2]][:2]
    services = tuple(replace(each, minutes=1, minutes_p90=2) for each in (*front, *pension, *injury))
    named = {zone.id: zone for zone in whole.zone}
    purposes = ("enquiry", "papers", "collect")
    together = Scope(services=(front[0].code, front[1].code))
    names = {"name_zh": "窗口", "name_en": "Counter"}
    profiles = (
        Profile(id="front", primary=Scope(zones=(ZONES[0],), purposes=purposes), **names),
        Profile(id="pension", primary=Scope(zones=(ZONES[1],)), together=together, overflow=Scope(zones=(ZONES[0],)),
                **names),
        Profile(id="injury", primary=Scope(zones=(ZONES[2],)), together=together, **names),
    )  # fmt: skip
    first = whole.counter[0]
    places = (("front", 0), ("front", 0), ("front", 0), ("pension", 1), ("injury", 2))
    counters = tuple(
        replace(first, number=number, zone=ZONES[zone], profile=profile, redirect_zone=ZONES[1] if number == 1 else "",
                start_key=number != 2, batch=number == 3)
        for number, (profile, zone) in enumerate(places, 1)
    )  # fmt: skip
    return replace(
        whole,
        zone=tuple(named[zone] for zone in ZONES),
        profile=profiles,
        counter=counters,
        purpose=tuple(replace(each, minutes=1, minutes_p90=2) for each in whole.purpose if each.id in purposes),
        loaded=replace(whole.catalogue, service=services, tile=()),
    )


def draw(seed: int, folder: str) -> Script:
    """The seed's hall and plot. `folder` is for the quarantine file."""
    chance = Random(f"script {seed}")
    large = seed % 25 == 7
    always = chance.random() < 0.2
    settings = sample() if large else small()
    last = settings.catalogue.service[-1].code
    lunch = Lunch(starts="08:08", ends="08:11", counters=(1, 4), services_not_done=(last,))
    calendar = Calendar(
        numbers_from="08:00", calling_from="08:02", last_number="08:40", ends="08:44", always_open=always,
        lunch=lunch if chance.random() < 0.4 else None, capacity_cutoff=chance.random() < 0.2,
    )  # fmt: skip
    queue = replace(
        settings.queue,
        cap=chance.choice((1, 2, 5)),
        calls=chance.choice((2, 3)),
        gap_ms=chance.choice((10_000, 30_000)),
        auto_no_show=chance.random() < 0.4,
        ready_on_empty=chance.random() < 0.8,
        ready_lapse_ms=chance.choice((60_000, 600_000)),
        implied_start_ms=chance.choice((20_000, 60_000)),
        named_counter_gone_ms=chance.choice((30_000, 300_000)),
        unspoken_ms=chance.choice((20_000, 60_000)),
        comeback_after=chance.choice((1, 3)),
        declared_needs_confirm=chance.random() < 0.5,
        batch_cases=3,
    )
    server = replace(settings.server, data_dir=folder, limits=Limits(outbox_messages=chance.choice((8, 40))))
    settings = replace(settings, calendar=calendar, queue=queue, server=server)
    calm_end = always or chance.random() < 0.7
    second_day = not always and chance.random() < 0.3
    hour, minute = (3, 56) if always else (8, 0)
    start = datetime(DAY.year, DAY.month, DAY.day, hour, minute, tzinfo=ZoneInfo(settings.hall.timezone))
    numbers = tuple(each.number for each in settings.counter)
    busy = chance.randint(7, 11) * MINUTE_MS
    return Script(
        settings=settings,
        begins_ms=round(start.timestamp() * 1000),
        always=always,
        counters=LARGE if large else numbers,
        boxes=(1, 2, 3),
        busy_ms=busy,
        second_day=second_day,
        calm_end=calm_end,
    )
