"""The server's disk in memory: a journal that keeps real rows with real hashes, and can fail as disks do.

```
submit ─→ waiting ─ after the sync's time → append → rows durable → committed
             │ the process is killed: lost       │ killed in the middle: torn, and dropped at the next opening
             │                                   │ refused: StoreFailed; all of it may be there, or nothing
```
The port's promise is kept through all of it: what `append` returned from is there for ever, and a batch is there whole
or not at all. The rows of a torn batch have no commit mark, which is how a real journal tells them.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Raw

from tests.simulation.world import Killed, Loop, World
from ticketserver.core.events import Record
from ticketserver.core.ids import RequestId
from ticketserver.store.chain import GENESIS, Row, seal, unseal
from ticketserver.store.port import StoreFailed

SLOW_SYNC_MS = 7_000


class Disk:
    """What outlives a process. `watch` hears of each record once it is durable."""

    def __init__(self, hall: str) -> None:
        self.hall = hall
        self.rows: list[Row] = []
        self.torn: list[Row] = []
        self.replies: dict[RequestId, Raw] = {}
        self.watch: Callable[[Record], None] = lambda record: None

    @property
    def seq(self) -> int:
        return len(self.rows)

    @property
    def head(self) -> bytes:
        return self.rows[-1].hash if self.rows else GENESIS

    def seal(self, records: Sequence[Record]) -> list[Row]:
        rows, before = [], self.head
        for record in records:
            rows.append(seal(self.hall, record, before))
            before = rows[-1].hash
        return rows

    def keep(self, rows: Sequence[Row], records: Sequence[Record]) -> None:
        self.rows += rows
        for record in records:
            if record.request_id:
                self.replies[record.request_id] = record.reply
            self.watch(record)

    def read(self, from_seq: int) -> Iterator[Record]:
        before = self.rows[from_seq - 2].hash if from_seq > 1 else GENESIS
        for expected, row in enumerate(self.rows[from_seq - 1 :], from_seq):
            yield unseal(self.hall, row, before, expected)
            before = row.hash


class MemoryJournal:
    """One opening of a disk, as `store.port.Journal`. What an earlier process left half written is dropped first."""

    def __init__(self, world: World, disk: Disk) -> None:
        self._world = world
        self._disk = disk
        self.fault = ""
        self.dead = False
        if disk.torn:
            world.say(f"disk: {len(disk.torn)} rows without a commit mark dropped")
            disk.torn = []

    def append(self, hall: str, first_seq: int, records: Sequence[Record]) -> None:
        disk, world = self._disk, self._world
        if self.dead:
            raise StoreFailed("dead")
        if first_seq != disk.seq + 1:
            self.dead = True
            raise StoreFailed("second_writer", detail=f"the journal ends at {disk.seq}, not at {first_seq - 1}")
        rows = disk.seal(records)
        if self.fault == "lost":
            world.hurt("commit lost", f"{len(rows)} rows from {first_seq}")
            raise Killed
        if self.fault == "torn":
            disk.torn = rows[: world.random.randint(1, len(rows))]
            disk.torn[-1] = disk.torn[-1]._replace(payload=disk.torn[-1].payload[:20])
            world.hurt("commit torn", f"{len(disk.torn)} of {len(rows)} rows from {first_seq}")
            raise Killed
        if self.fault == "failed":
            kept = world.chance(0.5)
            if kept:
                disk.keep(rows, records)
            self.dead = True
            world.hurt("commit failed", f"{len(rows)} rows from {first_seq}, {'kept' if kept else 'not kept'}")
            raise StoreFailed("failed", detail="the disk did not do it")
        disk.keep(rows, records)

    def read(self, hall: str, from_seq: int) -> Iterator[Record]:
        return self._disk.read(from_seq)

    def opening(self, hall: str) -> int:
        return max((row.seq for row in self._disk.rows if row.day), default=0)

    def head(self, hall: str) -> tuple[int, bytes]:
        return self._disk.seq, self._disk.head

    def backup(self, target: Path) -> None:
        raise StoreFailed("backup", target=target, detail="not in this world")

    def close(self) -> None:
        """Nothing is pending."""


class SimWriter:
    """The writer's thread without a thread: what is submitted becomes durable a sync later, batches share one."""

    def __init__(
        self,
        world: World,
        loop: Loop,
        journal: MemoryJournal,
        hall: str,
        committed: Callable[[int], None],
        failed: Callable[[StoreFailed], None],
    ) -> None:
        self._world = world
        self._loop = loop
        self._journal = journal
        self._hall = hall
        self._committed = committed
        self._failed = failed
        self._busy = False
        self._ended = False
        self.waiting: list[Record] = []
        self.slow = False

    def submit(self, first_seq: int, records: Sequence[Record]) -> None:
        self.waiting += records
        if not self._busy:
            self._begin()

    def close(self) -> None:
        self._write()
        self._ended = True

    def _begin(self) -> None:
        self._busy = True
        rest = self._world.random.randint(1, 12)
        if self.slow:
            self.slow, rest = False, SLOW_SYNC_MS
            self._world.hurt("slow disk", f"{rest} ms for one sync")
        self._loop.call_later(rest, self._sync)

    def _sync(self) -> None:
        seq = self._write()
        if seq:
            # Durable, and not yet told: a kill may fall between the two.
            self._loop.call_later(self._world.random.randint(0, 2), self._tell, seq)

    def _write(self) -> int:
        """The last position that is durable now; 0 where nothing was written."""
        records, self.waiting = self.waiting, []
        if not records or self._ended:
            return 0
        try:
            self._journal.append(self._hall, records[0].seq, records)
        except StoreFailed as error:
            self._ended = True
            self._failed(error)
            return 0
        return records[-1].seq

    def _tell(self, seq: int) -> None:
        self._busy = False
        if not self._ended:
            self._committed(seq)
            if self.waiting and not self._busy:
                self._begin()
