"""Scanner modules of the GM65 and GM812 family: commands to them, and their answers among what they scan.

    host      7E 00 | type | length | address BE16 | data | crc BE16
    module    02 00 | type | length | data | crc BE16          type 00: done

`length` counts data (in a read command: one byte, how many are wanted). crc is CRC-16/XMODEM over type … data; AB CD in
its place means unchecked.

| command | bytes |
|---|---|
| trigger one reading (window 3–5 s) | 7E 00 08 01 00 02 01 AB CD |
| save the settings | 7E 00 09 01 00 00 00 DE C8 |
| read the speed | 7E 00 07 01 00 2A 02 D8 0F |
| answer: write accepted | 02 00 00 01 00 33 31 |

What can go wrong. Answers stand unmarked between scanned texts. A text never holds the bytes 02 00 or 7E 00, so
`Splitter` takes well-formed answers out, and commands that an adapter echoes, and hands everything else on. A start
that does not become a frame within `GAP_MS`, or whose crc is wrong, is none: what follows its first byte is looked at
anew.
"""

from dataclasses import dataclass
from typing import Final

from hardware.codecs.checksums import crc16_xmodem

UNCHECKED: Final = bytes.fromhex("AB CD")
GAP_MS: Final = 100

_ANSWER, _COMMAND = 0x02, 0x7E
_LENGTHS: Final = {_ANSWER: 4, _COMMAND: 6}
"""First byte → bytes before the data"""
_CRC = 2

READ, WRITE, SAVE_TYPE = 0x07, 0x08, 0x09


@dataclass(frozen=True)
class Answer:
    """`type` 0: done."""

    type: int
    data: bytes


def command(kind: int, address: int, data: bytes, *, checked: bool = True) -> bytes:
    """One command; unchecked commands carry AB CD."""
    body = bytes([kind, len(data)]) + address.to_bytes(2, "big") + data
    return b"\x7e\x00" + body + (crc16_xmodem(body).to_bytes(2, "big") if checked else UNCHECKED)


TRIGGER: Final = command(WRITE, 0x0002, b"\x01", checked=False)
SAVE: Final = command(SAVE_TYPE, 0x0000, b"\x00")
READ_SPEED: Final = command(READ, 0x002A, b"\x02")


class Splitter:
    """One stream into scanned bytes and answers, split anywhere; holds at most one unfinished frame."""

    def __init__(self) -> None:
        self._held = b""
        self._held_ms = 0

    def feed(self, data: bytes, at_ms: int) -> tuple[bytes, list[Answer]]:
        """What `data`, arrived at `at_ms` (any clock that only grows), adds to the text; the answers it completes."""
        buffer = self._held + data
        if not self._held:
            self._held_ms = at_ms
        at = int(bool(self._held) and at_ms - self._held_ms > GAP_MS)
        text = bytearray(buffer[:at].replace(bytes([_ANSWER]), b""))
        answers: list[Answer] = []
        while at < len(buffer):
            rest = buffer[at:]
            whole = _whole(rest)
            if whole is None:
                break
            if _sound(rest[:whole]):
                if rest[0] == _ANSWER:
                    answers.append(Answer(rest[2], rest[4 : whole - _CRC]))
                at += whole
                continue
            if rest[0] != _ANSWER:
                text.append(rest[0])
            at += 1
        if at:
            self._held_ms = at_ms
        self._held = buffer[at:]
        return bytes(text), answers


def _whole(rest: bytes) -> int | None:
    """Length of the frame that may start here; 0 = none does; None = more bytes must decide."""
    head = _LENGTHS.get(rest[0], 0)
    if not head or rest[1:2] not in (b"", b"\0"):
        return 0
    if len(rest) < head:
        return None
    whole = head + rest[3] + _CRC
    return whole if len(rest) >= whole else None


def _sound(frame: bytes) -> bool:
    return bool(frame) and frame[-_CRC:] in (UNCHECKED, crc16_xmodem(frame[2:-_CRC]).to_bytes(2, "big"))
