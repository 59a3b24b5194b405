"""Thirty counters that call without a pause: each takes a number for somebody, calls, serves or misses them, again.

Whoever is called comes after a random while, so that together they make about `rate` calls a second; at each tenth
counter people take up to `SLOW_S`, and are spoken meanwhile. One in `MISSED` is called in vain. Each person has one
service and is called once.
"""

from __future__ import annotations

import asyncio
from random import Random

from tests.bench import load
from tests.bench.asking import Asking
from tests.bench.hall import HallProcess, token_of
from ticketserver.core.terms import Role
from ticketserver.shared.settings import Settings

MISSED = 8
SLOW, SLOW_S = 10, 12.0
COMMON = ("PAY-03", "QRY-03", "REG-05")
GENERAL = "comprehensive"


def service_of(settings: Settings, number: int) -> tuple[str, ...]:
    """Services that are done at this counter."""
    counter = next(each for each in settings.counter if each.number == number)
    if counter.zone == GENERAL:
        return COMMON
    return (settings.catalogue.in_zone(counter.zone)[0].code,)


class Clerks:
    """`made` counts the calls; they go on until there are `enough`, which somebody else says."""

    def __init__(self, hall: HallProcess, settings: Settings, asking: Asking, rate: float) -> None:
        self._hall, self._settings, self._asking = hall, settings, asking
        self._cycle_s = len(settings.counter) / rate
        self._random = Random(1)
        self.made = 0
        self.enough: int | None = None

    async def work(self) -> None:
        await asyncio.gather(*(self._counter(counter.number) for counter in self._settings.counter))

    async def _counter(self, number: int) -> None:
        services = service_of(self._settings, number)
        kiosk = await load.greet(self._hall.ws_port, Role.KIOSK, token_of(Role.KIOSK))
        clerk = await load.greet(self._hall.ws_port, Role.CLERK, token_of(Role.CLERK))

        async def do(method: bytes) -> None:
            await clerk.answer(self._asking.at_counter(method, number))

        await do(b"open_counter")
        while self.enough is None or self.made < self.enough:
            self.made += 1
            service = self._random.choice(services).encode()
            await kiosk.answer(self._asking.issue(b'"services":[{"service":"%b"}]' % service))
            await do(b"call_next")
            await asyncio.sleep(self._random.uniform(0, self._cycle_s if number % SLOW else SLOW_S))
            missed = not self._random.randrange(MISSED)
            await do(b"mark_no_show" if missed else b"start_service")
            await asyncio.sleep(self._random.uniform(0, self._cycle_s))
            if not missed:
                await do(b"finish_service")
        kiosk.close()
        clerk.close()
