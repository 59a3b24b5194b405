"""The journal in one SQLite file: WAL, synchronous=FULL, one writer at a time.

```
hall.sqlite3        journal(hall, seq, at_ms, day, payload, hash), primary key (hall, seq)
hall.sqlite3-wal    what was committed and not yet moved into the file; belongs to it
hall.sqlite3.lock   held for as long as a server has the journal open; holds its process number
```
How the file itself is made, locked and copied stands in sqlite_file. A file that fails SQLite's own check is damage,
and is reported, never repaired or replaced. Files above `CHECKED_BYTES` are checked by reading from the last opening
only (`verify` reads everything).
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from ticketserver.core.events import Record
from ticketserver.store.chain import GENESIS, seal
from ticketserver.store.port import StoreDamaged, StoreFailed
from ticketserver.store.sqlite_file import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    connect,
    copy_journal,
    make_unless_there,
    take_lock,
)
from ticketserver.store.sqlite_reader import last_opening, read_records

CHECKED_BYTES = 256 * 1024 * 1024

INSERT = "INSERT INTO journal (hall, seq, at_ms, day, payload, hash) VALUES "
COLUMNS = 6
ROW = f"({', '.join('?' * COLUMNS)})"
AT_ONCE = (64, 16, 4, 1)
"""Rows a statement. Each one gives the interpreter's lock away and has to wait for it while the loop is busy."""

LAST = "SELECT seq, hash FROM journal WHERE hall = ? ORDER BY seq DESC LIMIT 1"


class SqliteJournal:
    """Opens, and where there is none yet makes, the journal at `path`.

    Raises StoreInUse where a server has it open, StoreDamaged where the file is not a sound journal, StoreFailed where
    the disk or its permissions do not let it be used.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._lock = take_lock(self.path)
        try:
            self._open()
        except BaseException:
            os.close(self._lock)
            raise
        self._heads: dict[str, tuple[int, bytes]] = {}
        self._dead = False

    def append(self, hall: str, first_seq: int, records: Sequence[Record]) -> None:
        if self._dead:
            raise StoreFailed("dead", file=self.path)
        try:
            seq, before = self._heads.get(hall) or self._head(self._writer, hall)
            if seq != first_seq - 1:
                raise sqlite3.IntegrityError(f"the journal ends at {seq}, not at {first_seq - 1}")
            values: list[object] = []
            for record in records:
                row = seal(hall, record, before)
                before = row.hash
                values += (hall, *row)
            self._writer.execute("BEGIN IMMEDIATE")
            _insert(self._writer, values)
            self._writer.execute("COMMIT")
        except sqlite3.Error as error:
            self._dead = True
            kind = "second_writer" if isinstance(error, sqlite3.IntegrityError) else "failed"
            raise StoreFailed(kind, file=self.path, detail=error) from None
        self._heads[hall] = (first_seq + len(records) - 1, before)

    def read(self, hall: str, from_seq: int) -> Iterator[Record]:
        return read_records(self._reader, self.path, hall, from_seq)

    def opening(self, hall: str) -> int:
        return last_opening(self._reader, hall)

    def head(self, hall: str) -> tuple[int, bytes]:
        return self._head(self._reader, hall)

    def backup(self, target: Path) -> None:
        copy_journal(self.path, target)

    def close(self) -> None:
        self._writer.close()
        self._reader.close()
        os.close(self._lock)

    def _head(self, connection: sqlite3.Connection, hall: str) -> tuple[int, bytes]:
        found: tuple[int, bytes] | None = connection.execute(LAST, (hall,)).fetchone()
        return found or (0, GENESIS)

    def _open(self) -> None:
        try:
            make_unless_there(self.path)
            self._writer = connect(self.path)
            self._reader = connect(self.path)
            self._check()
        except (sqlite3.OperationalError, OSError) as error:
            raise StoreFailed("unusable", file=self.path, detail=error) from None
        except sqlite3.DatabaseError as error:
            raise StoreDamaged("not_a_journal", file=self.path, detail=error) from None

    def _check(self) -> None:
        for pragma, expected in (("application_id", APPLICATION_ID), ("user_version", SCHEMA_VERSION)):
            value = self._reader.execute(f"PRAGMA {pragma}").fetchone()[0]
            if pragma == "user_version" and value > expected:
                raise StoreDamaged("newer", file=self.path, detail=f"schema {value}, known {expected}")
            if value != expected:
                raise StoreDamaged("not_a_journal", file=self.path, detail=f"{pragma} {value:#x}")
        if self.path.stat().st_size <= CHECKED_BYTES:
            said = self._reader.execute("PRAGMA quick_check(1)").fetchone()[0]
            if said != "ok":
                raise StoreDamaged("damaged", file=self.path, seq=0, detail=said)


def _insert(connection: sqlite3.Connection, values: Sequence[object]) -> None:
    """Rows, given as one flat list of their columns."""
    at = 0
    for rows in AT_ONCE:
        statement = INSERT + ", ".join([ROW] * rows)
        size = rows * COLUMNS
        while len(values) - at >= size:
            connection.execute(statement, values[at : at + size])
            at += size
