"""What must hold between the tables of hall.toml, beyond the shape of each value: the rules that refuse a file.

names     no id, public number or address twice; every name that is used exists (hall and catalogue)
numbers   hall-rules, section 1: every panel can show every series, also on the expected peak day
hours     the day's moments in order; lunch and staffing inside them; no day both holiday and make-up day
devices   addresses a bus can carry; a warning before the reset it warns of
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ticketserver.shared.catalogue_checks import listed, repeated
from ticketserver.shared.fields import minutes_of_day
from ticketserver.shared.problems import Path, Problem, SettingsError
from ticketserver.shared.reading import Tables

if TYPE_CHECKING:
    from ticketserver.shared.settings import Settings

UB485_ADDRESSES = range(0x20, 0xFF)


def check_settings(settings: "Settings", tables: Tables) -> None:
    """Raises `SettingsError` with every problem found."""
    checks = (_twice, _places, _profiles, _devices, _numbers, _hours, _lunch, _due, _machine)
    found = [problem for check in checks for problem in check(settings, tables)]
    if found:
        raise SettingsError(found)


def expected_numbers(settings: "Settings") -> dict[str, int]:
    """Numbers that each series is expected to give on a peak day: the demand of its zones' services and purposes."""
    series_of = {zone.id: zone.series for zone in settings.zone}
    demand = dict.fromkeys((series.prefix for series in settings.series), 0)
    work = [(service.zone, service.daily_demand) for service in settings.catalogue.service]
    work += [(purpose.zone, purpose.daily_demand) for purpose in settings.purpose]
    for zone, cases in work:
        prefix = series_of.get(zone)
        if prefix in demand:
            demand[prefix] += cases
    return demand


def _twice(settings: "Settings", tables: Tables) -> Iterator[Problem]:
    lists: tuple[tuple[str, str, Iterable[object]], ...] = (
        ("series", "prefix", (series.prefix for series in settings.series)),
        ("zone", "id", (zone.id for zone in settings.zone)),
        ("profile", "id", (profile.id for profile in settings.profile)),
        ("counter", "number", (counter.number for counter in settings.counter)),
        ("purpose", "id", (purpose.id for purpose in settings.purpose)),
        ("printer", "id", (printer.id for printer in settings.printer)),
        ("printer", "link", (printer.link for printer in settings.printer)),
        ("kiosk", "id", (kiosk.id for kiosk in settings.kiosk)),
        ("kiosk", "number", (kiosk.number for kiosk in settings.kiosk)),
        ("display", "id", (display.id for display in settings.display)),
        ("bus", "id", (bus.id for bus in settings.bus)),
        ("bus", "link", (bus.link for bus in settings.bus)),
        ("panel", "counter", (panel.counter for panel in settings.panel)),
    )
    for table, key, values in lists:
        yield from repeated(tables, table, key, values)
    for index, priority in enumerate(settings.queue.priority):
        if priority.id in (other.id for other in settings.queue.priority[:index]):
            yield tables.problem(("queue", "priority", index, "id"), "repeated", priority.id, "unique")


class _Names:
    """Checks that a name stands in a list; the list is what the message offers."""

    def __init__(self, tables: Tables, known: Iterable[object]) -> None:
        self.tables = tables
        self.known = tuple(known)

    def one(self, path: Path, name: object) -> Iterator[Problem]:
        if name not in self.known:
            yield self.tables.problem(path, "unknown_name", name, "one_of", choices=listed(self.known))

    def each(self, path: Path, names: Iterable[object]) -> Iterator[Problem]:
        for place, name in enumerate(names):
            yield from self.one((*path, place), name)


class _Services(_Names):
    """Services are too many to list in a message; it sends the reader to the catalogue."""

    def one(self, path: Path, name: object) -> Iterator[Problem]:
        if name not in self.known:
            yield self.tables.problem(path, "unknown_service", name, "services")


def _zones(settings: "Settings", tables: Tables) -> _Names:
    return _Names(tables, (zone.id for zone in settings.zone))


def _counters(settings: "Settings", tables: Tables) -> _Names:
    return _Names(tables, (counter.number for counter in settings.counter))


def _places(settings: "Settings", tables: Tables) -> Iterator[Problem]:
    series = _Names(tables, (series.prefix for series in settings.series))
    zones = _zones(settings, tables)
    profiles = _Names(tables, (profile.id for profile in settings.profile))
    for index, zone in enumerate(settings.zone):
        yield from series.one(("zone", index, "series"), zone.series)
    for index, counter in enumerate(settings.counter):
        here: Path = ("counter", index)
        yield from zones.one((*here, "zone"), counter.zone)
        yield from profiles.one((*here, "profile"), counter.profile)
        if counter.redirect_zone:
            yield from zones.one((*here, "redirect_zone"), counter.redirect_zone)
    for index, purpose in enumerate(settings.purpose):
        yield from zones.one(("purpose", index, "zone"), purpose.zone)
    for wanted in sorted({service.zone for service in settings.catalogue.service} - set(zones.known)):
        yield tables.problem(("zone",), "missing_zone", wanted)


def _profiles(settings: "Settings", tables: Tables) -> Iterator[Problem]:
    zones = _zones(settings, tables)
    services = _Services(tables, settings.catalogue.by_code)
    purposes = _Names(tables, (purpose.id for purpose in settings.purpose))
    for index, profile in enumerate(settings.profile):
        for part in ("primary", "together", "overflow"):
            scope = getattr(profile, part)
            here = ("profile", index, part)
            yield from zones.each((*here, "zones"), scope.zones)
            yield from services.each((*here, "services"), scope.services)
            yield from purposes.each((*here, "purposes"), scope.purposes)
        if not (profile.primary.zones or profile.primary.services or profile.primary.purposes):
            yield tables.problem(("profile", index, "primary"), "empty_profile", profile.id)


def _devices(settings: "Settings", tables: Tables) -> Iterator[Problem]:
    zones, counters = _zones(settings, tables), _counters(settings, tables)
    printers = _Names(tables, (printer.id for printer in settings.printer))
    for index, kiosk in enumerate(settings.kiosk):
        yield from printers.one(("kiosk", index, "printer"), kiosk.printer)
        if kiosk.idle_warning_ms >= kiosk.idle_reset_ms:
            path = ("kiosk", index, "idle_warning_ms")
            yield tables.problem(path, "warns_too_late", kiosk.idle_warning_ms, "below", limit=str(kiosk.idle_reset_ms))
    for index, display in enumerate(settings.display):
        yield from zones.each(("display", index, "zones"), display.zones)
    yield from zones.each(("voice", "zones"), settings.voice.zones)
    for index, panel in enumerate(settings.panel):
        yield from counters.one(("panel", index, "counter"), panel.counter)
    yield from _boxes(settings, tables, counters)


def _boxes(settings: "Settings", tables: Tables, counters: _Names) -> Iterator[Problem]:
    served: set[int] = set()
    for index, bus in enumerate(settings.bus):
        addresses: set[int] = set()
        for place, box in enumerate(bus.box):
            here = ("bus", index, "box", place)
            yield from counters.one((*here, "counter"), box.counter)
            if box.counter in served:
                yield tables.problem((*here, "counter"), "repeated", box.counter, "unique")
            if box.address in addresses:
                yield tables.problem((*here, "address"), "repeated", box.address, "unique")
            if bus.protocol == "ub485" and box.address not in UB485_ADDRESSES:
                allowed = {"least": str(UB485_ADDRESSES[0]), "most": str(UB485_ADDRESSES[-1])}
                yield tables.problem((*here, "address"), "wrong_value", box.address, "whole_between", **allowed)
            served.add(box.counter)
            addresses.add(box.address)


def _numbers(settings: "Settings", tables: Tables) -> Iterator[Problem]:
    expected = expected_numbers(settings)
    for index, panel in enumerate(settings.panel):
        for series in settings.series:
            if panel.alphabet == "digits" and not series.prefix.isdigit():
                yield tables.problem(("panel", index, "alphabet"), "letter_not_shown", series.prefix, "digit_prefix")
            width = len(series.prefix) + max(series.digits, len(str(expected[series.prefix])))
            if width > panel.characters:
                yield tables.problem(
                    ("panel", index, "characters"), "series_too_wide", panel.characters, "at_least", least=str(width),
                    series=series.prefix, numbers=str(expected[series.prefix]),
                )  # fmt: skip


def _hours(settings: "Settings", tables: Tables) -> Iterator[Problem]:
    calendar = settings.calendar
    order = ("turns_at", "numbers_from", "calling_from", "last_number", "ends")
    for before, after in pairwise(order):
        if minutes_of_day(getattr(calendar, before)) > minutes_of_day(getattr(calendar, after)):
            path = ("calendar", after)
            yield tables.problem(path, "too_early", getattr(calendar, after), "not_before", other=f"calendar.{before}")
    for place, day in enumerate(calendar.makeup_days):
        if day in calendar.holidays:
            yield tables.problem(("calendar", "makeup_days", place), "two_kinds_of_day", day)


def _lunch(settings: "Settings", tables: Tables) -> Iterator[Problem]:
    lunch = settings.calendar.lunch
    if lunch is None:
        return
    here = ("calendar", "lunch")
    if minutes_of_day(lunch.starts) >= minutes_of_day(lunch.ends):
        yield tables.problem((*here, "ends"), "too_early", lunch.ends, "after", other="calendar.lunch.starts")
    if minutes_of_day(lunch.starts) < minutes_of_day(settings.calendar.calling_from):
        yield tables.problem((*here, "starts"), "too_early", lunch.starts, "not_before", other="calendar.calling_from")
    if minutes_of_day(lunch.ends) > minutes_of_day(settings.calendar.ends):
        yield tables.problem((*here, "ends"), "too_late", lunch.ends, "not_after", other="calendar.ends")
    yield from _counters(settings, tables).each((*here, "counters"), lunch.counters)
    services = _Services(tables, settings.catalogue.by_code)
    yield from services.each((*here, "services_not_done"), lunch.services_not_done)


def _due(settings: "Settings", tables: Tables) -> Iterator[Problem]:
    ends = settings.calendar.ends
    for index, counter in enumerate(settings.counter):
        if counter.due_from and minutes_of_day(counter.due_from) >= minutes_of_day(ends):
            path = ("counter", index, "due_from")
            yield tables.problem(path, "too_late", counter.due_from, "before", other="calendar.ends")


def _machine(settings: "Settings", tables: Tables) -> Iterator[Problem]:
    server = settings.server
    if server.ws_port == server.http_port != 0:
        yield tables.problem(("server", "http_port"), "repeated", server.http_port, "other_port")
    try:
        ZoneInfo(settings.hall.timezone)
    except (OSError, ValueError, LookupError):
        yield tables.problem(("hall", "timezone"), "unknown_timezone", settings.hall.timezone, "timezone")
