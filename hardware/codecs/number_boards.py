"""Three kinds of plain number boards: a frame each, and the one answer that one of them gives.

| board | host → board | board → host |
|---|---|---|
| four-byte digit board, 9600 8N1 | id, hi, lo, sum8(id, hi, lo) | nothing |
| SUNPN, 9600 8N1 | 3A colour lo hi info sum8 0A | 2A colour lo hi info sum8 0A |
| UB485 board, 57600 8N1 | 01 adr text 07; blanks clear it | nothing |

`05 03 E7 EF` shows 999 on digit board 5. `3A 00 78 03 01 B6 0A` shows 888 in green; colours are 0 green, 1 yellow,
2 red; the sum counts from the first byte. `info` names the board where several share a line.

What can go wrong. None of the three can be told from noise by more than an 8-bit sum, and the UB485 board has none at
all. What answers begins with another byte than what is sent, so an adapter's echo is no answer. In the text of a UB485
board a control character would end the frame, so it becomes a space.
"""

from dataclasses import dataclass
from typing import Final

from hardware.codecs.checksums import sum8

UB485_ADDRESSES: Final = range(0x20, 0xFF)

_ANSWER, _ASK, _STOP = 0x2A, 0x3A, 0x0A
_SUNPN_BYTES: Final = 7


def digit_board(board: int, value: int) -> bytes:
    """Show `value` (0–65535) on the four-byte digit board `board`."""
    body = bytes([board, *value.to_bytes(2, "big")])
    return body + bytes([sum8(body)])


def sunpn(info: int, value: int, colour: int) -> bytes:
    """Show `value` (0–65535) on a SUNPN board."""
    return _sunpn(_ASK, SunpnAnswer(info, value, colour))


def ub485_board(address: int, text: str) -> bytes:
    """Show `text`, GBK, on a UB485 board."""
    plain = "".join(" " if character < " " else character for character in text)
    return bytes([0x01, address]) + plain.encode("gbk", "replace") + b"\x07"


@dataclass(frozen=True)
class SunpnAnswer:
    """What a SUNPN board says it shows."""

    info: int
    value: int
    colour: int


class SunpnDecoder:
    """Bytes in, answers out, split anywhere; holds less than one frame."""

    def __init__(self) -> None:
        self._pending = b""

    def feed(self, data: bytes) -> list[SunpnAnswer]:
        """The answers that `data` completes."""
        answers: list[SunpnAnswer] = []
        buffer = self._pending + data
        while (at := buffer.find(_ANSWER)) >= 0:
            frame = buffer[at : at + _SUNPN_BYTES]
            if len(frame) < _SUNPN_BYTES:
                self._pending = frame
                return answers
            answer = SunpnAnswer(frame[4], int.from_bytes(frame[2:4], "little"), frame[1])
            whole = frame == _sunpn(_ANSWER, answer)
            answers += [answer] if whole else []
            buffer = buffer[at + (_SUNPN_BYTES if whole else 1) :]
        self._pending = b""
        return answers


def _sunpn(start: int, said: SunpnAnswer) -> bytes:
    body = bytes([start, said.colour, *said.value.to_bytes(2, "little"), said.info])
    return body + bytes([sum8(body), _STOP])
