"""A counter as its box, its panel and its clerk see it: state, the visit in hand, and who waits for it."""

from ticketserver.core.ids import CallId, CounterNo, Ms, ProfileId, ServiceId, TicketNumber, VisitId, ZoneId
from ticketserver.core.terms import Basis, CallReason, CounterState, HoldKind
from ticketserver.wire.views import View
from ticketserver.wire.views_visits import VisitService


class CounterVisit(View, frozen=True, kw_only=True):
    """The visit in hand, as staff see it. `here`: what this counter can do; `elsewhere`: left for later stages."""

    visit_id: VisitId
    number: TicketNumber
    services: list[VisitService]
    here: list[ServiceId]
    elsewhere: list[ServiceId]
    issued_at_ms: Ms
    priority: str = ""
    priority_basis: Basis | None = None
    priority_confirmed: bool = False
    on_behalf: bool = False
    employers: int = 0
    papers: HoldKind | None = None


class CounterView(View, frozen=True, kw_only=True):
    """A counter's state for its box, panel and console. `waiting` counts visits this counter may call now."""

    counter: CounterNo
    state: CounterState
    zone: ZoneId
    profile: ProfileId
    waiting: int = 0
    number: TicketNumber = TicketNumber("")
    call_id: CallId = CallId(0)
    calls_made: int = 0
    called_at_ms: Ms = Ms(0)
    clock_from_ms: Ms = Ms(0)
    no_show_offered: bool = False
    pause_after: bool = False
    due_from_ms: Ms = Ms(0)
    visit: CounterVisit | None = None
    reopenable: list[TicketNumber] = []


class WaitingRow(View, frozen=True, kw_only=True):
    """One who waits, in the order a counter would call. `reason` is why they would be called."""

    visit_id: VisitId
    number: TicketNumber
    services: list[VisitService]
    zone: ZoneId
    joined_at_ms: Ms
    reason: CallReason
    priority: str = ""
    overtaken: int = 0
    not_before: bool = False


class WaitingView(View, frozen=True, kw_only=True):
    """Who waits for one counter; `waiting` counts all of them, `rows` the first."""

    counter: CounterNo
    waiting: int
    rows: list[WaitingRow]
