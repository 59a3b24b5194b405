"""What is known of a printer's roll, kept on the disk: one small file a printer, `<printer>.roll`.

Written after each slip and each change, beside its place and then moved there: after a power cut it is whole, perhaps
one slip old. A new roll can be said from outside with the file `<printer>.changed` (`say_changed`), whether the kiosk
runs or not; it is taken as said once. What can go wrong: a file that cannot be read is taken for a new roll; a disk
that takes nothing is told in the log, once, and counting goes on in memory.
"""

import logging
from pathlib import Path

import msgspec

from kiosk.roll import Paper, Roll, RollLimits, after_look, after_slip
from ticketserver.shared.whole import write_whole

log = logging.getLogger("kiosk")


def say_changed(folder: Path, printer: str) -> None:
    """A new roll is in this printer. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    _changed(folder, printer).touch()


class RollKeeper:
    """One printer's roll; used by the printer's thread alone."""

    def __init__(self, folder: Path, printer: str, limits: RollLimits) -> None:
        self._file = folder / f"{printer}.roll"
        self._changed = _changed(folder, printer)
        self._limits = limits
        self._failing = False
        self._roll = self._load()

    @property
    def little(self) -> bool:
        """Whether the metres say that the roll nears its end."""
        return self._limits.little(self._roll)

    def printed(self, paper_mm: float) -> None:
        """So much paper has moved."""
        if paper_mm:
            self._keep(after_slip(self._roll, paper_mm))

    def seen(self, paper: Paper, cover_open: bool, ready: bool) -> float | None:
        """After a look: the millimetres of the roll before, where there is a new one; else None."""
        used_mm = self._roll.used_mm
        roll, another = after_look(self._roll, self._limits, paper, cover_open, ready)
        if ready and self._said():
            roll, another = Roll(little=roll.little), True
        if roll != self._roll:
            self._keep(roll)
        return used_mm if another else None

    def _said(self) -> bool:
        try:
            self._changed.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            self._complain(error)
            return False
        return True

    def _load(self) -> Roll:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=Roll)
        except FileNotFoundError:
            return Roll()
        except (OSError, msgspec.DecodeError) as error:
            log.warning("%s cannot be read, the roll is counted from here on: %s", self._file, error)
            return Roll()

    def _keep(self, roll: Roll) -> None:
        self._roll = roll
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._file, msgspec.json.encode(roll))
        except OSError as error:
            self._complain(error)
        else:
            self._failing = False

    def _complain(self, error: OSError) -> None:
        if not self._failing:
            self._failing = True
            log.error("the roll's metres cannot be kept on the disk: %s", error)


def _changed(folder: Path, printer: str) -> Path:
    return folder / f"{printer}.changed"
