"""Without sockets: the core's decision with few and with many waiting, and the replay of a long day."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter

from tests.bench.days import CoreHall, make_settings, write_journal
from tests.bench.figures import Round
from ticketserver.core import commands as c
from ticketserver.server.boot import journal_path, replay_all
from ticketserver.server.desk import HallDesk
from ticketserver.server.hallday import HallDays
from ticketserver.shared.settings import Settings
from ticketserver.store.sqlite import SqliteJournal

NAMES = ("decide_100", "decide_10000", "replay_100k")
EVENTS = 100_000


def decide(hall: CoreHall, seconds: float) -> Round:
    """Numbers are taken and services finished between the calls; only the calls are timed."""
    latencies = []
    call = c.CallNext(counter=1)
    began = perf_counter()
    while perf_counter() - began < seconds:
        hall.issue()
        hall.do(c.StartService(counter=1))
        hall.do(c.FinishService(counter=1))
        asked = perf_counter()
        hall.do(call)
        latencies.append((perf_counter() - asked) * 1000)
    return Round(len(latencies), perf_counter() - began, latencies)


def replay(settings: Settings, events: int, seconds: float) -> Round:
    """Whole replays, one at least."""
    journal = SqliteJournal(journal_path(settings))
    done = 0
    took = 0.0
    while took < seconds:
        desk = HallDesk(settings, HallDays(settings.calendar, settings.hall.timezone))
        began = perf_counter()
        replay_all(journal, settings.hall.id, desk)
        took += perf_counter() - began
        done += events
    journal.close()
    return Round(done, took)


@contextmanager
def rounds(names: frozenset[str], folder: Path) -> Iterator[dict[str, Callable[[float], Round]]]:
    """With the garbage collector on, as in the server."""
    settings = make_settings(folder / "core")
    made: dict[str, Callable[[float], Round]] = {}
    for name in NAMES[:2]:
        if name in names:
            made[name] = partial(decide, CoreHall(settings, int(name.removeprefix("decide_"))))
    if "replay_100k" in names:
        made["replay_100k"] = partial(replay, settings, write_journal(settings, EVENTS))
    gc.enable()
    try:
        yield made
    finally:
        gc.disable()
