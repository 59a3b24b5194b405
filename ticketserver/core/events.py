"""What happened. Events are journalled and are for ever: fields may be added with a default, never renamed or dropped.

An event says what was decided, so that replaying it needs no rule: a number, its stages, who was called and why.
One `Record` is one decision: all its events together, or none. `reply` is the answer as it was sent, so the same
request gets the same reply after a restart.
"""

from msgspec import Raw, Struct

from ticketserver.core.ids import (
    AnnouncementId,
    BusinessDay,
    CallId,
    CounterNo,
    DeviceId,
    Ms,
    NoticeId,
    ProfileId,
    RequestId,
    Seq,
    ServiceId,
    TicketNumber,
    Token,
    VisitId,
    ZoneId,
)
from ticketserver.core.model import DayPlan, Rules, Stage
from ticketserver.core.terms import (
    Basis,
    CallReason,
    CancelReason,
    FinishedBy,
    HoldKind,
    NoShowBy,
    Offer,
    Phase,
    PrintOutcome,
    Role,
    Source,
    StageReason,
    StartedBy,
)


class Base(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="e", tag=True):
    """Base of all events; `e` names the type in the journal."""


class DayOpened(Base, frozen=True):
    """A new business day; carries all that outlives a day, so a start replays from the last of these."""

    rules: Rules
    plan: DayPlan
    next_visit: VisitId
    next_call: CallId


class PhaseChanged(Base, frozen=True):
    phase: Phase


class HoursChanged(Base, frozen=True):
    plan: DayPlan
    calling_paused: bool = False


class HallResumed(Base, frozen=True):
    pass


class DayEnded(Base, frozen=True):
    """`expired` waited in vain; `finished` were in hand and are closed by the day's end."""

    day: BusinessDay
    expired: tuple[VisitId, ...] = ()
    finished: tuple[VisitId, ...] = ()


class TicketIssued(Base, frozen=True):
    visit_id: VisitId
    number: TicketNumber
    token: Token
    check_code: str
    source: Source
    items: tuple[tuple[ServiceId, int], ...]
    stages: tuple[Stage, ...]
    join_ms: Ms
    weight: int = 1
    device: DeviceId = DeviceId("")
    employers: int = 0
    on_behalf: bool = False
    priority: str = ""
    basis: Basis | None = None
    confirmed: bool = False
    holder: str = ""
    appointment: bool = False
    offer: Offer = Offer.NONE
    ahead: int = 0
    wait_p50_ms: Ms = Ms(0)
    wait_p90_ms: Ms = Ms(0)
    booking: str = ""
    note: str = ""


class ServicesAdded(Base, frozen=True):
    visit_id: VisitId
    items: tuple[tuple[ServiceId, int], ...]
    stages: tuple[Stage, ...]


class VisitRestaged(Base, frozen=True):
    visit_id: VisitId
    stages: tuple[Stage, ...]
    reason: StageReason


class PriorityConfirmed(Base, frozen=True):
    """`weight` from now on; `confirmed` False takes the claim off."""

    visit_id: VisitId
    confirmed: bool
    weight: int


class VisitRated(Base, frozen=True):
    visit_id: VisitId
    level: int
    service: ServiceId = ServiceId("")


class PrintReported(Base, frozen=True):
    visit_id: VisitId
    outcome: PrintOutcome
    detail: str = ""
    reprint: bool = False


class CounterOpened(Base, frozen=True):
    counter: CounterNo


class CounterClosed(Base, frozen=True):
    """`returns_at_ms`: opens again today at; 0 = not today."""

    counter: CounterNo
    returns_at_ms: Ms = Ms(0)


class CounterPaused(Base, frozen=True):
    counter: CounterNo
    lunch: bool = False


class PauseAsked(Base, frozen=True):
    """The counter pauses after the visit in hand."""

    counter: CounterNo
    lunch: bool = False


class CounterResumed(Base, frozen=True):
    counter: CounterNo


class CounterReady(Base, frozen=True):
    counter: CounterNo


class ReadyLapsed(Base, frozen=True):
    counter: CounterNo


class NamedReleased(Base, frozen=True):
    """Paused for too long: visits meant for this counter alone go to any capable one."""

    counter: CounterNo


class ProfileChanged(Base, frozen=True):
    counter: CounterNo
    profile: ProfileId


class OverflowSwitched(Base, frozen=True):
    profile: ProfileId
    on: bool


class VisitCalled(Base, frozen=True):
    """`note` is the clerk's reason for a chosen number. `counts`: this call ages comebacks and may overtake."""

    visit_id: VisitId
    counter: CounterNo
    call_id: CallId
    reason: CallReason
    zone: ZoneId
    note: str = ""
    counts: bool = True


class VisitRecalled(Base, frozen=True):
    visit_id: VisitId
    counter: CounterNo
    call_id: CallId
    call_no: int


class CallSpoken(Base, frozen=True):
    call_id: CallId
    counter: CounterNo
    shown: bool = False


class NoShowOffered(Base, frozen=True):
    counter: CounterNo
    visit_id: VisitId


class ServiceStarted(Base, frozen=True):
    counter: CounterNo
    visit_id: VisitId
    by: StartedBy = StartedBy.KEY


class WalkInServed(Base, frozen=True):
    """Follows the TicketIssued of a person who stood at the counter without a number."""

    counter: CounterNo
    visit_id: VisitId
    note: str


class StageFinished(Base, frozen=True):
    """The counter is done. `stages` are those still to come: none = the visit is finished."""

    counter: CounterNo
    visit_id: VisitId
    done: tuple[ServiceId, ...] = ()
    dropped: tuple[ServiceId, ...] = ()
    note: str = ""
    stages: tuple[Stage, ...] = ()
    by: FinishedBy = FinishedBy.KEY
    ask_rating: bool = False


class VisitMissed(Base, frozen=True):
    counter: CounterNo
    visit_id: VisitId
    by: NoShowBy = NoShowBy.CLERK
    implied: bool = False


class VisitCheckedIn(Base, frozen=True):
    """Back by presence; not called before `after_calls` further compatible calls, or at once if nobody else waits."""

    visit_id: VisitId
    after_calls: int
    stages: tuple[Stage, ...]


class VisitCancelled(Base, frozen=True):
    visit_id: VisitId
    reason: CancelReason


class VisitHeld(Base, frozen=True):
    counter: CounterNo
    visit_id: VisitId
    kind: HoldKind
    same_counter: bool = False


class VisitResumed(Base, frozen=True):
    counter: CounterNo
    visit_id: VisitId


class VisitTransferred(Base, frozen=True):
    counter: CounterNo
    visit_id: VisitId
    stages: tuple[Stage, ...]
    added: tuple[ServiceId, ...] = ()
    done: tuple[ServiceId, ...] = ()
    note: str = ""


class VisitRequeued(Base, frozen=True):
    """Back to wait with join time kept, letting `after_calls` compatible calls pass."""

    counter: CounterNo
    visit_id: VisitId
    note: str = ""
    after_calls: int = 0


class VisitReopened(Base, frozen=True):
    """An ending is taken back: `services` are open again; `calling`: back to being called, else back in service."""

    counter: CounterNo
    visit_id: VisitId
    services: tuple[ServiceId, ...] = ()
    stages: tuple[Stage, ...] = ()
    calling: bool = False


class Announced(Base, frozen=True):
    announcement_id: AnnouncementId
    text_zh: str
    by: Role
    text_en: str = ""
    urgent: bool = False
    zones: tuple[ZoneId, ...] = ()
    repeat: int = 1


class AnnouncementStopped(Base, frozen=True):
    announcement_id: AnnouncementId


class NoticeSet(Base, frozen=True):
    notice_id: NoticeId
    text_zh: str
    by: Role
    text_en: str = ""
    until_ms: Ms = Ms(0)


class NoticeCleared(Base, frozen=True):
    notice_id: NoticeId


Event = (
    DayOpened
    | PhaseChanged
    | HoursChanged
    | HallResumed
    | DayEnded
    | TicketIssued
    | ServicesAdded
    | VisitRestaged
    | PriorityConfirmed
    | VisitRated
    | PrintReported
    | CounterOpened
    | CounterClosed
    | CounterPaused
    | PauseAsked
    | CounterResumed
    | CounterReady
    | ReadyLapsed
    | NamedReleased
    | ProfileChanged
    | OverflowSwitched
    | VisitCalled
    | VisitRecalled
    | CallSpoken
    | NoShowOffered
    | ServiceStarted
    | WalkInServed
    | StageFinished
    | VisitMissed
    | VisitCheckedIn
    | VisitCancelled
    | VisitHeld
    | VisitResumed
    | VisitTransferred
    | VisitRequeued
    | VisitReopened
    | Announced
    | AnnouncementStopped
    | NoticeSet
    | NoticeCleared
)


class Record(Struct, frozen=True, omit_defaults=True):
    """One decision in the journal. `at_ms` is the decision's time, `digest` that of the request's parameters."""

    seq: Seq
    at_ms: Ms
    events: tuple[Event, ...]
    request_id: RequestId = RequestId("")
    method: str = ""
    digest: str = ""
    reply: Raw = Raw(b"null")
    version: int = 1
