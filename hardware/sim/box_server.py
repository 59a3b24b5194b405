"""Virtual boxes at work: one loop over the line, the clock and a control socket.

The control socket is a Unix socket, for its owner only: a command a line in, a JSON object a line out
(box_commands.py).
"""

import contextlib
import heapq
import json
import os
import selectors
import socket
import time
from pathlib import Path

from hardware.sim.box_commands import Commands
from hardware.sim.box_devices import VirtualBus
from hardware.sim.box_pty import LineFaults, PtyLine

COMMAND_BYTES = 1024


class BoxServer:
    """A bus of boxes behind a pty; runs until `stop` is called (from a signal handler or another thread)."""

    def __init__(self, bus: VirtualBus, link: Path, control: Path | None, seed: int = 0) -> None:
        faults = LineFaults()
        self._bus = bus
        self._line = PtyLine(link, bus.baud, faults, seed)
        self._commands = Commands(bus, faults, self)
        self._control = control
        self._selector = selectors.DefaultSelector()
        self._frames: list[tuple[float, int, bytes]] = []
        self._frame_count = 0
        self._wake_out, self._wake_in = socket.socketpair()

    def open(self) -> None:
        """Make the terminal and the control socket; `OSError` when a path cannot be made."""
        self.plug()
        self._selector.register(self._wake_out, selectors.EVENT_READ, lambda: None)
        if self._control is None:
            return
        self._control.parent.mkdir(parents=True, exist_ok=True)
        self._control.unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(self._control))
        os.chmod(self._control, 0o600)
        listener.listen()
        self._selector.register(listener, selectors.EVENT_READ, lambda: self._accept(listener))

    def run(self) -> None:
        """Serve until stopped, then take the names away."""
        try:
            while True:
                now_s = time.monotonic()
                while self._frames and self._frames[0][0] <= now_s:
                    self._line.send(heapq.heappop(self._frames)[2])
                next_s = self._line.pump(now_s) if self._line.plugged else None
                waits = [at_s - now_s for at_s in (next_s, self._frames[0][0] if self._frames else None) if at_s]
                for key, _ in self._selector.select(max(0.001, min(waits)) if waits else None):
                    if key.fileobj is self._wake_out:
                        return
                    key.data()
        finally:
            self._close()

    def stop(self) -> None:
        with contextlib.suppress(OSError):
            self._wake_in.send(b"x")

    def plug(self) -> None:
        if not self._line.plugged:
            self._line.plug()
            self._selector.register(self._line.fileno(), selectors.EVENT_READ, self._hear)

    def unplug(self) -> None:
        if self._line.plugged:
            self._selector.unregister(self._line.fileno())
            self._line.unplug()

    def driver_baud(self) -> int | None:
        """The speed the driver set, 0 for an unusual one; None while unplugged."""
        return self._line.driver_baud() if self._line.plugged else None

    def later(self, after_ms: int, frame: bytes) -> None:
        self._frame_count += 1
        heapq.heappush(self._frames, (time.monotonic() + after_ms / 1000, self._frame_count, frame))

    def _hear(self) -> None:
        # A command of the same turn may have pulled the cable.
        if self._line.plugged:
            self._line.send(self._bus.hear(self._line.receive()))

    def _accept(self, listener: socket.socket) -> None:
        client, _ = listener.accept()
        buffer = bytearray()
        self._selector.register(client, selectors.EVENT_READ, lambda: self._serve(client, buffer))

    def _serve(self, client: socket.socket, buffer: bytearray) -> None:
        try:
            data = client.recv(COMMAND_BYTES)
            buffer += data
            while b"\n" in buffer:
                line, _, rest = bytes(buffer).partition(b"\n")
                buffer[:] = rest
                answer = self._commands.answer(line.decode("utf-8", "replace"))
                client.sendall(json.dumps(answer).encode() + b"\n")
        except OSError:
            data = b""
        if not data or len(buffer) > COMMAND_BYTES:
            self._selector.unregister(client)
            client.close()

    def _close(self) -> None:
        self.unplug()
        for key in list(self._selector.get_map().values()):
            if isinstance(key.fileobj, socket.socket):
                key.fileobj.close()
        self._selector.close()
        self._wake_in.close()
        if self._control is not None:
            self._control.unlink(missing_ok=True)
