"""A slip set for one paper: lines that a printer prints and a preview draws, with their height in dots.

| paper | dots | columns | Chinese characters |
|---|---|---|---|
| 58 mm | 384 | 32 | 16 |
| 80 mm | 576 (some 512) | 48 (42) | 24 (21) |

8 dots are a millimetre. A line is 30 dots high, or as high as its characters where they are larger (24 dots times the
size). A line with a character that GBK lacks keeps its place and its size and is marked as one to be drawn (`drawn`).
What can go wrong: a QR code wider than the paper would be cut off by the printer; its modules are made smaller until it
fits with the empty ones around it that a reader needs. Printers leave none above and below, so lines are fed there.
"""

from dataclasses import dataclass
from typing import Final

from hardware.codecs.qr_size import QUIET_MODULES, modules
from hardware.codecs.slip import (
    Align,
    SlipColumns,
    SlipDocument,
    SlipFeed,
    SlipItem,
    SlipPicture,
    SlipQr,
    SlipRule,
    SlipText,
)
from hardware.codecs.slip_wrap import clean, in_gbk, width, wrap

DOTS_MM: Final = 8
COLUMN_DOTS: Final = 12
GLYPH_DOTS: Final = 24
LINE_DOTS: Final = 30
# From the print head to the cutter: what GS V feeds before it cuts.
CUT_FEED_DOTS: Final = 20 * DOTS_MM
MARK_SIZE: Final = 2
RULE_TIMES: Final = 4


@dataclass(frozen=True)
class TextLine:
    """One line of text, already as long as fits."""

    text: str
    size: int = 1
    bold: bool = False
    inverse: bool = False
    align: Align = "left"

    @property
    def width_dots(self) -> int:
        return width(self.text) * COLUMN_DOTS * self.size

    @property
    def height_dots(self) -> int:
        return max(LINE_DOTS, GLYPH_DOTS * self.size)

    @property
    def drawn(self) -> bool:
        """Whether the device lacks a glyph of it, so that the line goes out as dots."""
        return not in_gbk(self.text)


@dataclass(frozen=True)
class FeedLine:
    lines: int

    @property
    def height_dots(self) -> int:
        return self.lines * LINE_DOTS


@dataclass(frozen=True)
class QrLine:
    """A code in the middle of the line; `modules` along one side, without the empty ones around."""

    data: bytes
    module_dots: int
    modules: int

    @property
    def height_dots(self) -> int:
        return self.modules * self.module_dots


@dataclass(frozen=True)
class RuleLine:
    """A line across, of `signs` dashes that are `RULE_TIMES` as wide as a Chinese character."""

    signs: int

    @property
    def height_dots(self) -> int:
        return LINE_DOTS


@dataclass(frozen=True)
class PictureLine:
    """Dots in the middle of the paper, not wider than it."""

    picture: SlipPicture

    @property
    def height_dots(self) -> int:
        return self.picture.rows


Line = TextLine | FeedLine | QrLine | RuleLine | PictureLine


@dataclass(frozen=True)
class Layout:
    """The lines of one slip on paper `dots` wide."""

    lines: tuple[Line, ...]
    dots: int

    @property
    def length_mm(self) -> float:
        """How far the paper moves, the way to the cutter included."""
        return (sum(line.height_dots for line in self.lines) + CUT_FEED_DOTS) / DOTS_MM


def lay_out(document: SlipDocument, dots: int) -> Layout:
    """The document on paper that is printed `dots` wide."""
    columns = dots // COLUMN_DOTS
    lines: list[Line] = []
    if document.mark:
        # The black goes a column beyond the word on both sides.
        words = wrap(document.mark, columns // MARK_SIZE - 2)
        lines += [TextLine(f" {word} ", MARK_SIZE, inverse=True, align="centre") for word in words]
        lines.append(FeedLine(1))
    for item in document.items:
        lines += _item(item, columns, dots)
    return Layout(tuple(lines), dots)


def _item(item: SlipItem, columns: int, dots: int) -> list[Line]:
    if isinstance(item, SlipText):
        lines = wrap(item.text, columns // item.size)
        return [TextLine(line, item.size, item.bold, align=item.align) for line in lines]
    if isinstance(item, SlipColumns):
        return _columns(item, columns)
    if isinstance(item, SlipRule):
        return [RuleLine(dots // (GLYPH_DOTS * RULE_TIMES))]
    if isinstance(item, SlipFeed):
        return [FeedLine(item.lines)]
    if isinstance(item, SlipPicture):
        return [PictureLine(item.within(dots // 8))]
    return _qr(item, dots)


def _columns(item: SlipColumns, columns: int) -> list[Line]:
    left, right = clean(item.left).replace("\n", " "), clean(item.right).replace("\n", " ")
    gap = columns - width(left) - width(right)
    if gap >= 1:
        return [TextLine(left + " " * gap + right)]
    lines: list[Line] = [TextLine(line) for line in wrap(left, columns)]
    return lines + [TextLine(line, align="right") for line in wrap(right, columns)]


def _qr(item: SlipQr, dots: int) -> list[Line]:
    data = item.data.encode()
    side = modules(len(data))
    module_dots = min(item.module_dots, dots // (side + 2 * QUIET_MODULES))
    quiet = FeedLine(-(-QUIET_MODULES * module_dots // LINE_DOTS))
    return [quiet, QrLine(data, module_dots, side), quiet]
