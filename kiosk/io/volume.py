"""How loud a kiosk speaks, as staff set it last: one small file, `volume`, in percent.

What can go wrong: a file that cannot be read counts as none, and hall.toml's value holds; a disk that takes nothing is
told in the log, and the volume holds until the next start.
"""

import logging
from pathlib import Path

log = logging.getLogger("kiosk")

LOUDEST = 100


class VolumeFile:
    def __init__(self, folder: Path, usual: int) -> None:
        self._file = folder / "volume"
        self._usual = usual

    def load(self) -> int:
        try:
            percent = int(self._file.read_text("ascii"))
        except FileNotFoundError:
            return self._usual
        except (OSError, ValueError) as error:
            log.warning("%s cannot be read, the volume is that of hall.toml: %s", self._file, error)
            return self._usual
        return percent if 0 < percent <= LOUDEST else self._usual

    def save(self, percent: int) -> None:
        beside = self._file.with_suffix(".part")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(f"{percent}\n", "ascii")
            beside.replace(self._file)
        except OSError as error:
            log.error("the volume cannot be kept on the disk: %s", error)
