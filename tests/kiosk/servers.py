"""A hall's server as a kiosk sees it, scripted, in a thread of its own, on a port that stays the same after a stop."""

import asyncio
import threading
from collections import Counter
from typing import Any

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from tests.kiosk.kiosks import hours, plan, ticket
from tests.ports import free_port
from ticketserver.wire import codec
from ticketserver.wire.notes import Snapshot
from ticketserver.wire.views import HelloResult, View
from ticketserver.wire.views_catalogue import CatalogueView
from ticketserver.wire.views_hall import Accepted, QueueView, VisitsView

WAIT_S = 120
"""A program with a window starts within it, and a display makes its clips first."""
HOURS = hours(next_opening_ms=0)
NOW = HOURS.lunch_from_ms
HELLO = HelloResult(
    protocol=1, hall_id="sample", name_zh="示例", name_en="Sample", server_time_ms=NOW, seq=1, hours=HOURS
)
SNAPSHOT = Snapshot(seq=1, server_time_ms=NOW, queue=QueueView(zones=[], hours=HOURS))
SCRIPT: dict[str, View | str] = {
    "hello": HELLO, "subscribe": SNAPSHOT, "plan_visit": plan(), "issue_ticket": ticket(issued_at_ms=NOW),
    "find_request": "unknown_request", "list_visits": VisitsView(visits=[]),
    "get_catalogue": CatalogueView(services=[], zones=[], profiles=[], priority_classes=[]),
}  # fmt: skip


class HallServer:
    """`seen` counts methods; `requests` are the ids of `issue_ticket` and `find_request`. A method in `mute` is carried
    out and never answered. A text in `script` is a refusal's code."""

    def __init__(self) -> None:
        self.script = dict(SCRIPT)
        self.mute: set[str] = set()
        self.seen: Counter[str] = Counter()
        self.requests: list[tuple[str, str]] = []
        self.port = free_port()
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server: Server | None = None

    def start(self) -> "HallServer":
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(WAIT_S)
        return self

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(WAIT_S)

    def close(self) -> None:
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(WAIT_S)
        self._loop.close()

    def until_seen(self, method: str, times: int = 1) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self.seen[method] >= times, WAIT_S), (method, self.seen)

    async def _listen(self) -> None:
        self._server = await serve(self._handle, "127.0.0.1", self.port, compression=None, close_timeout=0.2)

    async def _end(self) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
            self._server = None

    async def _handle(self, socket: ServerConnection) -> None:
        try:
            async for data in socket:
                reply = self._reply(data)
                if reply:
                    await socket.send(reply, text=True)
        except ConnectionClosed:
            pass

    def _reply(self, data: Any) -> bytes:
        call = codec.decode_request(data)
        with self._changed:
            self.seen[call.name] += 1
            if call.name in ("issue_ticket", "find_request"):
                self.requests.append((call.name, call.params.request_id))  # type: ignore[attr-defined]
            self._changed.notify_all()
        outcome = self.script.get(call.name, Accepted())
        if call.name in self.mute:
            return b""
        if isinstance(outcome, str):
            return codec.encode_error(codec.refusal(outcome, outcome, call.id))
        return codec.encode_result(call.id, outcome)
