"""The real server in the test's own loop, on free ports and a folder of its own; and a bare client to talk to it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from websockets.asyncio.client import ClientConnection, connect

from tests.noon import noon_zone
from ticketserver.core.ids import Ms
from ticketserver.core.terms import Role
from ticketserver.server.app import HallServer
from ticketserver.server.line import wall_ms
from ticketserver.shared.settings import Limits, Settings, load_settings
from ticketserver.shared.texts import HERE

SAMPLE = HERE.parent / "sample" / "hall.toml"
WAIT_S = 30
TOKENS = (f"token-{number:016d}" for number in count(1))
REQUESTS = (f"request-{number:06d}" for number in count(1))


def settings_in(folder: Path, limits: Limits | None = None, **queue: Any) -> Settings:
    """The sample hall on free ports, with its files in `folder`."""
    sample = load_settings(SAMPLE)
    server = replace(
        sample.server, ws_port=0, http_port=0, data_dir=str(folder / "data"), tokens_dir=str(folder / "tokens"),
        limits=limits or Limits(),
    )  # fmt: skip
    hall = replace(sample.hall, timezone=noon_zone())
    return replace(sample, hall=hall, server=server, queue=replace(sample.queue, **queue))


class Refused(Exception):
    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(error["message"])
        self.rpc = error["code"]
        self.code = error.get("data", {}).get("code", "")


class Talk:
    """One socket. Notifications that come between answers are kept in `notes`."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.notes: list[tuple[str, dict[str, Any]]] = []
        self._ids = count(1)

    async def receive(self) -> dict[str, Any]:
        async with asyncio.timeout(WAIT_S):
            message: dict[str, Any] = json.loads(await self.socket.recv())
        return message

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """The result. Raises Refused."""
        number = next(self._ids)
        await self.send(number, method, params)
        while True:
            message = await self.receive()
            if "method" in message:
                self.notes.append((message["method"], message["params"]))
            elif message["id"] == number:
                if "error" in message:
                    raise Refused(message["error"])
                result: dict[str, Any] = message["result"]
                return result

    async def send(self, number: int, method: str, params: dict[str, Any]) -> None:
        await self.socket.send(json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}))

    async def change(self, method: str, **params: Any) -> dict[str, Any]:
        return await self.call(method, request_id=next(REQUESTS), **params)

    async def note(self, method: str) -> dict[str, Any]:
        """The next notification of a method, oldest first."""
        while True:
            for at, (name, params) in enumerate(self.notes):
                if name == method:
                    del self.notes[at]
                    return params
            message = await self.receive()
            if "method" in message:
                self.notes.append((message["method"], message["params"]))

    async def issue(self, *services: str, **other: Any) -> dict[str, Any]:
        hello = await self.call("get_catalogue") if not services else {}
        chosen = services or (hello["services"][0]["code"],)
        items = [{"service": each} for each in chosen]
        return await self.change("issue_ticket", token=next(TOKENS), day=self.day, services=items, **other)

    day = ""


class Running:
    """A server that runs, and the ways to talk to it."""

    def __init__(self, settings: Settings, server: HallServer) -> None:
        self.settings = settings
        self.server = server
        self.faults: list[BaseException] = []

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.server.gateway.port}"

    @property
    def http(self) -> str:
        return f"http://127.0.0.1:{self.server.http.port}"

    def token(self, role: str) -> str:
        return "" if role == "phone" else self.server.tokens.of(Role(role))

    @asynccontextmanager
    async def bare(self, **options: Any) -> AsyncIterator[Talk]:
        async with connect(self.url, compression=None, proxy=None, **options) as socket:
            yield Talk(socket)

    @asynccontextmanager
    async def talk(self, role: str, device: str = "", locale: str = "zh") -> AsyncIterator[Talk]:
        async with self.bare() as talk:
            hello = await talk.call(
                "hello", protocol=1, role=role, token=self.token(role), device=device, locale=locale
            )
            talk.day = hello["hours"]["day"]
            yield talk


@asynccontextmanager
async def running(
    settings: Settings, open_now: bool = True, clock: Callable[[], Ms] = wall_ms
) -> AsyncIterator[Running]:
    faults: list[BaseException] = []
    server = HallServer(settings, faults.append, open_now, clock=clock)
    made = Running(settings, server)
    made.faults = faults
    try:
        await server.start()
        yield made
    finally:
        await server.stop()
