"""Slips of the finger in typed letters: two changed about, one left out, one too many, one beside the right one.

Every sign takes its whole reading, as it is heard, or with one slip in it; only the last may be unfinished. A reading
of two letters may only have them changed about: anything more could be any other. There is one slip to
`LETTERS_A_SLIP` letters typed. Two words are one slip apart only if leaving out a letter or none of each makes them
equal, so the readings that some letters may stand for are looked up, not gone through.

States of the walk: slips made × `PLACES` + place in the typed.
"""

from collections import defaultdict
from collections.abc import Iterable

from ticketserver.search.terms import fold, readings
from ticketserver.search.tree import Step

LEAST = 4
LETTERS_A_SLIP = 7
PLACES = 256


def allowed(typed: str) -> int:
    """How many slips may be made in so much."""
    if len(typed) < LEAST or not (typed.isascii() and typed.isalpha()):
        return 0
    return 1 + len(typed) // LETTERS_A_SLIP


def ends(typed: str) -> frozenset[int]:
    """The states at the end of the typed, with a slip or more."""
    return frozenset(slips * PLACES + len(typed) for slips in range(1, allowed(typed) + 1))


class Slips:
    """The readings of all signs, made once."""

    def __init__(self, signs: Iterable[str]) -> None:
        like: dict[str, set[str]] = defaultdict(set)
        known = {reading for sign in signs for reading in readings(sign)}
        self._longest = max(map(len, known), default=0)
        for reading in known:
            for rest in (fold(reading), *_shorter(reading)):
                like[rest].add(reading)
        self._like = {rest: tuple(alike) for rest, alike in like.items()}

    def step(self, typed: str) -> Step:
        """A step of the tree."""
        at_place: dict[int, dict[str, tuple[int, ...]]] = {}
        most, end = allowed(typed), len(typed)

        def step(sign: str, reached: set[int]) -> set[int]:
            beyond = set()
            for state in reached:
                slips, at = divmod(state, PLACES)
                if at >= end:
                    continue
                if at not in at_place:
                    at_place[at] = self._slipped(typed, at)
                for reading in readings(sign):
                    if typed.startswith(reading, at):
                        beyond.add(state + len(reading))
                    elif at and reading.startswith(typed[at:]):
                        beyond.add(state + end - at)
                    elif slips < most:
                        beyond.update(state + PLACES + length for length in at_place[at].get(reading, ()))
            return beyond

        return step

    def _slipped(self, typed: str, at: int) -> dict[str, tuple[int, ...]]:
        """Readings that are typed there with one slip, and how many letters that takes."""
        found: dict[str, tuple[int, ...]] = defaultdict(tuple)
        for length in range(2, min(self._longest + 1, len(typed) - at) + 1):
            part = typed[at : at + length]
            for reading in {reading for rest in _shorter(part) for reading in self._like.get(rest, ())}:
                if one_slip(reading, part):
                    found[reading] += (length,)
        return found


def _shorter(word: str) -> set[str]:
    """It, and it without each of its letters."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def one_slip(right: str, typed: str) -> bool:
    """Whether `typed` is `right` with one slip, or as it is heard."""
    if len(right) < 3:
        return typed == right[::-1] != right
    shorter = min(len(right), len(typed))
    same = next((at for at in range(shorter) if right[at] != typed[at]), shorter)
    a, b = right[same:], typed[same:]
    if len(a) == len(b):
        return bool(a) and (a[1:] == b[1:] or (a[1::-1] == b[:2] and a[2:] == b[2:]))
    return a[1:] == b or a == b[1:] or fold(right) == typed
