"""What someone asks of the hall. A command is judged against the state at one moment; it changes nothing by itself.

Ticket commands name the visit by id: whoever sends them has looked it up by token, or by number and check code.
The last group is asked by the server (day, clock, restart) or by the core itself as a follow-up of a decision.
"""

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
    ServiceId,
    Token,
    VisitId,
    ZoneId,
)
from ticketserver.core.model import DayPlan, Rules
from ticketserver.core.terms import Basis, CancelReason, HoldKind, Key, PrintOutcome, Role, Source, StageReason


class Command(Struct, frozen=True, kw_only=True):
    """Base of all commands."""


class Item(Struct, frozen=True):
    """A service or purpose with its quantity (cases or people)."""

    service: ServiceId
    quantity: int = 1


class IssueTicket(Command, frozen=True):
    token: Token
    day: BusinessDay
    items: tuple[Item, ...]
    source: Source
    device: DeviceId = DeviceId("")
    employers: int = 0
    on_behalf: bool = False
    priority: str = ""
    basis: Basis | None = None
    holder: str = ""
    appointment_ms: Ms = Ms(0)
    appointment_until_ms: Ms = Ms(0)
    booking: str = ""
    note: str = ""


class AddServices(Command, frozen=True):
    visit_id: VisitId
    items: tuple[Item, ...]


class CheckIn(Command, frozen=True):
    visit_id: VisitId


class CancelTicket(Command, frozen=True):
    visit_id: VisitId
    reason: CancelReason = CancelReason.CITIZEN


class ConfirmPriority(Command, frozen=True):
    visit_id: VisitId
    confirmed: bool = True


class RateVisit(Command, frozen=True):
    visit_id: VisitId
    level: int
    service: ServiceId = ServiceId("")


class ReportPrint(Command, frozen=True):
    visit_id: VisitId
    outcome: PrintOutcome
    detail: str = ""
    reprint: bool = False


class AtCounter(Command, frozen=True):
    """Base of all acts at a counter."""

    counter: CounterNo


class PressKey(AtCounter, frozen=True):
    key: Key


class OpenCounter(AtCounter, frozen=True):
    pass


class CloseCounter(AtCounter, frozen=True):
    returns_at_ms: Ms = Ms(0)


class PauseCounter(AtCounter, frozen=True):
    pass


class ResumeCounter(AtCounter, frozen=True):
    pass


class CallNext(AtCounter, frozen=True):
    pass


class Recall(AtCounter, frozen=True):
    pass


class CallVisit(AtCounter, frozen=True):
    visit_id: VisitId
    reason: str


class ServeWalkIn(AtCounter, frozen=True):
    token: Token
    items: tuple[Item, ...]
    reason: str


class StartService(AtCounter, frozen=True):
    pass


class FinishService(AtCounter, frozen=True):
    not_done: tuple[ServiceId, ...] = ()
    reason: str = ""
    ask_rating: bool = False
    implied: bool = False


class MarkNoShow(AtCounter, frozen=True):
    pass


class ReopenVisit(AtCounter, frozen=True):
    """`visit_id` 0 = the last ending at this counter."""

    visit_id: VisitId = VisitId(0)


class HoldVisit(AtCounter, frozen=True):
    kind: HoldKind
    same_counter: bool = False


class ResumeVisit(AtCounter, frozen=True):
    visit_id: VisitId


class TransferVisit(AtCounter, frozen=True):
    """Exactly one of `service`, `zone`, `to_counter`."""

    service: ServiceId = ServiceId("")
    zone: ZoneId = ZoneId("")
    to_counter: CounterNo = CounterNo(0)
    reason: str = ""


class RequeueVisit(AtCounter, frozen=True):
    reason: str = ""


class ReportSpoken(Command, frozen=True):
    """The call was said, or `shown` on a display where no voice says it."""

    call_id: CallId
    shown: bool = False


class SetHours(Command, frozen=True):
    last_number_ms: Ms = Ms(0)
    ends_ms: Ms = Ms(0)
    calling_paused: bool | None = None


class SetProfile(AtCounter, frozen=True):
    profile: ProfileId


class SetOverflow(Command, frozen=True):
    profile: ProfileId
    on: bool


class Announce(Command, frozen=True):
    """To be said to everybody in `zones` (none = the whole hall), `repeat` times, now."""

    text_zh: str
    by: Role
    text_en: str = ""
    urgent: bool = False
    zones: tuple[ZoneId, ...] = ()
    repeat: int = 1


class StopAnnouncement(Command, frozen=True):
    announcement_id: AnnouncementId


class SetNotice(Command, frozen=True):
    """A line to stand on every screen until `until_ms`, 0 = until the day ends."""

    text_zh: str
    by: Role
    text_en: str = ""
    until_ms: Ms = Ms(0)


class ClearNotice(Command, frozen=True):
    notice_id: NoticeId


class OpenDay(Command, frozen=True):
    rules: Rules
    plan: DayPlan


class ResumeHall(Command, frozen=True):
    """The server is back: re-arm every deadline from now."""


class Wake(Command, frozen=True):
    """A deadline announced by `deadlines.next_deadline` has come."""


class MatchReady(Command, frozen=True):
    """Follow-up: somebody may wait whom a READY counter can serve."""


class Restage(Command, frozen=True):
    """Follow-up: counters open or due today changed; new stages for who waits. `closed` went away, if for a while."""

    reason: StageReason
    closed: CounterNo = CounterNo(0)
