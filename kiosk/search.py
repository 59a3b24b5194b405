"""Finding one of the hall's services by what a person types: pinyin, initials, or a mix; digits; English words.

A term is a name or keyword, read syllable by syllable (社保卡 → she bao ka). The typed letters fit from a syllable on
if they can be dealt out so that every syllable gets a non-empty beginning of itself: `SBK`, `SHEBAOKA`, `SHEBK` and
`SB` all fit 社保卡, and `BK` fits it from its second syllable on. Signs that are no Chinese stand for themselves.

    rank   0 the whole term   1 its beginning   2 from a later syllable on
    then   more signs covered: who types initials means each of them
    then   everyday name before keyword before official name; then the catalogue's order

What can go wrong: a character with several readings. Each is tried: 重复 is found under CF as well as ZF.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from pypinyin import Style, pinyin

from kiosk.services import Service

MOST_FOUND = 40


@dataclass(frozen=True)
class Term:
    """Readings of each sign of a text: `(("she",), ("bao",), ("ka",))`."""

    text: str
    signs: tuple[tuple[str, ...], ...]
    kind: int


@dataclass(frozen=True)
class Hit:
    """`word`: the part of the term that the typed letters stand for."""

    code: str
    word: str
    rank: int
    kind: int
    order: int


def read(text: str, kind: int) -> Term:
    """A term with all readings of its signs; spaces and punctuation are left out."""
    kept = [sign for sign in text if sign.isalnum()]
    return Term("".join(kept), tuple(_readings(sign) for sign in kept), kind)


@cache
def _readings(sign: str) -> tuple[str, ...]:
    if sign.isascii():
        return (sign.lower(),)
    return tuple(dict.fromkeys(pinyin(sign, style=Style.NORMAL, heteronym=True)[0]))


def fit(signs: Sequence[tuple[str, ...]], typed: str) -> int:
    """How many signs `typed` covers from the first one on, at most; 0 = it does not fit."""
    reached, covered = {0}, 0
    for count, readings in enumerate(signs, 1):
        reached = {at + length for at in reached for length in _takes(readings, typed, at)}
        if len(typed) in reached:
            covered = count
    return covered


def _takes(readings: Iterable[str], typed: str, position: int) -> set[int]:
    """Lengths of beginnings of a reading that stand in `typed` at `position`."""
    lengths = set()
    for reading in readings:
        for length in range(1, len(reading) + 1):
            if not typed.startswith(reading[:length], position):
                break
            lengths.add(length)
    return lengths


class Index:
    """All terms of all services, made once."""

    def __init__(self, services: Iterable[Service]) -> None:
        self._terms: list[tuple[str, list[Term]]] = []
        self._english: dict[str, str] = {}
        for service in services:
            terms = [read(service.plain.zh, 0), *(read(word, 1) for word in service.keywords)]
            terms += [read(service.name.zh, 2), read(service.code, 2)]
            self._terms.append((service.code, terms))
            self._english[service.code] = f" {service.plain.en} {service.name.en}".lower()

    def find(self, typed: str) -> tuple[Hit, ...]:
        """Services that fit, best first, each once."""
        letters = "".join(sign for sign in typed.lower() if sign.isalnum())
        if not letters:
            return ()
        hits = []
        for order, (code, terms) in enumerate(self._terms):
            found = [hit for term in terms for hit in self._hits(code, term, letters, order)]
            if not found and len(letters) > 2 and f" {letters}" in self._english[code]:
                found = [Hit(code, letters, 1, 3, order)]
            if found:
                hits.append(min(found, key=_better))
        return tuple(sorted(hits, key=_better))[:MOST_FOUND]

    @staticmethod
    def _hits(code: str, term: Term, letters: str, order: int) -> list[Hit]:
        for start in range(len(term.signs)):
            covered = fit(term.signs[start:], letters)
            if covered:
                rank = 2 if start else int(covered < len(term.signs))
                return [Hit(code, term.text[start : start + covered], rank, term.kind, order)]
        return []


def _better(hit: Hit) -> tuple[int, int, int, int]:
    return hit.rank, -len(hit.word), hit.kind, hit.order


def several_meanings(hits: Sequence[Hit]) -> str:
    """The word that means several services: the same whole term, or its beginning, stands first for two or more."""
    if len(hits) < 2 or not hits[0].word or hits[0].kind == 3:
        return ""
    word = hits[0].word
    return word if len(word) > 1 and hits[1].word == word and hits[1].rank < 2 else ""
