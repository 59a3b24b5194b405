"""TCP sockets as links: network printers on 9100, serial servers, Modbus gateways.

Such devices take one session at a time and often die without a word (power cut), so keep-alive probes are on:
a dead peer is noticed in about 20 s even where nobody writes. Small frames go at once (no Nagle delay).
"""

import socket

from hardware.transports.link import Link, LinkDown

CONNECT_TIMEOUT_S = 3.0
KEEPALIVE_IDLE_S = 8
KEEPALIVE_INTERVAL_S = 4
KEEPALIVE_PROBES = 3


class TcpLink:
    """One connected socket; see `Link`. Not for two threads at a time."""

    def __init__(self, connection: socket.socket, name: str) -> None:
        self._socket = connection
        self._name = name

    @property
    def name(self) -> str:
        return self._name

    def read(self, timeout_s: float, limit: int = 4096) -> bytes:
        try:
            self._socket.settimeout(timeout_s)
            data = self._socket.recv(limit)
        except (TimeoutError, BlockingIOError):
            return b""
        except OSError as error:
            raise LinkDown(f"{self._name}: the connection broke while reading ({error})") from error
        if not data:
            raise LinkDown(f"{self._name}: the device closed the connection")
        return data

    def write(self, data: bytes, timeout_s: float = 2.0) -> None:
        try:
            self._socket.settimeout(timeout_s)
            self._socket.sendall(data)
        except TimeoutError as error:
            raise LinkDown(f"{self._name}: the device took no data for {timeout_s:g} s") from error
        except OSError as error:
            raise LinkDown(f"{self._name}: the connection broke while writing ({error})") from error

    def close(self) -> None:
        self._socket.close()


def open_tcp(host: str, port: int, timeout_s: float = CONNECT_TIMEOUT_S) -> Link:
    """Connect to `host`:`port` within `timeout_s` seconds; `LinkDown` when nobody answers there."""
    name = f"tcp:{host}:{port}"
    try:
        connection = socket.create_connection((host, port), timeout=timeout_s)
    except OSError as error:
        raise LinkDown(f"{name}: cannot connect ({error}); is the device on, and free of another session?") from error
    keep_alive(connection)
    return TcpLink(connection, name)


def keep_alive(connection: socket.socket) -> None:
    """Send small frames at once, and notice a dead peer."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, value in (
        ("TCP_KEEPIDLE", KEEPALIVE_IDLE_S),
        ("TCP_KEEPINTVL", KEEPALIVE_INTERVAL_S),
        ("TCP_KEEPCNT", KEEPALIVE_PROBES),
    ):
        if hasattr(socket, option):
            connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), value)
