"""hall.toml and the catalogue as one kiosk sees them."""

from hardware.devices.printer_setup import dots_across
from hardware.devices.slip_logo import load_logo
from kiosk.io.hall_prechecks import pension_of, prechecks_of
from kiosk.io.languages import with_languages
from kiosk.services import Group, Hall, Names, OtherKiosk, Priority, Service, Zone
from kiosk.slip_look import PaperUnit, SlipLook
from ticketserver.shared import catalogue as c
from ticketserver.shared.device_values import printer_model
from ticketserver.shared.devices import Kiosk, Printer
from ticketserver.shared.settings import Settings
from ticketserver.shared.slip_settings import logo_file
from ticketserver.shared.texts import Texts, load_texts


class NoSuchKiosk(ValueError):
    """The hall has no kiosk of that id; the text names those it has."""


def kiosk_of(settings: Settings, kiosk_id: str) -> Kiosk:
    """The kiosk with this id. Raises `NoSuchKiosk`."""
    found = next((kiosk for kiosk in settings.kiosk if kiosk.id == kiosk_id), None)
    if found is None:
        known = ", ".join(kiosk.id for kiosk in settings.kiosk) or "none"
        raise NoSuchKiosk(f"{settings.file}: no [[kiosk]] with id {kiosk_id!r}; there are: {known}")
    return found


def kiosk_with(settings: Settings, printer_id: str | None) -> tuple[Kiosk, Printer]:
    """The kiosk that has this printer, without an id the hall's first one. Raises `NoSuchKiosk`."""
    found = next((kiosk for kiosk in settings.kiosk if printer_id in (None, kiosk.printer)), None)
    if found is None:
        known = ", ".join(kiosk.printer for kiosk in settings.kiosk) or "none"
        raise NoSuchKiosk(f"{settings.file}: no [[kiosk]] with printer {printer_id!r}; there are: {known}")
    return found, printer_of(settings, found.printer)


def printer_of(settings: Settings, printer_id: str) -> Printer:
    """The printer with this id, one that a kiosk names."""
    return next(printer for printer in settings.printer if printer.id == printer_id)


def hall_of(settings: Settings, kiosk: Kiosk) -> Hall:
    """Raises `LogoError` for a logo that cannot be printed."""
    catalogue = settings.catalogue
    printer = printer_of(settings, kiosk.printer)
    hall = Hall(
        name=Names(settings.hall.name_zh, settings.hall.name_en),
        kiosk=kiosk.id,
        printer=kiosk.printer,
        languages=settings.hall.languages,
        services={service.code: _service(catalogue, service) for service in catalogue.service},
        purposes={purpose.id: Names(purpose.name_zh, purpose.name_en) for purpose in settings.purpose},
        tiles=tuple(Group(tile.id, Names(tile.name_zh, tile.name_en), tile.services) for tile in catalogue.tile),
        categories=tuple(_category(catalogue, category) for category in catalogue.category),
        situations=tuple(
            Group(each.id, Names(each.name_zh, each.name_en), each.services, each.keywords)
            for each in catalogue.situation
        ),
        prechecks=prechecks_of(catalogue),
        pension=pension_of(catalogue),
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
        age_priority=next(
            (
                Priority(each.id, Names(each.name_zh, each.name_en))
                for each in settings.queue.priority
                if each.by_age and "card" in each.bases
            ),
            None,
        ),
        low_reach=kiosk.height_px > kiosk.width_px,
        scanner=kiosk.scanner,
        card_reader=kiosk.card_reader,
        prefixes="".join(series.prefix for series in settings.series),
        idle_reset_ms=kiosk.idle_reset_ms,
        idle_warning_ms=kiosk.idle_warning_ms,
        shown_number_ms=kiosk.shown_number_ms,
        rest_after_ms=kiosk.rest_after_ms,
        comeback_after=settings.queue.comeback_after,
        slip=_slip_look(settings, printer),
        unit=_paper_unit(settings, printer),
    )
    return with_languages(hall, settings.more)


def texts_of(settings: Settings, hall: Hall) -> dict[str, Texts]:
    """The sentences of every language that this kiosk shows or prints."""
    more = {each.code: each.texts for each in settings.more}
    return {each: more.get(each) or load_texts(each) for each in (*hall.languages, *hall.slip.languages)}


def _slip_look(settings: Settings, printer: Printer) -> SlipLook:
    slip, logo = settings.slip, logo_file(settings)
    dots = dots_across(printer_model(settings, printer))
    return SlipLook(
        logo=load_logo(logo, dots[printer.paper_mm]) if logo else None,
        notices={"zh": slip.notice_zh, "en": slip.notice_en},
        languages=slip.languages,
        qr=slip.qr,
        number_size=slip.number_size,
    )


def _paper_unit(settings: Settings, printer: Printer) -> PaperUnit:
    model = printer_model(settings, printer)
    return PaperUnit({"zh": model.name_zh, "en": model.name_en}, printer.paper_mm, printer.roll_m)


def _service(catalogue: c.Catalogue, service: c.Service) -> Service:
    papers = catalogue.materials_of(service)
    return Service(
        code=service.code,
        plain=Names(service.plain_zh, service.plain_en),
        name=Names(service.name_zh, service.name_en),
        category=service.category,
        keywords=service.keywords,
        papers=tuple(Names(each.zh, each.en) for each in papers if not each.on_record),
        on_record=tuple(Names(each.zh, each.en) for each in papers if each.on_record),
        counted=service.audience == "employer",
        daily_demand=service.daily_demand,
    )


def _category(catalogue: c.Catalogue, category: c.Category) -> Group:
    services = tuple(service.code for service in catalogue.in_category(category.id))
    return Group(category.id, Names(category.plain_zh, category.name_en), services)
