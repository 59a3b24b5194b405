"""The search in words: the subjects while nothing is typed, then life situations and services that fit the typed."""

from functools import lru_cache

from kiosk.buttons import Button, Look
from kiosk.desk import Desk
from kiosk.events import Tap
from kiosk.keyboard import letters
from kiosk.model import Search
from kiosk.most_used import most_used
from kiosk.present_choosing import ENQUIRY, back, basket_of, enquiry, pages, service_row
from kiosk.services import Group, Hall, Service
from ticketserver.search.index import SLIPPED, Hit, Index, several_meanings
from ticketserver.search.situations import Situations


def search(desk: Desk) -> Search:
    texts, typed = desk.words.texts, desk.visit.typed
    heading, rows = _found(desk) if typed else (texts("kiosk.search.categories"), _subjects(desk))
    return Search(
        title=texts("kiosk.search.hint"),
        typed=typed,
        heading=heading,
        rows=tuple(rows),
        wide=not typed,
        pages=pages(desk),
        keys=letters(texts),
        buttons=(back(desk), *enquiry(desk)),
        basket=basket_of(desk),
    )


def _subjects(desk: Desk) -> list[Button]:
    groups = (most_used(desk), *desk.hall.categories)
    rows = [Button(each.name.of(desk.language), Tap("group", each.id), Look.TILE) for each in groups]
    return rows + [
        Button(name.of(desk.language), Tap("purpose", purpose), Look.TILE)
        for purpose, name in desk.hall.purposes.items()
        if purpose != ENQUIRY
    ]


def _found(desk: Desk) -> tuple[str, list[Button]]:
    """What fits the typed: first what happened to a person, then services."""
    hits = index(desk.hall).find(desk.visit.typed, desk.machine.asked)
    lived = _situations_of(desk.hall.situations).find(desk.visit.typed)
    rows = [_situation_row(desk, each) for each in lived]
    rows += [service_row(desk, desk.hall.services[hit.code]) for hit in hits]
    return _heading(desk, hits, bool(lived)), rows


def _heading(desk: Desk, hits: tuple[Hit, ...], lived: bool) -> str:
    texts = desk.words.texts
    if word := several_meanings(hits):
        return texts("kiosk.search.several", word=word)
    if not hits:
        return texts("kiosk.search.situations" if lived else "kiosk.search.nothing")
    if hits[0].rank >= SLIPPED:
        return texts("kiosk.search.situations_near" if lived else "kiosk.search.near")
    return texts("kiosk.search.found", count=len(hits))


def _situation_row(desk: Desk, group: Group) -> Button:
    label = desk.words.texts("kiosk.search.situation", name=group.name.of(desk.language))
    return Button(label, Tap("group", group.id), Look.TILE)


@lru_cache(maxsize=2)
def _index_of(services: tuple[Service, ...]) -> Index:
    return Index(services)


@lru_cache(maxsize=2)
def _situations_of(situations: tuple[Group, ...]) -> Situations[Group]:
    return Situations(situations)


def index(hall: Hall) -> Index:
    """The hall's search index, made once."""
    return _index_of(tuple(hall.services.values()))
