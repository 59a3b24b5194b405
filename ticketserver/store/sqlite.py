"""The journal in one SQLite file: WAL, synchronous=FULL, one writer at a time.

```
hall.sqlite3        journal(hall, seq, at_ms, day, payload, hash), primary key (hall, seq)
hall.sqlite3-wal    what was committed and not yet moved into the file; belongs to it
hall.sqlite3.lock   held for as long as a server has the journal open; holds its process number
```
A new file is made beside its place, synced and renamed, so that one that is there is complete: an empty file, a -wal
without its file, another program's file or one that fails SQLite's own check is damage, and is reported, never repaired
or replaced. Files above `CHECKED_BYTES` are checked by reading from the last opening only (`verify` reads everything).
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from ticketserver.core.events import Record
from ticketserver.store.chain import GENESIS, Row, seal, unseal
from ticketserver.store.port import StoreDamaged, StoreFailed, StoreInUse

APPLICATION_ID = 0x79686A31
SCHEMA_VERSION = 1
CHECKED_BYTES = 256 * 1024 * 1024

SCHEMA = f"""
CREATE TABLE journal (
  hall TEXT NOT NULL, seq INTEGER NOT NULL, at_ms INTEGER NOT NULL, day TEXT NOT NULL, payload BLOB NOT NULL,
  hash BLOB NOT NULL, PRIMARY KEY (hall, seq)
) STRICT;
CREATE INDEX opening ON journal (hall, seq) WHERE day <> '';
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {SCHEMA_VERSION};
"""

INSERT = "INSERT INTO journal (hall, seq, at_ms, day, payload, hash) VALUES "
COLUMNS = 6
ROW = f"({', '.join('?' * COLUMNS)})"
AT_ONCE = (64, 16, 4, 1)
"""Rows a statement. Each one gives the interpreter's lock away and has to wait for it while the loop is busy."""

FROM = "SELECT seq, at_ms, day, payload, hash FROM journal WHERE hall = ? AND seq >= ? ORDER BY seq"
LAST = "SELECT seq, hash FROM journal WHERE hall = ? ORDER BY seq DESC LIMIT 1"
OPENING = "SELECT max(seq) FROM journal WHERE hall = ? AND day <> ''"
HASH = "SELECT hash FROM journal WHERE hall = ? AND seq = ?"


class SqliteJournal:
    """Opens, and where there is none yet makes, the journal at `path`.

    Raises StoreInUse where a server has it open, StoreDamaged where the file is not a sound journal, StoreFailed where
    the disk or its permissions do not let it be used.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._lock = _take_lock(self.path)
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
        try:
            before = GENESIS
            if from_seq > 1:
                found = self._reader.execute(HASH, (hall, from_seq - 1)).fetchone()
                if found is None:
                    return
                before = found[0]
            for expected, values in enumerate(self._reader.execute(FROM, (hall, from_seq)), from_seq):
                row = Row(*values)
                yield unseal(hall, row, before, expected)
                before = row.hash
        except sqlite3.DatabaseError as error:
            raise StoreDamaged("damaged", file=self.path, seq=from_seq, detail=error) from None

    def opening(self, hall: str) -> int:
        found: int | None = self._reader.execute(OPENING, (hall,)).fetchone()[0]
        return found or 0

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
            _make_unless_there(self.path)
            self._writer = _connect(self.path)
            self._reader = _connect(self.path)
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


def copy_journal(source: Path, target: Path) -> None:
    """A complete copy of a journal, also while a server writes it; `target` appears only when it is whole and synced.

    Raises StoreFailed.
    """
    part = target.with_name(target.name + ".part")
    try:
        old = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
        new = sqlite3.connect(part)
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")
        new.close()
        old.close()
        _sync(part)
        os.replace(part, target)
        _sync(target.parent)
    except (sqlite3.Error, OSError) as error:
        raise StoreFailed("backup", file=source, target=target, detail=error) from None


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA cache_size=-2000")
    return connection


def _take_lock(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreFailed("unusable", file=path, detail=error) from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = os.pread(lock, 20, 0).decode(errors="replace").strip() or "?"
        os.close(lock)
        raise StoreInUse("in_use", file=path, pid=holder) from None
    os.ftruncate(lock, 0)
    os.pwrite(lock, b"%d\n" % os.getpid(), 0)
    return lock


def _make_unless_there(path: Path) -> None:
    if path.exists():
        if path.stat().st_size == 0:
            raise StoreDamaged("empty", file=path)
        return
    wal = path.with_name(path.name + "-wal")
    if wal.exists():
        raise StoreDamaged("lost", file=path, wal=wal)
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    connection = sqlite3.connect(fresh, isolation_level=None)
    connection.executescript(SCHEMA)
    connection.close()
    fresh.chmod(0o600)
    _sync(fresh)
    os.replace(fresh, path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
