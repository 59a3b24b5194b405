"""Does a name that hall.toml uses exist? Each name that does not is a problem at the place where it is used."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ticketserver.shared.catalogue_checks import listed
from ticketserver.shared.problems import Path, Problem
from ticketserver.shared.reading import Tables

if TYPE_CHECKING:
    from ticketserver.shared.settings import Settings


class Names:
    """Checks that a name stands in a list; the list is what the message offers."""

    def __init__(self, tables: Tables, known: Iterable[object]) -> None:
        self.tables = tables
        self.known = tuple(known)

    def one(self, path: Path, name: object) -> Iterator[Problem]:
        if name not in self.known:
            yield self.tables.problem(path, "unknown_name", name, "one_of", choices=listed(self.known))

    def each(self, path: Path, names: Iterable[object]) -> Iterator[Problem]:
        for place, name in enumerate(names):
            yield from self.one((*path, place), name)


class Services(Names):
    """Services are too many to list in a message; it sends the reader to the catalogue."""

    def one(self, path: Path, name: object) -> Iterator[Problem]:
        if name not in self.known:
            yield self.tables.problem(path, "unknown_service", name, "services")


def zones_of(settings: "Settings", tables: Tables) -> Names:
    return Names(tables, (zone.id for zone in settings.zone))


def counters_of(settings: "Settings", tables: Tables) -> Names:
    return Names(tables, (counter.number for counter in settings.counter))
