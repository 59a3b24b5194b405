"""The client over real sockets: up, asking, cut, back, refused, given up, stopped."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress

import pytest
from websockets.asyncio.client import ClientConnection

from tests.ports import free_port
from tests.story.relay import Relay
from tests.ticketserver.client.lines import HELLO, HOURS, SNAPSHOT
from tests.ticketserver.client.servers import Server, running
from ticketserver.client.connection import (
    Client,
    ClientEvent,
    Connected,
    Disconnected,
    Notified,
    Refused,
    Unreachable,
)
from ticketserver.client.silence import PING_S, SILENT_S
from ticketserver.core.ids import CounterNo, RequestId
from ticketserver.core.terms import CounterState, Role
from ticketserver.wire import codec
from ticketserver.wire.params import CallNext, Params
from ticketserver.wire.views import View
from ticketserver.wire.views_board import BoardView
from ticketserver.wire.views_visits import VisitDone

SEEN_S = 3.0
"""Within so long a screen says that it may be old."""
PRESS = CallNext(request_id=RequestId("request-1"), counter=CounterNo(3))


class Hall:
    """Counts the decisions it makes."""

    def __init__(self) -> None:
        self.decided = 0

    def __call__(self, call: codec.Call) -> View | codec.WireError:
        self.decided += 1
        if isinstance(call.params, CallNext) and call.params.counter == 9:
            return codec.refusal("counter_closed", "窗口没有开放。", call.id)
        return VisitDone(counter=CounterNo(3), counter_state=CounterState.CALLING)


class Program:
    """A client and what it was told."""

    def __init__(self, url: str) -> None:
        self.events: list[ClientEvent] = []
        self.news = asyncio.Event()
        self.client = Client(url, Role.BRIDGE, "secret", topics=["board"], on_event=self.on_event, jitter=lambda: 0.0)

    def on_event(self, event: ClientEvent) -> None:
        self.events.append(event)
        self.news.set()

    async def until(self, kind: type[ClientEvent], times: int = 1) -> None:
        async with asyncio.timeout(30):
            while sum(isinstance(event, kind) for event in self.events) < times:
                self.news.clear()
                await self.news.wait()

    async def call(self, params: Params = PRESS, give_up_s: float = 10.0) -> object:
        return await self.client.call("call_next", params, give_up_s)


@asynccontextmanager
async def started(url: str) -> AsyncIterator[Program]:
    program = Program(url)
    task = asyncio.create_task(program.client.run())
    try:
        yield program
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with running(Hall()) as server:
        yield server


async def test_comes_up_and_answers(server: Server) -> None:
    async with started(server.url) as program:
        await program.until(Connected)
        assert program.client.connected
        assert program.events == [Connected(HELLO, SNAPSHOT)]
        assert await program.call() == VisitDone(counter=CounterNo(3), counter_state=CounterState.CALLING)


async def test_a_refusal_is_raised(server: Server) -> None:
    async with started(server.url) as program:
        with pytest.raises(Refused) as refused:
            await program.call(CallNext(request_id=RequestId("request-9"), counter=CounterNo(9)))
        assert refused.value.code == "counter_closed"
        assert refused.value.message == "窗口没有开放。"


async def test_a_reply_lost_with_the_line_is_asked_for_again_and_decided_once(server: Server) -> None:
    async with started(server.url) as program:
        await program.until(Connected)
        server.mute.add("call_next")
        asked = asyncio.create_task(program.call())
        await server.until_seen("call_next")
        server.mute.clear()
        server.drop()
        assert await asked == VisitDone(counter=CounterNo(3), counter_state=CounterState.CALLING)
        assert server.seen["call_next"] == 2
        assert isinstance(server.script, Hall)
        assert server.script.decided == 1
        assert [type(event) for event in program.events] == [Connected, Disconnected, Connected]


async def test_a_gap_brings_a_fresh_snapshot(server: Server) -> None:
    async with started(server.url) as program:
        await program.until(Connected)
        tail = codec.note_tail("board", BoardView(hours=HOURS))
        await server.sockets[-1].send(codec.encode_note("board_changed", 8, 1, tail), text=True)
        await server.sockets[-1].send(codec.encode_note("board_changed", 10, 3, tail), text=True)
        await program.until(Connected, 2)
        assert [type(event) for event in program.events] == [Connected, Notified, Connected]
        assert server.seen == {"hello": 1, "subscribe": 2}


async def test_garbage_from_the_server_ends_the_line_and_it_comes_back(server: Server) -> None:
    async with started(server.url) as program:
        await program.until(Connected)
        await server.sockets[-1].send("garbage")
        await program.until(Connected, 2)
        lost = program.events[1]
        assert isinstance(lost, Disconnected)
        assert "does not fit" in lost.reason


async def test_a_server_that_comes_later_is_found() -> None:
    port = free_port()
    async with started(f"ws://127.0.0.1:{port}") as program:
        await program.until(Disconnected)
        assert not program.client.connected
        with pytest.raises(Unreachable, match="cannot reach"):
            await program.call(give_up_s=0.05)
        async with running(Hall(), port):
            await program.until(Connected)
            assert await program.call()


async def test_a_server_that_stops_in_order_is_found_again(caplog: pytest.LogCaptureFixture) -> None:
    port = free_port()
    async with started(f"ws://127.0.0.1:{port}") as program:
        async with running(Hall(), port):
            await program.until(Connected)
        await program.until(Disconnected)
        async with running(Hall(), port):
            await program.until(Connected, 2)
    assert not [record for record in caplog.records if record.exc_info]


async def test_stopping_ends_those_who_wait(server: Server) -> None:
    async with started(server.url) as program:
        await program.until(Connected)
        server.mute.add("call_next")
        asked = asyncio.create_task(program.call())
        await server.until_seen("call_next")
    with pytest.raises(Unreachable, match="stopped"):
        await asked


async def test_a_cancelled_call_is_not_repeated(server: Server) -> None:
    async with started(server.url) as program:
        await program.until(Connected)
        server.mute.add("call_next")
        asked = asyncio.create_task(program.call())
        await server.until_seen("call_next")
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        server.drop()
        await program.until(Connected, 2)
        server.mute.clear()
        await program.call(CallNext(request_id=RequestId("request-2"), counter=CounterNo(3)))
        assert server.seen["call_next"] == 2


async def test_an_error_in_the_program_is_not_hidden(server: Server) -> None:
    def fail(event: ClientEvent) -> None:
        raise ZeroDivisionError

    client = Client(server.url, Role.BRIDGE, "secret", topics=["board"], on_event=fail)
    async with asyncio.timeout(30):
        with pytest.raises(ZeroDivisionError):
            await client.run()


@pytest.mark.line
async def test_a_line_that_falls_silent_is_noticed_within_three_seconds(server: Server) -> None:
    """A pulled cable: no end of the connection, only nothing more to hear."""
    relay = Relay(server.port)
    try:
        async with started(f"ws://127.0.0.1:{relay.port}") as program:
            await program.until(Connected)
            began = time.monotonic()
            relay.hold()
            await program.until(Disconnected)
            print(f"noticed after {(time.monotonic() - began) * 1000:.0f} ms")
            assert PING_S + SILENT_S <= SEEN_S
            assert not program.client.connected
            lost = program.events[-1]
            assert isinstance(lost, Disconnected)
            assert "silent" in lost.reason
            relay.cut()
            await program.until(Connected, 2)
    finally:
        relay.close()


@pytest.mark.line
async def test_a_program_that_stood_still_itself_keeps_its_line(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A window's drawing holds the loop up from the moment a ping has left: the answer has come meanwhile."""
    answered = asyncio.Event()
    real = ClientConnection.ping

    async def ping(socket: ClientConnection) -> Awaitable[float]:
        answer = asyncio.ensure_future(await real(socket))
        answer.add_done_callback(lambda _: answered.set())
        asyncio.get_running_loop().call_soon(time.sleep, SILENT_S + 0.2)
        return answer

    monkeypatch.setattr(ClientConnection, "ping", ping)
    async with started(server.url) as program:
        async with asyncio.timeout(30):
            await answered.wait()
        assert await program.call()
        assert [type(event) for event in program.events] == [Connected]
