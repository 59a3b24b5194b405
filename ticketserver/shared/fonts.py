"""One font file with the Chinese forms of every character.

Debian's `fonts-noto-cjk` is a collection of five faces; programs that open it without choosing get face 0, the Japanese
one. The face `Noto Sans CJK SC` is taken out once with fontTools and kept in a cache folder. What can go wrong: the
package is missing (`FontError` names the command that installs it), or a cached file is torn: it is written beside its
place and moved there, so it is whole or absent.
"""

import os
import struct
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTCollection, TTFont, TTLibError

from ticketserver.shared.texts import load_texts

FAMILY: Final = "Noto Sans CJK SC"
FOLDERS: Final = (Path("/usr/share/fonts/opentype/noto"), Path("/usr/share/fonts/noto-cjk"))
FAMILY_NAME_ID = 1
TYPOGRAPHIC_FAMILY_ID = 16


class FontError(RuntimeError):
    """No usable font; the message says in Chinese and English what to install."""


def chinese_font(cache_dir: str | Path, bold: bool = False, folders: Sequence[Path] = FOLDERS) -> Path:
    """The path of the regular or bold face SC as a font file of its own, made in `cache_dir` where it is not there yet
    (about a second). Raises `FontError`."""
    weight = "Bold" if bold else "Regular"
    ready = Path(cache_dir) / f"NotoSansCJKsc-{weight}.otf"
    if ready.is_file():
        return ready
    found = [folder / f"NotoSansCJK-{weight}.ttc" for folder in folders]
    collection = next((path for path in found if path.is_file()), None)
    if collection is None:
        raise FontError(_said("config.font.missing", folders=", ".join(map(str, folders))))
    ready.parent.mkdir(parents=True, exist_ok=True)
    _take_face(collection, ready)
    return ready


def without_glyph(font: Path, characters: str) -> str:
    """Those of the characters that this font file cannot show."""
    with TTFont(font, lazy=True) as opened:
        known = opened.getBestCmap()
    return "".join(each for each in characters if ord(each) not in known)


def _take_face(collection: Path, ready: Path) -> None:
    try:
        with collection.open("rb") as stream, TTCollection(stream, lazy=True) as faces:
            face = next((face for face in faces if FAMILY in _families(face)), None)
            if face is None:
                raise FontError(_said("config.font.no_face", file=str(collection), family=FAMILY))
            _save_whole(face, ready)
    except (TTLibError, struct.error) as error:
        raise FontError(_said("config.font.broken", file=str(collection), detail=str(error))) from error


def _save_whole(face: TTFont, ready: Path) -> None:
    handle, beside = tempfile.mkstemp(dir=ready.parent, suffix=".tmp")
    os.close(handle)
    try:
        face.save(beside)
        os.chmod(beside, 0o644)
        os.replace(beside, ready)
    except BaseException:
        os.unlink(beside)
        raise


def _families(face: TTFont) -> Iterator[str]:
    return (str(name) for name in face["name"].names if name.nameID in (FAMILY_NAME_ID, TYPOGRAPHIC_FAMILY_ID))


def _said(key: str, **values: str) -> str:
    return "\n".join(load_texts(language)(key, **values) for language in ("zh", "en"))
