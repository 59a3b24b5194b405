"""The pictures and films of a hall's folder, for the time between calls.

Looked for again every `AGAIN_S` seconds: files come and go while the screen runs. What can go wrong: a file of another
kind, an empty, damaged or huge one, a folder that is gone (a stick pulled out), no program for films. Such a file is
left out and told in the log once; without any the screen shows calls only, as always.

A film is tried: its first picture must come out. It is tried again when it is another file than before, so one that is
looked at while it is still being copied is shown when it is whole.
"""

import asyncio
import logging
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

from display.io.stills import trial_argv
from display.model import Item
from ticketserver.shared.media import can_play_films, is_film
from ticketserver.shared.texts import Texts

log = logging.getLogger("display")

AGAIN_S: Final = 30.0
MOST_BYTES: Final = 8_000_000
"""A larger picture would hold up the screen while it is read."""
TRIAL_S: Final = 30.0
WHO: Final = re.compile(r"^\[[^]]*\] *")
"""The part of the program that says something, and where in its memory."""
BEGINS: Final = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}
"""Kinds of pictures, and how their files begin."""


class Pictures:
    """`look` gives those that can be shown, by name, and says once what is wrong with the others."""

    def __init__(self, folder: Path, texts: Texts) -> None:
        self._folder = folder
        self._texts = texts
        self._told: set[str] = set()
        self._tried: dict[Path, tuple[tuple[int, int, int], bool]] = {}
        self._trial: subprocess.Popen[bytes] | None = None
        self._closed = False

    def close(self) -> None:
        """Nobody looks any more: a trial under way is ended, from whichever thread this is called."""
        self._closed = True
        if (trial := self._trial) is not None:
            trial.kill()

    def look(self) -> tuple[Item, ...]:
        try:
            files = sorted(file for file in self._folder.iterdir() if file.is_file() and not file.name.startswith("."))
        except OSError as problem:
            self._tell("", self._texts("display.pictures.no_folder", folder=self._folder, detail=problem.strerror))
            return ()
        self._told.discard("")
        return tuple(Item(str(file), is_film(file)) for file in files if self._can_be_shown(file))

    def _can_be_shown(self, file: Path) -> bool:
        return self._plays(file) if is_film(file) else self._is_picture(file)

    def _is_picture(self, file: Path) -> bool:
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

    def _plays(self, film: Path) -> bool:
        if not can_play_films():
            self._tell("no program", self._texts("display.films.no_program"))
            return False
        try:
            about = film.stat()
            this = about.st_ino, about.st_size, about.st_mtime_ns
            tried, good = self._tried.get(film, (None, False))
            if tried != this:
                good = self._try(film)
                self._tried[film] = this, good
        except (OSError, subprocess.TimeoutExpired) as problem:
            # Not held against the film: the machine, or the drive, may be busy.
            log.warning("%s: %s", film, problem)
            return False
        return good

    def _try(self, film: Path) -> bool:
        """Raises `OSError`, `TimeoutExpired`."""
        argv, nothing = trial_argv(str(film)), subprocess.DEVNULL
        with subprocess.Popen(argv, stdin=nothing, stdout=nothing, stderr=subprocess.PIPE) as self._trial:
            try:
                if self._closed:
                    return False
                _, errors = self._trial.communicate(timeout=TRIAL_S)
            finally:
                self._trial.kill()
        if self._trial.returncode == 0 or self._closed:
            return not self._closed
        lines = [WHO.sub("", line) for line in errors.decode("utf-8", "replace").splitlines()]
        said = next(filter(None, lines), str(self._trial.returncode))
        log.warning("%s", self._texts("display.films.no_film", file=film, detail=said))
        return False

    def _tell(self, name: str, sentence: str) -> None:
        if name not in self._told:
            self._told.add(name)
            log.warning("%s", sentence)


async def keep_looking(pictures: Pictures, show: Callable[[tuple[Item, ...]], None]) -> None:
    """Until cancelled."""
    try:
        while True:
            show(await asyncio.to_thread(pictures.look))
            await asyncio.sleep(AGAIN_S)
    finally:
        pictures.close()
