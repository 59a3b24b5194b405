"""How long until the last of 200 sockets has it: the libraries' broadcast, and a call to 200 boards."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from time import perf_counter

from tests.bench import load
from tests.bench.asking import COMPREHENSIVE, kiosk_and_clerk, serve_and_call, today
from tests.bench.figures import Round
from tests.bench.hall import HallProcess, token_of
from ticketserver.core.terms import Role

LISTENERS = 200
CALLED = b'"method":"visit_called"'
SHOUT = b"{" + CALLED + b',"params":"' + b"." * 350 + b'"}'
COUNTER = 1
KEPT_WAITING = 50

Act = Callable[[float], Awaitable[Round]]


class Everybody:
    """Waits until each of the listening sockets has got the message that counts."""

    def __init__(self, sockets: list[load.Socket]) -> None:
        self._left = 0
        self._done: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._size = len(sockets)
        for socket in sockets:
            socket.heard = self._heard

    def _heard(self, payload: bytes) -> None:
        if payload.find(CALLED, 0, load.HEAD) >= 0:
            self._left -= 1
            if not self._left:
                self._done.set_result(perf_counter())

    async def after(self, speaker: load.Socket, message: bytes) -> float:
        """→ ms from the speaker's message to the last of them."""
        self._left = self._size
        self._done = asyncio.get_running_loop().create_future()
        asked = load.frame(message)
        began = perf_counter()
        speaker.write(asked)
        return (await self._done - began) * 1000


async def repeated(once: Callable[[], Awaitable[float]], seconds: float) -> Round:
    """Again and again for `seconds`; `once` gives the ms that count."""
    latencies = []
    began = perf_counter()
    while perf_counter() - began < seconds:
        latencies.append(await once())
    return Round(len(latencies), perf_counter() - began, latencies)


async def broadcast_row(port: int) -> Act:
    everybody = Everybody([await load.connect(port, "/join") for _ in range(LISTENERS)])
    speaker = await load.connect(port, "/broadcast")
    return lambda seconds: repeated(lambda: everybody.after(speaker, SHOUT), seconds)


async def call_row(hall: HallProcess) -> Act:
    asking = await today(hall)
    display = token_of(Role.DISPLAY)
    everybody = Everybody([await load.greet(hall.ws_port, Role.DISPLAY, display, ("board",)) for _ in range(LISTENERS)])
    kiosk, clerk = await kiosk_and_clerk(hall)

    async def call() -> float:
        answered = asyncio.get_running_loop().create_future()
        clerk.heard = answered.set_result
        took = await everybody.after(clerk, asking.at_counter(b"call_next", COUNTER))
        load.checked(await answered)
        return took

    async def once() -> float:
        await kiosk.answer(asking.issue(COMPREHENSIVE[0]))
        await serve_and_call(asking, clerk, COUNTER)
        return await call()

    for _ in range(KEPT_WAITING):
        await kiosk.answer(asking.issue(COMPREHENSIVE[0]))
    await clerk.answer(asking.at_counter(b"open_counter", COUNTER))
    await call()
    return lambda seconds: repeated(once, seconds)
