"""Reading a journal's file: for the server that has it open, and for a look from outside, also while it is written.

A look from outside takes no lock and writes nothing into the file. Beside a server that runs, SQLite shows it what is
committed. Where the file cannot be used in its place (the disk became read-only), a copy of it and of its -wal is read:
nobody writes there then. What can go wrong: no file, no permission, damage.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ticketserver.core.events import Record
from ticketserver.store.chain import GENESIS, Row, unseal
from ticketserver.store.port import StoreDamaged, StoreFailed

FROM = "SELECT seq, at_ms, day, payload, hash FROM journal WHERE hall = ? AND seq >= ? ORDER BY seq"
OPENING = "SELECT max(seq) FROM journal WHERE hall = ? AND day <> ''"
HASH = "SELECT hash FROM journal WHERE hall = ? AND seq = ?"


def read_records(connection: sqlite3.Connection, path: Path, hall: str, from_seq: int) -> Iterator[Record]:
    """Records in order, each one's place in the chain verified. Raises StoreDamaged."""
    try:
        before = GENESIS
        if from_seq > 1:
            found = connection.execute(HASH, (hall, from_seq - 1)).fetchone()
            if found is None:
                return
            before = found[0]
        for expected, values in enumerate(connection.execute(FROM, (hall, from_seq)), from_seq):
            row = Row._make(values)
            yield unseal(hall, row, before, expected)
            before = row.hash
    except StoreDamaged as error:
        raise StoreDamaged(error.kind, file=path, **error.details) from None
    except sqlite3.DatabaseError as error:
        raise StoreDamaged("damaged", file=path, seq=from_seq, detail=error) from None


def last_opening(connection: sqlite3.Connection, hall: str) -> int:
    """Position of the last record that opened a day, 0 = none."""
    found: int | None = connection.execute(OPENING, (hall,)).fetchone()[0]
    return found or 0


class JournalView:
    """A journal as seen from outside."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def opening(self, hall: str) -> int:
        """Raises StoreDamaged."""
        try:
            return last_opening(self._connection, hall)
        except sqlite3.DatabaseError as error:
            raise StoreDamaged("damaged", file=self._path, seq=0, detail=error) from None

    def read(self, hall: str, from_seq: int) -> Iterator[Record]:
        """Raises StoreDamaged where the chain ends to hold; what came before it is sound."""
        return read_records(self._connection, self._path, hall, from_seq)


@contextmanager
def look_at(path: Path) -> Iterator[JournalView]:
    """The journal at `path` for as long as the block lasts. Raises StoreFailed where there is none to read."""
    try:
        with path.open("rb"):
            pass
        with tempfile.TemporaryDirectory(prefix="yihao-") as folder:
            try:
                connection = _opened(path)
            except sqlite3.OperationalError:
                connection = _opened(_copied(path, Path(folder)))
            with closing(connection):
                yield JournalView(connection, path)
    except (sqlite3.OperationalError, OSError) as error:
        raise StoreFailed("unusable", file=path, detail=error) from None


def _opened(path: Path) -> sqlite3.Connection:
    """Read-only. Raises OperationalError where it cannot be used; damage shows later."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=10)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        raise
    except sqlite3.DatabaseError:
        pass
    return connection


def _copied(path: Path, folder: Path) -> Path:
    wal = path.with_name(path.name + "-wal")
    if wal.exists():
        shutil.copyfile(wal, folder / wal.name)
    return Path(shutil.copyfile(path, folder / path.name))
