"""The writer thread: group commit, order, and one report of a failure."""

import threading

from tests.ticketserver.store.records import HALL, records, seqs
from ticketserver.store.port import StoreFailed
from ticketserver.store.sqlite import SqliteJournal
from ticketserver.store.writer import Writer


class Gate:
    """A journal whose append waits until it is let through, and fails where told to."""

    def __init__(self, fail_at: int = 0) -> None:
        self.appended: list[tuple[int, int]] = []
        self.entered = threading.Semaphore(0)
        self.open = threading.Semaphore(0)
        self.fail_at = fail_at

    def append(self, hall, first_seq, batch):
        self.entered.release()
        assert self.open.acquire(timeout=30)
        if self.fail_at and first_seq >= self.fail_at:
            raise StoreFailed("failed", file="x", detail="full")
        self.appended.append((first_seq, len(batch)))


def test_what_waits_during_a_commit_shares_the_next():
    gate, committed = Gate(), []
    writer = Writer(gate, HALL, committed.append, committed.append)
    writer.submit(1, records(1, 1))
    assert gate.entered.acquire(timeout=30)
    writer.submit(2, records(2, 3))
    writer.submit(4, records(4, 4))
    gate.open.release()
    gate.open.release()
    writer.close()
    assert gate.appended == [(1, 1), (2, 3)]
    assert committed == [1, 4]


def test_a_failure_is_reported_once_and_nothing_is_written_after_it():
    gate, committed, failed = Gate(fail_at=2), [], []
    writer = Writer(gate, HALL, committed.append, failed.append)
    for seq in (1, 2):
        writer.submit(seq, records(seq, seq))
        gate.open.release()
        assert gate.entered.acquire(timeout=30)
    writer.close()
    writer.submit(3, records(3, 3))
    assert (committed, [error.kind for error in failed]) == ([1], ["failed"])
    assert gate.appended == [(1, 1)]


def test_it_writes_a_real_journal(tmp_path):
    journal, committed = SqliteJournal(tmp_path / "hall.sqlite3"), []
    writer = Writer(journal, HALL, committed.append, committed.append)
    for seq in range(1, 101):
        writer.submit(seq, records(seq, seq))
    writer.close()
    assert committed[-1] == 100
    assert committed == sorted(committed)
    assert seqs(journal.read(HALL, 1)) == list(range(1, 101))
    journal.close()
