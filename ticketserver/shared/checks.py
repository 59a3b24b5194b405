"""What must hold between the tables of hall.toml, beyond the shape of each value: the rules that refuse a file.

names     no id, public number or address twice; every name that is used exists (hall and catalogue)
hours     the day's moments in order; lunch and staffing inside them; no day both holiday and make-up day
devices   and the numbers their panels must show: see `checks_devices`
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ticketserver.shared.catalogue_checks import repeated
from ticketserver.shared.checks_devices import device_problems, number_problems
from ticketserver.shared.checks_names import Names, Services, counters_of, zones_of
from ticketserver.shared.fields import minutes_of_day
from ticketserver.shared.problems import Path, Problem, SettingsError
from ticketserver.shared.reading import Tables
from ticketserver.shared.slip_settings import slip_problems

if TYPE_CHECKING:
    from ticketserver.shared.settings import Settings


def check_settings(settings: "Settings", tables: Tables) -> None:
    """Raises `SettingsError` with every problem found."""
    checks = (
        _twice, _places, _profiles, device_problems, number_problems, slip_problems, _hours, _lunch, _due, _machine,
    )  # fmt: skip
    found = [problem for check in checks for problem in check(settings, tables)]
    if found:
        raise SettingsError(found)


def _twice(settings: "Settings", tables: Tables) -> Iterator[Problem]:
    lists: tuple[tuple[str, str, Iterable[object]], ...] = (
        ("series", "prefix", (series.prefix for series in settings.series)),
        ("zone", "id", (zone.id for zone in settings.zone)),
        ("profile", "id", (profile.id for profile in settings.profile)),
        ("counter", "number", (counter.number for counter in settings.counter)),
        ("purpose", "id", (purpose.id for purpose in settings.purpose)),
        ("printer", "id", (printer.id for printer in settings.printer)),
        ("scanner", "id", (scanner.id for scanner in settings.scanner)),
        ("card_reader", "id", (reader.id for reader in settings.card_reader)),
        ("kiosk", "id", (kiosk.id for kiosk in settings.kiosk)),
        ("kiosk", "number", (kiosk.number for kiosk in settings.kiosk)),
        ("display", "id", (display.id for display in settings.display)),
        ("bus", "id", (bus.id for bus in settings.bus)),
        ("panel", "counter", (panel.counter for panel in settings.panel)),
    )
    for table, key, values in lists:
        yield from repeated(tables, table, key, values)
    for index, priority in enumerate(settings.queue.priority):
        if priority.id in (other.id for other in settings.queue.priority[:index]):
            yield tables.problem(("queue", "priority", index, "id"), "repeated", priority.id, "unique")


def _places(settings: "Settings", tables: Tables) -> Iterator[Problem]:
    series = Names(tables, (series.prefix for series in settings.series))
    zones = zones_of(settings, tables)
    profiles = Names(tables, (profile.id for profile in settings.profile))
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
    zones = zones_of(settings, tables)
    services = Services(tables, settings.catalogue.by_code)
    purposes = Names(tables, (purpose.id for purpose in settings.purpose))
    for index, profile in enumerate(settings.profile):
        for part in ("primary", "together", "overflow"):
            scope = getattr(profile, part)
            here = ("profile", index, part)
            yield from zones.each((*here, "zones"), scope.zones)
            yield from services.each((*here, "services"), scope.services)
            yield from purposes.each((*here, "purposes"), scope.purposes)
        if not (profile.primary.zones or profile.primary.services or profile.primary.purposes):
            yield tables.problem(("profile", index, "primary"), "empty_profile", profile.id)


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
    yield from counters_of(settings, tables).each((*here, "counters"), lunch.counters)
    services = Services(tables, settings.catalogue.by_code)
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
