"""What decisions changed since subscribers were last told: which calls, counters and visits, and whether lists moved.

A call is a happening and is kept as it was made. Everything else is state: only that it changed is kept, and its newest
view is built when it is told.
"""

from ticketserver.core import events as e
from ticketserver.core.events import Record
from ticketserver.core.ids import CounterNo, Seq, VisitId
from ticketserver.core.state import HallState
from ticketserver.server import views
from ticketserver.server.desk import HallDesk
from ticketserver.wire.views_board import CallView

NOBODY = VisitId(0)
EVERYBODY = (e.DayOpened, e.DayEnded, e.PhaseChanged, e.HoursChanged, e.HallResumed)
"""Events that may change every counter and ticket."""


def is_urgent(event: e.Event) -> bool:
    """A hall that must be left is told at once; and what is stopped is not to be said for another second."""
    return isinstance(event, e.AnnouncementStopped) or (isinstance(event, e.Announced) and event.urgent)


class Changes:
    """Filled by `add` with each decision, emptied by whoever tells. `urgent`: lists that must not wait."""

    def __init__(self, desk: HallDesk) -> None:
        self._desk = desk
        self.calls: list[tuple[Seq, CallView]] = []
        self.counters: set[CounterNo] = set()
        self._visits: dict[VisitId, None] = {}
        self.lists = False
        self.urgent = False

    def add(self, state: HallState, record: Record) -> None:
        for event in record.events:
            self.lists = True
            self.urgent |= is_urgent(event)
            visit_id: VisitId = getattr(event, "visit_id", NOBODY)
            counter: CounterNo | None = getattr(event, "counter", None)
            if counter is not None:
                self.counters.add(counter)
            if visit_id:
                self._visits[visit_id] = None
                at = state.visits[visit_id].counter
                if at:
                    self.counters.add(at)
            if isinstance(event, e.VisitCalled | e.VisitRecalled):
                self._called(state, record.seq, visit_id)
            elif isinstance(event, EVERYBODY):
                self.counters.update(state.counters)

    def touched(self) -> list[VisitId]:
        """Visits that something happened to, in that order; each is told of once."""
        visits = list(self._visits)
        self._visits.clear()
        return visits

    def _called(self, state: HallState, seq: Seq, visit_id: VisitId) -> None:
        row = self._desk.board.row(visit_id)
        if row is not None:
            self.calls.append((seq, views.call_view(state, row, state.visits[visit_id])))
