"""Phones in the hall: a call to the last of 1,000 of them, a clerk's call beside them, and what their page weighs.

Each phone watches a number of its own in one queue, so a call changes how many are ahead of every other. That is told
once a second; for `call_to_phones` the hall is quiet before, so that the figure is the work and not the second.
"""

from __future__ import annotations

import asyncio
import re
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter
from urllib.parse import urljoin

from tests.bench import load
from tests.bench.asking import COMPREHENSIVE, MIX, Asking, calls, kiosk_and_clerk, listeners, serve_and_call, today
from tests.bench.boards import Act, repeated
from tests.bench.figures import Round
from tests.bench.hall import HallProcess
from tests.bench.sockets import run_row
from ticketserver.core.terms import Role
from ticketserver.server.hub import STATE_MS
from ticketserver.server.phone_page import PAGE
from ticketserver.wire.codec import encode_request
from ticketserver.wire.params import Subscribe

NAMES = ("call_to_phones", "call_by_phones", "phone_bytes")
PHONES = 1_000
COUNTER = 1
CHANGED = b'"method":"ticket_changed"'
CALLED = b'"state":"called"'
TOKEN = "bench-phone-0000000000"
LANGUAGE = "zh"


class Phones:
    """Those that still wait; `after` is over when each of them has heard of a change."""

    def __init__(self, sockets: list[load.Socket]) -> None:
        self._waiting = set(sockets)
        self._silent: set[load.Socket] = set()
        self._done: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        for socket in sockets:
            socket.heard = partial(self._heard, socket)

    def _heard(self, socket: load.Socket, payload: bytes) -> None:
        if payload.find(CHANGED, 0, load.HEAD) < 0:
            return
        if CALLED in payload:
            self._waiting.discard(socket)
        if socket in self._silent:
            self._silent.discard(socket)
            if not self._silent:
                self._done.set_result(perf_counter())

    async def after(self, speaker: load.Socket, message: bytes) -> float:
        """→ ms from the message to the last of them."""
        self._silent = set(self._waiting)
        self._done = asyncio.get_running_loop().create_future()
        answered = asyncio.get_running_loop().create_future()
        speaker.heard = answered.set_result
        began = perf_counter()
        speaker.write(load.frame(message))
        load.checked(await answered)
        return (await self._done - began) * 1000


async def hall_with_phones(
    hall: HallProcess, mix: tuple[bytes, ...]
) -> tuple[Asking, load.Socket, load.Socket, Phones]:
    """A number and a phone for each of them, and a counter that has called once."""
    asking = await today(hall)
    await listeners(hall)
    kiosk, clerk = await kiosk_and_clerk(hall)
    await clerk.answer(asking.at_counter(b"open_counter", COUNTER))
    await kiosk.answer(asking.issue(COMPREHENSIVE[0]))
    await clerk.answer(asking.at_counter(b"call_next", COUNTER))
    sockets = []
    for turn in range(PHONES):
        await kiosk.answer(asking.issue(mix[turn % len(mix)]))
        socket = await load.greet(hall.ws_port, Role.PHONE, "")
        watch = Subscribe(topics=["ticket"], token=asking.last_token.decode())
        await socket.answer(encode_request(2, "subscribe", watch))
        socket.heard = lambda payload: None
        sockets.append(socket)
    return asking, kiosk, clerk, Phones(sockets)


async def last_phone(hall: HallProcess) -> Act:
    asking, _, clerk, phones = await hall_with_phones(hall, COMPREHENSIVE[:1])

    async def once() -> float:
        await serve_and_call(asking, clerk, COUNTER)
        # Not to wait for something: what is measured begins when lists may be told at once.
        await asyncio.sleep(2 * STATE_MS / 1000)
        return await phones.after(clerk, asking.at_counter(b"call_next", COUNTER))

    return lambda seconds: repeated(once, seconds)


async def call_beside(hall: HallProcess) -> Act:
    asking, kiosk, clerk, _ = await hall_with_phones(hall, MIX)
    once = calls(asking, kiosk, clerk, COUNTER)
    return lambda seconds: repeated(once, seconds)


def paths() -> list[str]:
    """Everything that the page loads, itself first; modules that it names for preloading are all there are."""
    page = f"/t/{TOKEN}"
    parts = re.findall(r'(?:href|src)="(\.\./[^"]+)"', PAGE.read_text("utf-8"))
    words = [f"/phone/{kind}/{LANGUAGE}.json" for kind in ("words", "services")]
    return [page, *dict.fromkeys(urljoin(page, part) for part in parts), *words]


async def weight(port: int) -> int:
    """Bytes of all answers as they come, heads included."""
    total = 0
    for path in paths():
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip, deflate\r\nConnection: close\r\n\r\n"
        writer.write(head.encode())
        answer = await reader.read(-1)
        writer.close()
        if b" 200 " not in answer[:20]:
            raise ConnectionError(f"{path}: {answer[:60]!r}")
        total += len(answer)
    return total


@contextmanager
def rounds(names: frozenset[str], folder: Path) -> Iterator[dict[str, Callable[[float], Round]]]:
    made: dict[str, Callable[[float], Round]] = {}
    acts = {"call_to_phones": last_phone, "call_by_phones": call_beside}
    with asyncio.Runner() as runner:
        halls = {name: HallProcess(folder / name) for name in NAMES if name in names}
        try:
            for name, hall in halls.items():
                hall.start()
                if name in acts:
                    made[name] = partial(run_row, runner, runner.run(acts[name](hall)))
                else:
                    port = tomllib.loads(hall.file.read_text("utf-8"))["server"]["http_port"]
                    made[name] = lambda _seconds, port=port: Round(value=runner.run(weight(port)))
            yield made
        finally:
            for hall in halls.values():
                hall.stop()
