"""A hall's logo as dots for one printer's paper.

Any picture file that the imaging library reads; what is transparent is paper. It is never enlarged: what is wider than
the paper or higher than `MOST_MM` is made smaller, and white edges are cut off. A photograph's grey is made of black
dots (Floyd and Steinberg's way); in a drawing each colour is black or white, for dots in a red emblem look like dirt.

What can go wrong: a file that is no picture, or one so large that the kiosk should not take it apart (`MOST_PIXELS`): a
`LogoError` that says what to do.
"""

from pathlib import Path
from typing import Final

from PIL import Image, ImageOps

from hardware.codecs.slip import SlipPicture
from hardware.codecs.slip_layout import DOTS_MM

MOST_MM: Final = 12
MOST_PIXELS: Final = 4_000_000
_BLACK_BELOW: Final = 128
_FEW_COLOURS: Final = 8
_MOST: Final = 0.75


class LogoError(ValueError):
    """The picture cannot be used; the text says why."""


def load_logo(path: Path, dots: int) -> SlipPicture:
    """The picture on paper printed `dots` wide. Raises `LogoError`."""
    try:
        with Image.open(path) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                size = f"{opened.width} × {opened.height}"
                raise LogoError(f"{path}: a picture of {size} dots; at most {MOST_PIXELS:,} in all, make it smaller")
            picture = opened.convert("RGBA")
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise LogoError(f"{path}: no picture that can be read ({error}); use a PNG file") from error
    white = Image.new("RGBA", picture.size, "white")
    grey = Image.alpha_composite(white, picture).convert("L")
    ink = ImageOps.invert(grey).getbbox()
    if ink is None:
        raise LogoError(f"{path}: the picture is empty or white; nothing of it would be printed")
    grey = grey.crop(ink)
    return _dots(_fitted(grey, dots), _is_drawing(grey))


def _fitted(grey: Image.Image, dots: int) -> Image.Image:
    scale = min(1.0, dots / grey.width, MOST_MM * DOTS_MM / grey.height)
    if scale == 1.0:
        return grey
    size = max(1, round(grey.width * scale)), max(1, round(grey.height * scale))
    return grey.resize(size, Image.Resampling.LANCZOS)


def _is_drawing(grey: Image.Image) -> bool:
    """A few colours make up most of it; what else there is are its edges."""
    return sum(sorted(grey.histogram())[-_FEW_COLOURS:]) >= _MOST * grey.width * grey.height


def _dots(grey: Image.Image, drawing: bool) -> SlipPicture:
    if drawing:
        grey = grey.point(lambda level: 0 if level < _BLACK_BELOW else 255)
    ink = ImageOps.invert(grey).convert("1")
    return SlipPicture((ink.width + 7) // 8, ink.height, ink.tobytes())
