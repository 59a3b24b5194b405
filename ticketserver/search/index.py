"""Finding one of the hall's services by what a person types: pinyin, initials, a mix; digits; Chinese; English words.

First come the services that the typed fits (tree.py); without any, those that it fits but for a slip of the
finger (slips.py); then, where these are few, what comes near to it (near.py): words among other words,
another order.

    rank   0 the whole term   1 its beginning   2 from a later sign on   3 with a slip   4 near
    then   more signs covered: who types initials means each of them;  of the near, the higher score
    then   everyday name before keyword before official name; then what more people come for (on the hall's own
           days, while it is young by the catalogue's daily_demand); then the catalogue's order

What can go wrong: a word that means several services. It is asked back (`several_meanings`), never guessed at.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from types import MappingProxyType

from ticketserver.search.near import Near
from ticketserver.search.service import Service
from ticketserver.search.slips import Slips, allowed, ends
from ticketserver.search.terms import ENGLISH, KEYWORD, OFFICIAL, PLAIN, Term, read, read_english, strictly, typed_signs
from ticketserver.search.tree import Entry, Tree

MOST_FOUND = 40
FEW = 3
"""With fewer services than this that the typed fits, those near to it are named too."""
SLIPPED, NEAR = 3, 4
MOST_NEAR = 8
LEAST_NEAR = 3
LEAST_ENGLISH = 3
NOTHING: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True)
class Hit:
    """`word`: the part of the term that the typed stands for, with `signs` signs; empty where it is only near."""

    code: str
    word: str
    rank: int
    kind: int
    signs: int = 0


class Index:
    """All terms of all services, made once."""

    def __init__(self, services: Iterable[Service]) -> None:
        services = tuple(services)
        self._codes = [service.code for service in services]
        self._demand = [service.daily_demand for service in services]
        self._chinese, self._english = Tree(), Tree()
        terms = [terms_of(service) for service in services]
        for place, of_service in enumerate(terms):
            for term in of_service:
                (self._english if term.kind == ENGLISH else self._chinese).add(place, term)
        self._slips = Slips({sign for of_service in terms for term in of_service for sign in term.signs})
        self._near = Near(terms)

    def find(self, typed: str, asked: Mapping[str, int] = NOTHING) -> tuple[Hit, ...]:
        """Services that fit, best first, each once. `asked`: how much each is asked for on the hall's own days."""
        signs = typed_signs(typed)
        if not signs:
            return ()
        end = frozenset((len(signs),))
        best = self._best(self._chinese.find(strictly(signs, 1), end))
        best = best or self._best(self._english.find(strictly(signs, LEAST_ENGLISH), end))
        if not best and allowed(signs):
            step, end = self._slips.step(signs), ends(signs)
            best = self._best(self._chinese.find(step, end), SLIPPED)
            best = best or self._best(self._english.find(step, end), SLIPPED)
        places = nsmallest(MOST_FOUND, best, key=lambda place: self._order(place, best[place], asked))
        hits = [best[place] for place in places]
        if len(hits) < FEW and len(signs) >= (LEAST_NEAR if signs.isascii() else 2):
            near = [place for place, _ in self._near.find(signs) if place not in best]
            hits += [Hit(self._codes[place], "", NEAR, ENGLISH) for place in near[:MOST_NEAR]]
        return tuple(hits)

    def _best(self, found: Iterable[tuple[Entry, int]], rank: int | None = None) -> dict[int, Hit]:
        """The best hit of each service."""
        best: dict[int, Hit] = {}
        for (place, term, start), signs in found:
            at = rank if rank is not None else 2 if start else int(signs < len(term.signs))
            known = best.get(place)
            if known is None or (at, -signs, term.kind) < (known.rank, -known.signs, known.kind):
                best[place] = Hit(self._codes[place], term.word(start, signs), at, term.kind, signs)
        return best

    def _order(self, place: int, hit: Hit, asked: Mapping[str, int]) -> tuple[int, ...]:
        return hit.rank, -hit.signs, hit.kind, -asked.get(hit.code, 0), -self._demand[place], place


def terms_of(service: Service) -> list[Term]:
    terms = [read(service.plain.zh, PLAIN), *(read(word, KEYWORD) for word in service.keywords)]
    terms += [read(service.name.zh, OFFICIAL), read(service.code, OFFICIAL)]
    return [*terms, read_english(service.plain.en), read_english(service.name.en)]


def several_meanings(hits: Sequence[Hit]) -> str:
    """The word that means several services: the same whole term, or its beginning, stands first for two or more."""
    if len(hits) < 2 or hits[0].rank >= SLIPPED or hits[0].kind == ENGLISH:
        return ""
    word = hits[0].word
    return word if len(word) > 1 and hits[1].word == word and hits[1].rank < 2 else ""
