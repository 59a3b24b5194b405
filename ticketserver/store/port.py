"""The journal behind one port: what every store promises, and how it fails.

```
append(hall, first_seq, records)   durable when it returns, all of them or none
read(hall, from_seq)               records in order, each one's place in the chain of hashes verified
opening(hall)                      where a start begins to replay: the record that opened the last day
```
The primary key is (hall, seq): a second writer's append fails by itself, so two servers can never both lead a hall.
What can go wrong: the file is damaged, or another program's, or newer than this one; somebody else writes it; the disk
refuses a commit. After a refused commit nobody knows what the disk holds: the store is dead and the process must end;
a sync is never tried again.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from ticketserver.core.events import Record


class StoreError(Exception):
    """A journal that cannot be used. `kind` names the message `server.store.<kind>`, `details` fill it in."""

    def __init__(self, kind: str, **details: object) -> None:
        super().__init__(f"{kind}: {', '.join(f'{name}={value}' for name, value in details.items())}")
        self.kind = kind
        self.details = details


class StoreDamaged(StoreError):
    """What is there is not what was written: `not_a_journal`, `empty`, `lost`, `damaged`, `newer`."""


class StoreInUse(StoreError):
    """Another process has this journal open: `in_use`."""


class StoreFailed(StoreError):
    """The disk did not do it: `failed`, `second_writer`, `dead` for an append that is not, or may not be, durable;
    `unusable` for a file that cannot be opened; `backup` for a copy that was not made."""


class Journal(Protocol):
    """One store. `append` is called by one thread, the others by any."""

    def append(self, hall: str, first_seq: int, records: Sequence[Record]) -> None:
        """Durable on return. Raises StoreFailed; then every later append raises too."""

    def read(self, hall: str, from_seq: int) -> Iterator[Record]:
        """Records from `from_seq` on, verified. Raises StoreDamaged where one is missing or not what was written."""

    def opening(self, hall: str) -> int:
        """Position of the last record that opened a day, 0 = none."""

    def head(self, hall: str) -> tuple[int, bytes]:
        """(position, hash) of the newest record; (0, 32 zero bytes) for a new hall."""

    def backup(self, target: Path) -> None:
        """A complete copy of the journal as it is now, while it is being written. Raises StoreFailed."""

    def close(self) -> None:
        """Nothing is pending: `append` returns only when durable."""
