"""The thread that makes records durable: many batches share one transaction and one sync.

```
loop: submit → submit → submit ─┐
writer thread:                   └─ take all that wait → one append → committed(last seq)
```
While a commit runs, what comes in meanwhile gathers for the next one: the busier the hall, the more share a sync.
What can go wrong: the append fails. It is reported once; nothing is tried again, and what comes later is not written.
"""

import threading
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue

from ticketserver.core.events import Record
from ticketserver.store.port import Journal, StoreFailed

Batch = tuple[int, Sequence[Record]]


class Writer:
    """`committed(last_seq)` and `failed(error)` are called on the writer's thread."""

    def __init__(
        self, journal: Journal, hall: str, committed: Callable[[int], None], failed: Callable[[StoreFailed], None]
    ) -> None:
        self._journal = journal
        self._hall = hall
        self._committed = committed
        self._failed = failed
        self._waiting: SimpleQueue[Batch | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="journal", daemon=True)
        self._thread.start()

    def submit(self, first_seq: int, records: Sequence[Record]) -> None:
        """Hands a batch over; batches follow on each other without a gap."""
        self._waiting.put((first_seq, records))

    def close(self) -> None:
        """Returns when everything submitted is durable, or has failed."""
        self._waiting.put(None)
        self._thread.join()

    def _work(self) -> None:
        more = True
        while more:
            batches, more = self._gather()
            if not batches:
                continue
            records = [record for _, part in batches for record in part]
            try:
                self._journal.append(self._hall, batches[0][0], records)
            except StoreFailed as error:
                self._failed(error)
                return
            self._committed(batches[0][0] + len(records) - 1)

    def _gather(self) -> tuple[list[Batch], bool]:
        """All that waits, at least one; False when nothing more will come."""
        batches: list[Batch] = []
        batch = self._waiting.get()
        while batch is not None:
            batches.append(batch)
            try:
                batch = self._waiting.get_nowait()
            except Empty:
                return batches, True
        return batches, False
