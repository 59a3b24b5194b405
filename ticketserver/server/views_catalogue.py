"""The catalogue as the wire shows it: all that can be chosen in this hall, in both languages."""

from collections.abc import Mapping

from ticketserver.core.ids import CounterNo, ProfileId, ServiceId, ZoneId
from ticketserver.shared.papers import paper_said
from ticketserver.shared.settings import Settings
from ticketserver.wire.views_catalogue import CatalogueView, PriorityView, ServiceView, ZoneView


def catalogue_view(settings: Settings, asked: Mapping[ServiceId, int]) -> CatalogueView:
    """`asked`: how many visits asked for each service on the hall's days."""
    return CatalogueView(
        services=[*_services(settings, asked), *_purposes(settings)],
        zones=[
            ZoneView(
                zone=ZoneId(zone.id),
                name_zh=zone.name_zh,
                name_en=zone.name_en,
                counters=[CounterNo(each.number) for each in settings.counter if each.zone == zone.id],
            )
            for zone in sorted(settings.zone, key=lambda zone: zone.order)
        ],
        profiles=[ProfileId(each.id) for each in settings.profile],
        priority_classes=[each.id for each in settings.queue.priority],
        priorities=[
            PriorityView(class_id=each.id, name_zh=each.name_zh, name_en=each.name_en)
            for each in settings.queue.priority
        ],
    )


def _services(settings: Settings, asked: Mapping[ServiceId, int]) -> list[ServiceView]:
    catalogue = settings.catalogue
    return [
        ServiceView(
            code=ServiceId(each.code),
            name_zh=each.name_zh,
            name_en=each.name_en,
            plain_zh=each.plain_zh,
            plain_en=each.plain_en,
            zone=ZoneId(each.zone),
            minutes=each.minutes,
            category=each.category,
            keywords=list(each.keywords),
            materials_zh=[paper_said(paper, "zh") for paper in catalogue.materials_of(each)],
            materials_en=[paper_said(paper, "en") for paper in catalogue.materials_of(each)],
            related=list(map(ServiceId, each.related)),
            asked=asked.get(ServiceId(each.code), 0),
        )
        for each in catalogue.service
    ]


def _purposes(settings: Settings) -> list[ServiceView]:
    return [
        ServiceView(
            code=ServiceId(each.id),
            name_zh=each.name_zh,
            name_en=each.name_en,
            plain_zh=each.name_zh,
            plain_en=each.name_en,
            zone=ZoneId(each.zone),
            minutes=each.minutes,
            purpose=True,
        )
        for each in settings.purpose
    ]
