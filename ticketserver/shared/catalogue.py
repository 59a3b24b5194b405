"""The catalogue of services: `catalogue.toml` read into frozen values.

A service has an official name and a plain one of at most ten characters in everyday words, for tiles, slip and voice.
`minutes` is the typical time at the counter and `minutes_p90` the time nine of ten cases stay within; `daily_demand`
counts cases of a peak day. Materials and keywords are for people; nothing decides by them.
"""

from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from ticketserver.shared.catalogue_checks import check_catalogue
from ticketserver.shared.fields import Count, Id, Name, Positive, ServiceCode
from ticketserver.shared.pension import Pension
from ticketserver.shared.prechecks import Precheck
from ticketserver.shared.reading import read_tables

PLAIN_NAME_CHARACTERS = 10

PlainName = Annotated[str, Meta(min_length=2, max_length=PLAIN_NAME_CHARACTERS)]
CategoryId = Annotated[str, Meta(pattern=r"^[A-Z]{3}$", extra={"allowed": "category"})]


class Category(Struct, frozen=True, kw_only=True):
    """`[[category]]`: the first letters of its services' codes."""

    id: CategoryId
    name_zh: Name
    name_en: Name
    plain_zh: PlainName


class CatalogueZone(Struct, frozen=True, kw_only=True):
    """`[[zone]]`: the official name of a zone that services belong to."""

    id: Id
    name_zh: Name
    name_en: Name


class Service(Struct, frozen=True, kw_only=True):
    """`[[service]]`. `materials` name entries of `[[material]]`; `related` are often done on the same visit; `kiosk`:
    a self-service terminal could do it."""

    code: ServiceCode
    name_zh: Name
    name_en: Name
    plain_zh: PlainName
    plain_en: Annotated[str, Meta(min_length=2, max_length=32)]
    category: CategoryId
    audience: Literal["person", "employer", "both"]
    handling: Literal["instant", "specialist"]
    zone: Id
    minutes: Positive
    minutes_p90: Positive
    forms: Count = 0
    daily_demand: Count = 0
    kiosk: bool = False
    keywords: tuple[Name, ...] = ()
    materials: tuple[Id, ...] = ()
    related: tuple[ServiceCode, ...] = ()


class Material(Struct, frozen=True, kw_only=True):
    """`[[material]]`: a paper to bring, in both languages. `on_record`: data that offices share may stand in for it."""

    id: Id
    zh: Name
    en: Name
    on_record: bool = False


class Tile(Struct, frozen=True, kw_only=True):
    """`[[tile]]`: a large tile of the first screen and the services behind it, in order."""

    id: Id
    name_zh: Name
    name_en: Name
    services: Annotated[tuple[ServiceCode, ...], Meta(min_length=1)]


class Situation(Struct, frozen=True, kw_only=True):
    """`[[situation]]`: what happened to a person, and the services that usually follow, in order. `keywords`: what
    else people say for it, Chinese or English, for the search."""

    id: Id
    name_zh: Name
    name_en: Name
    services: Annotated[tuple[ServiceCode, ...], Meta(min_length=1)]
    keywords: tuple[Name, ...] = ()


class Catalogue(Struct, frozen=True, kw_only=True, dict=True):
    """All of catalogue.toml, in the file's order."""

    category: tuple[Category, ...] = ()
    zone: tuple[CatalogueZone, ...] = ()
    tile: tuple[Tile, ...] = ()
    situation: tuple[Situation, ...] = ()
    material: tuple[Material, ...] = ()
    service: Annotated[tuple[Service, ...], Meta(min_length=1)]
    precheck: tuple[Precheck, ...] = ()
    pension: Pension | None = None
    file: str = ""

    @cached_property
    def by_code(self) -> dict[str, Service]:
        return {service.code: service for service in self.service}

    @cached_property
    def materials_by_id(self) -> dict[str, Material]:
        return {material.id: material for material in self.material}

    def find(self, code: str) -> Service | None:
        """The service with this code, or None."""
        return self.by_code.get(code)

    def in_category(self, category: str) -> tuple[Service, ...]:
        return tuple(service for service in self.service if service.category == category)

    def in_zone(self, zone: str) -> tuple[Service, ...]:
        return tuple(service for service in self.service if service.zone == zone)

    def materials_of(self, service: Service) -> tuple[Material, ...]:
        """What to bring for a service, in the catalogue's order."""
        return tuple(self.materials_by_id[material] for material in service.materials)

    def related_pairs(self) -> tuple[tuple[str, str], ...]:
        """Every pair of services named as related by either of them, once, codes in order."""
        return tuple(sorted({tuple_of(service.code, other) for service in self.service for other in service.related}))


def tuple_of(one: str, other: str) -> tuple[str, str]:
    """Two codes in order."""
    return (one, other) if one < other else (other, one)


def load_catalogue(path: str | Path) -> Catalogue:
    """Read and check catalogue.toml. Raises `SettingsError` with every problem found."""
    tables, catalogue = read_tables(Path(path), Catalogue, hidden=frozenset({"file"}))
    check_catalogue(catalogue, tables)
    return catalogue
