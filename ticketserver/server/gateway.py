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
from http import HTTPStatus

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from ticketserver.core.terms import DeviceHealth, Role
from ticketserver.server.calls import Calls
from ticketserver.server.daykey import KEYED
from ticketserver.server.desk import HallDesk
from ticketserver.server.greeting import unwelcome
from ticketserver.server.limits import bucket_of
from ticketserver.server.origins import Origins
from ticketserver.server.socket_peer import SocketPeer
from ticketserver.server.tokens import Tokens
from ticketserver.wire import params as p
from ticketserver.wire.codec import Call, WireError, decode_request, encode_error, encode_result
from ticketserver.wire.errors import Refusal

log = logging.getLogger("gateway")

PING_S = 20.0
CLOSE_S = 2.0
GOING_AWAY, POLICY = 1001, 1008
HARD_SIZE = 4
"""A message beyond the limit is refused by a sentence; one this many times as large ends the connection unread."""
WITH_HEALTH = frozenset({Role.KIOSK, Role.DISPLAY, Role.BRIDGE})


class Gateway:
    def __init__(self, calls: Calls, desk: HallDesk, tokens: Tokens, origins: Origins) -> None:
        self._calls = calls
        self._desk = desk
        self._tokens = tokens
        self._origins = origins
        self._limits = desk.settings.server.limits
        self._peers: set[SocketPeer] = set()
        self._endings: set[asyncio.Future[None]] = set()
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

    def greet_again(self) -> None:
        """The day's key is told in the greeting: who reads cards with an older one has to greet once more."""
        for peer in [each for each in self._peers if each.role in KEYED]:
            ending = asyncio.ensure_future(peer.socket.close(GOING_AWAY, "a new day"))
            self._endings.add(ending)
            ending.add_done_callback(self._endings.discard)

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close(code=GOING_AWAY)
            await self._server.wait_closed()

    def _admit(self, socket: ServerConnection, request: Request) -> Response | None:
        if not self._origins.admits(request.headers.get("Origin"), request.headers.get("Host")):
            return socket.respond(HTTPStatus.FORBIDDEN, "This page is not one of this hall's. Open the hall's link.\n")
        if len(self._peers) >= self._limits.max_connections + self._limits.phone_connections:
            text = self._desk.refuse(SocketPeer(socket, 0, ""), Refusal.TOO_MANY_CONNECTIONS).message
            return socket.respond(HTTPStatus.SERVICE_UNAVAILABLE, text + "\n")
        return None

    async def _serve(self, socket: ServerConnection) -> None:
        limits = self._limits
        peer = SocketPeer(socket, limits.outbox_messages, self._desk.settings.hall.languages[0])
        self._peers.add(peer)
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(limits.hello_within_ms / 1000):
                first = await socket.recv()
            if self._greet(peer, first):
                bucket = bucket_of(limits, peer.role, loop.time())
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
            self._calls.line.memory.reporter_gone(peer)

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
        greeted = (each.role for each in self._peers if each.greeted)
        if code := unwelcome(asked, self._tokens, self._limits, greeted):
            log.warning("%s for %s from %s", code.value, asked.role.value, peer.socket.remote_address)
            self._calls.refuse(peer, call, code)
            return False
        peer.role, peer.device, peer.greeted = asked.role, asked.device, True
        line = self._calls.line
        hello = self._desk.hello(line.sequencer.state, line.now, line.sequencer.seq, peer.role)
        line.hold(peer, encode_result(call.id, hello))
        if peer.role in WITH_HEALTH and peer.device:
            health = p.ReportHealth(device=peer.device, kind=peer.role.value, health=DeviceHealth.ONLINE)
            line.memory.report_health(peer, health)
        return True

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
