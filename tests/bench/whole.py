"""The whole server: how soon it answers after a start in the middle of a day, and how much memory it holds."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import msgspec

from tests.bench import load
from tests.bench.asking import COMPREHENSIVE, SPECIALIST, Asking, kiosk_and_clerk, today
from tests.bench.boards import LISTENERS
from tests.bench.days import make_settings, write_journal
from tests.bench.figures import Round
from tests.bench.hall import HallProcess, token_of
from tests.bench.machine import resident_mb
from ticketserver.core.terms import Role

NAMES = ("server_start", "server_rss")
DAY_EVENTS = 40_000
VISITS = 5_000
COUNTERS = range(1, 11)
MISSED_AT_ONCE = {"calls": 1, "gap_ms": 0, "gap_priority_ms": 0, "unspoken_ms": 0}
CANCELLED, MISSED, HELD, TRANSFERRED, RECALLED, REQUEUED = range(6)
"""What happens to one visit in ten each; the other four go straight through."""


def start_row(folder: Path) -> Callable[[float], Round]:
    write_journal(make_settings(folder / "day"), DAY_EVENTS)
    turn = count()

    def act(seconds: float) -> Round:
        """Whole starts, one at least, each from a copy of the day."""
        latencies: list[float] = []
        while sum(latencies) < seconds * 1000:
            hall = HallProcess(folder / f"start-{next(turn)}")
            shutil.copytree(folder / "day" / "data", hall.folder / "data")
            try:
                latencies.append(hall.start() * 1000)
            finally:
                hall.stop()
            shutil.rmtree(hall.folder)
        return Round(len(latencies), sum(latencies) / 1000, latencies)

    return act


class Counter:
    """A clerk who serves whoever comes, and what befalls the visits meanwhile."""

    def __init__(self, asking: Asking, kiosk: load.Socket, clerk: load.Socket, number: int) -> None:
        self._asking = asking
        self._kiosk = kiosk
        self._clerk = clerk
        self._number = number

    async def act(self, method: bytes, more: bytes = b"") -> dict[str, object]:
        answer = await self._clerk.answer(self._asking.at_counter(method, self._number, more))
        result: dict[str, object] = msgspec.json.decode(answer)["result"]
        return result

    async def serve(self, visit: int) -> None:
        fate = visit % 10
        # Who will cancel waits where none of these counters calls them first.
        wanted = SPECIALIST if fate == CANCELLED else COMPREHENSIVE[visit // 10 % len(COMPREHENSIVE)]
        taken = self._asking.issue(wanted)
        ref = b'"token":"%b"' % self._asking.last_token
        answer = await self._kiosk.answer(taken)
        if fate == CANCELLED:
            await self._kiosk.answer(self._asking.ticket(b"cancel_ticket", ref))
            return
        printed = b'"visit_id":%d,"outcome":"confirmed"' % msgspec.json.decode(answer)["result"]["visit_id"]
        await self._kiosk.answer(self._asking.ticket(b"report_print", printed))
        called = await self.act(b"call_next")
        number = b'"number":"%b"' % str(called["number"]).encode()
        if fate == MISSED:
            await self.act(b"mark_no_show")
            await self._clerk.answer(self._asking.ticket(b"check_in", number))
            called = await self.act(b"call_next")
        elif fate == REQUEUED:
            await self.act(b"requeue_visit")
            await self.act(b"call_next")
        await self.act(b"start_service")
        if fate == HELD:
            held = await self.act(b"hold_visit", b',"kind":"papers_kept"')
            await self.act(b"resume_visit", b',"number":"%b"' % str(held["number"]).encode())
        elif fate == TRANSFERRED:
            to = COUNTERS[self._number % len(COUNTERS)]
            await self.act(b"transfer_visit", b',"to_counter":%d' % to)
            return
        elif fate == RECALLED:
            await self.act(b"recall")
        await self.act(b"finish_service")


async def live_through(hall: HallProcess) -> float:
    """The visits of a long day, ten counters at once; → MB."""
    asking = await today(hall)
    display = token_of(Role.DISPLAY)
    for _ in range(LISTENERS):
        await load.greet(hall.ws_port, Role.DISPLAY, display, ("board",))
    visits = count()

    async def counter(number: int) -> None:
        served = Counter(asking, *await kiosk_and_clerk(hall), number)
        await served.act(b"open_counter")
        while (visit := next(visits)) < VISITS:
            await served.serve(visit)

    await asyncio.gather(*(counter(number) for number in COUNTERS))
    return resident_mb(hall.pid)


def memory_row(folder: Path) -> Callable[[float], Round]:
    def act(seconds: float) -> Round:
        with HallProcess(folder / "memory", MISSED_AT_ONCE) as hall, asyncio.Runner() as runner:
            return Round(value=runner.run(live_through(hall)))

    return act


@contextmanager
def rounds(names: frozenset[str], folder: Path) -> Iterator[dict[str, Callable[[float], Round]]]:
    made: dict[str, Callable[[float], Round]] = {}
    if "server_start" in names:
        made["server_start"] = start_row(folder)
    if "server_rss" in names:
        made["server_rss"] = memory_row(folder)
    yield made
