"""The other end of a virtual bus's control socket, for scripts and for the keyboard."""

import json
import socket
from pathlib import Path
from typing import Any

TIMEOUT_S = 5.0


class ControlDown(Exception):
    """No virtual bus answers at this path; the text says what to do."""


class BoxControl:
    """One connection to a running `sim box`; closes with its `with` block."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(TIMEOUT_S)
        try:
            self._socket.connect(str(path))
        except OSError as error:
            self._socket.close()
            raise ControlDown(
                f"no virtual boxes at {path} ({error}); start them with: "
                f"python -m hardware sim box --link … --control {path}"
            ) from error
        self._buffer = b""

    def __enter__(self) -> "BoxControl":
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def command(self, text: str) -> dict[str, Any]:
        """Send one command line, return its answer; `ControlDown` when the bus ends meanwhile."""
        try:
            self._socket.sendall(text.encode() + b"\n")
            while b"\n" not in self._buffer:
                data = self._socket.recv(65536)
                if not data:
                    raise ConnectionError("closed")
                self._buffer += data
        except OSError as error:
            raise ControlDown(f"the virtual boxes at {self._path} have ended ({error})") from error
        line, _, self._buffer = self._buffer.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        return answer
