"""Finding a life situation by what a person types: 退休, tuixiu, shiye, "retire".

The same search as for services (index.py) over the situations' names and keywords, but stricter, for a row about
what happened to somebody stands before the services: the typed is the beginning of a Chinese name or keyword and
stands for two signs or more, with a slip of the finger at most; or it begins an English word. Two letters are too few:
they are the initials of too much.
"""

from collections.abc import Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

from ticketserver.search.index import SLIPPED, Hit, Index
from ticketserver.search.service import Named
from ticketserver.search.terms import ENGLISH, typed_signs

MOST = 2
LEAST_SIGNS = 2
LEAST_LETTERS = 3


class Situation(Protocol):
    """`keywords`: what else people say for it, Chinese or English."""

    @property
    def name(self) -> Named: ...
    @property
    def keywords(self) -> tuple[str, ...]: ...


Kind = TypeVar("Kind", bound=Situation)


class Names(NamedTuple):
    zh: str
    en: str


class Searched(NamedTuple):
    """A situation as the search for services knows one. `code`: its place, since a name of its own would be found by
    its letters."""

    code: str
    plain: Names
    name: Named
    keywords: tuple[str, ...]
    daily_demand: int = 0


class Situations(Generic[Kind]):
    """All situations of a hall, read once."""

    def __init__(self, situations: Sequence[Kind]) -> None:
        self._situations = tuple(situations)
        self._index = Index(_searched(place, each) for place, each in enumerate(self._situations))

    def find(self, typed: str) -> tuple[Kind, ...]:
        """Those that fit, best first."""
        signs = typed_signs(typed)
        if signs.isascii() and len(signs) < LEAST_LETTERS:
            return ()
        fitting = [hit.code for hit in self._index.find(typed) if _means(hit)]
        return tuple(self._situations[int(code)] for code in fitting[:MOST])


def _searched(place: int, situation: Situation) -> Searched:
    """With the English keywords beside the English name, where each word counts by itself."""
    chinese = tuple(word for word in situation.keywords if not word.isascii())
    english = " ".join((situation.name.en, *(word for word in situation.keywords if word.isascii())))
    return Searched(str(place), Names(situation.name.zh, english), situation.name, chinese)


def _means(hit: Hit) -> bool:
    if hit.kind == ENGLISH:
        return hit.rank <= SLIPPED
    return (hit.rank < 2 or hit.rank == SLIPPED) and hit.signs >= LEAST_SIGNS
