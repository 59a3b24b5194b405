"""Calls while many wait: one hall for each number of people waiting; a new number for each call keeps it constant."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import count
from pathlib import Path

from tests.bench import load
from tests.bench.asking import MIX, calls, kiosk_and_clerk, listeners, today
from tests.bench.boards import Act, repeated
from tests.bench.figures import Round
from tests.bench.hall import HallProcess, token_of
from tests.bench.sockets import run_row
from ticketserver.core.terms import Role

NAMES = ("call_100", "call_1000", "call_10000")
COUNTER = 1
FILLERS = 16


async def fill(hall: HallProcess, make: Callable[[], bytes], waiting: int) -> None:
    """`waiting` numbers, taken at many kiosks at once."""
    left = count(waiting, -1)

    async def filler() -> None:
        kiosk = await load.greet(hall.ws_port, Role.KIOSK, token_of(Role.KIOSK))
        while next(left) > 0:
            came = asyncio.get_running_loop().create_future()
            kiosk.heard = came.set_result
            kiosk.write(make())
            load.checked(await came)
        kiosk.close()

    await asyncio.gather(*(filler() for _ in range(FILLERS)))


async def call_row(hall: HallProcess, waiting: int) -> Act:
    asking = await today(hall)
    await fill(hall, asking.issuer(MIX), waiting)
    await listeners(hall)
    kiosk, clerk = await kiosk_and_clerk(hall)
    await clerk.answer(asking.at_counter(b"open_counter", COUNTER))
    await clerk.answer(asking.at_counter(b"call_next", COUNTER))
    once = calls(asking, kiosk, clerk, COUNTER)
    return lambda seconds: repeated(once, seconds)


@contextmanager
def rounds(names: frozenset[str], folder: Path) -> Iterator[dict[str, Callable[[float], Round]]]:
    with ExitStack() as stack:
        runner = stack.enter_context(asyncio.Runner())
        made: dict[str, Callable[[float], Round]] = {}
        for name in NAMES:
            if name in names:
                hall = stack.enter_context(HallProcess(folder / name))
                act = runner.run(call_row(hall, int(name.removeprefix("call_"))))
                made[name] = partial(run_row, runner, act)
        yield made
