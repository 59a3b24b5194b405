"""The SQLite journal: what it promises, and how each kind of damage is reported."""

import os
import sqlite3
import subprocess
import sys

import pytest

from tests.ticketserver.store.records import HALL, opening, record, records, seqs
from ticketserver.store.chain import GENESIS
from ticketserver.store.port import StoreDamaged, StoreFailed, StoreInUse
from ticketserver.store.sqlite import SqliteJournal
from ticketserver.store.sqlite_file import copy_journal


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "hall.sqlite3"


@pytest.fixture
def journal(path):
    journal = SqliteJournal(path)
    yield journal
    journal.close()


def filled(path, count=20):
    journal = SqliteJournal(path)
    journal.append(HALL, 1, records(1, count))
    journal.close()


def open_kind(path):
    with pytest.raises(StoreDamaged) as raised:
        SqliteJournal(path)
    return raised.value.kind


def test_a_new_journal_is_empty(journal):
    assert journal.head(HALL) == (0, GENESIS)
    assert journal.opening(HALL) == 0
    assert seqs(journal.read(HALL, 1)) == []
    assert seqs(journal.read(HALL, 9)) == []


def test_records_come_back_in_order_and_from_anywhere(journal):
    journal.append(HALL, 1, records(1, 3))
    journal.append(HALL, 4, records(4, 6))
    assert list(journal.read(HALL, 1)) == records(1, 6)
    assert seqs(journal.read(HALL, 5)) == [5, 6]
    assert journal.head(HALL)[0] == 6


def test_halls_share_a_file_and_nothing_else(journal):
    journal.append(HALL, 1, records(1, 2))
    journal.append("other", 1, records(1, 1))
    assert seqs(journal.read(HALL, 1)) == [1, 2]
    assert seqs(journal.read("other", 1)) == [1]


def test_what_was_appended_is_there_after_a_reopening(path):
    filled(path, 5)
    journal = SqliteJournal(path)
    journal.append(HALL, 6, records(6, 7))
    assert seqs(journal.read(HALL, 1)) == [1, 2, 3, 4, 5, 6, 7]
    journal.close()


def test_the_last_opening_is_found(journal):
    journal.append(HALL, 1, [opening(1), record(2), opening(3, "2026-11-25"), record(4)])
    assert journal.opening(HALL) == 3


def test_it_writes_ahead_and_syncs_fully(journal):
    assert journal._writer.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert journal._writer.execute("PRAGMA synchronous").fetchone() == (2,)


def test_only_its_owner_reads_the_file(path):
    filled(path)
    assert path.stat().st_mode & 0o077 == 0


def test_records_survive_the_process_being_killed(path):
    """Committed and not yet moved out of the -wal file when the process dies."""
    script = (
        "import os, sys; from pathlib import Path\n"
        "from tests.ticketserver.store.records import HALL, records\n"
        "from ticketserver.store.sqlite import SqliteJournal\n"
        "SqliteJournal(Path(sys.argv[1])).append(HALL, 1, records(1, 50)); os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", script, str(path)], check=False).returncode == 9
    journal = SqliteJournal(path)
    assert seqs(journal.read(HALL, 1)) == list(range(1, 51))
    journal.close()


def test_a_second_server_on_the_same_file_is_refused_and_told_who_has_it(path, journal):
    with pytest.raises(StoreInUse) as raised:
        SqliteJournal(path)
    assert raised.value.details["pid"] == str(os.getpid())


def test_through_a_link_it_is_still_the_same_file(path, journal, tmp_path):
    (tmp_path / "link.sqlite3").symlink_to(path)
    with pytest.raises(StoreInUse):
        SqliteJournal(tmp_path / "link.sqlite3")


def test_a_second_writer_that_got_past_the_lock_fails_by_the_primary_key(path, journal):
    journal.append(HALL, 1, records(1, 2))
    with sqlite3.connect(path) as other:
        other.execute("INSERT INTO journal VALUES (?, 3, 1, '', x'00', x'00')", (HALL,))
    with pytest.raises(StoreFailed) as raised:
        journal.append(HALL, 3, records(3, 3))
    assert raised.value.kind == "second_writer"


def test_an_append_that_does_not_follow_on_is_refused(journal):
    journal.append(HALL, 1, records(1, 2))
    with pytest.raises(StoreFailed) as raised:
        journal.append(HALL, 4, records(4, 4))
    assert raised.value.kind == "second_writer"


def test_after_a_failed_append_the_store_is_dead(path, journal):
    journal.append(HALL, 1, records(1, 1))
    with sqlite3.connect(path) as other:
        other.execute("ALTER TABLE journal RENAME TO gone")
    with pytest.raises(StoreFailed) as raised:
        journal.append(HALL, 2, records(2, 2))
    assert raised.value.kind == "failed"
    with pytest.raises(StoreFailed) as raised:
        journal.append(HALL, 2, records(2, 2))
    assert raised.value.kind == "dead"


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE journal SET payload = CAST(replace(CAST(payload AS TEXT), ':5', ':6') AS BLOB) WHERE seq = 5",
        "UPDATE journal SET at_ms = 1 WHERE seq = 5",
        "DELETE FROM journal WHERE seq = 5",
        "UPDATE journal SET seq = 500 WHERE seq = 5",
    ],
)
def test_a_changed_or_missing_record_is_reported_with_its_place(path, damage):
    filled(path)
    with sqlite3.connect(path) as other:
        assert other.execute(damage).rowcount == 1
    journal = SqliteJournal(path)
    with pytest.raises(StoreDamaged) as raised:
        seqs(journal.read(HALL, 1))
    assert raised.value.details["seq"] == 5
    journal.close()


def test_a_torn_file_is_reported(path):
    filled(path, 400)
    os.truncate(path, path.stat().st_size // 2)
    assert open_kind(path) in ("damaged", "not_a_journal")


def test_a_page_of_noise_is_reported(path):
    filled(path, 400)
    with path.open("r+b") as file:
        file.seek(4096 * 5)
        file.write(os.urandom(4096))
    assert open_kind(path) in ("damaged", "not_a_journal")


def test_an_empty_file_is_not_taken_for_a_new_journal(path):
    filled(path)
    os.truncate(path, 0)
    assert open_kind(path) == "empty"


def test_a_write_ahead_file_without_its_journal_is_reported(path):
    filled(path)
    path.rename(path.with_name("hall.sqlite3-wal"))
    assert open_kind(path) == "lost"


def test_something_else_is_not_opened_as_a_journal(path):
    path.parent.mkdir()
    path.write_text("not a database at all, but long enough to be read as one" * 20)
    assert open_kind(path) == "not_a_journal"
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE t (x)")
    assert open_kind(path) == "not_a_journal"


def test_a_journal_of_a_newer_program_is_left_alone(path):
    filled(path)
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 2")
    assert open_kind(path) == "newer"


def test_a_refused_opening_lets_go_of_the_lock(path):
    filled(path)
    content = path.read_bytes()
    os.truncate(path, 0)
    assert open_kind(path) == "empty"
    path.write_bytes(content)
    SqliteJournal(path).close()


def test_a_place_that_cannot_be_used_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreFailed) as raised:
        SqliteJournal(tmp_path / "file" / "hall.sqlite3")
    assert raised.value.kind == "unusable"
    (tmp_path / "hall.sqlite3").mkdir()
    with pytest.raises(StoreFailed) as raised:
        SqliteJournal(tmp_path / "hall.sqlite3")
    assert raised.value.kind == "unusable"


def test_a_backup_taken_while_it_is_open_is_a_journal_of_its_own(path, journal, tmp_path):
    journal.append(HALL, 1, records(1, 30))
    target = tmp_path / "copy.sqlite3"
    journal.backup(target)
    journal.append(HALL, 31, records(31, 31))
    copy = SqliteJournal(target)
    assert seqs(copy.read(HALL, 1)) == list(range(1, 31))
    copy.close()


def test_a_backup_that_cannot_be_made_is_said(path, tmp_path):
    with pytest.raises(StoreFailed) as raised:
        copy_journal(tmp_path / "none.sqlite3", tmp_path / "copy.sqlite3")
    assert raised.value.kind == "backup"
    assert not (tmp_path / "copy.sqlite3").exists()
