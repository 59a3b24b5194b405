"""What comes near to the typed, where nothing fits it: words among other words, another order, a slip of the finger.

```
grams of a text        社保卡                     weight of a gram
  signs, pairs of them   社 保 卡  社保 保卡        the rarer among the services, the more it says (log of how rare)
  sounds, pairs          se bao ka  sebao baoka    a pair says more than its parts; a Chinese sign more than its sound
  letters in threes      seb eba bao aok oka       three letters say little, but survive a slip
```
A service scores the weight of the grams that the typed shares with any of its terms, and the share of its best single
term that was met: who says all of a keyword among other words means it. Typed letters are cut into sounds that the
terms have, the fewest that cover the most. All arithmetic is in whole numbers and the catalogue's order ends every
draw: the same typed finds the same services everywhere.

What can go wrong: chance. Below `ENOUGH` nothing is near.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise, product
from math import log
from typing import NamedTuple

from ticketserver.search.terms import ENGLISH, Term, fold, folded

SIGN, SOUND, LETTERS = range(3)
WEIGHTS = {(SIGN, 1): 6, (SIGN, 2): 16, (SOUND, 1): 4, (SOUND, 2): 12, (LETTERS, 1): 4}
KINDS = (100, 100, 75, 75)
"""Per cent of a gram's weight by the kind of its term."""
LOOKED_AT = 30
ENOUGH = 500
CLOSE = 45
"""Per cent of the best that others need to be named beside it."""
LONGEST_SOUND = 6

Gram = tuple[int, tuple[str, ...]]


class Heard(NamedTuple):
    """A sign and how it is heard; `sign` is empty where only a sound was typed."""

    sign: str
    sounds: tuple[str, ...]


def grams(heard: Sequence[Heard], letters: str) -> set[Gram]:
    """`letters`: all of it as it is heard, for the threes."""
    found: set[Gram] = {(LETTERS, (letters[at : at + 3],)) for at in range(len(letters) - 2)}
    for one in heard:
        found.update((SOUND, (sound,)) for sound in one.sounds)
        if one.sign:
            found.add((SIGN, (one.sign,)))
    for one, other in pairwise(heard):
        found.update((SOUND, pair) for pair in product(one.sounds, other.sounds))
        if one.sign and other.sign:
            found.add((SIGN, (one.sign, other.sign)))
    return found


def grams_of(term: Term) -> set[Gram]:
    if term.kind == ENGLISH:
        return grams((), fold("".join(term.signs)))
    heard = [Heard(sign, folded(sign)) for sign in term.signs]
    return grams(heard, "".join(one.sounds[0] for one in heard))


class Near:
    """The grams of all services, made once. Tens of thousands: equal ones are the same object, so that they take a
    third of the memory."""

    def __init__(self, services: Sequence[Sequence[Term]]) -> None:
        """`services`: the terms of each, in the catalogue's order."""
        same: dict[Gram, Gram] = {}
        having: dict[Gram, dict[int, int]] = defaultdict(dict)
        known: list[list[tuple[tuple[Gram, ...], int]]] = []
        for place, terms in enumerate(services):
            known.append([])
            for term in terms:
                percent = KINDS[term.kind]
                of_term = tuple([same.setdefault(gram, gram) for gram in grams_of(term)])
                known[place].append((of_term, percent))
                for gram in of_term:
                    having[gram][place] = max(having[gram].get(place, 0), percent)
        self._sounds = {parts[0] for kind, parts in having if kind == SOUND and len(parts) == 1}
        every = len(services) + 1
        self._weight = {
            gram: WEIGHTS[gram[0], len(gram[1])] * round(10 * log(every / len(places)))
            for gram, places in having.items()
        }
        pairs = {pair: pair for places in having.values() for pair in places.items()}
        self._having = {gram: tuple(pairs[pair] for pair in places.items()) for gram, places in having.items()}
        self._terms = [[(grams, self._together(grams), percent) for grams, percent in terms] for terms in known]

    def _together(self, grams: Iterable[Gram]) -> int:
        """Their weight."""
        return max(1, sum(self._weight[gram] for gram in grams))

    def find(self, typed: str) -> list[tuple[int, int]]:
        """Places of services and their scores, best first."""
        asked = [gram for gram in self._asked(typed) if gram in self._weight]
        scores: dict[int, int] = defaultdict(int)
        for gram in asked:
            weight = self._weight[gram]
            for place, percent in self._having[gram]:
                scores[place] += weight * percent // 100
        best = sorted(scores, key=lambda place: (-scores[place], place))[:LOOKED_AT]
        met = frozenset(asked)
        found = [(place, scores[place] + self._best_term(place, met)) for place in best]
        found.sort(key=lambda each: (-each[1], each[0]))
        return [(place, score) for place, score in found if score >= max(ENOUGH, found[0][1] * CLOSE // 100)]

    def _best_term(self, place: int, met: frozenset[Gram]) -> int:
        """What the best single term adds: its met weight, the more the more of it is met."""
        best = 0
        for grams, whole, percent in self._terms[place]:
            part = sum([self._weight[gram] for gram in grams if gram in met])
            best = max(best, part * part * percent // (whole * 100))
        return best

    def _asked(self, typed: str) -> set[Gram]:
        heard: list[Heard] = []
        letters, run = "", ""
        for sign in f"{typed} ":
            if sign.isascii() and sign.isalpha():
                run += sign
                continue
            heard += self._cut(fold(run))
            letters, run = letters + fold(run), ""
            if sign != " ":
                heard.append(Heard(sign, folded(sign)))
                letters += folded(sign)[0]
        return grams(heard, letters)

    def _cut(self, letters: str) -> list[Heard]:
        """Letters as sounds. A letter of no sound is left out, and costs as much as two sounds more."""
        best: list[tuple[int, list[str]]] = [(0, [])]
        for end in range(1, len(letters) + 1):
            cost, sounds = best[end - 1]
            choice = (cost + 3, sounds)
            for begin in range(max(0, end - LONGEST_SOUND), end):
                cost, sounds = best[begin]
                if letters[begin:end] in self._sounds and cost + 1 < choice[0]:
                    choice = (cost + 1, [*sounds, letters[begin:end]])
            best.append(choice)
        return [Heard("", (sound,)) for sound in best[-1][1]]
