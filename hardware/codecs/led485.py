"""LED-485 boards, three to six seven-segment digits, 9600 8N1: two languages on the same port.

Modbus RTU (see modbus_rtu), unit 1 as it comes from the shop; registers as on the wire:

| register | function | what |
|---|---|---|
| 0000 | 06 | a signed integer to show |
| 0070 | 10 | text, two characters a register, right aligned |
| 0080 | 10 | raw segments, two digits a register |

    01 06 00 00 04 D2 0B 57                      1234
    01 10 00 70 00 02 04 41 30 31 32 74 FD       A012

Lines of text, never answered when they show something:

    $001,A012#     show            $001,02&     which model            $001,03&     which version

What can go wrong. Seven segments cannot show K M V W X: a blank stands in their place, rather than a sign that reads as
another. The good answer to a 06 is its own echo (modbus_rtu says what helps). In a line of text `$ , # &` would end it
too early, so they become blanks. How a board words its model is not documented: whatever begins with `$`, three digits
and a comma, and is not what the host itself sends, is taken for a word of the board of that number.
"""

import re
from typing import Final, Literal

from hardware.codecs import modbus
from hardware.codecs.modbus import Request

UNITS: Final = range(1, 248)
TEXT_BOARDS: Final = range(1, 256)
CHARACTERS: Final = range(1, 7)
VALUE_DIGITS: Final = 4
"""The most digits that always fit the signed integer."""
NOT_SHOWN: Final = frozenset("KMVWX")
DARK, DASH = 0x00, 0x40

_VALUE, _TEXT, _SEGMENTS = 0x0000, 0x0070, 0x0080
_WORD_BYTES: Final = 64
_QUERIES: Final = {"model": b"02&", "version": b"03&"}
_WORD = re.compile(rb"\$(\d{3}),[^$#&\r\n]*[#&\r\n]")


def shown(text: str) -> str:
    """`text` as seven segments can show it: a blank for what they cannot."""
    return "".join(c if c.isascii() and (c.isalnum() or c == "-") and c.upper() not in NOT_SHOWN else " " for c in text)


def value(unit: int, number: int) -> Request:
    """Show a number, -32768 to 32767."""
    return modbus.write_register(unit, _VALUE, number & 0xFFFF)


def text(unit: int, characters: str) -> Request:
    """Show ASCII `characters`; an odd number of them is filled up on the left."""
    return modbus.write_registers(unit, _TEXT, _pairs(characters.encode("ascii", "replace"), b" "))


def segments(unit: int, digits: bytes) -> Request:
    """Light the segments of each digit, a bit each; an odd number of digits is filled up on the left."""
    return modbus.write_registers(unit, _SEGMENTS, _pairs(digits, bytes([DARK])))


def asked(frame: bytes) -> Request:
    """The question that a frame of ours is, for the ear that waits for its answer."""
    return Request(frame[0], frame[1:-2], 1, 5)


def _pairs(data: bytes, filler: bytes) -> list[int]:
    even = filler * (len(data) % 2) + data
    return [int.from_bytes(even[at : at + 2], "big") for at in range(0, len(even), 2)]


def line(board: int, characters: str) -> bytes:
    """The line that shows `characters` on board 1–255."""
    plain = "".join(" " if character in "$,#&" or character < " " else character for character in characters)
    return b"$%03d,%s#" % (board, plain.encode("ascii", "replace"))


def query(board: int, what: Literal["model", "version"]) -> bytes:
    """The line that asks a board for what it is."""
    return b"$%03d,%s" % (board, _QUERIES[what])


class LineDecoder:
    """Words of boards in, their numbers out, split anywhere; `sent` are our own lines, which an adapter may echo."""

    def __init__(self) -> None:
        self._pending = b""
        self._own = b""

    def sent(self, own: bytes) -> None:
        self._own = own

    def feed(self, data: bytes) -> list[int]:
        """The boards that `data` completes a word of."""
        boards: list[int] = []
        buffer = self._pending + data
        end = 0
        for found in _WORD.finditer(buffer):
            end = found.end()
            if found[0] not in self._own:
                boards.append(int(found[1]))
        self._pending = buffer[end:][-_WORD_BYTES:]
        return boards
