"""What the server answers and tells: plain state at one journal position, never how it is drawn.

Results, snapshots, the parameters of notifications. Times are milliseconds since 1970, spans end in `_ms`."""

from msgspec import Struct

from ticketserver.core.ids import (
    AnnouncementId,
    BusinessDay,
    CallId,
    CounterNo,
    DeviceId,
    Ms,
    NoticeId,
    ProfileId,
    Seq,
    ServiceId,
    TicketNumber,
    VisitId,
    ZoneId,
)
from ticketserver.core.terms import (
    AheadReason,
    Basis,
    CallReason,
    CounterState,
    DeviceHealth,
    HoldKind,
    KeyOutcome,
    Offer,
    Phase,
    Role,
    VisitState,
)


class View(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of all views."""


class HoursView(View, frozen=True, kw_only=True):
    """The hall's day. Times are 0 where no day is open."""

    phase: Phase
    day: BusinessDay = BusinessDay("")
    numbers_from_ms: Ms = Ms(0)
    calling_from_ms: Ms = Ms(0)
    last_number_ms: Ms = Ms(0)
    ends_ms: Ms = Ms(0)
    lunch_from_ms: Ms = Ms(0)
    lunch_to_ms: Ms = Ms(0)
    calling_paused: bool = False
    next_opening_ms: Ms = Ms(0)
    not_at_lunch: list[ServiceId] = []


class HelloResult(View, frozen=True, kw_only=True):
    """Whom one talks to; where its journal stands. `day_key` (hexadecimal): for who reads ID cards, in an open day."""

    protocol: int
    hall_id: str
    name_zh: str
    name_en: str
    server_time_ms: Ms
    seq: Seq
    hours: HoursView
    public_url: str = ""
    day_key: str = ""


class ServiceView(View, frozen=True, kw_only=True):
    """A service or purpose of the catalogue. `plain_*`: in everyday words; `materials_*`: papers to bring; `asked`: how
    many visits asked for it on the hall's own days, 0 while it is young."""

    code: ServiceId
    name_zh: str
    name_en: str
    plain_zh: str
    plain_en: str
    zone: ZoneId
    minutes: int
    category: str = ""
    keywords: list[str] = []
    materials_zh: list[str] = []
    materials_en: list[str] = []
    related: list[ServiceId] = []
    asked: int = 0
    purpose: bool = False


class ZoneView(View, frozen=True, kw_only=True):
    """A part of the hall and its counters."""

    zone: ZoneId
    name_zh: str
    name_en: str
    counters: list[CounterNo] = []


class PriorityView(View, frozen=True, kw_only=True):
    """A priority class of this hall by name."""

    class_id: str
    name_zh: str
    name_en: str


class CatalogueView(View, frozen=True, kw_only=True):
    """All that can be chosen in this hall."""

    services: list[ServiceView]
    zones: list[ZoneView]
    profiles: list[ProfileId]
    priority_classes: list[str]
    priorities: list[PriorityView] = []


class StageView(View, frozen=True, kw_only=True):
    """One stop. `open_from_ms`: 0 = a counter for it is open, or should be (`unopened`). `stranded`: none today."""

    zone: ZoneId
    services: list[ServiceId]
    open_from_ms: Ms = Ms(0)
    unopened: bool = False
    stranded: bool = False


class VisitService(View, frozen=True, kw_only=True):
    """`status`: open, done, dropped. `rating`: 5 very satisfied … 1 very dissatisfied, 0 = none, or not told."""

    service: ServiceId
    quantity: int = 1
    status: str = "open"
    rating: int = 0


class TicketView(View, frozen=True, kw_only=True):
    """A visit as its citizen may see it. `stages` are those still to come, the current one first. `counter`: where it
    is called, served, or kept for; `call_no` 1, 2, 3 while it is called. `more_ahead`: why more people are ahead than
    was told before."""

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


class PlanView(View, frozen=True, kw_only=True):
    """What a number taken now would mean; the fields are those of TicketView. `also`: services often done on the same
    visit that its counters would do too, with no further stop; at most three."""

    zone: ZoneId
    stages: list[StageView]
    ahead: int = 0
    wait_p50_ms: int = 0
    wait_p90_ms: int = 0
    calling_from_ms: Ms = Ms(0)
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


class CallView(View, frozen=True, kw_only=True):
    """One call of one number to one counter. `call_no` 1, 2, 3; `last` on the last one before a no-show."""

    call_id: CallId
    visit_id: VisitId
    number: TicketNumber
    counter: CounterNo
    zone: ZoneId
    call_no: int
    called_at_ms: Ms
    reason: CallReason
    last: bool = False
    priority: bool = False
    spoken: bool = False


class BoardRow(View, frozen=True, kw_only=True):
    """A row of the call screen: stays while CALLED and at least 5 minutes. `state` is the visit's state now."""

    call: CallView
    state: VisitState


class MissedRow(View, frozen=True, kw_only=True):
    """A number that was called in vain and may come back."""

    number: TicketNumber
    counter: CounterNo
    missed_at_ms: Ms


class ZoneWaiting(View, frozen=True, kw_only=True):
    """People who wait in a zone. `counters_open` counts counters that serve it now."""

    zone: ZoneId
    waiting: int
    wait_p50_ms: int = 0
    wait_p90_ms: int = 0
    counters_open: int = 0
    stranded: int = 0


class AnnouncementView(View, frozen=True, kw_only=True):
    """To be said while it is under a minute old; told for some minutes, or until it is stopped. `zones` none = all."""

    announcement_id: AnnouncementId
    text_zh: str
    by: Role
    at_ms: Ms
    text_en: str = ""
    urgent: bool = False
    zones: list[ZoneId] = []
    repeat: int = 1


class NoticeView(View, frozen=True, kw_only=True):
    """A line that stands on screens and kiosks until `until_ms`, 0 = until the day ends."""

    notice_id: NoticeId
    text_zh: str
    by: Role
    at_ms: Ms
    text_en: str = ""
    until_ms: Ms = Ms(0)


class BoardView(View, frozen=True, kw_only=True):
    """Everything a call screen shows: rows newest call first, who comes soon, missed numbers, waiting by zone."""

    hours: HoursView
    rows: list[BoardRow] = []
    soon: list[TicketNumber] = []
    missed: list[MissedRow] = []
    zones: list[ZoneWaiting] = []
    announcements: list[AnnouncementView] = []
    notices: list[NoticeView] = []


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


class VisitsView(View, frozen=True, kw_only=True):
    """Visits, newest first."""

    visits: list[TicketView]


class QueueView(View, frozen=True, kw_only=True):
    """All zones, the hours, and what the hall tells everybody."""

    zones: list[ZoneWaiting]
    hours: HoursView
    announcements: list[AnnouncementView] = []
    notices: list[NoticeView] = []


class DeviceView(View, frozen=True, kw_only=True):
    """The health of one device; `reason` is a stable code."""

    device: DeviceId
    kind: str
    health: DeviceHealth
    reason: str = ""
    since_ms: Ms = Ms(0)


class HelpView(View, frozen=True, kw_only=True):
    """A call for help from a kiosk."""

    help_id: int
    device: DeviceId
    at_ms: Ms
    number: TicketNumber = TicketNumber("")
    accepted: bool = False


class Accepted(View, frozen=True, kw_only=True):
    """Done; nothing more to say."""

    seq: Seq = Seq(0)


class Snapshot(View, frozen=True, kw_only=True):
    """The answer to `subscribe`: what was asked for at position `seq`. Notifications of it start at n = 1."""

    seq: Seq
    server_time_ms: Ms
    board: BoardView | None = None
    counters: list[CounterView] = []
    queue: QueueView | None = None
    ticket: TicketView | None = None
    devices: list[DeviceView] = []
    help: list[HelpView] = []


class Note(View, frozen=True, kw_only=True):
    """Base of notification parameters: journal position and the count within this subscription."""

    seq: Seq
    n: int


class VisitCalled(Note, frozen=True, kw_only=True):
    """A call was made: show and speak it."""

    call: CallView


class BoardChanged(Note, frozen=True, kw_only=True):
    """The call screen as it is now."""

    board: BoardView


class CounterChanged(Note, frozen=True, kw_only=True):
    """One counter as it is now."""

    counter: CounterView


class QueueChanged(Note, frozen=True, kw_only=True):
    """All zones as they are now."""

    queue: QueueView


class TicketChanged(Note, frozen=True, kw_only=True):
    """The subscribed ticket as it is now."""

    ticket: TicketView


class DeviceChanged(Note, frozen=True, kw_only=True):
    """One device as it is now."""

    device: DeviceView


class HelpRequested(Note, frozen=True, kw_only=True):
    """A call for help came in, or was accepted."""

    help: HelpView
