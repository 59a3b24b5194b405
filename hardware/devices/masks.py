"""What must not stand in a recorded session, taken out of a device's bytes before anybody sees them: people's data.

The masks of a recorder (transports/recorded). Driver and file get the same bytes at the same pace.

| device | stays | in its place |
|---|---|---|
| card reader | preambles, lengths, status words, module number, sizes of a read | a card made up here, or zeros |

An answer's X is made to fit what stands there now: a right one is right again, a wrong one stays wrong. What can go
wrong: bytes that fit no frame. They become zeros, since nobody knows what they were.
"""

from typing import Final

PREAMBLE: Final = bytes.fromhex("AA AA AA 96 69")
SIZES: Final = bytes.fromhex("01 00 04 00")
STATUS_BYTES: Final = 3
MODULE_BYTES: Final = 16
READ_BYTES: Final = 1284
"""Data of a read: two sizes, 256 bytes of text, 1024 of photo; with fingerprints a third size before them, and more."""
LENGTHS: Final = range(4, 2315)


def _utf16(text: str, characters: int) -> bytes:
    return text.ljust(characters).encode("utf-16-le")


SPECIMEN: Final = (
    _utf16("样本", 15)
    + _utf16("2", 1)
    + _utf16("01", 2)
    + _utf16("19491231", 8)
    + _utf16("", 35)
    + _utf16("11010519491231002X", 18)
    + _utf16("", 15)
    + _utf16("20200101", 8)
    + _utf16("20400101", 8)
    + _utf16("", 18)
)
"""The text of a card that nobody has: the number is the example of the standard for such numbers, GB 11643."""


class CardMask:
    """Answers of an ID-card reader."""

    def __init__(self) -> None:
        self._matched = 0
        self._head = b""
        self._length = self._place = self._changed = 0

    def sent(self) -> None:
        """A half-heard answer is over."""
        self._matched, self._head = 0, b""

    def heard(self, data: bytes) -> bytes:
        return bytes(self._byte(byte) for byte in data)

    def _byte(self, byte: int) -> int:
        if self._matched < len(PREAMBLE):
            return self._search(byte)
        if len(self._head) < 2:
            self._head += bytes([byte])
            self._length, self._place, self._changed = int.from_bytes(self._head, "big"), 0, 0
            if len(self._head) == 2 and self._length not in LENGTHS:
                self.sent()
            return byte
        place, self._place = self._place, self._place + 1
        if place == self._length - 1:
            self.sent()
            return byte ^ self._changed
        shown = self._shown(place - STATUS_BYTES, byte)
        self._changed ^= byte ^ shown
        return shown

    def _search(self, byte: int) -> int:
        if byte == PREAMBLE[self._matched]:
            self._matched += 1
            return byte
        # Three AA and one more: still three.
        self._matched = min(self._matched, 3) if byte == PREAMBLE[0] else 0
        return byte if self._matched else 0

    def _shown(self, place: int, byte: int) -> int:
        """What stands at a place of the data."""
        count = self._length - STATUS_BYTES - 1
        if place < 0 or count == MODULE_BYTES:
            return byte
        if count < READ_BYTES:
            return 0
        sizes = len(SIZES) + (2 if count > READ_BYTES else 0)
        if place < len(SIZES):
            return byte if byte == SIZES[place] else 0
        if place < sizes:
            return byte
        return SPECIMEN[place - sizes] if place - sizes < len(SPECIMEN) else 0
