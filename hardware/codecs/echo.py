"""Our own bytes, taken out of what comes back: some line adapters repeat all that is sent through them.

    sent   10 04 01
    heard  10 04 01 16    →  16

An echo comes whole, in order, and before any answer to it. What is heard is held back while it equals what was sent;
once it differs it was no echo, and all of it is heard after all. What can go wrong: an answer that begins like our own
bytes is held until it differs or the line goes quiet (`quiet`); whoever listens says when that is.
"""


class EchoFilter:
    """`sent` what goes out; `heard` what comes in, without the echo."""

    def __init__(self) -> None:
        self._awaited = b""
        self._matched = 0

    def sent(self, data: bytes) -> None:
        self._awaited = self._awaited[self._matched :] + data
        self._matched = 0

    def heard(self, data: bytes) -> bytes:
        rest = self._awaited[self._matched :]
        same = len(rest) if data.startswith(rest) else _common(rest, data)
        self._matched += same
        if self._matched == len(self._awaited):
            self._awaited, self._matched = b"", 0
            return data[same:]
        if same == len(data):
            return b""
        return self.quiet() + data[same:]

    def quiet(self) -> bytes:
        """Nothing more comes: what was held back after all."""
        held = self._awaited[: self._matched]
        self._awaited, self._matched = b"", 0
        return held


def _common(one: bytes, other: bytes) -> int:
    """How many bytes at the beginning are the same."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
