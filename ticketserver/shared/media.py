"""The folder of a call screen's pictures and films: what in it is a film, and what it lacks on this machine."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ticketserver.shared.layout_checks import media_folder

if TYPE_CHECKING:
    from ticketserver.shared.settings import Settings

FILM_PROGRAM: Final = "ffmpeg"
"""Plays films; the Debian package has the same name."""
FILMS: Final = (".mp4", ".mov", ".webm", ".mkv")


def is_film(file: Path) -> bool:
    return file.suffix.lower() in FILMS


def can_play_films() -> bool:
    """The program is on this machine."""
    return shutil.which(FILM_PROGRAM) is not None


def media_advice(settings: "Settings") -> Iterator[tuple[str, dict[str, str]]]:
    """Kinds of advice (`config.review`) with their details. A folder need be on its display's own machine only."""
    for display in settings.display:
        if not display.media_dir:
            continue
        folder = media_folder(settings, display)
        details = {"display": display.id, "folder": str(folder)}
        try:
            films = any(is_film(file) for file in folder.iterdir())
        except OSError:
            yield "no_media_dir", details
            continue
        if films and not can_play_films():
            yield "no_ffmpeg", details
