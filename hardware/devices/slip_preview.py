"""A slip as a picture, from the same layout as the bytes: what a person would hold.

One picture dot is a printer's dot; around the print stands the paper that no printer reaches. Glyphs come from our
font, the printer has its own: places and sizes are as on paper, the shapes of letters are not.
"""

from pathlib import Path
from typing import Final

from PIL import Image, ImageOps

from hardware.codecs.slip import SlipDocument
from hardware.codecs.slip_layout import DOTS_MM, lay_out
from hardware.devices.printer_profile import PrinterProfile
from hardware.devices.slip_raster import draw_line

TOP_MM: Final = 5


def preview(document: SlipDocument, paper_mm: int, font: Path, profile: PrinterProfile) -> Image.Image:
    """The slip on white paper `paper_mm` wide, black ink, mode L; `.save(path)` makes a PNG."""
    layout = lay_out(document, profile.dots[paper_mm])
    lines = [draw_line(line, layout.dots, font) for line in layout.lines]
    margin = (paper_mm * DOTS_MM - layout.dots) // 2
    top = TOP_MM * DOTS_MM
    paper = Image.new("L", (paper_mm * DOTS_MM, 2 * top + sum(line.height for line in lines)))
    for line in lines:
        paper.paste(line, (margin, top))
        top += line.height
    return ImageOps.invert(paper)
