"""A virtual printer on the network: a port like a printer's 9100, for one session at a time."""

import contextlib
import socket
from typing import Any

from hardware.sim.loop import Loop
from hardware.sim.printer_line import HELD_BACK_S


class TcpLine:
    """The printer's end, see `Line`. A second session is turned away while the first lasts."""

    def __init__(self, loop: Loop, host: str, port: int) -> None:
        self._loop = loop
        self._host = host
        self.port = port
        self._listener: socket.socket | None = None
        self._session: socket.socket | None = None
        self.heard_s = 0.0
        self._heard = False
        self._powered = True
        self._plugged = False

    def plug(self) -> None:
        """Listen; `OSError` when the port is not free. Port 0 takes a free one and keeps it."""
        self._plugged = True
        self._listen()

    def unplug(self) -> None:
        self._plugged = False
        self._hang_up()

    def power(self, on: bool) -> None:
        self._powered = on
        if on:
            self._listen()
        else:
            self._hang_up()

    def wrong_speed(self, wrong: bool) -> None:
        raise ValueError("a network port has no speed")

    def _listen(self) -> None:
        if self._plugged and self._powered and self._listener is None:
            listener = socket.create_server((self._host, self.port))
            self.port = listener.getsockname()[1]
            self._listener = listener
            self._loop.watch(listener, lambda: self._accept(listener))

    def _hang_up(self) -> None:
        self._end()
        if self._listener:
            self._loop.forget(self._listener)
            self._listener.close()
            self._listener = None

    def _accept(self, listener: socket.socket) -> None:
        session, _ = listener.accept()
        self._notice_end()
        if self._session:
            session.close()
            return
        session.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        session.setblocking(False)
        self._session = session
        self._watch(session)

    def _watch(self, session: socket.socket) -> None:
        self._loop.watch(session, lambda: self._speaks(session))

    def _notice_end(self) -> None:
        """A session that its host has closed ends now, not at its turn: the next may be here already."""
        if not self._session:
            return
        try:
            ended = not self._session.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            ended = False
        except OSError:
            ended = True
        if ended:
            self._end()

    def _speaks(self, session: socket.socket) -> None:
        # One that ended in the same turn has nothing more to say.
        if session is self._session and not self._heard:
            self._heard = True
            self._loop.forget(session)

    def _end(self) -> None:
        if self._session:
            if not self._heard:
                self._loop.forget(self._session)
            self._session.close()
        self._session, self._heard = None, False

    def receive(self, now_s: float, room: int) -> bytes:
        if not (self._session and self._heard and room > 0):
            return b""
        try:
            data = self._session.recv(min(room, 4096))
        except OSError:
            data = b""
        if data:
            self._heard, self.heard_s = False, now_s
            self._watch(self._session)
        else:
            self._end()
        return data

    def send(self, data: bytes) -> None:
        if self._session and data:
            # A host that never reads loses answers.
            with contextlib.suppress(OSError):
                self._session.send(data)

    def pump(self, now_s: float) -> float | None:
        # Still not taken in hand: the printer has no room.
        return now_s + HELD_BACK_S if self._heard else None

    def state(self) -> dict[str, Any]:
        return {"plugged": self._plugged, "port": self.port, "session": self._session is not None}
