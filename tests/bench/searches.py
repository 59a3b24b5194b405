"""The kiosk's search: one keystroke after another of what people say, in the shipped catalogue and in one of 2,000."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle
from pathlib import Path

from tests.bench.figures import Round
from tests.kiosk.search.measure import keystrokes, sample_hall, synthetic
from ticketserver.search.index import Index

SIZES = {"search_143": 143, "search_2000": 2_000}
NAMES = tuple(SIZES)
STRIDE = 7
"""Every seventh keystroke, so that a round sees short and long ones alike."""


def once(index: Index, keys: Iterator[str], seconds: float) -> Round:
    times = []
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        typed = next(keys)
        at = time.perf_counter()
        index.find(typed)
        times.append(1000 * (time.perf_counter() - at))
    return Round(len(times), time.perf_counter() - began, times)


@contextmanager
def rounds(names: frozenset[str], _folder: Path) -> Iterator[dict[str, Callable[[float], Round]]]:
    services = tuple(sample_hall().services.values())
    keys = keystrokes()[::STRIDE]
    yield {
        name: partial(once, Index(synthetic(services, size)), cycle(keys))
        for name, size in SIZES.items()
        if name in names
    }
