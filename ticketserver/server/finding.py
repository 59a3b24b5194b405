"""What staff type into the search of their pages: the same search as the kiosk's, over services, purposes, situations.

What can go wrong: nothing fits; then what comes near is named, and said to be only that.
"""

from functools import cached_property
from typing import NamedTuple

from ticketserver.core.ids import ServiceId
from ticketserver.search.index import SLIPPED, Index, several_meanings
from ticketserver.search.situations import Situations
from ticketserver.shared.places import Purpose
from ticketserver.shared.settings import Settings
from ticketserver.wire.guidance import FoundView


class Named(NamedTuple):
    zh: str
    en: str


class Findable(NamedTuple):
    """A service or purpose as the search knows it."""

    code: str
    plain: Named
    name: Named
    keywords: tuple[str, ...] = ()
    daily_demand: int = 0


class Lived(NamedTuple):
    """A life situation."""

    id: str
    name: Named
    keywords: tuple[str, ...]


class Finder:
    """One hall's. The indexes are made with the first word that is looked for, unless it was told to get ready."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def get_ready(self) -> None:
        """Takes about a tenth of a second."""
        self.find("")

    def find(self, typed: str) -> FoundView:
        hits = self._services.find(typed)
        return FoundView(
            services=[ServiceId(hit.code) for hit in hits],
            situations=tuple(each.id for each in self._situations.find(typed)),
            several=several_meanings(hits),
            near=bool(hits) and hits[0].rank >= SLIPPED,
        )

    @cached_property
    def _services(self) -> Index:
        services = [
            Findable(
                each.code,
                Named(each.plain_zh, each.plain_en),
                Named(each.name_zh, each.name_en),
                each.keywords,
                each.daily_demand,
            )
            for each in self._settings.catalogue.service
        ]
        return Index([*services, *map(_by_name, self._settings.purpose)])

    @cached_property
    def _situations(self) -> Situations[Lived]:
        known = self._settings.catalogue.situation
        return Situations([Lived(each.id, Named(each.name_zh, each.name_en), each.keywords) for each in known])


def _by_name(thing: Purpose) -> Findable:
    name = Named(thing.name_zh, thing.name_en)
    return Findable(thing.id, name, name)
