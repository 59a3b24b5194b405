"""A cheap load client: one socket, frames made by pasting bytes together, no coroutine a message.

It must cost far less than the server it loads, or it would measure itself. So the handshake and the frames are done
here by hand: text frames of one piece, masked with the key 0 (allowed, and free), server frames read in place.
Format: RFC 6455, section 5.2. Pings are answered; anything else than text ends the measurement.
"""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Callable
from time import perf_counter

from ticketserver.core.terms import Role
from ticketserver.wire.codec import encode_request
from ticketserver.wire.methods import PROTOCOL
from ticketserver.wire.params import Hello, Subscribe

TEXT, PING, PONG = 0x81, 0x89, 0x8A
NO_MASK = bytes(4)
ANSWERED = b'"result":'
HEAD = 80
"""An answer's `result` or `error` stands within its first bytes."""


def frame(payload: bytes, opcode: int = TEXT) -> bytes:
    """One masked frame."""
    size = len(payload)
    if size < 126:
        return bytes((opcode, 0x80 | size)) + NO_MASK + payload
    return struct.pack("!BBH", opcode, 0x80 | 126, size) + NO_MASK + payload


class Socket(asyncio.Protocol):
    """One connection. `heard` gets the payload of every text message."""

    heard: Callable[[bytes], None]

    def __init__(self) -> None:
        self.open = asyncio.get_running_loop().create_future()
        self._bytes = b""
        self._greeted = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self.write = transport.write

    def data_received(self, data: bytes) -> None:
        if self._bytes:
            data = self._bytes + data
        if not self._greeted:
            head, end, data = data.partition(b"\r\n\r\n")
            if not end:
                self._bytes = head
                return
            self._greeted = True
            if b" 101 " not in head:
                self.open.set_exception(ConnectionError(head.decode(errors="replace")))
            else:
                self.open.set_result(self)
        at, size = 0, len(data)
        while size - at >= 2:
            length, begin = data[at + 1], at + 2
            if length == 126:
                length, begin = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
            elif length == 127:
                length, begin = int.from_bytes(data[at + 2 : at + 10], "big"), at + 10
            if begin > size or size - begin < length:
                break
            opcode, at = data[at], begin + length
            if opcode == TEXT:
                self.heard(data[begin:at])
            elif opcode == PING:
                self.write(frame(data[begin:at], PONG))
            else:
                raise ConnectionError(f"frame {opcode:#x}: {data[begin:at]!r}")
        self._bytes = data[at:]

    def close(self) -> None:
        self._transport.close()

    async def answer(self, message: bytes) -> bytes:
        """One request and what comes next. Raises ConnectionError where that is no result."""
        came = asyncio.get_running_loop().create_future()
        self.heard = came.set_result
        self.write(frame(message))
        payload: bytes = await came
        checked(payload)
        return payload


def checked(payload: bytes) -> None:
    if payload.find(ANSWERED, 0, HEAD) < 0:
        raise ConnectionError(f"refused: {payload.decode(errors='replace')}")


async def connect(port: int, path: str = "/") -> Socket:
    loop = asyncio.get_running_loop()
    transport, socket = await loop.create_connection(Socket, "127.0.0.1", port)
    socket.heard = lambda payload: None
    transport.write(
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: MDAwMDAwMDAwMDAwMDAwMA==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    await socket.open
    return socket


async def greet(port: int, role: Role, token: str, topics: tuple[str, ...] = ()) -> Socket:
    """A connection to a hall's server, greeted and, with topics, subscribed."""
    socket = await connect(port)
    await socket.answer(encode_request(1, "hello", Hello(protocol=PROTOCOL, role=role, token=token)))
    if topics:
        await socket.answer(encode_request(2, "subscribe", Subscribe(topics=list(topics))))
    socket.heard = lambda payload: None
    return socket


async def closed_loop(sockets: list[Socket], make: Callable[[], bytes], seconds: float) -> tuple[float, list[float]]:
    """Each socket asks, waits for the answer and asks again, for `seconds`. → (seconds taken, latencies in ms)."""
    latencies: list[float] = []
    done = asyncio.get_running_loop().create_future()
    left = len(sockets)
    began = perf_counter()
    until = began + seconds

    def asker(socket: Socket) -> Callable[[bytes], None]:
        sent = perf_counter()

        def heard(payload: bytes) -> None:
            nonlocal sent, left
            now = perf_counter()
            latencies.append((now - sent) * 1000)
            if payload.find(ANSWERED, 0, HEAD) < 0:
                done.set_exception(ConnectionError(f"refused: {payload.decode(errors='replace')}"))
            elif now < until:
                sent = now
                socket.write(make())
            else:
                left -= 1
                if not left:
                    done.set_result(now)

        return heard

    for socket in sockets:
        socket.heard = asker(socket)
        socket.write(make())
    ended: float = await done
    return ended - began, latencies
