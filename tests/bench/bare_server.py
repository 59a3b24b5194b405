"""What the libraries can do without a hall: echo, broadcast, and a number for every request. A process of its own.

`/echo` sends back; `/join` listens; `/broadcast` sends what it gets to all who listen; `/take` decodes an
`issue_ticket`, gives the next number, commits it in SQLite (WAL, FULL) together with all that came in the same turn of
the loop or while the last commit ran, and answers. The same websockets, msgspec and sqlite3 as the product, no rules.

    python -m tests.bench.bare_server DATABASE        prints its port
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import threading
from collections import deque
from queue import Empty, SimpleQueue

import msgspec
from websockets.asyncio.connection import broadcast
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from ticketserver.wire.params import IssueTicket

SYNC = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL")
TABLE = "CREATE TABLE taken (seq INTEGER PRIMARY KEY, payload BLOB NOT NULL) STRICT"
INSERT = "INSERT INTO taken VALUES (?, ?)"


class Request(msgspec.Struct):
    method: str
    params: IssueTicket
    id: int
    jsonrpc: str


class Taken(msgspec.Struct):
    """The size of a ticket on the wire is about that of the product's."""

    visit_id: int
    number: str
    day: str
    services: list[str]
    token: str
    stages: str = "." * 300


class Answer(msgspec.Struct):
    id: int
    result: Taken
    jsonrpc: str = "2.0"


def database(path: str) -> sqlite3.Connection:
    made = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for pragma in SYNC:
        made.execute(pragma)
    made.execute(TABLE)
    return made


class Taker:
    def __init__(self, path: str) -> None:
        self._database = database(path)
        self._loop = asyncio.get_running_loop()
        self._decode = msgspec.json.Decoder(Request).decode
        self._encode = msgspec.json.Encoder().encode
        self._seq = 0
        self._fresh: list[tuple[int, bytes]] = []
        self._held: deque[tuple[int, ServerConnection, bytes]] = deque()
        self._batches: SimpleQueue[list[tuple[int, bytes]]] = SimpleQueue()
        threading.Thread(target=self._write, daemon=True).start()

    def take(self, socket: ServerConnection, message: str | bytes) -> None:
        request = self._decode(message)
        asked = request.params
        self._seq += 1
        services = [each.service for each in asked.services]
        taken = Taken(self._seq, f"A{self._seq:03d}", asked.day, services, asked.token)
        reply = self._encode(Answer(request.id, taken))
        if not self._fresh:
            self._loop.call_soon(self._hand_over)
        self._fresh.append((self._seq, reply))
        self._held.append((self._seq, socket, reply))

    def _hand_over(self) -> None:
        self._batches.put(self._fresh)
        self._fresh = []

    def _write(self) -> None:
        while True:
            rows = self._batches.get()
            try:
                while True:
                    rows += self._batches.get_nowait()
            except Empty:
                pass
            self._database.execute("BEGIN IMMEDIATE")
            self._database.executemany(INSERT, rows)
            self._database.execute("COMMIT")
            self._loop.call_soon_threadsafe(self._release, rows[-1][0])

    def _release(self, seq: int) -> None:
        while self._held and self._held[0][0] <= seq:
            _, socket, reply = self._held.popleft()
            broadcast((socket,), reply, text=True)


async def main(path: str) -> None:
    taker = Taker(path)
    listening: set[ServerConnection] = set()

    async def handle(socket: ServerConnection) -> None:
        assert socket.request is not None
        room = socket.request.path
        if room == "/join":
            listening.add(socket)
        try:
            async for message in socket:
                if room == "/echo":
                    broadcast((socket,), message)
                elif room == "/take":
                    taker.take(socket, message)
                else:
                    broadcast(listening, message)
        except ConnectionClosed:
            pass
        finally:
            listening.discard(socket)

    async with serve(handle, "127.0.0.1", 0, compression=None) as server:
        print(next(iter(server.sockets)).getsockname()[1], flush=True)
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
