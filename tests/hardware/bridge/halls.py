"""A hall in the test's hands behind a real socket, and the whole bridge in front of it."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from msgspec.structs import replace
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from hardware.bridge import app
from hardware.bridge.buses import make_lines
from ticketserver.core.ids import BusinessDay, CounterNo, Ms, ProfileId, Seq, ServiceId, TicketNumber, VisitId, ZoneId
from ticketserver.core.terms import CounterState, KeyOutcome, Phase
from ticketserver.shared.settings import Settings
from ticketserver.shared.texts import load_texts
from ticketserver.wire import codec
from ticketserver.wire import params as p
from ticketserver.wire.notes import Snapshot
from ticketserver.wire.views import HelloResult, HoursView
from ticketserver.wire.views_counters import CounterView, CounterVisit
from ticketserver.wire.views_hall import Accepted
from ticketserver.wire.views_visits import KeyResult

DEADLINE_S = 60.0
SAMPLE = "ticketserver/shared/sample/hall.toml"


def counter(state: CounterState, number: str = "") -> CounterView:
    """Counter 7, with the visit of a number at it."""
    visit = CounterVisit(
        visit_id=VisitId(41),
        number=TicketNumber(number),
        services=[],
        here=[ServiceId("ARC-01"), ServiceId("PAY-02")],
        elsewhere=[],
        issued_at_ms=Ms(1),
    )
    return CounterView(
        counter=CounterNo(7),
        state=state,
        zone=ZoneId("z"),
        profile=ProfileId("p"),
        number=TicketNumber(number),
        visit=visit if number else None,
    )


class Hall:
    """A server that answers the bridge with what the test put down, and can lose replies."""

    def __init__(self) -> None:
        self.view = counter(CounterState.IDLE)
        self.outcome = KeyOutcome.DONE
        self.presses: list[p.PressKey] = []
        self.healths: list[p.ReportHealth] = []
        self.ratings: list[p.RateVisit] = []
        self.lose_replies = 0
        self.refuse = False
        self.connections: set[ServerConnection] = set()
        self._n: dict[ServerConnection, int] = {}

    async def serve(self, socket: ServerConnection) -> None:
        self.connections.add(socket)
        try:
            async for message in socket:
                await self._answer(socket, codec.decode_request(message))
        except ConnectionClosed:
            pass
        finally:
            self.connections.discard(socket)

    async def _answer(self, socket: ServerConnection, call: codec.Call) -> None:
        result: Any = Accepted()
        if isinstance(call.params, p.Hello):
            hours = HoursView(phase=Phase.CALLING, day=BusinessDay("2026-11-24"))
            result = HelloResult(
                protocol=1, hall_id="h", name_zh="h", name_en="h", server_time_ms=Ms(1), seq=Seq(1), hours=hours
            )
        elif isinstance(call.params, p.Subscribe):
            self._n[socket] = 0
            result = Snapshot(seq=Seq(1), server_time_ms=Ms(1), counters=[self.view])
        elif isinstance(call.params, p.ReportHealth):
            self.healths.append(call.params)
        elif isinstance(call.params, p.RateVisit):
            self.ratings.append(call.params)
            if self.refuse:
                await socket.send(
                    codec.encode_error(codec.refusal("wrong_state", "Nothing was done.", call.id)).decode()
                )
                return
        elif isinstance(call.params, p.PressKey):
            self.presses.append(call.params)
            if self.lose_replies:
                self.lose_replies -= 1
                await socket.close()
                return
            if self.refuse:
                await socket.send(
                    codec.encode_error(codec.refusal("unknown_counter", "No such counter.", call.id)).decode()
                )
                return
            result = KeyResult(outcome=self.outcome, counter=CounterNo(7), state=self.view.state)
        await socket.send(codec.encode_result(call.id, result).decode())

    @property
    def subscribed(self) -> bool:
        """Whether the bridge hears of changes."""
        return bool(self._n)

    async def change(self, view: CounterView) -> None:
        self.view = view
        for socket in self.connections:
            self._n[socket] += 1
            note = codec.encode_note("counter_changed", 2, self._n[socket], codec.note_tail("counter", view))
            await socket.send(note.decode())


async def until(done: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not done():
        assert time.monotonic() < deadline, f"not within {DEADLINE_S:g} s: {what}"
        await asyncio.sleep(0.02)


@asynccontextmanager
async def bridge(settings: Settings, hall: Hall) -> AsyncIterator[None]:
    async with serve(hall.serve, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        here = replace(settings, server=replace(settings.server, listen="127.0.0.1", address="", ws_port=port))
        task = asyncio.create_task(app.serve(here, make_lines(here), load_texts("en"), "token"))
        yield
        task.cancel()
        await asyncio.wait([task], timeout=DEADLINE_S)
        assert task.done()
