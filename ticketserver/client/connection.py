"""A client over a WebSocket: the shell that gives session.py a socket, the clock and the loop."""

import asyncio
import logging
import random
from collections.abc import Callable, Sequence
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, WebSocketException

from ticketserver.client.dial import connected
from ticketserver.client.session import (
    LONGEST_REST_MS,
    Answer,
    ClientEvent,
    Connected,
    Dial,
    Disconnected,
    Effect,
    HangUp,
    Notified,
    Refused,
    Send,
    Session,
    Tell,
    Unreachable,
)
from ticketserver.client.silence import given_up, until_silent
from ticketserver.core.terms import Role
from ticketserver.wire.params import Params

__all__ = ["Client", "ClientEvent", "Connected", "Disconnected", "Notified", "Refused", "Unreachable"]

log = logging.getLogger("client")


def _ignore(event: ClientEvent) -> None:
    pass


class Client:
    """All of it runs in one event loop. `on_event` is called in that loop and must return at once. `unreached_ms` as in
    Session."""

    def __init__(
        self,
        url: str,
        role: Role,
        token: str,
        device: str = "",
        locale: str = "zh",
        topics: Sequence[str] = (),
        counters: Sequence[int] = (),
        on_event: Callable[[ClientEvent], None] = _ignore,
        jitter: Callable[[], float] = random.random,
        unreached_ms: int = LONGEST_REST_MS,
    ) -> None:
        self.url = url
        self._session = Session(role, token, device, locale, topics, counters, jitter, unreached_ms)
        self._on_event = on_event
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._outgoing: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._dial = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def connected(self) -> bool:
        """The line is up and the state told last is the present one."""
        return self._session.live

    async def run(self) -> None:
        """Keep the line up until cancelled."""
        try:
            self._tick()
            while True:
                await self._dial.wait()
                self._dial.clear()
                reason = await self._converse()
                self._do(self._session.closed(reason, self._now()))
        finally:
            if self._timer is not None:
                self._timer.cancel()
            for future in self._waiting.values():
                if not future.done():
                    future.set_exception(Unreachable("the client was stopped"))

    async def call(self, method: str, params: Params, give_up_s: float = 10.0) -> Any:
        """The typed result of `method`. Raises `Refused` or `Unreachable`. `run` must be running, now or soon."""
        number, effects = self._session.ask(method, params, int(give_up_s * 1000), self._now())
        future = self._waiting[number] = asyncio.get_running_loop().create_future()
        self._do(effects)
        try:
            return await future
        finally:
            del self._waiting[number]
            self._session.forget(number)

    async def _converse(self) -> str:
        """One connection from dialling to its end; → why it ended."""
        try:
            socket = await connected(self.url)
        except (OSError, TimeoutError, WebSocketException, EOFError) as error:
            return f"cannot reach {self.url}: {error or type(error).__name__}"
        self._outgoing = asyncio.Queue()
        writer = asyncio.create_task(self._write(socket, self._outgoing))
        watch = asyncio.create_task(until_silent(socket))
        try:
            self._do(self._session.opened(self._now()))
            while True:
                self._do(self._session.received(await socket.recv(), self._now()))
        except ConnectionClosed as error:
            return f"the connection to {self.url} {'fell silent' if given_up(watch) else f'ended: {error}'}"
        finally:
            writer.cancel()
            watch.cancel()
            await asyncio.gather(writer, watch, return_exceptions=True)
            await socket.close()

    async def _write(self, socket: ClientConnection, outgoing: asyncio.Queue[bytes | None]) -> None:
        """Send what is queued, as text frames; None hangs up. A line that has ended is the reader's to notice."""
        try:
            while (data := await outgoing.get()) is not None:
                await socket.send(data, text=True)
            await socket.close()
        except ConnectionClosed:
            pass

    def _do(self, effects: Sequence[Effect]) -> None:
        for effect in effects:
            match effect:
                case Dial():
                    self._dial.set()
                case Send(data):
                    self._outgoing.put_nowait(data)
                case HangUp():
                    self._outgoing.put_nowait(None)
                case Tell(event):
                    self._log(event)
                    self._on_event(event)
                case Answer(call, outcome):
                    self._settle(call, outcome)
        self._arm()

    def _settle(self, call: int, outcome: object) -> None:
        future = self._waiting.get(call)
        if future is None or future.done():
            return
        if isinstance(outcome, Exception):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)

    def _log(self, event: ClientEvent) -> None:
        if isinstance(event, Connected):
            log.info("connected to %s at %d%s", self.url, event.snapshot.seq, " (again, after a gap)" * event.resync)
        elif isinstance(event, Disconnected):
            log.warning("%s", event.reason)

    def _arm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        due = self._session.deadline()
        if due is not None:
            # One more millisecond: the session counts whole ones, and a timer that rings early would ring again.
            self._timer = asyncio.get_running_loop().call_at((due + 1) / 1000, self._tick)

    def _tick(self) -> None:
        self._do(self._session.tick(self._now()))

    @staticmethod
    def _now() -> int:
        return int(asyncio.get_running_loop().time() * 1000)
