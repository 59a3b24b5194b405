"""The journal's file on the disk: made whole, locked by one server, copied while it is written.

A new file is made beside its place, synced and renamed, so that one that is there is complete: an empty file, or a -wal
without its file, is damage and is reported, never replaced. The lock is the system's: it is let go of however the
process ends, so a lock file that is left behind locks nothing.
"""

import fcntl
import os
import sqlite3
from pathlib import Path

from ticketserver.store.port import StoreDamaged, StoreFailed, StoreInUse

APPLICATION_ID = 0x79686A31
SCHEMA_VERSION = 1

SCHEMA = f"""
CREATE TABLE journal (
  hall TEXT NOT NULL, seq INTEGER NOT NULL, at_ms INTEGER NOT NULL, day TEXT NOT NULL, payload BLOB NOT NULL,
  hash BLOB NOT NULL, PRIMARY KEY (hall, seq)
) STRICT;
CREATE INDEX opening ON journal (hall, seq) WHERE day <> '';
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {SCHEMA_VERSION};
"""


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
        sync(part)
        os.replace(part, target)
        sync(target.parent)
    except (sqlite3.Error, OSError) as error:
        raise StoreFailed("backup", file=source, target=target, detail=error) from None


def connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA cache_size=-500")
    return connection


def take_lock(path: Path) -> int:
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


def make_unless_there(path: Path) -> None:
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
    sync(fresh)
    os.replace(fresh, path)
    sync(path.parent)


def sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
