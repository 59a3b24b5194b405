"""hall.toml and the catalogue as one kiosk sees them."""

from kiosk.services import Group, Hall, Names, OtherKiosk, Priority, Service, Zone
from ticketserver.shared import catalogue as c
from ticketserver.shared.devices import Kiosk
from ticketserver.shared.settings import Settings


class NoSuchKiosk(ValueError):
    """The hall has no kiosk of that id; the text names those it has."""


def kiosk_of(settings: Settings, kiosk_id: str) -> Kiosk:
    """The kiosk with this id. Raises `NoSuchKiosk`."""
    found = next((kiosk for kiosk in settings.kiosk if kiosk.id == kiosk_id), None)
    if found is None:
        known = ", ".join(kiosk.id for kiosk in settings.kiosk) or "none"
        raise NoSuchKiosk(f"{settings.file}: no [[kiosk]] with id {kiosk_id!r}; there are: {known}")
    return found


def hall_of(settings: Settings, kiosk: Kiosk) -> Hall:
    catalogue = settings.catalogue
    return Hall(
        name=Names(settings.hall.name_zh, settings.hall.name_en),
        kiosk=kiosk.id,
        printer=kiosk.printer,
        languages=settings.hall.languages,
        services={service.code: _service(catalogue, service) for service in catalogue.service},
        purposes={purpose.id: Names(purpose.name_zh, purpose.name_en) for purpose in settings.purpose},
        tiles=tuple(Group(tile.id, Names(tile.name_zh, tile.name_en), tile.services) for tile in catalogue.tile),
        categories=tuple(_category(catalogue, category) for category in catalogue.category),
        zones={
            zone.id: Zone(Names(zone.name_zh, zone.name_en), Names(zone.area_zh, zone.area_en))
            for zone in settings.zone
        },
        others=tuple(OtherKiosk(each.number, each.printer) for each in settings.kiosk if each.id != kiosk.id),
        priorities=tuple(
            Priority(each.id, Names(each.name_zh, each.name_en))
            for each in settings.queue.priority
            if "declared" in each.bases
        ),
        prefixes="".join(series.prefix for series in settings.series),
        idle_reset_ms=kiosk.idle_reset_ms,
        idle_warning_ms=kiosk.idle_warning_ms,
        shown_number_ms=kiosk.shown_number_ms,
        comeback_after=settings.queue.comeback_after,
    )


def _service(catalogue: c.Catalogue, service: c.Service) -> Service:
    return Service(
        code=service.code,
        plain=Names(service.plain_zh, service.plain_en),
        name=Names(service.name_zh, service.name_en),
        category=service.category,
        keywords=service.keywords,
        papers=tuple(Names(paper.zh, paper.en) for paper in catalogue.materials_of(service)),
        counted=service.audience == "employer",
    )


def _category(catalogue: c.Catalogue, category: c.Category) -> Group:
    services = tuple(service.code for service in catalogue.in_category(category.id))
    return Group(category.id, Names(category.plain_zh, category.name_en), services)
