"""What BX-5K and BX-6K cards are told: the data inside a frame (see bx_frame), and what their answers mean.

| data | meaning |
|---|---|
| A2 00 01 00 00 | ping |
| A2 03 01 08 00 yyL yyH mm dd hh mi ss wd | set the clock, BCD, Monday is 1 |
| A3 06 01 02 00 FF 00 | delete all live areas |
| A3 06 r, rest LE16, delCount, ids, areaCount, {areaLen LE16, area} | show live text; r 1 answer wanted, 2 none |
| A0 00 00 00 00 | answer: done |
| A1 code | answer: refused |

    area   00 | x16 y16 w16 h16 | areaNo | lineGap | runMode | timeout16 s | 00 ×3 | single 1, several 2 | wrap 1, 2 |
           effect | exit | speed | stay ×0.5 s | textLen LE32 | text

Text is GBK with marks in it: `\\FO000` chooses a font, `\\C1` a colour, `\\n` a new line. Live text stays in the card's
memory only: a card that lost its power shows none. Run mode 2 takes an area away when nothing new came for its
time-out, so that a number does not outlive the host.

What can go wrong: a backslash or a control character in a name would be a mark, so both are replaced; a character that
GBK lacks becomes "?".
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

PING: Final = bytes.fromhex("A2 00 01 00 00")
DELETE_ALL: Final = bytes.fromhex("A3 06 01 02 00 FF 00")
RUN_UNTIL_TIMEOUT: Final = 2
EFFECT_STILL: Final = 1

_CLOCK: Final = bytes.fromhex("A2 03 01 08 00")
_ANSWERS: Final[dict[int, Literal["done", "refused"]]] = {0xA0: "done", 0xA1: "refused"}


@dataclass(frozen=True)
class LiveArea:
    """One live area in pixels, `text` as `marked_text` makes it; it goes dark `timeout_s` after its last word."""

    width: int
    height: int
    text: bytes
    x: int = 0
    y: int = 0
    number: int = 1
    line_gap: int = 0
    run_mode: int = RUN_UNTIL_TIMEOUT
    timeout_s: int = 30
    several_lines: bool = False
    effect: int = EFFECT_STILL
    speed: int = 0
    stay: int = 2


def live_text(area: LiveArea, *, answer: bool) -> bytes:
    """Show one area; the others stay as they are."""
    lines = b"\x02\x02" if area.several_lines else b"\x01\x01"
    place = b"".join(value.to_bytes(2, "little") for value in (area.x, area.y, area.width, area.height))
    body = b"\x00" + place + bytes([area.number, area.line_gap, area.run_mode])
    body += area.timeout_s.to_bytes(2, "little") + bytes(3) + lines
    body += bytes([area.effect, 0, area.speed, area.stay])
    body += len(area.text).to_bytes(4, "little") + area.text
    return bytes([0xA3, 0x06, 1 if answer else 2, 0, 0, 0, 1]) + len(body).to_bytes(2, "little") + body


def marked_text(text: str, font: str = "", colour: int | None = None) -> bytes:
    """`text` in `font` (such as FO000; "" is the card's own) and the maker's colour number."""
    marks = f"\\{font}" if font else ""
    marks += "" if colour is None else f"\\C{colour}"
    plain = "".join(" " if character < " " else character for character in text.replace("\\", "\uff3c"))
    return (marks + plain).encode("gbk", "replace")


def set_clock(now: datetime) -> bytes:
    """Set the card's clock to the hall's local time."""
    values = (now.year % 100, now.year // 100, now.month, now.day, now.hour, now.minute, now.second, now.isoweekday())
    return _CLOCK + bytes(value // 10 << 4 | value % 10 for value in values)


def answer_of(data: bytes) -> Literal["done", "refused", "other"]:
    """What the data of a card's frame means."""
    return _ANSWERS.get(data[0], "other") if data else "other"
