"""What must hold for the devices that hall.toml names.

devices   printers, scanners, zones and counters they refer to exist; models exist and fit; a link has one user; one
          call box and one rating pad a counter; a warning before the reset it warns of
boxes     see `checks_boxes`
numbers   hall-rules, section 1: every panel can show every series, also on the expected peak day
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from ticketserver.shared.checks_boxes import box_problems
from ticketserver.shared.checks_names import Names, counters_of, zones_of
from ticketserver.shared.device_models import PanelProtocol
from ticketserver.shared.device_values import panel_alphabet, panel_characters
from ticketserver.shared.layout_checks import display_problems
from ticketserver.shared.problems import Path, Problem
from ticketserver.shared.reading import Tables
from ticketserver.shared.voice_settings import voice_problems

if TYPE_CHECKING:
    from ticketserver.shared.settings import Settings


DIGITS = 3
"""Of a ticket number, at least."""


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


def device_problems(settings: "Settings", tables: Tables) -> Iterator[Problem]:
    zones = zones_of(settings, tables)
    yield from _kiosks(settings, tables)
    yield from _printers(settings, tables)
    for index, display in enumerate(settings.display):
        yield from zones.each(("display", index, "zones"), display.zones)
    yield from display_problems(settings, tables)
    yield from voice_problems(settings, tables)
    yield from box_problems(settings, tables)
    yield from _panels(settings, tables)
    yield from _links(settings, tables)


def _kiosks(settings: "Settings", tables: Tables) -> Iterator[Problem]:
    named = {
        "printer": Names(tables, (printer.id for printer in settings.printer)),
        "scanner": Names(tables, (scanner.id for scanner in settings.scanner)),
        "card_reader": Names(tables, (reader.id for reader in settings.card_reader)),
    }
    taken: set[tuple[str, str]] = set()
    for index, kiosk in enumerate(settings.kiosk):
        for key, names in named.items():
            device = getattr(kiosk, key)
            if not device:
                continue
            yield from names.one(("kiosk", index, key), device)
            if (key, device) in taken:
                yield tables.problem(("kiosk", index, key), "repeated", device, "unique")
            taken.add((key, device))
        if kiosk.idle_warning_ms >= kiosk.idle_reset_ms:
            path = ("kiosk", index, "idle_warning_ms")
            yield tables.problem(path, "warns_too_late", kiosk.idle_warning_ms, "below", limit=str(kiosk.idle_reset_ms))


def _printers(settings: "Settings", tables: Tables) -> Iterator[Problem]:
    models = Names(tables, settings.models.printer)
    for index, printer in enumerate(settings.printer):
        here = ("printer", index)
        yield from models.one((*here, "model"), printer.model)
        model = settings.models.printer.get(printer.model)
        if model and str(printer.paper_mm) not in model.dots:
            choices = ", ".join(model.dots)
            yield tables.problem((*here, "paper_mm"), "wrong_value", printer.paper_mm, "one_of", choices=choices)
        if printer.warn_m >= printer.roll_m:
            path = (*here, "warn_m")
            yield tables.problem(path, "wrong_value", printer.warn_m, "below", limit=str(printer.roll_m))


PANEL_ADDRESSES: Mapping[PanelProtocol, range] = {
    "led485": range(1, 248),
    "led485-text": range(1, 256),
    "digits4": range(256),
    "sunpn": range(256),
    "ub485": range(0x20, 0xFF),
    "bx": range(1, 0x8000),
    "template": range(0x10000),
}


def _panels(settings: "Settings", tables: Tables) -> Iterator[Problem]:
    counters = counters_of(settings, tables)
    models = Names(tables, settings.models.panel)
    places: dict[tuple[str, int], int] = {}
    spoken: dict[str, str] = {}
    for index, panel in enumerate(settings.panel):
        here: Path = ("panel", index)
        yield from counters.one((*here, "counter"), panel.counter)
        if panel.model:
            yield from models.one((*here, "model"), panel.model)
        elif panel.link or not panel.characters:
            yield tables.problem((*here, "model"), "missing_key")
        if not panel.link:
            continue
        model = settings.models.panel.get(panel.model)
        if model is not None and panel.address not in PANEL_ADDRESSES[model.protocol]:
            allowed = PANEL_ADDRESSES[model.protocol]
            limits = {"least": str(allowed[0]), "most": str(allowed[-1])}
            yield tables.problem((*here, "address"), "wrong_value", panel.address, "whole_between", **limits)
        if (panel.link, panel.address) in places:
            yield tables.problem((*here, "address"), "repeated", panel.address, "unique")
        places[panel.link, panel.address] = index
        if panel.model != spoken.setdefault(panel.link, panel.model):
            yield tables.problem((*here, "model"), "two_models", panel.model, "one_of", choices=spoken[panel.link])


def _links(settings: "Settings", tables: Tables) -> Iterator[Problem]:
    """A port answers one program only. Panels may share theirs among each other."""
    users: dict[str, str] = {}
    devices: tuple[tuple[str, Iterable[str]], ...] = (
        ("printer", (printer.link for printer in settings.printer)),
        ("bus", (bus.link for bus in settings.bus)),
        ("scanner", (scanner.link for scanner in settings.scanner)),
        ("card_reader", (reader.link for reader in settings.card_reader)),
        ("panel", (panel.link for panel in settings.panel)),
    )
    for table, links in devices:
        for index, link in enumerate(links):
            port = link.partition("?")[0]
            user = users.setdefault(port, f"{table}[{index + 1}]") if port else ""
            shared = table == "panel" and user.startswith("panel[")
            if port and user != f"{table}[{index + 1}]" and not shared:
                yield tables.problem((table, index, "link"), "link_taken", link, other=user)


def number_problems(settings: "Settings", tables: Tables) -> Iterator[Problem]:
    expected = expected_numbers(settings)
    for index, panel in enumerate(settings.panel):
        if panel.model and panel.model not in settings.models.panel:
            continue
        alphabet, characters = panel_alphabet(settings, panel), panel_characters(settings, panel)
        for series in settings.series:
            if alphabet == "digits" and not series.prefix.isdigit():
                yield tables.problem(("panel", index, "alphabet"), "letter_not_shown", series.prefix, "digit_prefix")
            width = len(series.prefix) + max(DIGITS, len(str(expected[series.prefix])))
            if width > characters:
                yield tables.problem(
                    ("panel", index, "characters"), "series_too_wide", characters, "at_least", least=str(width),
                    series=series.prefix, numbers=str(expected[series.prefix]),
                )  # fmt: skip
