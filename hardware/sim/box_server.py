"""Virtual boxes at work: one loop over the line, the clock and a control socket.

Control: a Unix socket that takes one command a line and answers one JSON object a line, `{"ok": true, …}` or
`{"ok": false, "error": "…"}`:

    press ADDRESS KEY [HOLD_MS]        fault bounce|noise|flip|drop VALUE       fault echo on|off
    state                              fault dead ADDRESS on|off                unplug · plug
"""

import contextlib
import heapq
import json
import os
import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hardware.sim.box_devices import NoSuchKey, VirtualBus
from hardware.sim.box_line import LineFaults, PtyLine

HOLD_MS = 120
BOUNCE_GAP_MS = 6
COMMAND_BYTES = 1024
SWITCHES = {"on": True, "off": False}


class BoxServer:
    """A bus of boxes behind a pty; runs until `stop` is called (from a signal handler or another thread)."""

    def __init__(self, bus: VirtualBus, link: Path, control: Path | None, seed: int = 0) -> None:
        self.bus = bus
        self.faults = LineFaults()
        self._line = PtyLine(link, bus.baud, self.faults, seed)
        self._control = control
        self._selector = selectors.DefaultSelector()
        self._timers: list[tuple[float, int, Callable[[], None]]] = []
        self._timer_count = 0
        self._wake_out, self._wake_in = socket.socketpair()

    def open(self) -> None:
        """Make the terminal and the control socket; `OSError` when a path cannot be made."""
        self._plug()
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
                while self._timers and self._timers[0][0] <= now_s:
                    heapq.heappop(self._timers)[2]()
                next_s = self._line.pump(now_s) if self._line.plugged else None
                waits = [at_s - now_s for at_s in (next_s, self._timers[0][0] if self._timers else None) if at_s]
                for key, _ in self._selector.select(max(0.001, min(waits)) if waits else None):
                    if key.fileobj is self._wake_out:
                        return
                    key.data()
        finally:
            self._close()

    def stop(self) -> None:
        with contextlib.suppress(OSError):
            self._wake_in.send(b"x")

    def command(self, text: str) -> dict[str, Any]:
        """One control command → its answer. Only from the loop's own thread."""
        words = text.split()
        try:
            match words:
                case ["press", address, key]:
                    self._press(int(address, 0), key, HOLD_MS)
                case ["press", address, key, hold_ms]:
                    self._press(int(address, 0), key, int(hold_ms))
                case ["state"]:
                    return {"ok": True, **self._state()}
                case ["fault", "dead", address, ("on" | "off") as switch]:
                    self._box(int(address, 0)).dead = SWITCHES[switch]
                case ["fault", "echo", ("on" | "off") as switch]:
                    self.faults.echo = SWITCHES[switch]
                case ["fault", "bounce", count]:
                    self.faults.bounce = int(count)
                case ["fault", ("noise" | "flip" | "drop") as kind, chance]:
                    setattr(self.faults, kind, float(chance))
                case ["unplug"]:
                    self._unplug()
                case ["plug"]:
                    self._plug()
                case _:
                    raise NoSuchKey(f"unknown command {text!r}; commands: press, state, fault, unplug, plug")
        except (NoSuchKey, ValueError) as error:
            return {"ok": False, "error": str(error)}
        return {"ok": True}

    def _box(self, address: int) -> Any:
        if address not in self.bus.boxes:
            known = ", ".join(f"{known:#04x}" for known in self.bus.boxes)
            raise NoSuchKey(f"no box at address {address:#04x}; there are {known}")
        return self.bus.boxes[address]

    def _press(self, address: int, key: str, hold_ms: int) -> None:
        """Closings and openings as a real contact makes them: bounce after the press, and after the release."""
        box = self._box(address)
        down, up = self.bus.press(address, key), self.bus.release(address, key)
        if box.dead:
            return
        bounce_ms = [BOUNCE_GAP_MS * (turn + 1) for turn in range(self.faults.bounce)]
        for after_ms in [0, *bounce_ms]:
            self._later(after_ms, down)
            if after_ms and up:
                self._later(after_ms - BOUNCE_GAP_MS // 2, up)
        for after_ms in [0, *bounce_ms]:
            self._later(hold_ms + after_ms, up)
            if after_ms and up:
                self._later(hold_ms + after_ms - BOUNCE_GAP_MS // 2, down)

    def _later(self, after_ms: int, frame: bytes) -> None:
        self._timer_count += 1
        at_s = time.monotonic() + after_ms / 1000
        heapq.heappush(self._timers, (at_s, self._timer_count, lambda: self._line.send(frame)))

    def _state(self) -> dict[str, Any]:
        boxes = {f"{address:#04x}": asdict(box) for address, box in self.bus.boxes.items()}
        speed = self._line.driver_baud() if self._line.plugged else 0
        return {
            "plugged": self._line.plugged,
            "baud": self.bus.baud,
            "driver_baud": speed,
            "faults": asdict(self.faults),
            "boxes": boxes,
        }

    def _plug(self) -> None:
        if not self._line.plugged:
            self._line.plug()
            self._selector.register(self._line.fileno(), selectors.EVENT_READ, self._hear)

    def _unplug(self) -> None:
        if self._line.plugged:
            self._selector.unregister(self._line.fileno())
            self._line.unplug()

    def _hear(self) -> None:
        # A command of the same turn may have pulled the cable.
        if self._line.plugged:
            self._line.send(self.bus.hear(self._line.receive()))

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
                answer = self.command(line.decode("utf-8", "replace"))
                client.sendall(json.dumps(answer).encode() + b"\n")
        except OSError:
            data = b""
        if not data or len(buffer) > COMMAND_BYTES:
            self._selector.unregister(client)
            client.close()

    def _close(self) -> None:
        self._unplug()
        for key in list(self._selector.get_map().values()):
            if isinstance(key.fileobj, socket.socket):
                key.fileobj.close()
        self._selector.close()
        self._wake_in.close()
        if self._control is not None:
            self._control.unlink(missing_ok=True)
