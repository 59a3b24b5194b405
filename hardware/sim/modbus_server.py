"""Virtual modules at work: on a serial line where every byte takes its time both ways, or behind a network port."""

import contextlib
import socket
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from hardware.sim.agenda import Agenda
from hardware.sim.box_commands import Commands
from hardware.sim.box_pty import LineFaults
from hardware.sim.box_server import BoxServer
from hardware.sim.loop import Loop, earliest
from hardware.sim.modbus_kinds import ANSWERS_MS
from hardware.sim.modbus_lines import ModuleBus, SerialEar, network_frame, network_frames
from hardware.sim.server import DeviceServer

HOST = "127.0.0.1"
LEAST_S = 0.0001


class RtuServer(BoxServer):
    """Modules on a serial line behind a pty. What the host says into an answer is lost."""

    def __init__(self, bus: ModuleBus, link: Path, control: Path | None, seed: int = 0) -> None:
        super().__init__(bus, link, control, seed, least_s=LEAST_S)
        self._modules = bus
        self._ear = SerialEar()

    def _turn(self, now_s: float) -> float | None:
        frame = self._ear.frame(self._modules.baud, now_s)
        if frame:
            self._act(frame)
        return earliest(super()._turn(now_s), self._ear.due_s(self._modules.baud))

    def _act(self, frame: bytes) -> None:
        module = self._modules.module(frame[0])
        if module is None or not self._modules.understood(frame):
            return
        self.at(ANSWERS_MS + module.slow_ms, lambda: self._line.send(self._modules.hear(frame)))

    def _heard(self) -> None:
        sending = self._line.is_sending
        data = self._line.receive()
        if not sending:
            self._ear.arrive(data, self._modules.baud, time.monotonic())


class ModbusTcpServer(DeviceServer):
    """Modules behind a network port; `port` 0 takes a free one. Several hosts may be connected."""

    def __init__(self, bus: ModuleBus, port: int, control: Path | None) -> None:
        self.port = port
        self._bus = bus
        self._agenda = Agenda()
        self._listener: socket.socket | None = None
        self._sessions: dict[socket.socket, bytes] = {}
        super().__init__(Loop(), control, Commands(bus, LineFaults(), self).answer)

    def plug(self) -> None:
        if self._listener is None:
            listener = socket.create_server((HOST, self.port))
            self.port = listener.getsockname()[1]
            self._listener = listener
            self._loop.watch(listener, self._accept)

    def unplug(self) -> None:
        for session in list(self._sessions):
            self._hang_up(session)
        if self._listener is not None:
            self._loop.forget(self._listener)
            self._listener.close()
            self._listener = None

    def driver_baud(self) -> int | None:
        """A network has no speed: that of the modules; None while unplugged."""
        return None if self._listener is None else self._bus.baud

    def later(self, after_ms: float, frame: bytes) -> None:
        """Modules say nothing unasked."""

    def at(self, after_ms: float, act: Callable[[], None]) -> None:
        self._agenda.at(after_ms, act)

    def _turn(self, now_s: float) -> float | None:
        return self._agenda.turn(now_s)

    def _accept(self) -> None:
        # A command of the same turn may have closed the port.
        if self._listener is not None:
            session, _ = self._listener.accept()
            session.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._sessions[session] = b""
            self._loop.watch(session, partial(self._hear, session))

    def _hear(self, session: socket.socket) -> None:
        if session not in self._sessions:
            return
        try:
            data = session.recv(4096)
            frames, self._sessions[session] = network_frames(self._sessions[session] + data)
        except (OSError, ValueError):
            data, frames = b"", []
        if not data:
            self._hang_up(session)
        for head, unit, pdu in frames:
            module = self._bus.module(unit)
            if module is not None:
                self.at(ANSWERS_MS + module.slow_ms, partial(self._answer, session, head, unit, pdu))

    def _answer(self, session: socket.socket, head: bytes, unit: int, pdu: bytes) -> None:
        answered = self._bus.ask(bytes([unit]), pdu)
        if answered is not None and session in self._sessions:
            # A host that never reads loses answers.
            with contextlib.suppress(OSError):
                session.send(network_frame(head, answered), socket.MSG_DONTWAIT)

    def _hang_up(self, session: socket.socket) -> None:
        if self._sessions.pop(session, None) is not None:
            self._loop.forget(session)
            session.close()
