"""What can be chosen in a hall: its services by name and in everyday words, its zones, its priority classes.

`get_catalogue` tells it once; it holds until the server starts anew with other settings."""

from ticketserver.core.ids import CounterNo, ProfileId, ServiceId, ZoneId
from ticketserver.wire.views import View


class ServiceView(View, frozen=True, kw_only=True):
    """A service or purpose of the catalogue. `plain_*`: in everyday words; `materials_*`: papers to bring; `asked`: how
    many visits asked for it on the hall's own days, 0 while it is young."""

    code: ServiceId
    name_zh: str
    name_en: str
    plain_zh: str
    plain_en: str
    zone: ZoneId
    minutes: int
    category: str = ""
    keywords: list[str] = []
    materials_zh: list[str] = []
    materials_en: list[str] = []
    related: list[ServiceId] = []
    asked: int = 0
    purpose: bool = False


class ZoneView(View, frozen=True, kw_only=True):
    """A part of the hall and its counters."""

    zone: ZoneId
    name_zh: str
    name_en: str
    counters: list[CounterNo] = []


class PriorityView(View, frozen=True, kw_only=True):
    """A priority class of this hall by name."""

    class_id: str
    name_zh: str
    name_en: str


class CatalogueView(View, frozen=True, kw_only=True):
    """All that can be chosen in this hall."""

    services: list[ServiceView]
    zones: list[ZoneView]
    profiles: list[ProfileId]
    priority_classes: list[str]
    priorities: list[PriorityView] = []
