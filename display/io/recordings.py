"""The hall's own recordings: `NAME.wav` in the folder that hall.toml names, each taken in the place of the made clip.

A file whose name is no clip's is told like one that cannot be used: it is mostly a slip of the pen, and would never be
heard.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from ticketserver.sound.recorded import BadRecording, recorded
from ticketserver.sound.waves import Samples

ENDING: Final = ".wav"


@dataclass
class Recording:
    """One file. `problem`: why it is not used, a key below `display.recordings`, empty when well."""

    file: Path
    name: str
    stamp: tuple[int, int]
    problem: str = ""
    details: dict[str, str] = field(default_factory=dict)

    @cached_property
    def samples(self) -> "Samples | None":
        """The clip, None where it cannot be used; then `problem` says why."""
        if self.problem:
            return None
        try:
            return recorded(self.file.read_bytes())
        except BadRecording as bad:
            self.problem, self.details = bad.kind, bad.details
        except OSError as error:
            self.problem, self.details = "unreadable", {"detail": error.strerror or str(error)}
        return None


def recordings(folder: Path, names: Collection[str]) -> list[Recording]:
    """What lies there, by name; sounds are read when they are asked for. Raises `OSError`."""
    found = []
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() != ENDING or file.name.startswith("."):
            continue
        status = file.stat()
        stamp = status.st_mtime_ns, status.st_size
        name = file.stem.lower()
        found.append(Recording(file, name, stamp, "" if name in names else "unknown"))
    return found
