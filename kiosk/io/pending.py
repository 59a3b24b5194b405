"""Requests between tap and paper, on the disk: one small file each, synced before the request leaves.

A file is written beside its place, synced, moved there, and the folder is synced: after a power cut it is whole or
absent. A file that cannot be read belongs to nobody any more and is removed with a line in the log.
"""

import logging
import os
from pathlib import Path

import msgspec

from kiosk.events import Pending

log = logging.getLogger("kiosk")


class PendingFolder:
    """All methods block for a sync of the disk (0.2 to 50 ms)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def load(self) -> tuple[Pending, ...]:
        """What earlier runs left, oldest first."""
        found = []
        for file in sorted(self._folder.glob("*.json"), key=lambda each: (each.stat().st_mtime_ns, each.name)):
            try:
                found.append(msgspec.json.decode(file.read_bytes(), type=Pending))
            except (OSError, msgspec.DecodeError) as error:
                log.warning("%s cannot be read and is removed: %s", file, error)
                file.unlink(missing_ok=True)
        return tuple(found)

    def save(self, pending: Pending) -> None:
        """On the disk when this returns. Raises OSError."""
        file = self._file(pending.request_id)
        beside = file.with_suffix(".part")
        with beside.open("wb") as stream:
            stream.write(msgspec.json.encode(pending))
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(file)
        self._sync_folder()

    def forget(self, request_id: str) -> None:
        """Gone when this returns. Raises OSError."""
        self._file(request_id).unlink(missing_ok=True)
        self._sync_folder()

    def _file(self, request_id: str) -> Path:
        return self._folder / f"{request_id}.json"

    def _sync_folder(self) -> None:
        folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
