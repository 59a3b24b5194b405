"""One socket as a peer: what is written to it, and when it is given up.

A client that does not read makes the system's buffer fill; what is given to it from then on is counted, and beyond the
limit the connection is ended. It gets a fresh snapshot when it returns, and nobody else waits for it.
"""

import logging
from collections.abc import Iterable

from websockets.asyncio.connection import broadcast
from websockets.asyncio.server import ServerConnection

from ticketserver.core.ids import CounterNo, DeviceId, VisitId
from ticketserver.core.terms import Role
from ticketserver.server.peers import Subscriber

log = logging.getLogger("gateway")

UNGREETED = Role.PHONE
"""The role of a connection before its greeting: the one that may do least."""


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
