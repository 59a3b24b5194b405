"""The sockets: `websockets` on the live port, one peer a connection.

```
connect → (origin, number of connections) → hello within 5 s → requests … → end
```
Every connection is limited: size of a message, requests a second, and messages that wait for a client that does not
read; over the last one it is dropped and gets a fresh snapshot when it returns. What can go wrong with one client ends
that client's connection and nothing else.
"""

import asyncio
import logging
from collections.abc import Iterable
from http import HTTPStatus

from websockets.asyncio.connection import broadcast
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from ticketserver.core.ids import CounterNo, DeviceId, VisitId
from ticketserver.core.terms import DeviceHealth, Role
from ticketserver.server import views
from ticketserver.server.calls import Calls
from ticketserver.server.desk import HallDesk
from ticketserver.server.limits import Bucket
from ticketserver.server.origins import Origins
from ticketserver.server.peers import Subscriber
from ticketserver.server.tokens import Tokens
from ticketserver.wire import params as p
from ticketserver.wire import views as v
from ticketserver.wire.codec import Call, WireError, decode_request, encode_error, encode_result
from ticketserver.wire.errors import Refusal
from ticketserver.wire.methods import PROTOCOL

log = logging.getLogger("gateway")

PING_S = 20.0
CLOSE_S = 2.0
GOING_AWAY, POLICY, TRY_LATER = 1001, 1008, 1013
HARD_SIZE = 4
"""A message beyond the limit is refused by a sentence; one this many times as large ends the connection unread."""
UNGREETED = Role.PHONE
WITH_HEALTH = frozenset({Role.KIOSK, Role.DISPLAY, Role.BRIDGE})


class SocketPeer:
    """One connection. `dropped` once it did not read for too long."""

    def __init__(self, socket: ServerConnection, most_waiting: int, locale: str) -> None:
        self.role = UNGREETED
        self.device = DeviceId("")
        self.locale = locale
        self.greeted = False
        self.topics: frozenset[str] = frozenset()
        self.counters: frozenset[CounterNo] = frozenset()
        self.visit = VisitId(0)
        self.n = 0
        self.socket = socket
        self.dropped = False
        self._most_waiting = most_waiting
        self._waiting = 0

    def release(self, message: object) -> None:
        assert isinstance(message, bytes)
        if self.may_take():
            broadcast((self.socket,), message, text=True)

    def may_take(self) -> bool:
        """Counts messages given since the system last had taken everything; too many end the connection."""
        transport = self.socket.transport
        if self.dropped or transport.is_closing():
            return False
        if transport.get_write_buffer_size() == 0:
            self._waiting = 0
        self._waiting += 1
        if self._waiting > self._most_waiting:
            self.dropped = True
            log.warning("%s %s does not read; dropped", self.role.value, self.device or self.socket.remote_address)
            transport.abort()
        return not self.dropped


def send(peers: Iterable[Subscriber], message: bytes) -> None:
    """One message to several sockets; encoded and framed once."""
    sockets = [peer.socket for peer in peers if isinstance(peer, SocketPeer) and peer.may_take()]
    broadcast(sockets, message, text=True)


class Gateway:
    def __init__(self, calls: Calls, desk: HallDesk, tokens: Tokens, origins: Origins) -> None:
        self._calls = calls
        self._desk = desk
        self._tokens = tokens
        self._origins = origins
        self._limits = desk.settings.server.limits
        self._peers: set[SocketPeer] = set()
        self._server: Server | None = None

    @property
    def connections(self) -> int:
        return len(self._peers)

    @property
    def port(self) -> int:
        """The port that is really listened on."""
        assert self._server is not None
        return int(next(iter(self._server.sockets)).getsockname()[1])

    async def start(self) -> None:
        """Raises OSError where the port is taken."""
        server = self._desk.settings.server
        self._server = await serve(
            self._serve,
            server.listen,
            server.ws_port,
            compression=None,
            max_size=self._limits.max_message_bytes * HARD_SIZE,
            ping_interval=PING_S,
            ping_timeout=PING_S,
            close_timeout=CLOSE_S,
            process_request=self._admit,
            server_header=None,
        )

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close(code=GOING_AWAY)
            await self._server.wait_closed()

    def _admit(self, socket: ServerConnection, request: Request) -> Response | None:
        if not self._origins.admits(request.headers.get("Origin"), request.headers.get("Host")):
            return socket.respond(HTTPStatus.FORBIDDEN, "This page is not one of this hall's. Open the hall's link.\n")
        if len(self._peers) >= self._limits.max_connections:
            text = self._desk.refuse(SocketPeer(socket, 0, ""), Refusal.TOO_MANY_CONNECTIONS).message
            return socket.respond(HTTPStatus.SERVICE_UNAVAILABLE, text + "\n")
        return None

    async def _serve(self, socket: ServerConnection) -> None:
        limits = self._limits
        peer = SocketPeer(socket, limits.outbox_messages, self._desk.settings.hall.languages[0])
        self._peers.add(peer)
        loop = asyncio.get_running_loop()
        bucket = Bucket(limits.requests_per_s, limits.burst_requests, loop.time())
        try:
            async with asyncio.timeout(limits.hello_within_ms / 1000):
                first = await socket.recv()
            if self._greet(peer, first):
                async for message in socket:
                    self._handle(peer, message, bucket.take(loop.time()))
            else:
                await socket.close(POLICY)
        except TimeoutError:
            await socket.close(POLICY, self._desk.refuse(peer, Refusal.HELLO_FIRST).message[:40])
        except ConnectionClosed:
            pass
        finally:
            self._peers.discard(peer)
            self._calls.line.hub.forget(peer)
            self._calls.line.reporter_gone(peer)

    def _greet(self, peer: SocketPeer, message: str | bytes) -> bool:
        """The first message; False where the connection must end."""
        call = self._decode(peer, message)
        if call is None:
            return False
        asked = call.params
        if not isinstance(asked, p.Hello):
            self._calls.refuse(peer, call, Refusal.HELLO_FIRST)
            return False
        peer.locale = asked.locale
        if asked.protocol != PROTOCOL:
            self._calls.refuse(peer, call, Refusal.PROTOCOL_VERSION)
            return False
        if not self._tokens.proves(asked.token, asked.role):
            self._calls.refuse(peer, call, Refusal.WRONG_TOKEN)
            log.warning("a wrong token for %s from %s", asked.role.value, peer.socket.remote_address)
            return False
        peer.role, peer.device, peer.greeted = asked.role, asked.device, True
        self._calls.line.hold(peer, encode_result(call.id, self._hello()))
        if peer.role in WITH_HEALTH and peer.device:
            health = p.ReportHealth(device=peer.device, kind=peer.role.value, health=DeviceHealth.ONLINE)
            self._calls.line.report_health(peer, health)
        return True

    def _hello(self) -> v.HelloResult:
        hall, line = self._desk.settings.hall, self._calls.line
        now = line.now
        return v.HelloResult(
            protocol=PROTOCOL,
            hall_id=hall.id,
            name_zh=hall.name_zh,
            name_en=hall.name_en,
            server_time_ms=now,
            seq=line.sequencer.seq,
            hours=views.hours_view(line.sequencer.state, self._desk.days.next_opening(now)),
            public_url=hall.public_url,
        )

    def _handle(self, peer: SocketPeer, message: str | bytes, in_time: bool) -> None:
        call = self._decode(peer, message)
        if call is None:
            return
        if not in_time:
            self._calls.refuse(peer, call, Refusal.TOO_FAST)
        elif isinstance(call.params, p.Hello):
            self._calls.refuse(peer, call, Refusal.HELLO_TWICE)
        elif isinstance(call.params, p.Subscribe):
            self._calls.line.subscribe(peer, call, call.params)
        else:
            self._calls.serve(peer, call)

    def _decode(self, peer: SocketPeer, message: str | bytes) -> Call | None:
        """The request, or None when the peer was told what is wrong with it."""
        if len(message) > self._limits.max_message_bytes:
            peer.release(encode_error(self._desk.refuse(peer, Refusal.TOO_LARGE)))
            return None
        try:
            return decode_request(message)
        except WireError as error:
            peer.release(encode_error(error))
            return None
