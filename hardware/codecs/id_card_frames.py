"""Identity card readers of the second generation: questions to them, and their answers out of a stream of bytes.

    host     AA AA AA 96 69 | length BE16 | command parameter | data | X
    reader   AA AA AA 96 69 | length BE16 | SW1 SW2 SW3 | data | X

`length` counts what follows it, X included. X is the exclusive or of the two length bytes and everything up to X.

| question | command, parameter | a good answer: length, SW3 |
|---|---|---|
| reset, status | 10 FF, 11 FF | 4, 90 |
| module number | 12 FF | 20, 90 |
| find, select a card | 20 01, 20 02 | 8, 9F · 12, 90 |
| read text and photo | 30 01 | 1288 (1295 bytes in all), 90 |
| … and fingerprints | 30 10 | 1290, 1802 or 2314 (1297, 1809, 2321 in all), 90 |
| read the latest address | 30 03 | 74, 90 |
| set the speed 0–4 | 60 n | 4, 90 |

Data of a read: text length (0100), photo length (0400), with 30 10 also fingerprint length, then text, photo, prints.
Of all that only the text is looked at, by id_card_text; the rest ends here. No answer carries bytes of a card.

What can go wrong. An answer does not say which question it answers: its length tells the shape (`Kind`), and the
driver takes only the shape it waits for. The host's own frame, echoed back, has a length that no answer has. A frame
with a wrong X becomes a `damaged` answer, and the search goes on one byte later: a true frame may begin inside. An
answer that stops half-way is dropped by `clear`, which the driver calls before every question.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import Final

from hardware.codecs.checksums import xor8
from hardware.codecs.id_card_text import TEXT_BYTES, Card, read_text

PREAMBLE: Final = bytes.fromhex("AA AA AA 96 69")
LONGEST: Final = 2321
"""Bytes of the longest answer, preamble included."""

_HEAD = len(PREAMBLE) + 2
_SIZES = bytes.fromhex("01 00 04 00")


class Question(Enum):
    """What a reader can be asked: command, parameter."""

    RESET = (0x10, 0xFF)
    STATUS = (0x11, 0xFF)
    MODULE = (0x12, 0xFF)
    FIND = (0x20, 0x01)
    SELECT = (0x20, 0x02)
    READ = (0x30, 0x01)
    READ_PRINTS = (0x30, 0x10)
    READ_ADDRESS = (0x30, 0x03)
    SPEED_115200 = (0x60, 0)
    SPEED_57600 = (0x60, 1)
    SPEED_38400 = (0x60, 2)
    SPEED_19200 = (0x60, 3)
    SPEED_9600 = (0x60, 4)


class Kind(StrEnum):
    """The shape of an answer, by its length."""

    STATUS = "status"
    FOUND = "found"
    SELECTED = "selected"
    MODULE = "module"
    ADDRESS = "address"
    CARD = "card"
    DAMAGED = "damaged"


_KINDS: Mapping[int, Kind] = MappingProxyType(
    {
        4: Kind.STATUS, 8: Kind.FOUND, 12: Kind.SELECTED, 20: Kind.MODULE, 74: Kind.ADDRESS,
        1288: Kind.CARD, 1290: Kind.CARD, 1802: Kind.CARD, 2314: Kind.CARD,
    }
)  # fmt: skip

OK: Final = 0x90
FOUND: Final = 0x9F
NONE_FOUND: Final = 0x80
NOT_AUTHORISED: Final = 0x66

STATUS_WORDS: Mapping[int, str] = MappingProxyType(
    {
        OK: "ok", FOUND: "found", 0x10: "checksum", 0x11: "length", 0x21: "command", 0x24: "unknown_command",
        0x31: "mutual_authentication", 0x32: "mutual_authentication", 0x33: "verification", 0x40: "wrong_card",
        0x41: "read", 0x47: "random", 0x60: "self_test", NOT_AUTHORISED: "not_authorised", NONE_FOUND: "none_found",
        0x81: "select", 0x91: "no_such_item",
    }
)  # fmt: skip
"""SW3 → what it says"""


@dataclass(frozen=True)
class Answer:
    """One answer: its shape, SW3 (0 for a damaged frame), and the card where it is a good read."""

    kind: Kind
    status: int
    card: Card | None = None

    @property
    def word(self) -> str:
        """What SW3 says; an unlisted one by its code."""
        return STATUS_WORDS.get(self.status, f"status_{self.status:02x}")


DAMAGED: Final = Answer(Kind.DAMAGED, 0)


def question(asked: Question) -> bytes:
    """The frame that asks it."""
    body = bytes([0, 3, *asked.value])
    return PREAMBLE + body + bytes([xor8(body)])


class Decoder:
    """Bytes in, answers out, split anywhere; never holds more than one unfinished answer (`LONGEST` bytes)."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def clear(self) -> None:
        """Forget an unfinished answer."""
        self._buffer.clear()

    def feed(self, data: bytes) -> list[Answer]:
        """The answers that `data` completes."""
        buffer = self._buffer
        buffer += data
        answers: list[Answer] = []
        while self._at_preamble() and len(buffer) >= _HEAD:
            length = int.from_bytes(buffer[len(PREAMBLE) : _HEAD], "big")
            if length not in _KINDS:
                del buffer[0]
                continue
            whole = _HEAD + length
            if len(buffer) < whole:
                break
            answers.append(_answer(_KINDS[length], bytes(buffer[len(PREAMBLE) : whole])))
            del buffer[: 1 if answers[-1] is DAMAGED else whole]
        return answers

    def _at_preamble(self) -> bool:
        """Drop what stands before the next preamble, or what cannot become one."""
        buffer = self._buffer
        at = buffer.find(PREAMBLE)
        if at < 0:
            kept = next(size for size in range(len(PREAMBLE) - 1, -1, -1) if buffer.endswith(PREAMBLE[:size]))
            del buffer[: len(buffer) - kept]
            return False
        del buffer[:at]
        return True


def _answer(kind: Kind, frame: bytes) -> Answer:
    """`frame`: from the length to X."""
    if xor8(frame[:-1]) != frame[-1]:
        return DAMAGED
    status, data = frame[4], frame[5:-1]
    if kind is not Kind.CARD:
        return Answer(kind, status)
    # With fingerprints a third length stands before the text.
    text_at = 4 if len(data) == 4 + TEXT_BYTES + 1024 else 6
    if not data.startswith(_SIZES):
        return DAMAGED
    return Answer(kind, status, read_text(data[text_at : text_at + TEXT_BYTES]))
