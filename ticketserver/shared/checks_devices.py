"""What must hold for the devices that hall.toml names.

devices   printers, zones and counters they refer to exist; addresses a bus can carry, each once; one box a counter;
          a warning before the reset it warns of
numbers   hall-rules, section 1: every panel can show every series, also on the expected peak day
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ticketserver.shared.checks_names import Names, counters_of, zones_of
from ticketserver.shared.problems import Problem
from ticketserver.shared.reading import Tables

if TYPE_CHECKING:
    from ticketserver.shared.settings import Settings

UB485_ADDRESSES = range(0x20, 0xFF)


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
    zones, counters = zones_of(settings, tables), counters_of(settings, tables)
    printers = Names(tables, (printer.id for printer in settings.printer))
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


def _boxes(settings: "Settings", tables: Tables, counters: Names) -> Iterator[Problem]:
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


def number_problems(settings: "Settings", tables: Tables) -> Iterator[Problem]:
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
