"""From a journal on disk to a hall that goes on where it ended.

The replay starts at the record that opened the last day; everything before it is history. It checks every record's
place in the chain of hashes and, at the end, every invariant. What can go wrong: a journal that cannot be used
(StoreError), or a wall clock that stands before the journal's last decision by more than the hall allows (ClockBehind):
with a dead battery numbers would be issued for a day in the past.
"""

from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from ticketserver.core.engine import run
from ticketserver.core.events import DayOpened, Record
from ticketserver.core.ids import Ms, RequestId, Seq
from ticketserver.core.invariants import check_all
from ticketserver.core.state import HallState, new_state
from ticketserver.server.desk import HallDesk
from ticketserver.server.sequencer import Sequencer
from ticketserver.shared.garbage import uncollected
from ticketserver.shared.settings import Settings
from ticketserver.store.port import Journal
from ticketserver.store.quarantine import quarantined

JOURNAL = "hall.sqlite3"
QUARANTINE = "quarantine.txt"


def journal_path(settings: Settings) -> Path:
    return Path(settings.server.data_dir) / JOURNAL


def quarantine_path(settings: Settings) -> Path:
    return Path(settings.server.data_dir) / QUARANTINE


class ClockBehind(Exception):
    """The wall clock (`now`) stands before the last decision (`last`), both in ms."""

    def __init__(self, now: Ms, last: Ms) -> None:
        super().__init__(f"the clock says {now}, the journal {last}")
        self.now = now
        self.last = last


class Replayed(NamedTuple):
    """The hall as the journal leaves it; `known` are the requests of its day."""

    state: HallState
    seq: Seq
    known: dict[RequestId, Seq]


def replay_all(journal: Journal, hall: str, desk: HallDesk) -> Replayed:
    """Raises StoreDamaged, and what `evolve` and the invariants raise where the journal does not fit the core."""
    state = new_state()
    known: dict[RequestId, Seq] = {}
    opening = journal.opening(hall)
    seq = Seq(max(0, opening - 1))
    with uncollected():
        for record in journal.read(hall, max(1, opening)):
            desk.replayed(state, since_opening(record) if record.seq == opening else record)
            if record.request_id:
                known[record.request_id] = record.seq
            seq = record.seq
    check_all(state)
    return Replayed(state, seq, known)


def since_opening(record: Record) -> Record:
    """The record that opened a day, without what it says of the day before: a day still open was ended with it, and
    the visits that expired then are history."""
    opened = [type(event) is DayOpened for event in record.events].index(True)
    return replace(record, events=record.events[opened:])


def make_sequencer(
    settings: Settings, desk: HallDesk, journal: Journal, now: Ms, accept_clock: bool = False
) -> Sequencer:
    """The hall of `settings` out of its journal. Raises StoreError and ClockBehind."""
    hall = settings.hall.id
    found = replay_all(journal, hall, desk)
    last = found.state.now
    if not accept_clock and now + settings.server.clock_check_ms < last:
        raise ClockBehind(now, last)

    def recall(seq: Seq) -> Record:
        return next(journal.read(hall, seq))

    refused = quarantined(quarantine_path(settings))
    return Sequencer(found.state, desk, run, recall, found.seq, found.known, refused)
