"""A small server on a free port that speaks the wire, for clients under test: one answer for one request id."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from tests.ticketserver.client.lines import HELLO, SNAPSHOT
from ticketserver.wire import codec
from ticketserver.wire.params import Change
from ticketserver.wire.views import View

Script = Callable[[codec.Call], View | codec.WireError]


class Server:
    """`mute` swallows replies to these methods (the work is done all the same)."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.sockets: list[ServerConnection] = []
        self.seen: dict[str, int] = defaultdict(int)
        self.replies: dict[str, View | codec.WireError] = {}
        self.mute: set[str] = set()
        self.heard = asyncio.Condition()
        self.port = 0

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    async def handle(self, socket: ServerConnection) -> None:
        self.sockets.append(socket)
        try:
            async for data in socket:
                reply = self.reply_to(data)
                if reply:
                    await socket.send(reply, text=True)
                async with self.heard:
                    self.heard.notify_all()
        except ConnectionClosed:
            pass

    def reply_to(self, data: Any) -> bytes:
        call = codec.decode_request(data)
        self.seen[call.name] += 1
        if call.name == "hello":
            outcome: View | codec.WireError = HELLO
        elif call.name == "subscribe":
            outcome = SNAPSHOT
        elif isinstance(call.params, Change):
            if call.params.request_id not in self.replies:
                self.replies[call.params.request_id] = self.script(call)
            outcome = self.replies[call.params.request_id]
        else:
            outcome = self.script(call)
        if call.name in self.mute:
            return b""
        if isinstance(outcome, codec.WireError):
            outcome.request = call.id
            return codec.encode_error(outcome)
        return codec.encode_result(call.id, outcome)

    async def until_seen(self, method: str, times: int = 1) -> None:
        async with asyncio.timeout(30), self.heard:
            await self.heard.wait_for(lambda: self.seen[method] >= times)

    def drop(self) -> None:
        """Cut the newest line, as a pulled cable does."""
        self.sockets[-1].transport.abort()


@asynccontextmanager
async def running(script: Script, port: int = 0) -> AsyncIterator[Server]:
    server = Server(script)
    async with serve(server.handle, "127.0.0.1", port, compression=None, close_timeout=0.2) as listening:
        server.port = next(iter(listening.sockets)).getsockname()[1]
        yield server
