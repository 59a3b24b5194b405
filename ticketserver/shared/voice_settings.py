"""`[voice]` of hall.toml and the loudspeakers of its displays; what must hold between them.

A zone's calls are heard from one loudspeaker: two that say the same a moment apart are understood by nobody. One
loudspeaker says one thing at a time, so a device stands in the list of its display once.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct

from ticketserver.shared.checks_names import zones_of
from ticketserver.shared.fields import ClockTime, Id, Positive, SpanMs, minutes_of_day
from ticketserver.shared.problems import Problem
from ticketserver.shared.reading import Tables

if TYPE_CHECKING:
    from ticketserver.shared.devices import Display
    from ticketserver.shared.settings import Settings

SoundDevice = Annotated[str, Meta(max_length=80)]
Percent = Annotated[int, Meta(ge=10, le=100)]


class Loudspeaker(Struct, frozen=True, kw_only=True):
    """`[[display.loudspeaker]]`: speaks for `zones` (empty = all of its display's). `device` as in `[voice]`."""

    zones: tuple[Id, ...] = ()
    device: SoundDevice = ""
    volume_percent: Percent = 100


class Quiet(Struct, frozen=True, kw_only=True):
    """`[[voice.quiet]]`: from `starts` to `ends` calls are shown and not spoken; urgent announcements are."""

    starts: ClockTime
    ends: ClockTime


class Neural(Struct, frozen=True, kw_only=True):
    """`[voice.neural]`: a model for sherpa-onnx in `folder` (from that of hall.toml on) speaks `languages` in the place
    of espeak-ng. `speaker`: which of its voices."""

    folder: Annotated[str, Meta(min_length=1, max_length=200)]
    languages: Annotated[tuple[Literal["zh", "en"], ...], Meta(min_length=1)] = ("zh",)
    speaker: Annotated[int, Meta(ge=0, le=9_999)] = 0


class Voice(Struct, frozen=True, kw_only=True):
    """`[voice]`: spoken calls for `zones` (empty = all), in `languages` one after another. `one_as`: how a 1 is read
    inside a number. `repeat` readings, `repeat_gap_ms` apart; a single one while `short_from` or more calls wait to be
    spoken. `device`: name of the sound device for `aplay`, empty = the machine's default; it and `volume_percent` are
    for displays without loudspeakers of their own. `recordings`: a folder with the hall's own clips, from that of
    hall.toml on (empty = none)."""

    enabled: bool = True
    zones: tuple[Id, ...] = ()
    languages: Annotated[tuple[Literal["zh", "en"], ...], Meta(min_length=1)] = ("zh",)
    one_as: Literal["幺", "一"] = "幺"
    repeat: Annotated[int, Meta(ge=1, le=3)] = 2
    repeat_gap_ms: SpanMs = 1_000
    short_from: Positive = 3
    cutoff_notice_minutes: Annotated[int, Meta(ge=0, le=120)] = 15
    device: SoundDevice = ""
    volume_percent: Percent = 100
    quiet: tuple[Quiet, ...] = ()
    clips_dir: Annotated[str, Meta(min_length=1)] = "run/voice"
    recordings: Annotated[str, Meta(max_length=200)] = ""
    neural: Neural | None = None


def loudspeakers(settings: "Settings", display: "Display") -> list[tuple[Loudspeaker, frozenset[str] | None]]:
    """The loudspeakers at this display's machine, each with the zones that it speaks for (None = all)."""
    voice = settings.voice
    if not voice.enabled or not display.speaks:
        return []
    usual = Loudspeaker(device=voice.device, volume_percent=voice.volume_percent)
    found = []
    for each in display.loudspeaker or (usual,):
        limits = [frozenset(zones) for zones in (each.zones, display.zones, voice.zones) if zones]
        found.append((each, frozenset.intersection(*limits) if limits else None))
    return found


def silent_zones(settings: "Settings") -> list[str]:
    """Zones whose calls no loudspeaker says: all of them in a hall without any."""
    spoken = [zones for display in settings.display for _, zones in loudspeakers(settings, display)]
    return [zone.id for zone in settings.zone if all(zones is not None and zone.id not in zones for zones in spoken)]


def unspoken(settings: "Settings") -> list[str]:
    """Zones that the voice is to speak for and no loudspeaker does, where the hall has any."""
    silent, voice = silent_zones(settings), settings.voice
    some = len(silent) < len(settings.zone)
    return [zone for zone in silent if some and (not voice.zones or zone in voice.zones)]


def recordings_folder(settings: "Settings") -> Path | None:
    """The folder of the hall's own clips: from that of hall.toml on, where it is not written in full."""
    return Path(settings.file).parent / settings.voice.recordings if settings.voice.recordings else None


def model_folder(settings: "Settings", neural: Neural) -> Path:
    return Path(settings.file).parent / neural.folder


def voice_problems(settings: "Settings", tables: Tables) -> Iterator[Problem]:
    voice, zones = settings.voice, zones_of(settings, tables)
    yield from zones.each(("voice", "zones"), voice.zones)
    for place, language in enumerate(voice.languages):
        if language in voice.languages[:place]:
            yield tables.problem(("voice", "languages", place), "repeated", language, "unique")
    for place, quiet in enumerate(voice.quiet):
        if minutes_of_day(quiet.ends) <= minutes_of_day(quiet.starts):
            path = ("voice", "quiet", place, "ends")
            yield tables.problem(path, "too_early", quiet.ends, "after", other=quiet.starts)
    yield from _loudspeaker_problems(settings, tables)


def _loudspeaker_problems(settings: "Settings", tables: Tables) -> Iterator[Problem]:
    zones = zones_of(settings, tables)
    heard: dict[str, str] = {}
    for index, display in enumerate(settings.display):
        devices: set[str] = set()
        for place, each in enumerate(display.loudspeaker):
            here = ("display", index, "loudspeaker", place)
            yield from zones.each((*here, "zones"), each.zones)
            if each.device in devices:
                yield tables.problem((*here, "device"), "one_device", each.device)
            devices.add(each.device)
        if display.loudspeaker and not display.speaks:
            yield tables.problem(("display", index, "speaks"), "speaks_not", "false")
        for place, (_, speaks_for) in enumerate(loudspeakers(settings, display)):
            path = ("display", index, "loudspeaker", place) if display.loudspeaker else ("display", index, "speaks")
            if speaks_for == frozenset():
                yield tables.problem(path, "speaks_for_none")
            ours = [str(zone) for zone in zones.known if speaks_for is None or zone in speaks_for]
            if twice := [zone for zone in ours if zone in heard]:
                yield tables.problem(path, "spoken_twice", ", ".join(twice), other=heard[twice[0]])
            heard |= dict.fromkeys(ours, display.id)
