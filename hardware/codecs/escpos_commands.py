"""The ESC/POS commands that a slip needs, as bytes.

    1B 40                                initialise: formats and the line in hand; the receive buffer stays
    1C 26                                Chinese mode on (off or on at power-up, by maker)
    1B 39 00                             text is GBK, for boards that start in another code
    1D 21 wh                             size of every glyph: width-1 and height-1
    1B 45 n · 1D 42 n · 1B 61 n          bold · white on black · 0 left, 1 centre, 2 right (only at a line's start)
    1B 64 n                              print and feed n lines
    1D 28 6B …                           QR: model 2, module size, correction M, store, print
    1D 76 30 00 xL xH yL yH data         raster, x bytes a row, y rows, 1 = black, left dot in the highest bit
    1D 56 42 00                          feed to the cutter and cut, as far as the cutter does
    10 04 n                              real-time status n = 1–4
    10 05 02                             drop what is in the buffers and recover
    1D 28 48 06 00 30 30 d1 d2 d3 d4     answered 37 22 d1 d2 d3 d4 00 once all before it is printed
    1D 72 01                             paper status, answered once all before it is processed
    1D 61 n                              say unasked what changes of: 02 online, 04 errors, 08 paper; 00 nothing

What can go wrong. The printer looks for 10 04, 10 05 and 10 14 everywhere, inside a picture too, and would obey them:
one dot of such a pair is changed. A token is made of characters that are none of the printer's own answers, so that a
torn answer is never taken for another (see escpos_answers).
"""

from dataclasses import dataclass
from typing import Final

INITIALISE: Final = b"\x1b\x40"
CHINESE_ON: Final = b"\x1c\x26"
CODE_GBK: Final = b"\x1b\x39\x00"
CUT: Final = b"\x1d\x56\x42\x00"
LINE_END: Final = b"\x0a"
DROP_BUFFERS: Final = b"\x10\x05\x02"
QUEUED_PAPER: Final = b"\x1d\x72\x01"
AUTO_STATUS_ON: Final = b"\x1d\x61\x0e"
AUTO_STATUS_OFF: Final = b"\x1d\x61\x00"
TOKEN_BYTES: Final = 4
TOKEN_ALPHABET: Final = b"1359QSUWYqsuwy"

_ALIGN: Final = {"left": 0, "centre": 1, "right": 2}
_QR: Final = b"\x1d\x28\x6b"
_OBEYED: Final = (b"\x10\x04", b"\x10\x05", b"\x10\x14")


@dataclass(frozen=True)
class Bitmap:
    """Black dots: `rows` rows of `row_bytes` bytes, the left dot in the highest bit."""

    row_bytes: int
    rows: int
    data: bytes

    def __post_init__(self) -> None:
        if len(self.data) != self.row_bytes * self.rows:
            raise ValueError(f"bitmap of {self.rows} rows of {self.row_bytes} bytes has {len(self.data)} bytes")


def size(wide: int, high: int) -> bytes:
    return bytes([0x1D, 0x21, (wide - 1) << 4 | (high - 1)])


def bold(on: bool) -> bytes:
    return bytes([0x1B, 0x45, on])


def inverse(on: bool) -> bytes:
    return bytes([0x1D, 0x42, on])


def align(where: str) -> bytes:
    return bytes([0x1B, 0x61, _ALIGN[where]])


def feed(lines: int) -> bytes:
    return bytes([0x1B, 0x64, lines])


def qr(data: bytes, module_dots: int) -> bytes:
    """A code of `data`, printed where the line stands; its quiet zone is the paper around."""
    length = len(data) + 3
    return b"".join(
        (
            _QR + b"\x04\x00\x31\x41\x32\x00",
            _QR + bytes([3, 0, 0x31, 0x43, module_dots]),
            _QR + b"\x03\x00\x31\x45\x31",
            _QR + bytes([length & 0xFF, length >> 8]) + b"\x31\x50\x30" + data,
            _QR + b"\x03\x00\x31\x51\x30",
        )
    )


def raster(picture: Bitmap) -> bytes:
    head = b"\x1d\x76\x30\x00" + picture.row_bytes.to_bytes(2, "little") + picture.rows.to_bytes(2, "little")
    return head + _unobeyed(picture.data)


def _unobeyed(data: bytes) -> bytes:
    for pair in _OBEYED:
        data = data.replace(pair, bytes([pair[0], pair[1] ^ 0x08]))
    return data


def ask_status(number: int) -> bytes:
    return bytes([0x10, 0x04, number])


def marker(token: bytes) -> bytes:
    return b"\x1d\x28\x48\x06\x00\x30\x30" + token


def token(count: int) -> bytes:
    """The `count`-th token; they come round."""
    digits = []
    for _ in range(TOKEN_BYTES):
        count, digit = divmod(count, len(TOKEN_ALPHABET))
        digits.append(TOKEN_ALPHABET[digit])
    return bytes(digits)
