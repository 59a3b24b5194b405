"""The day's key: 32 random bytes under which card readers hash the numbers of ID cards, known for one business day.

    day opens ─▶ made, written to a file for its owner only ─▶ told to kiosks and guides at `hello`
    restart on the same day ─▶ read from the file            day ends ─▶ file removed, key forgotten

It is never journalled: with the key gone, nobody can tell any more whose the hashes in the journal were. The file
stands beside the folder of the journal, not in it, so that a copy of the journal has no key with it.

What can go wrong: a file that cannot be written or read, or holds something else. The hall goes on without: the key
lives in memory only, or a new one is made, and a card that was read before counts as another one.
"""

import logging
import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path

from ticketserver.core.events import DayEnded, DayOpened, Event
from ticketserver.core.state import HallState
from ticketserver.core.terms import Phase, Role
from ticketserver.shared.settings import Settings

log = logging.getLogger("hall")

KEY_BYTES = 32
KEYED = frozenset({Role.KIOSK, Role.GUIDE})
"""Who reads cards."""

_LINE = re.compile(r"(\d{4}-\d\d-\d\d) ([0-9a-f]{64})\n")


def _nobody() -> None:
    pass


def key_path(settings: Settings) -> Path:
    """`run/data` → `run/data.day-key`."""
    folder = Path(settings.server.data_dir)
    return folder.with_name(f"{folder.name}.day-key")


class DayKey:
    """The key of the day that is open, if any. `changed` is called when readers need another one."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._key = ""
        self.changed: Callable[[], None] = _nobody

    def told_to(self, role: Role) -> str:
        """The key in hexadecimal for this role; empty for who reads no cards, and while no day is open."""
        return self._key if role in KEYED else ""

    def resumed(self, state: HallState) -> None:
        """Where the journal left the hall."""
        if state.plan is None or state.phase in (Phase.NO_DAY, Phase.ENDED):
            self._end()
        else:
            self._open(state.plan.day)

    def decided(self, events: tuple[Event, ...]) -> None:
        for event in events:
            if isinstance(event, DayOpened):
                self._open(event.plan.day)
                self.changed()
            elif isinstance(event, DayEnded):
                self._end()

    def _open(self, day: str) -> None:
        kept = self._read()
        if kept is None or kept[1] != day:
            kept = secrets.token_hex(KEY_BYTES), day
            self._write(*kept)
        self._key = kept[0]

    def _end(self) -> None:
        self._key = ""
        try:
            self._file.unlink(missing_ok=True)
        except OSError as error:
            log.error("the day's key is still in %s, remove it: %s", self._file, error)

    def _read(self) -> tuple[str, str] | None:
        try:
            found = _LINE.fullmatch(self._file.read_text("ascii"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            log.error("the day's key cannot be read from %s, a new one is made: %s", self._file, error)
            return None
        if found is None:
            log.error("%s holds no day's key; a new one is made", self._file)
            return None
        return found[2], found[1]

    def _write(self, key: str, day: str) -> None:
        """Synced, so that a power cut leaves either none or a whole one; readable by nobody else at any moment."""
        beside = self._file.with_name(f".{self._file.name}.new")
        try:
            beside.unlink(missing_ok=True)
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as stream:
                stream.write(f"{day} {key}\n")
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(self._file)
        except OSError as error:
            log.error("the day's key lasts until the next start only, %s cannot be written: %s", self._file, error)
