"""The text block of an identity card: of 256 bytes, only the number, the birth date and the kind are taken.

UTF-16LE, padded with spaces. The letter at 248/2 says which layout the block has (offset/length in bytes):

| field | blank: resident | J: HK, Macau, Taiwan | I: foreigner, 2017 | Y: foreigner, 2023 |
|---|---|---|---|---|
| number | 122/36 | 122/36 | 122/30 | not published; 122/36 is tried |
| birth YYYYMMDD | 36/16 | 36/16 | 220/16 | not published; taken from the number |

Name, address, nation, authority, dates and pass number stand in the block too and are not read: what is never read
cannot be printed, logged or sent. `Card` hides number and birth date from its `repr` for the same reason.

What can go wrong. A kind that is not in the table (or a `Y` whose number stands elsewhere) gives a card without a
number: its kind can be told, nobody can be taken for another. The same holds for a number that is not well formed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from hardware.codecs.id_number import birth_in, day_of, well_formed

TEXT_BYTES: Final = 256
RESIDENT: Final = "resident"

_KIND = slice(248, 250)
_KINDS: Mapping[str, tuple[slice, slice | None]] = MappingProxyType(
    {
        RESIDENT: (slice(122, 158), slice(36, 52)),
        "J": (slice(122, 158), slice(36, 52)),
        "I": (slice(122, 152), slice(220, 236)),
        "Y": (slice(122, 158), None),
    }
)
"""kind → where the number and the birth date stand"""
KNOWN_KINDS: Final = frozenset({RESIDENT, "J", "I"})
"""Kinds whose layout is published: a number that is not well formed was read wrong."""


@dataclass(frozen=True)
class Card:
    """What a card says: its kind (`resident`, else the letter), its number or "" where none could be made out."""

    kind: str
    number: str = field(default="", repr=False)
    birth: date | None = field(default=None, repr=False)


def read_text(block: bytes) -> Card:
    """The card behind a text block; without a number where the block does not hold a well-formed one."""
    kind = _text(block[_KIND]) or RESIDENT
    if kind not in _KINDS:
        return Card(kind)
    number_at, birth_at = _KINDS[kind]
    number = _text(block[number_at]).upper()
    if not well_formed(number):
        return Card(kind)
    birth = day_of(_text(block[birth_at])) if birth_at else None
    return Card(kind, number, birth or birth_in(number))


def _text(field_bytes: bytes) -> str:
    return field_bytes.decode("utf-16-le", "replace").strip(" \0")
