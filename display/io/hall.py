"""hall.toml as one call screen and its voice see it."""

from collections.abc import Callable
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

from display.layout import Layout, Place
from display.model import Hall, Pair
from display.phrases import Voicing, one_clip
from display.voice import VoiceRules
from ticketserver.core.ids import CounterNo, ZoneId
from ticketserver.shared.devices import Display
from ticketserver.shared.fields import minutes_of_day
from ticketserver.shared.layouts import layout_name
from ticketserver.shared.local import local_time
from ticketserver.shared.settings import Settings
from ticketserver.shared.texts import load_texts
from ticketserver.shared.voice_settings import Loudspeaker, loudspeakers

MINUTE_MS = 60_000


class Voice(NamedTuple):
    """One loudspeaker and what is said from it."""

    loudspeaker: Loudspeaker
    rules: VoiceRules


class NoSuchDisplay(ValueError):
    """The hall has no display of that id; the text names those it has."""


def display_of(settings: Settings, display_id: str) -> Display:
    """The display with this id. Raises `NoSuchDisplay`."""
    found = next((display for display in settings.display if display.id == display_id), None)
    if found is None:
        ids = ", ".join(display.id for display in settings.display)
        raise NoSuchDisplay(
            "\n".join(
                texts(
                    "display.start.no_display",
                    file=settings.file,
                    id=display_id,
                    known=ids or texts("display.start.none"),
                )
                for texts in map(load_texts, ("zh", "en"))
            )
        )
    return found


def hall_of(settings: Settings, display: Display) -> Hall:
    zones = sorted(settings.zone, key=lambda zone: zone.order)
    shown = [zone for zone in zones if not display.zones or zone.id in display.zones]
    notices = {"zh": display.notices_zh, "en": display.notices_en}

    def pair(zh: str, en: str) -> Pair:
        told = {"zh": zh, "en": en}
        return Pair(*(told[language] for language in settings.hall.languages))

    return Hall(
        name=pair(settings.hall.name_zh, settings.hall.name_en),
        windows={ZoneId(zone.id): pair(zone.name_zh, zone.name_en) for zone in zones},
        areas={ZoneId(zone.id): pair(zone.area_zh, zone.area_en) for zone in zones},
        zones=tuple(ZoneId(zone.id) for zone in shown),
        prefixes=frozenset(zone.series for zone in shown) if display.zones else None,
        counters={CounterNo(counter.number): ZoneId(counter.zone) for counter in settings.counter},
        general=general_zone(settings),
        languages=settings.hall.languages,
        notices=tuple(
            Pair(*told) for told in zip_longest(*(notices[each] for each in settings.hall.languages), fillvalue="")
        ),
        sign=CounterNo(display.counter),
        said_in=len(settings.voice.languages),
    )


def layout_of(settings: Settings, display: Display) -> Layout:
    """Where the parts of this screen stand."""
    model = settings.models.layout[layout_name(display)]
    places = {str(name): Place(area.x, area.y, area.width, area.height) for name, area in model.parts.items()}
    return Layout(model.width, model.height, places)


def general_zone(settings: Settings) -> ZoneId:
    """The zone with the most counters is what everybody means by 窗口; the others are called by name. Among equals the
    first in the hall's order."""
    sizes = {zone.id: sum(counter.zone == zone.id for counter in settings.counter) for zone in settings.zone}
    return ZoneId(min(settings.zone, key=lambda zone: (-sizes[zone.id], zone.order)).id)


def voices(settings: Settings, display: Display) -> list[Voice]:
    """The loudspeakers of this display's machine and what each is for; none where it has none, or the hall no voice."""
    voice, general = settings.voice, general_zone(settings)
    how = Voicing(
        one=one_clip(voice.one_as),
        specialist={CounterNo(c.number): ZoneId(c.zone) for c in settings.counter if c.zone != general},
        languages=voice.languages,
    )
    rules = VoiceRules(
        how=how,
        repeat=voice.repeat,
        gap_ms=voice.repeat_gap_ms,
        short_from=voice.short_from,
        languages=settings.hall.languages,
        cut_off_ms=voice.cutoff_notice_minutes * MINUTE_MS,
        quiet=quiet_hours(settings),
    )
    return [
        Voice(loudspeaker, replace(rules, zones=None if zones is None else frozenset(map(ZoneId, zones))))
        for loudspeaker, zones in loudspeakers(settings, display)
    ]


def quiet_hours(settings: Settings) -> Callable[[int], bool]:
    """Whether the hall's loudspeakers are to be silent at this moment."""
    local = local_time(settings)
    spans = [(minutes_of_day(each.starts), minutes_of_day(each.ends)) for each in settings.voice.quiet]

    def quiet(now_ms: int) -> bool:
        at = local(now_ms)
        return any(starts <= at.hour * 60 + at.minute < ends for starts, ends in spans)

    return quiet
