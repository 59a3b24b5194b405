"""What a font cannot show."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont


def missing_glyphs(font: str | Path, text: Iterable[str]) -> str:
    """The characters of `text` that the font has no glyph for, each once, in order; line ends are not asked for."""
    known = _characters(str(font))
    wanted = dict.fromkeys(sign for part in text for sign in part if sign not in "\r\n")
    return "".join(sign for sign in wanted if ord(sign) not in known)


@lru_cache(maxsize=8)
def _characters(font: str) -> frozenset[int]:
    with TTFont(font, lazy=True) as opened:
        return frozenset(opened.getBestCmap())
