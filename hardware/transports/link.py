"""The one port every driver speaks through: an ordered pair of byte streams that can break.

A link is opened by its constructor function, used by one thread at a time, and closed once. It knows bytes
and time-outs, nothing of frames. Everything that ends a link (a pulled cable, a closed socket, a vanished
device node) is a `LinkDown`; silence is not: it is an empty read.
"""

from typing import Protocol


class LinkDown(Exception):
    """The far end is gone or was never there; the text says which device and what the system said."""


class Link(Protocol):
    """Bytes to and from one device.

    `read` waits at most `timeout_s` seconds for the first byte and returns what has arrived (at most `limit`
    bytes), or b"" after silence. `write` returns when the system has taken all bytes or raises `LinkDown`
    after `timeout_s` seconds of a blocked line. Both raise `LinkDown` once the far end is gone.
    """

    @property
    def name(self) -> str: ...

    def read(self, timeout_s: float, limit: int = 4096) -> bytes: ...

    def write(self, data: bytes, timeout_s: float = 2.0) -> None: ...

    def close(self) -> None: ...
