"""The measuring behind `python -m tests.kiosk.search`: quality over the spoken queries, and the time of a keystroke."""

import time
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from pypinyin import lazy_pinyin

from kiosk.choosing import TYPED_AT_MOST
from kiosk.io.hall import hall_of, kiosk_of
from kiosk.services import Hall, Names, Service
from ticketserver.search.index import Index
from ticketserver.shared.settings import load_settings
from ticketserver.shared.texts import HERE

HALVES = ("frozen", "tuned")
WAYS = ("as written", "on the kiosk's keys")
FIRST = 3


@dataclass(frozen=True)
class Outcome:
    half: str
    way: str
    queries: int
    missed: tuple[tuple[str, tuple[str, ...]], ...]
    """Query and what stood first instead."""

    @property
    def percent(self) -> float:
        return 100 * (self.queries - len(self.missed)) / self.queries


def sample_hall() -> Hall:
    settings = load_settings(HERE.parent / "sample" / "hall.toml")
    return hall_of(settings, kiosk_of(settings, "kiosk1"))


def queries(half: str) -> dict[str, list[str]]:
    """What is said → codes that are right."""
    file = Path(__file__).with_name(f"queries_{half}.toml")
    return dict(tomllib.loads(file.read_text("utf-8"))["queries"])


def on_keys(said: str) -> str:
    """Every Chinese sign as its pinyin, run together as the keys give it, as much as the kiosk takes."""
    letters = "".join(lazy_pinyin(said))
    return "".join(sign for sign in letters.lower() if sign.isascii() and sign.isalnum())[:TYPED_AT_MOST]


def typed(said: str, way: str) -> str:
    return said if way == WAYS[0] else on_keys(said)


def quality(index: Index, half: str, way: str) -> Outcome:
    asked = queries(half)
    missed = []
    for said, right in asked.items():
        first = tuple(hit.code for hit in index.find(typed(said, way))[:FIRST])
        if not set(first) & set(right):
            missed.append((said, first))
    return Outcome(half, way, len(asked), tuple(missed))


def keystrokes() -> list[str]:
    """What stands in the field after each key of every query, on the kiosk's keys."""
    lines = [on_keys(said) for half in HALVES for said in queries(half)]
    return [line[:length] for line in lines for length in range(1, len(line) + 1)]


def synthetic(services: Iterable[Service], count: int) -> list[Service]:
    """`count` services: the shipped ones, then new ones whose names and keywords join halves of theirs."""
    made = list(services)
    random = Random(4)
    shipped = tuple(made)

    def joined(one: str, other: str) -> str:
        return one[: (len(one) + 1) // 2] + other[len(other) // 2 :]

    while len(made) < count:
        one, other, third = random.sample(shipped, 3)
        words = tuple(joined(a, b) for a, b in zip(one.keywords, other.keywords, strict=False))
        plain = Names(joined(one.plain.zh, third.plain.zh), joined(one.plain.en, third.plain.en))
        name = Names(joined(other.name.zh, one.name.zh), joined(other.name.en, one.name.en))
        made.append(replace(one, code=f"SYN-{len(made):04}", plain=plain, name=name, keywords=words))
    return made


def times_ms(index: Index, keys: Iterable[str]) -> list[float]:
    """One search each, in time of the processor: what other programs do meanwhile does not count."""
    times = []
    for line in keys:
        began = time.thread_time()
        index.find(line)
        times.append(1000 * (time.thread_time() - began))
    return times
