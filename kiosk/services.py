"""What a kiosk knows of its hall: services, tiles, zones, other kiosks, its own times. Plain values.

Made once at the start (kiosk/io/hall.py) out of hall.toml and the catalogue, so that nothing pure reads settings.
Every name exists in Chinese and English; `Names.of(language)` picks one.
"""

from dataclasses import dataclass, field

from kiosk.names import Names as Names
from kiosk.rulebook import PensionRules, Precheck
from kiosk.slip_look import PaperUnit, SlipLook


@dataclass(frozen=True)
class Service:
    """A service that can be chosen. `papers` are to be brought, `on_record` only where they are not found in shared
    data. `counted`: it is asked how many cases (employers' services). `daily_demand`: cases that a peak day brings, as
    the catalogue expects."""

    code: str
    plain: Names
    name: Names
    category: str = ""
    keywords: tuple[str, ...] = ()
    papers: tuple[Names, ...] = ()
    on_record: tuple[Names, ...] = ()
    counted: bool = False
    daily_demand: int = 0


@dataclass(frozen=True)
class Group:
    """A tile of the first screen, a category or a life situation, and the codes of the services behind it, in order.
    `keywords`: what else people say for it, Chinese or English."""

    id: str
    name: Names
    services: tuple[str, ...]
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True)
class Zone:
    """`window` is the window's name (综合窗口), `area` the waiting area's (综合)."""

    window: Names
    area: Names


@dataclass(frozen=True)
class Priority:
    """A class of people who may be called earlier, on their own word until proof is seen."""

    id: str
    name: Names


@dataclass(frozen=True)
class OtherKiosk:
    """Another kiosk of the hall: the number painted on it and the device id of its printer."""

    number: int
    printer: str


@dataclass(frozen=True)
class Hall:
    """The hall as one kiosk sees it. Spans in ms. `priorities` may be declared, `age_priority` is shown by a card;
    `scanner` and `card_reader` are the kiosk's own, empty = none;
    `low_reach`: its panel stands upright, so that the lower half alone can hold a screen."""

    name: Names
    kiosk: str = "kiosk1"
    printer: str = "printer1"
    languages: tuple[str, ...] = ("zh", "en")
    services: dict[str, Service] = field(default_factory=dict)
    purposes: dict[str, Names] = field(default_factory=dict)
    tiles: tuple[Group, ...] = ()
    categories: tuple[Group, ...] = ()
    situations: tuple[Group, ...] = ()
    prechecks: tuple[Precheck, ...] = ()
    pension: PensionRules | None = None
    zones: dict[str, Zone] = field(default_factory=dict)
    others: tuple[OtherKiosk, ...] = ()
    priorities: tuple[Priority, ...] = ()
    age_priority: Priority | None = None
    low_reach: bool = False
    scanner: str = ""
    card_reader: str = ""
    prefixes: str = "A"
    public_url: str = ""
    idle_reset_ms: int = 60_000
    idle_warning_ms: int = 20_000
    shown_number_ms: int = 90_000
    rest_after_ms: int = 600_000
    comeback_after: int = 3
    slip: SlipLook = SlipLook()
    unit: PaperUnit = PaperUnit()

    def group(self, group_id: str) -> Group | None:
        """The tile, category or situation with this id."""
        groups = (*self.tiles, *self.categories, *self.situations)
        return next((group for group in groups if group.id == group_id), None)

    def name_of(self, code: str, language: str) -> str:
        """The everyday name of a service or purpose; the code itself where the hall does not know it."""
        if code in self.services:
            return self.services[code].plain.of(language)
        return self.purposes[code].of(language) if code in self.purposes else code

    def window_of(self, zone: str, language: str) -> str:
        return self.zones[zone].window.of(language) if zone in self.zones else zone

    def area_of(self, zone: str, language: str) -> str:
        return self.zones[zone].area.of(language) if zone in self.zones else zone
