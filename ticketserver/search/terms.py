"""What the search reads: names and keywords sign by sign, and what typed letters may stand for.

A term is a name or keyword, read sign by sign (社保卡 → she bao ka). Signs that are no Chinese stand for themselves; of
English names each word is a sign. Typed letters stand for a sign if they are a non-empty beginning of one of its
readings; a typed Chinese sign stands for one that is equal or sounds the same, since input methods offer both.

`fold` hears as people speak: zh ch sh as z c s, ang eng ing as an en in, ü as v. Accents of half the country and the
commonest slips of the pen are gone with that.

What can go wrong: a character with several readings. Each is tried: 重复 is found under CF as well as ZF.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from pypinyin import Style, pinyin

PLAIN, KEYWORD, OFFICIAL, ENGLISH = range(4)
"""Kinds of terms, the likelier meant first."""


@dataclass(frozen=True, slots=True)
class Term:
    """`kind` as above."""

    signs: tuple[str, ...]
    kind: int

    def word(self, start: int, signs: int) -> str:
        """A part of it as it is written."""
        return (" " if self.kind == ENGLISH else "").join(self.signs[start : start + signs])


def read(text: str, kind: int) -> Term:
    """A Chinese term; spaces and punctuation are left out."""
    return Term(tuple(_same(sign) for sign in text if sign.isalnum()), kind)


@cache
def _same(sign: str) -> str:
    """One object for all places of a sign: there are ten times as many places as signs."""
    return sign


def read_english(text: str) -> Term:
    """An English term, word by word."""
    return Term(tuple(re.findall(r"[a-z0-9]+", text.lower())), ENGLISH)


def typed_signs(typed: str) -> str:
    """What of the typed counts: letters in small, digits, Chinese signs."""
    return "".join(sign for sign in typed.lower() if sign.isalnum())


@cache
def readings(sign: str) -> tuple[str, ...]:
    """How a sign is read, without tones; the likeliest first."""
    if sign.isascii():
        return (sign.lower(),)
    return tuple(dict.fromkeys(pinyin(sign, style=Style.NORMAL, heteronym=True)[0]))


@cache
def folded(sign: str) -> tuple[str, ...]:
    """The readings as they are heard."""
    return tuple(dict.fromkeys(fold(reading) for reading in readings(sign)))


@cache
def fold(letters: str) -> str:
    """Letters as they are heard."""
    return re.sub("([aei])ng", r"\1n", re.sub("([zcs])h", r"\1", letters)).replace("ü", "v")


def takes(sign: str, typed: str, position: int, least: int) -> tuple[int, ...]:
    """How many of the typed signs from `position` on may stand for `sign`; of a longer word `least` or more."""
    if not typed[position].isascii():
        same = typed[position] == sign or not set(readings(typed[position])).isdisjoint(readings(sign))
        return (1,) if same else ()
    lengths: tuple[int, ...] = ()
    first = typed[position]
    for reading in readings(sign):
        if reading[0] == first:
            most = 1
            while most < len(reading) and typed.startswith(reading[most], position + most):
                most += 1
            lengths += tuple(range(min(least, len(reading)), most + 1))
    return lengths


def strictly(typed: str, least: int) -> Callable[[str, set[int]], set[int]]:
    """A step of the tree: from the typed places reached before a sign to those after it. Its end is len(typed)."""
    known: dict[tuple[str, int], tuple[int, ...]] = {}
    end = len(typed)

    def step(sign: str, reached: set[int]) -> set[int]:
        beyond = set()
        for at in reached:
            if at < end:
                lengths = known.get((sign, at))
                if lengths is None:
                    lengths = known[sign, at] = takes(sign, typed, at, least)
                for length in lengths:
                    beyond.add(at + length)
        return beyond

    return step
