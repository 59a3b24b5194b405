"""The pictures of a hall's folder, for the time between calls.

Looked for again every `AGAIN_S` seconds: pictures come and go while the screen runs. What can go wrong: a file of
another kind, an empty or a huge one, a folder that is gone (a stick pulled out). Such a file is left out and told in
the log once; without pictures the screen shows calls only, as always.
"""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

from ticketserver.shared.texts import Texts

log = logging.getLogger("display")

AGAIN_S: Final = 30.0
MOST_BYTES: Final = 8_000_000
"""A larger one would hold up the screen while it is read."""
BEGINS: Final = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}
"""Kinds of pictures, and how their files begin."""


class Pictures:
    """`look` gives those that can be shown, by name, and says once what is wrong with the others."""

    def __init__(self, folder: Path, texts: Texts) -> None:
        self._folder = folder
        self._texts = texts
        self._told: set[str] = set()

    def look(self) -> tuple[str, ...]:
        try:
            files = sorted(file for file in self._folder.iterdir() if file.is_file() and not file.name.startswith("."))
        except OSError as problem:
            self._tell("", self._texts("display.pictures.no_folder", folder=self._folder, detail=problem.strerror))
            return ()
        self._told.discard("")
        return tuple(str(file) for file in files if self._can_be_shown(file))

    def _can_be_shown(self, file: Path) -> bool:
        begins = BEGINS.get(file.suffix.lower())
        try:
            with file.open("rb") as picture:
                good = begins is not None and picture.read(len(begins)) == begins
            large = file.stat().st_size > MOST_BYTES
        except OSError:
            good = large = False
        if not good:
            self._tell(file.name, self._texts("display.pictures.no_picture", file=file))
        elif large:
            megabytes = MOST_BYTES // 1_000_000
            self._tell(file.name, self._texts("display.pictures.too_large", file=file, megabytes=megabytes))
        return good and not large

    def _tell(self, name: str, sentence: str) -> None:
        if name not in self._told:
            self._told.add(name)
            log.warning("%s", sentence)


async def keep_looking(pictures: Pictures, show: Callable[[tuple[str, ...]], None]) -> None:
    """Until cancelled."""
    while True:
        show(await asyncio.to_thread(pictures.look))
        await asyncio.sleep(AGAIN_S)
