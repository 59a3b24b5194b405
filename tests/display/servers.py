"""A hall's server as a display sees it, scripted.

It keeps the board as the real one does: a report makes a call spoken, and everybody is told.
"""

import asyncio
import time
from typing import Any

from msgspec.structs import replace
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from tests.display.displays import board, call, hours, row
from tests.kiosk.servers import WAIT_S, HallServer
from ticketserver.wire import codec
from ticketserver.wire.notes import Snapshot
from ticketserver.wire.views import HelloResult, View
from ticketserver.wire.views_board import BoardRow, BoardView, CallView
from ticketserver.wire.views_hall import Accepted

PATIENCE_S = 120
"""Clips are made first, and sounds take their time."""


class BoardServer(HallServer):
    """`spoken` and `shown` are the calls reported, in order; `health` what was told of devices."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[BoardRow] = []
        self.spoken: list[int] = []
        self.shown: list[int] = []
        self.health: list[tuple[str, str, str]] = []
        self._sockets: dict[ServerConnection, int] = {}
        self._seq = 1

    # ---- what a test does

    def add(self, call_id: int, counter: int = 3, age_s: float = 0.0, **other: object) -> CallView:
        """A call, told to nobody."""
        made = call(call_id, counter=counter, at=int((time.time() - age_s) * 1000), **other)
        self.rows = [row(made), *self.rows]
        return made

    def call(self, call_id: int, counter: int = 3, lose: bool = False) -> None:
        """A call, told at once; `lose`: that message does not arrive, and the next one shows the gap."""
        made = self.add(call_id, counter)
        asyncio.run_coroutine_threadsafe(self._tell_call(made, lose), self._loop).result(WAIT_S)

    def until(self, true: Any) -> None:
        with self._changed:
            assert self._changed.wait_for(true, PATIENCE_S), (self.spoken, self.seen, self.health)

    # ---- the server

    async def _handle(self, socket: ServerConnection) -> None:
        try:
            async for data in socket:
                asked = codec.decode_request(data)
                self._note(asked.name, asked.params)
                await socket.send(codec.encode_result(asked.id, self._answer(asked.name)), text=True)
                if asked.name == "subscribe":
                    self._sockets[socket] = 0
                if asked.name == "report_spoken":
                    await self._tell_board()
        except ConnectionClosed:
            pass
        finally:
            self._sockets.pop(socket, None)

    def _note(self, method: str, params: Any) -> None:
        with self._changed:
            self.seen[method] += 1
            if method == "report_spoken":
                self.spoken.append(params.call_id)
                self.rows = [
                    BoardRow(call=replace(each.call, spoken=True), state=each.state)
                    if each.call.call_id == params.call_id else each
                    for each in self.rows
                ]  # fmt: skip
            elif method == "report_shown":
                self.shown.append(params.call_id)
            elif method == "report_health":
                self.health.append((params.device, params.health.value, params.reason))
            self._changed.notify_all()

    def _answer(self, method: str) -> View:
        now = int(time.time() * 1000)
        if method == "hello":
            return HelloResult(protocol=1, hall_id="sample", name_zh="示例", name_en="Sample", server_time_ms=now,
                                 seq=self._seq, hours=hours())  # fmt: skip
        if method == "subscribe":
            return Snapshot(seq=self._seq, server_time_ms=now, board=self._board())
        return Accepted()

    def _board(self) -> BoardView:
        return board(*self.rows)

    async def _tell_call(self, made: CallView, lose: bool) -> None:
        await self._tell("visit_called", "call", made, lose)
        await self._tell_board()

    async def _tell_board(self) -> None:
        await self._tell("board_changed", "board", self._board(), lose=False)

    async def _tell(self, method: str, name: str, what: View, lose: bool) -> None:
        self._seq += 1
        for socket in list(self._sockets):
            self._sockets[socket] += 1
            if not lose:
                note = codec.encode_note(method, self._seq, self._sockets[socket], codec.note_tail(name, what))
                await socket.send(note, text=True)


