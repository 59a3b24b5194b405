"""Text as a receipt printer sets it: how wide each character is, and where a line may end.

Widths count in columns of half a Chinese character (12 dots at size 1):

| character | columns | why |
|---|---|---|
| ASCII | 1 | the device's Font A, one byte |
| any other that GBK has | 2 | two bytes, 24 × 24 dots, Latin letters and Greek too |
| neither | 2, or 1 for letters and what Unicode calls narrow | drawn by us, see slip_raster |
| a combining accent | 0 | drawn over what stands before it |

Every Chinese character may end a line, a word of letters or digits stays whole, closing marks stay with what stands
before them and opening marks with what follows. What can go wrong: a control character in a name would be a command to
the printer, so none gets through; a word longer than the line is cut.
"""

import unicodedata
from typing import Final

CLOSING: Final = frozenset(",.;:!?)]}%,。;:!?、)】》”’…·")
OPENING: Final = frozenset("([{(【《“‘")
# A dash between figures takes two columns in GBK; the hyphen reads the same and takes one.
_PRINTED_AS: Final = {"–": "-", "\u00a0": " ", "\u2028": "\n", "\u2029": "\n"}


def in_gbk(character: str) -> bool:
    """Whether the device has a glyph to show for it."""
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def width(text: str) -> int:
    """Columns at size 1."""
    return sum(map(_width, text))


def clean(text: str) -> str:
    """`text` as it can be printed: line ends kept, other control characters as spaces, invisible ones left out."""
    return "".join(map(_clean, text))


def wrap(text: str, columns: int) -> list[str]:
    """The lines of `text`, none wider than `columns`; empty lines stay, spaces at a line's end do not."""
    return [line for paragraph in clean(text).split("\n") for line in _wrap_paragraph(paragraph, columns)]


def _wrap_paragraph(text: str, columns: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, columns):
        if line and width(line) + width(piece) > columns:
            lines.append(line.rstrip(" "))
            line = ""
            if piece == " ":
                continue
        line += piece
    return [*lines, line.rstrip(" ")]


def _pieces(text: str, columns: int) -> list[str]:
    """What must not be broken, a space alone; nothing wider than a line."""
    found: list[str] = []
    for character in text:
        if found and _together(found[-1], character) and width(found[-1] + character) <= columns:
            found[-1] += character
        else:
            found.append(character)
    return found


def _together(before: str, character: str) -> bool:
    if _width(character) == 0:
        return True
    if " " in (before, character):
        return False
    if character in CLOSING or before[-1] in OPENING:
        return True
    return _in_word(before[-1]) and _in_word(character)


def _in_word(character: str) -> bool:
    """Narrow, or a letter of a script that is written in words: GBK sets accented Latin as wide as Chinese."""
    return _width(character) == 1 or (character.isalpha() and unicodedata.east_asian_width(character) not in "WF")


def _width(character: str) -> int:
    if character.isascii():
        return 1
    if in_gbk(character):
        return 2
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("WF" if character.isalpha() else "WFA") else 1


def _clean(character: str) -> str:
    character = _PRINTED_AS.get(character, character)
    category = unicodedata.category(character)
    if category in ("Cf", "Cs"):
        return ""
    return " " if category == "Cc" and character != "\n" else character
