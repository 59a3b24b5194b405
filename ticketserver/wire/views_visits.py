"""A visit as its citizen may see it: a number, what one would mean if it were taken now, what was booked.

`VisitDone` and `KeyResult` answer whoever moved a visit. Names and ID numbers stand nowhere here."""

from ticketserver.core.ids import BusinessDay, CallId, CounterNo, Ms, ServiceId, TicketNumber, VisitId, ZoneId
from ticketserver.core.terms import AheadReason, CallReason, CounterState, HoldKind, KeyOutcome, Offer, VisitState
from ticketserver.wire.views import View


class StageView(View, frozen=True, kw_only=True):
    """One stop. `open_from_ms`: 0 = a counter for it is open, or should be (`unopened`). `stranded`: none today.
    `rests_at_lunch`: something of it is not done at lunch."""

    zone: ZoneId
    services: list[ServiceId]
    open_from_ms: Ms = Ms(0)
    unopened: bool = False
    stranded: bool = False
    rests_at_lunch: bool = False


class VisitService(View, frozen=True, kw_only=True):
    """`status`: open, done, dropped. `rating`: 5 very satisfied … 1 very dissatisfied, 0 = none, or not told."""

    service: ServiceId
    quantity: int = 1
    status: str = "open"
    rating: int = 0


class TicketView(View, frozen=True, kw_only=True):
    """A visit as its citizen may see it. `stages` are those still to come, the current one first. `counter`: where it
    is called, served, or kept for; `call_no` 1, 2, 3 while it is called. `more_ahead`: why more people are ahead than
    was told before. While it waits: the hall's lunch and end of today. `rated`: how it was done is rated already."""

    visit_id: VisitId
    number: TicketNumber
    check_code: str
    day: BusinessDay
    state: VisitState
    zone: ZoneId
    services: list[VisitService]
    stages: list[StageView]
    issued_at_ms: Ms
    ahead: int = 0
    wait_p50_ms: int = 0
    wait_p90_ms: int = 0
    calling_from_ms: Ms = Ms(0)
    counter: CounterNo = CounterNo(0)
    stage_no: int = 1
    returns_left: int = 0
    priority: str = ""
    priority_confirmed: bool = False
    offer: Offer = Offer.NONE
    reason: CallReason | None = None
    held: HoldKind | None = None
    printed: bool = False
    more_ahead: AheadReason | None = None
    call_no: int = 0
    calling_paused: bool = False
    lunch_from_ms: Ms = Ms(0)
    lunch_to_ms: Ms = Ms(0)
    ends_ms: Ms = Ms(0)
    rated: bool = False


class PlanView(View, frozen=True, kw_only=True):
    """What a number taken now would mean; the fields are those of TicketView. `also`: services often done on the same
    visit that its counters would do too, with no further stop; at most three."""

    zone: ZoneId
    stages: list[StageView]
    ahead: int = 0
    wait_p50_ms: int = 0
    wait_p90_ms: int = 0
    calling_from_ms: Ms = Ms(0)
    calling_paused: bool = False
    offer: Offer = Offer.NONE
    also: list[ServiceId] = []


class AppointmentView(View, frozen=True, kw_only=True):
    """What was booked. `late`: the time is over, a number taken now counts as without an appointment."""

    services: list[ServiceId]
    from_ms: Ms
    to_ms: Ms
    late: bool = False


class VisitDone(View, frozen=True, kw_only=True):
    """The answer to most changes of a visit or counter: where both stand now."""

    counter: CounterNo = CounterNo(0)
    counter_state: CounterState | None = None
    visit_id: VisitId = VisitId(0)
    number: TicketNumber = TicketNumber("")
    visit_state: VisitState | None = None
    call_id: CallId = CallId(0)
    reason: CallReason | None = None


class KeyResult(View, frozen=True, kw_only=True):
    """`code` says why a press beeped (a refusal code of errors.py) or is empty."""

    outcome: KeyOutcome
    counter: CounterNo
    state: CounterState
    number: TicketNumber = TicketNumber("")
    code: str = ""
