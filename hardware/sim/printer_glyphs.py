"""The type of a virtual printer: 24×24 Chinese and 12×24 Latin cells, black on nothing, from Debian's Noto CJK.

The face is the mono-spaced SC one, whose ideographs fill their square. It is taken out of the collection by name: face
0 is the Japanese one. Latin letters are drawn a little smaller, so that their tails stay inside the cell.
"""

from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FOLDERS = (Path("/usr/share/fonts/opentype/noto"), Path("/usr/share/fonts/noto-cjk"))
COLLECTION = "NotoSansCJK-Regular.ttc"
FACE = "Noto Sans Mono CJK SC"
CELL_HEIGHT = 24
WIDE, NARROW = 24, 12
WIDE_BASE, NARROW_BASE, NARROW_TYPE = 21, 18.75, 21
# A stroke that covers this much of a dot burns it.
BURNS = 110


class NoType(Exception):
    """There is nothing to print with; the text says what to install."""


@lru_cache(maxsize=1)
def _collection() -> tuple[str, int]:
    for path in (folder / COLLECTION for folder in FOLDERS):
        if path.is_file():
            for index in range(32):
                try:
                    face = ImageFont.truetype(str(path), NARROW, index=index)
                except OSError:
                    break
                if face.getname()[0] == FACE:
                    return str(path), index
    places = ", ".join(map(str, FOLDERS))
    raise NoType(f"{FACE} is not in {COLLECTION} under {places}; install it: apt-get install fonts-noto-cjk")


@lru_cache(maxsize=32)
def face(size: int) -> ImageFont.FreeTypeFont:
    """The printer's face, `size` dots high. Raises `NoType`."""
    path, index = _collection()
    return ImageFont.truetype(path, size, index=index, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def glyph(character: str, wide: bool, width: int, height: int) -> Image.Image:
    """One cell of a character at so many times its width and height; ink is white, as in a mask. Not to be changed."""
    cell, base = (WIDE, WIDE_BASE) if wide else (NARROW, NARROW_BASE)
    font = face((CELL_HEIGHT if wide else NARROW_TYPE) * height)
    ink = Image.new("L", (cell * height, CELL_HEIGHT * height))
    left = (ink.width - font.getlength(character)) / 2
    ImageDraw.Draw(ink).text((left, round(base * height)), character, font=font, fill=255, anchor="ls")
    if width != height:
        ink = ink.resize((cell * width, ink.height), Image.Resampling.BOX)
    return ink.point(lambda value: 255 * (value >= BURNS), "1")
