"""Calls that wait to be spoken: which are taken in, and which are not to be spoken any more.

Theory. Admitted is a call that is CALLED, not spoken by anybody, of a zone of ours, not known yet, and told as it is
made or found under `FRESH_MS` old. Known calls are remembered by id and time, so that none is spoken twice however
often the state is told, and ids that start anew are no obstacle. A call leaves when it is no longer CALLED, was spoken
elsewhere, or its visit is called anew, and after `LATEST_MS` (longer where each reading takes longer).
"""

from typing import Final

from ticketserver.core.ids import CallId, VisitId, ZoneId
from ticketserver.core.terms import VisitState
from ticketserver.wire.views_board import BoardView, CallView

FRESH_MS: Final = 60_000
LATEST_MS: Final = 180_000
REMEMBERED_MS: Final = 3_600_000

Key = tuple[CallId, int]


class WaitingCalls:
    """`zones` that this voice speaks for, None = all; a call waits no longer than `latest_ms`. Its length is how many
    wait."""

    def __init__(self, zones: frozenset[ZoneId] | None, latest_ms: int = LATEST_MS) -> None:
        self._zones = zones
        self._latest_ms = latest_ms
        self._known: dict[Key, int] = {}
        self._waiting: dict[VisitId, CallView] = {}
        self._called: dict[VisitId, CallView] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    def see(self, board: BoardView, now: int) -> None:
        """The whole board, as it stands."""
        self._called = {row.call.visit_id: row.call for row in board.rows if row.state is VisitState.CALLED}
        for call in self._called.values():
            if now - call.called_at_ms < FRESH_MS:
                self._admit(call, now)
        self._waiting = {visit: call for visit, call in self._waiting.items() if self._unspoken(call)}

    def call(self, call: CallView, now: int) -> None:
        """One call, before the board that has it."""
        self._called[call.visit_id] = call
        self._admit(call, now)

    def still_called(self, call: CallView) -> bool:
        """Its visit has neither come nor been called anew."""
        told = self._called.get(call.visit_id)
        return told is not None and told.call_id == call.call_id

    def take(self, now: int) -> CallView | None:
        """The oldest; it waits no more."""
        since = now - self._latest_ms
        self._waiting = {v: call for v, call in self._waiting.items() if since < self._known[_key(call)]}
        self._known = {key: at for key, at in self._known.items() if now - at < REMEMBERED_MS}
        first = min(self._waiting.values(), key=_order, default=None)
        return self._waiting.pop(first.visit_id) if first is not None else None

    def put_back(self, call: CallView) -> None:
        """Its reading was broken off: it waits again where that is still of use."""
        if self._unspoken(call):
            self._waiting[call.visit_id] = call

    def _admit(self, call: CallView, now: int) -> None:
        """Take in a call that is to be spoken. A call of a visit that waits already takes the older one's place."""
        key = _key(call)
        ours = self._zones is None or call.zone in self._zones
        if ours and not call.spoken and key not in self._known:
            self._known[key] = now
            self._waiting[call.visit_id] = call

    def _unspoken(self, call: CallView) -> bool:
        """It is still called, and nobody else has spoken it."""
        return self.still_called(call) and not self._called[call.visit_id].spoken


def _key(call: CallView) -> Key:
    return call.call_id, call.called_at_ms


def _order(call: CallView) -> tuple[int, int]:
    return call.called_at_ms, call.call_id
