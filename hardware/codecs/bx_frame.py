"""The frame around everything said to and by BX-5K and BX-6K dot-matrix font cards (serial or TCP).

    A5 ×8 | dst LE16 | src LE16 | 00 ×6 | FE | 02 | length LE16 | data | CRC LE16 | 5A

The host is 8000, so a card at 1 hears dst 01 00 and answers with dst 00 80. Length counts the data. The CRC is
CRC-16/ARC over dst…data as they are before escaping. From dst to the CRC four bytes are escaped, which leaves A5 and 5A
to mean one thing only:

| byte | sent as |
|---|---|
| A5 | A6 02 |
| A6 | A6 01 |
| 5A | 5B 02 |
| 5B | 5B 01 |

What can go wrong: a frame cut short is ended by the next A5; noise inside shows in an escape that does not exist, in
the length or in the CRC, and the whole frame is dropped. On an RS-485 adapter that echoes, our own frame comes back
with our own address as its source.
"""

from dataclasses import dataclass
from typing import Final

from hardware.codecs.checksums import crc16_arc

HOST: Final = 0x8000
BODY_BYTES: Final = 2048
"""The most that is kept of one frame; longer ones are noise."""

_START, _END = 0xA5, 0x5A
_ESCAPED: Final = {0xA5: b"\xa6\x02", 0xA6: b"\xa6\x01", 0x5A: b"\x5b\x02", 0x5B: b"\x5b\x01"}
_UNESCAPED: Final = {pair: byte for byte, pair in _ESCAPED.items()}
_MARKS: Final = (0xA6, 0x5B)
_HEAD_BYTES: Final = 14


@dataclass(frozen=True)
class BxFrame:
    """One whole frame whose length and CRC were right."""

    dst: int
    src: int
    data: bytes


def encode(dst: int, data: bytes, src: int = HOST) -> bytes:
    """The frame that carries `data`."""
    head = dst.to_bytes(2, "little") + src.to_bytes(2, "little") + bytes(6) + b"\xfe\x02"
    body = head + len(data).to_bytes(2, "little") + data
    body += crc16_arc(body).to_bytes(2, "little")
    return bytes([_START] * 8) + b"".join(_ESCAPED.get(byte, bytes([byte])) for byte in body) + bytes([_END])


class BxDecoder:
    """Bytes in, frames out, split anywhere; holds at most one unfinished frame of `BODY_BYTES`."""

    def __init__(self) -> None:
        self._body: bytearray | None = None

    def feed(self, data: bytes) -> list[BxFrame]:
        """The frames that `data` completes."""
        frames: list[BxFrame] = []
        for byte in data:
            if byte == _START:
                self._body = bytearray()
            elif self._body is not None and byte == _END:
                frame = _frame(bytes(self._body))
                frames += [] if frame is None else [frame]
                self._body = None
            elif self._body is not None:
                self._body.append(byte)
                if len(self._body) > BODY_BYTES:
                    self._body = None
        return frames


def _frame(escaped: bytes) -> BxFrame | None:
    body = _unescape(escaped)
    if body is None or len(body) < _HEAD_BYTES + 2:
        return None
    length = int.from_bytes(body[12:14], "little")
    data, crc = body[_HEAD_BYTES:-2], body[-2:]
    if length != len(data) or crc != crc16_arc(body[:-2]).to_bytes(2, "little"):
        return None
    return BxFrame(int.from_bytes(body[0:2], "little"), int.from_bytes(body[2:4], "little"), data)


def _unescape(escaped: bytes) -> bytes | None:
    """None when a mark is followed by what no escape has."""
    plain = bytearray()
    at = 0
    while at < len(escaped):
        if escaped[at] not in _MARKS:
            plain.append(escaped[at])
            at += 1
            continue
        byte = _UNESCAPED.get(escaped[at : at + 2])
        if byte is None:
            return None
        plain.append(byte)
        at += 2
    return bytes(plain)
