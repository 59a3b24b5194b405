"""What must hold between the tables of catalogue.toml, beyond the shape of each value."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ticketserver.shared.pension import pension_problems
from ticketserver.shared.prechecks import precheck_problems
from ticketserver.shared.problems import Problem, SettingsError
from ticketserver.shared.reading import Tables

if TYPE_CHECKING:
    from ticketserver.shared.catalogue import Catalogue, Service


def check_catalogue(catalogue: "Catalogue", tables: Tables) -> None:
    """Raises `SettingsError` with every problem found."""
    checks = (_twice, _unknown, _services, precheck_problems, pension_problems)
    found = [problem for check in checks for problem in check(catalogue, tables)]
    if found:
        raise SettingsError(found)


def repeated(tables: Tables, table: str, key: str, values: Iterable[object]) -> Iterator[Problem]:
    """A problem for each value that another entry of the same `[[table]]` has too, from its second appearance on."""
    seen: Counter[object] = Counter()
    for index, value in enumerate(values):
        seen[value] += 1
        if seen[value] > 1:
            yield tables.problem((table, index, key), "repeated", value, "unique")


def _twice(catalogue: "Catalogue", tables: Tables) -> Iterator[Problem]:
    yield from repeated(tables, "category", "id", (category.id for category in catalogue.category))
    yield from repeated(tables, "zone", "id", (zone.id for zone in catalogue.zone))
    yield from repeated(tables, "tile", "id", (tile.id for tile in catalogue.tile))
    yield from repeated(tables, "situation", "id", (situation.id for situation in catalogue.situation))
    yield from repeated(tables, "material", "id", (material.id for material in catalogue.material))
    yield from repeated(tables, "service", "code", (service.code for service in catalogue.service))
    yield from repeated(tables, "service", "plain_zh", (service.plain_zh for service in catalogue.service))


def _unknown(catalogue: "Catalogue", tables: Tables) -> Iterator[Problem]:
    groups = {"tile": [each.services for each in catalogue.tile]}
    groups["situation"] = [each.services for each in catalogue.situation]
    for table, services_of in groups.items():
        for index, services in enumerate(services_of):
            for place, code in enumerate(services):
                if code not in catalogue.by_code:
                    yield tables.problem((table, index, "services", place), "unknown_service", code, "services")
    categories = {category.id for category in catalogue.category}
    zones = {zone.id for zone in catalogue.zone}
    for index, service in enumerate(catalogue.service):
        here = ("service", index)
        if service.category not in categories:
            choices = listed(categories)
            yield tables.problem((*here, "category"), "unknown_name", service.category, "one_of", choices=choices)
        if service.zone not in zones:
            yield tables.problem((*here, "zone"), "unknown_name", service.zone, "one_of", choices=listed(zones))
        for place, code in enumerate(service.related):
            if code not in catalogue.by_code:
                yield tables.problem((*here, "related", place), "unknown_service", code, "services")
        for place, material in enumerate(service.materials):
            if material not in catalogue.materials_by_id:
                yield tables.problem((*here, "materials", place), "unknown_name", material, "materials")


def _services(catalogue: "Catalogue", tables: Tables) -> Iterator[Problem]:
    for index, service in enumerate(catalogue.service):
        for key, kind, allowed in _service_faults(service):
            yield tables.problem(("service", index, key), kind, getattr(service, key), allowed)


def _service_faults(service: "Service") -> Iterator[tuple[str, str, str]]:
    if not service.code.startswith(f"{service.category}-"):
        yield "code", "code_elsewhere", "code_of_category"
    if service.minutes_p90 < service.minutes:
        yield "minutes_p90", "p90_below", "p90"
    if service.code in service.related:
        yield "related", "related_to_itself", ""


def listed(names: Iterable[object]) -> str:
    """Names in order, for a message."""
    return ", ".join(sorted(map(str, names)))
