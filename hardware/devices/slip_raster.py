"""Lines of a slip as dots: those the printer has no glyphs for, and all of them for a preview.

A character fills its cell as on the device: 24 × 24 dots times the size for a Chinese one, half as wide for ASCII. A
letter of the font that is wider than its cell is narrowed, so that columns stand where the layout put them. A line with
letters that are higher or deeper than a cell (Vietnamese ế and ạ) is set smaller as a whole: a mark cut off is another
letter.
"""

from functools import lru_cache
from pathlib import Path
from typing import Final

import segno
from PIL import Image, ImageChops, ImageDraw, ImageFont

from hardware.codecs.escpos_commands import Bitmap
from hardware.codecs.slip_layout import (
    COLUMN_DOTS,
    GLYPH_DOTS,
    RULE_TIMES,
    Line,
    PictureLine,
    QrLine,
    RuleLine,
    TextLine,
)
from hardware.codecs.slip_wrap import width

# Where Noto's em box has its base line, as a part of the glyph's height.
_BASE_LINE: Final = 0.88
_BLACK: Final = 255
_INK_FROM: Final = 110


def draw_line(line: Line, dots: int, font: Path) -> Image.Image:
    """The line on paper `dots` wide, as an image of mode L with white (255) for ink, as high as the line is."""
    paper = Image.new("L", (dots, line.height_dots))
    if isinstance(line, QrLine):
        code = _qr(line)
        paper.paste(code, ((dots - code.width) // 2, 0))
    elif isinstance(line, TextLine):
        text = _text(line, font)
        spare = dots - text.width
        paper.paste(text, ({"left": 0, "centre": spare // 2, "right": spare}[line.align], 0))
    elif isinstance(line, PictureLine):
        picture = line.picture
        ink = Image.frombytes("1", (picture.row_bytes * 8, picture.rows), picture.data).convert("L")
        paper.paste(ink, ((dots - ink.width) // 2, 0))
    elif isinstance(line, RuleLine):
        ImageDraw.Draw(paper).rectangle((0, 11, line.signs * GLYPH_DOTS * RULE_TIMES - 1, 12), _BLACK)
    return paper


def bitmap(line: Line, dots: int, font: Path) -> Bitmap:
    """The line as dots for the printer, from the paper's left edge to the last dot of ink."""
    paper = draw_line(line, dots, font)
    ink = paper.getbbox()
    row_bytes = (ink[2] + 7) // 8 if ink else 1
    cut = paper.crop((0, 0, row_bytes * 8, paper.height))
    return Bitmap(row_bytes, cut.height, cut.convert("1").tobytes())


def _text(line: TextLine, font: Path) -> Image.Image:
    height = GLYPH_DOTS * line.size
    image = Image.new("L", (max(1, line.width_dots), height))
    left = 0
    face, base = _fitting(line.text, height, font)
    for character in line.text:
        columns = width(character)
        glyph = _glyph(character, (max(1, columns) * COLUMN_DOTS * line.size, height), face, base)
        # An accent takes no column: it goes over the character before it.
        at = left if columns else max(0, left - glyph.width)
        image.paste(_BLACK, (at, 0), glyph)
        left += columns * COLUMN_DOTS * line.size
    if line.bold:
        beside = Image.new("L", image.size)
        beside.paste(image, (line.size, 0))
        image = ImageChops.lighter(image, beside)
    image = image.point(lambda level: _BLACK if level >= _INK_FROM else 0)
    return ImageChops.invert(image) if line.inverse else image


def _fitting(text: str, height: int, font: Path) -> tuple[ImageFont.FreeTypeFont, float]:
    """A typeface in which no letter beyond ASCII is cut, and where its base line is in the cell."""
    face, base = _face(font, height), height * _BASE_LINE
    boxes = [face.getbbox(character, anchor="ms") for character in text if not character.isascii()]
    above = max([base, *(-box[1] for box in boxes)])
    below = max([height - base, *(box[3] for box in boxes)])
    size = int(height * height / (above + below))
    return (face, base) if size >= height else (_face(font, size), above * size / height)


def _glyph(character: str, cell_px: tuple[int, int], face: ImageFont.FreeTypeFont, base: float) -> Image.Image:
    """One character in its cell, narrowed where it is too wide."""
    cell, height = cell_px
    natural = max(cell, round(face.getlength(character)))
    image = Image.new("L", (natural, height))
    ImageDraw.Draw(image).text((natural / 2, base), character, _BLACK, face, "ms")
    return image if natural == cell else image.resize((cell, height), Image.Resampling.LANCZOS)


@lru_cache(maxsize=8)
def _face(font: Path, height: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font), height)


def _qr(line: QrLine) -> Image.Image:
    code = segno.make_qr(line.data, error="m", boost_error=False, mode="byte")
    rows = [bytes(_BLACK if module else 0 for module in row) for row in code.matrix]
    side = len(rows)
    image = Image.frombytes("L", (side, side), b"".join(rows))
    return image.resize((side * line.module_dots, side * line.module_dots), Image.Resampling.NEAREST)
