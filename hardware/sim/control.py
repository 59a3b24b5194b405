"""The control socket of a virtual device, both ends: a command a line in, a JSON object a line out.

It is a Unix socket, for its owner only. An answer is `{"ok": true, …}`, or `{"ok": false, "error": …}` with what is
allowed.
"""

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hardware.sim.loop import Loop

COMMAND_BYTES = 1024
TIMEOUT_S = 5.0
SWITCHES = {"on": True, "off": False}


class ControlSocket:
    """The device's end."""

    def __init__(self, path: Path, loop: Loop, answer: Callable[[str], dict[str, Any]]) -> None:
        self._path = path
        self._loop = loop
        self._answer = answer

    def open(self) -> None:
        """Make the socket; `OSError` when its path cannot be made."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(self._path))
        os.chmod(self._path, 0o600)
        listener.listen()
        self._loop.watch(listener, lambda: self._accept(listener))

    def close(self) -> None:
        """Take the name away; the loop closes the sockets."""
        self._path.unlink(missing_ok=True)

    def _accept(self, listener: socket.socket) -> None:
        client, _ = listener.accept()
        buffer = bytearray()
        self._loop.watch(client, lambda: self._serve(client, buffer))

    def _serve(self, client: socket.socket, buffer: bytearray) -> None:
        try:
            data = client.recv(COMMAND_BYTES)
            buffer += data
            while b"\n" in buffer:
                line, _, rest = bytes(buffer).partition(b"\n")
                buffer[:] = rest
                answer = self._answer(line.decode("utf-8", "replace"))
                client.sendall(json.dumps(answer).encode() + b"\n")
        except OSError:
            data = b""
        if not data or len(buffer) > COMMAND_BYTES:
            self._loop.forget(client)
            client.close()


class ControlDown(Exception):
    """No virtual device answers at this path; the text says what to do."""


class Control:
    """One connection to a running virtual device, `kind` box or printer; closes with its `with` block."""

    def __init__(self, path: Path, kind: str, devices: str) -> None:
        self._path = path
        self._devices = devices
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(TIMEOUT_S)
        try:
            self._socket.connect(str(path))
        except OSError as error:
            self._socket.close()
            raise ControlDown(
                f"no {devices} at {path} ({error}); start with: python -m hardware sim {kind} --link … --control {path}"
            ) from error
        self._buffer = b""

    def __enter__(self) -> "Control":
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def command(self, text: str) -> dict[str, Any]:
        """Send one command line, return its answer; `ControlDown` when the device ends meanwhile."""
        try:
            self._socket.sendall(text.encode() + b"\n")
            while b"\n" not in self._buffer:
                data = self._socket.recv(65536)
                if not data:
                    raise ConnectionError("closed")
                self._buffer += data
        except OSError as error:
            raise ControlDown(f"the {self._devices} at {self._path} ended meanwhile ({error})") from error
        line, _, self._buffer = self._buffer.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        return answer
