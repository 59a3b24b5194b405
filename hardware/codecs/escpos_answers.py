"""What an ESC/POS printer says, sorted out of one stream.

Several kinds of answer share the line without any frame around them. The first rule that fits a byte wins:

| byte | answer |
|---|---|
| 11, 13 | flow control: nothing |
| 37 | a block up to 00: `37 22 token 00` printed, `37 23 token 00` offline (marker); others nothing |
| 5F | identity text up to 00: nothing, since makers answer with one another's names |
| b & 93 = 12 | real-time status |
| b & 93 = 10 | automatic status, with three more bytes of b & 90 = 0 |
| b & 90 = 0 | queued status |
| else | noise: dropped |

What can go wrong: bytes lost, doubled, changed or made up. A block holds 20–7E only and at most `BLOCK_BYTES`; one that
breaks that was none: its first byte is dropped and the rest sorted anew. The same happens to a half answer when the
line has gone quiet (`quiet`), for a printer does not pause inside an answer. Nothing raises; at most a block is held.
"""

from dataclasses import dataclass
from typing import Final

BLOCK_BYTES: Final = 80
_FLOW: Final = (0x11, 0x13)
_MARKER, _IDENTITY = 0x37, 0x5F
_PRINTED: Final = 0x22
_MARKER_KINDS: Final = (0x22, 0x23)
_MARKER_BYTES: Final = 7
_INSIDE: Final = range(0x20, 0x7F)
_AUTO_BYTES: Final = 4


@dataclass(frozen=True)
class RealTime:
    """Answer to 10 04 n; nothing in it says which n."""

    byte: int


@dataclass(frozen=True)
class AutoStatus:
    """Four bytes sent unasked at every change."""

    data: bytes


@dataclass(frozen=True)
class Queued:
    """Answer to 1D 72 n."""

    byte: int


@dataclass(frozen=True)
class Marker:
    """`token` came to its turn; `printed` false: the printer was offline then."""

    token: bytes
    printed: bool


Answer = RealTime | AutoStatus | Queued | Marker


class AnswerParser:
    """Bytes in, answers out, split anywhere."""

    def __init__(self) -> None:
        self._held = b""

    def feed(self, data: bytes) -> list[Answer]:
        """The answers that `data` completes."""
        buffer = self._held + data
        answers: list[Answer] = []
        at = 0
        while at < len(buffer):
            length, answer = _answer(buffer, at)
            if length is None:
                break
            if answer is not None:
                answers.append(answer)
            at += length
        self._held = buffer[at:]
        return answers

    def quiet(self) -> list[Answer]:
        """The line has gone quiet: what is held is no answer's beginning; its rest may be answers."""
        answers: list[Answer] = []
        while self._held:
            rest, self._held = self._held[1:], b""
            answers += self.feed(rest)
        return answers


def _answer(buffer: bytes, at: int) -> tuple[int | None, Answer | None]:
    """(bytes taken, what they say) at `at`; (None, None) when more bytes must decide."""
    byte = buffer[at]
    if byte in _FLOW:
        return 1, None
    if byte in (_MARKER, _IDENTITY):
        return _block(buffer, at)
    if byte & 0x93 == 0x12:
        return 1, RealTime(byte)
    if byte & 0x93 == 0x10:
        return _auto(buffer, at)
    return 1, Queued(byte) if byte & 0x90 == 0 else None


def _block(buffer: bytes, at: int) -> tuple[int | None, Answer | None]:
    for place in range(at + 1, min(len(buffer), at + BLOCK_BYTES)):
        if buffer[place] == 0:
            return place + 1 - at, _marker(buffer[at : place + 1])
        if buffer[place] not in _INSIDE:
            return 1, None
    return (1, None) if len(buffer) - at >= BLOCK_BYTES else (None, None)


def _marker(block: bytes) -> Answer | None:
    # A stray head in front takes the whole block along: a marker is known by its end.
    end = block[-_MARKER_BYTES:]
    if end[0] != _MARKER or len(end) != _MARKER_BYTES or end[1] not in _MARKER_KINDS:
        return None
    return Marker(end[2:-1], end[1] == _PRINTED)


def _auto(buffer: bytes, at: int) -> tuple[int | None, Answer | None]:
    data = buffer[at : at + _AUTO_BYTES]
    if any(byte & 0x90 for byte in data[1:]):
        return 1, None
    return (len(data), AutoStatus(data)) if len(data) == _AUTO_BYTES else (None, None)
