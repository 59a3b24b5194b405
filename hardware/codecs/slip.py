"""What stands on a slip, item by item, without a thought of paper or printer.

| item | on paper |
|---|---|
| SlipText | a paragraph, wrapped to the paper's width; `size` 1–8 times as wide and high |
| SlipColumns | one text at the left edge and one at the right, under each other where the line is too short |
| SlipRule | a line across |
| SlipFeed | empty lines |
| SlipQr | a QR code in the middle, `module_dots` dots a module, smaller where the paper is too narrow |
| SlipPicture | black dots in the middle; what is wider than the paper is cut off on both sides |

`mark` is the word for the whole slip (补打, 测试), printed above everything in white on black; "" for none. All words
come from whoever writes the slip. What can go wrong: a size or a code that no printer can print is refused here, with
the value, and not at the printer.
"""

from dataclasses import dataclass
from typing import Final, Literal

from hardware.codecs.qr_size import MOST_BYTES

Align = Literal["left", "centre", "right"]
SIZES: Final = range(1, 9)
MODULE_DOTS: Final = range(1, 17)
FEEDS: Final = range(1, 256)


@dataclass(frozen=True)
class SlipText:
    text: str
    size: int = 1
    bold: bool = False
    align: Align = "left"

    def __post_init__(self) -> None:
        if self.size not in SIZES:
            raise ValueError(f"slip text size {self.size}: allowed 1 to 8")


@dataclass(frozen=True)
class SlipColumns:
    left: str
    right: str


@dataclass(frozen=True)
class SlipRule:
    pass


@dataclass(frozen=True)
class SlipFeed:
    lines: int

    def __post_init__(self) -> None:
        if self.lines not in FEEDS:
            raise ValueError(f"slip feed of {self.lines} lines: allowed 1 to 255")


@dataclass(frozen=True)
class SlipQr:
    data: str
    module_dots: int

    def __post_init__(self) -> None:
        if self.module_dots not in MODULE_DOTS:
            raise ValueError(f"slip QR module of {self.module_dots} dots: allowed 1 to 16")
        length = len(self.data.encode())
        if not 1 <= length <= MOST_BYTES:
            raise ValueError(f"slip QR of {length} bytes: allowed 1 to {MOST_BYTES}")


@dataclass(frozen=True)
class SlipPicture:
    """`rows` rows of `row_bytes` bytes, 1 = black, the left dot in the highest bit."""

    row_bytes: int
    rows: int
    data: bytes

    def __post_init__(self) -> None:
        if self.row_bytes < 1 or self.rows < 1 or len(self.data) != self.row_bytes * self.rows:
            raise ValueError(f"slip picture of {self.rows} rows of {self.row_bytes} bytes has {len(self.data)} bytes")

    def within(self, row_bytes: int) -> "SlipPicture":
        """The picture, or the middle of one that is wider than `row_bytes`."""
        if self.row_bytes <= row_bytes:
            return self
        starts = range((self.row_bytes - row_bytes) // 2, len(self.data), self.row_bytes)
        return SlipPicture(row_bytes, self.rows, b"".join(self.data[at : at + row_bytes] for at in starts))


SlipItem = SlipText | SlipColumns | SlipRule | SlipFeed | SlipQr | SlipPicture


@dataclass(frozen=True)
class SlipDocument:
    items: tuple[SlipItem, ...]
    mark: str = ""
