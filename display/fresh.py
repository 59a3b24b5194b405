"""Which calls are new: who stands large, since when, and who still waits for a place.

    told ──place free──▶ large, flashing for LARGE_MS ──spoken, or UNSPOKEN_MS over──▶ as the others

A call that is over before it had a place gets none. The theory is board.py's.
"""

from collections.abc import Sequence
from typing import Final

from ticketserver.core.ids import CallId
from ticketserver.core.terms import VisitState
from ticketserver.wire.views_board import BoardRow, CallView

PLACES: Final = 6
LARGE_MS: Final = 8_000
FRESH_MS: Final = 60_000
UNSPOKEN_MS: Final = 60_000
"""For each language that a call is said in: six take so long to be read, where nothing is announced meanwhile."""
FLASH_MS: Final = 500

Key = tuple[CallId, int]


class Fresh:
    """Rows come newest first. `languages`: in how many the voice says a call."""

    def __init__(self, languages: int = 1) -> None:
        self._unspoken_ms = UNSPOKEN_MS * languages
        self._new: set[Key] = set()
        self._large_from: dict[Key, int] = {}

    def take(self, rows: Sequence[BoardRow], fresh: set[Key]) -> None:
        """New ones will get a place; what has left the board is forgotten."""
        called = {key_of(row.call) for row in rows if row.state is VisitState.CALLED}
        self._new = (self._new | fresh) & called - self._large_from.keys()
        known = {key_of(row.call) for row in rows}
        self._large_from = {key: since for key, since in self._large_from.items() if key in known}

    def place(self, rows: Sequence[BoardRow], now: int) -> list[CallView]:
        """Give free places to new calls, the oldest first; → the calls that are shown large from now on."""
        free = PLACES - sum(self.has(row, now) for row in rows)
        placed = [row.call for row in reversed(rows) if key_of(row.call) in self._new][: max(0, free)]
        for call in placed:
            self._new.discard(key_of(call))
            self._large_from[key_of(call)] = now
        return placed

    def has(self, row: BoardRow, now: int) -> bool:
        """It has a place, for its first seconds and until it was spoken."""
        since = self._large_from.get(key_of(row.call))
        if since is None:
            return False
        unspoken = row.state is VisitState.CALLED and not row.call.spoken
        return now - since < (self._unspoken_ms if unspoken else LARGE_MS)

    def lit(self, row: BoardRow, now: int) -> bool:
        """It has its other colour, in the flash of its first seconds."""
        passed = now - self._large_from.get(key_of(row.call), now - LARGE_MS)
        return passed < LARGE_MS and passed // FLASH_MS % 2 == 0


def key_of(call: CallView) -> Key:
    """Ids start anew with a new journal: the time belongs to it."""
    return call.call_id, call.called_at_ms
