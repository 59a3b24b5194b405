"""The formats of a virtual printer, and the line that they make of characters.

Two sizes live side by side: single-byte characters have GS ! and ESC !, Chinese ones GS ! and FS !; the last to come
wins. A line is as high as its tallest character, at least as high as the paper is fed.
"""

from dataclasses import dataclass, field

from PIL import Image, ImageChops

from hardware.sim.printer_glyphs import NARROW, glyph
from hardware.sim.printer_lexer import Command

LINE_DOTS = 30
TAB_COLUMNS = 8


@dataclass
class Format:
    """What ESC @ resets. Sizes are (width, height) multiples."""

    size: tuple[int, int] = (1, 1)
    chinese_size: tuple[int, int] = (1, 1)
    align: int = 0
    bold: bool = False
    inverse: bool = False
    underline: int = 0
    spacing: int = LINE_DOTS

    def obey(self, command: Command) -> None:
        """A command that only sets a format; others change nothing."""
        n = command.args[0] if command.args else 0
        match command.name:
            case "size":
                self.size = self.chinese_size = ((n >> 4 & 7) + 1, (n & 7) + 1)
            case "single_size":
                self.size = (1 + (n >> 5 & 1), 1 + (n >> 4 & 1))
                self.bold = bool(n & 0x08)
                self.underline = n >> 7
            case "chinese_size":
                self.chinese_size = (1 + (n >> 2 & 1), 1 + (n >> 3 & 1))
                self.underline = n >> 7
            case "align":
                self.align = n & 3
            case "bold":
                self.bold = bool(n & 1)
            case "inverse":
                self.inverse = bool(n & 1)
            case "underline":
                self.underline = n & 3
            case "spacing":
                self.spacing = n
            case "default_spacing":
                self.spacing = LINE_DOTS

    def cell(self, text: str, wide: bool) -> Image.Image:
        """A character as it will stand on the paper."""
        width, height = self.chinese_size if wide else self.size
        cell = glyph(text, wide, width, height).copy()
        if self.bold:
            # As a print head does it: struck twice, one dot of the character apart.
            twice = Image.new("1", cell.size)
            twice.paste(cell, (width, 0))
            cell = ImageChops.logical_or(cell, twice)
        if self.underline:
            cell.paste(1, (0, cell.height - self.underline, cell.width, cell.height))
        return ImageChops.invert(cell) if self.inverse else cell


@dataclass
class Line:
    """Characters that wait for the end of their line, on paper `width` dots wide."""

    width: int
    cells: list[Image.Image] = field(default_factory=list)
    text: str = ""
    used: int = 0

    def takes(self, cell: Image.Image) -> bool:
        return self.used + cell.width <= self.width

    def add(self, cell: Image.Image, text: str) -> None:
        self.cells.append(cell)
        self.text += text
        self.used += cell.width

    def tab(self) -> None:
        """To the next of the positions that stand eight columns apart."""
        step = TAB_COLUMNS * NARROW
        gap = step - self.used % step
        if self.used + gap < self.width:
            self.add(Image.new("1", (gap, 1)), " " * (gap // NARROW))

    def drawn(self, align: int) -> Image.Image:
        """The line as a picture of the whole print width; characters stand on one base."""
        height = max((cell.height for cell in self.cells), default=0)
        picture = Image.new("1", (self.width, height))
        left = aligned(self.width, self.used, align)
        for cell in self.cells:
            picture.paste(cell, (left, height - cell.height))
            left += cell.width
        return picture


def aligned(room: int, width: int, align: int) -> int:
    """Where something of this width begins."""
    return {1: max(0, (room - width) // 2), 2: max(0, room - width)}.get(align, 0)
