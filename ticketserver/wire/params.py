"""What clients ask: the parameters of every method, one struct each.

Decoding is the validation: msgspec checks types, lengths, patterns and names the field's path; unknown fields are
ignored. What changes something carries `request_id`: same id and parameters, same reply; others, `request_id_reused`.
"""

from typing import Annotated

from msgspec import Meta, Struct

from ticketserver.core.ids import (
    BusinessDay,
    CallId,
    CounterNo,
    DeviceId,
    ProfileId,
    RequestId,
    ServiceId,
    TicketNumber,
    Token,
    VisitId,
    ZoneId,
)
from ticketserver.core.terms import Basis, CancelReason, DeviceHealth, HoldKind, Key, PrintOutcome, Role

RequestIdText = Annotated[RequestId, Meta(pattern=r"^[A-Za-z0-9._:-]{8,64}$")]
TokenText = Annotated[Token, Meta(pattern=r"^[A-Za-z0-9_-]{22}$")]
AppointmentCode = Annotated[str, Meta(max_length=300)]
Short = Annotated[str, Meta(max_length=200)]
Quantity = Annotated[int, Meta(ge=1, le=500)]
CounterNumber = Annotated[CounterNo, Meta(ge=1, le=999)]


class Params(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of all parameters."""


class Change(Params, frozen=True, kw_only=True):
    """Base of all parameters of methods that change something."""

    request_id: RequestIdText


class ServiceItem(Struct, frozen=True, omit_defaults=True):
    """One service of a visit; `quantity` counts cases or people."""

    service: ServiceId
    quantity: Quantity = 1


class PriorityClaim(Struct, frozen=True):
    """A claim to a priority class of the hall (`veteran`, `age`, …) and what it rests on."""

    class_id: Annotated[str, Meta(min_length=1, max_length=40)]
    basis: Basis


class Hello(Params, frozen=True, kw_only=True):
    """First message on a socket, within 5 s. `device` is the kiosk's, display's or bridge's id in hall.toml."""

    protocol: int
    role: Role
    token: str = ""
    locale: str = "zh"
    device: DeviceId = DeviceId("")


class GetCatalogue(Params, frozen=True, kw_only=True):
    """Services, purposes, zones, profiles and priority classes of this hall, in both languages."""


class Subscribe(Params, frozen=True, kw_only=True):
    """Topics: board, counters (all, or those named), queue, devices, help, prints, print_jobs, ticket (by `token`)."""

    topics: Annotated[list[str], Meta(min_length=1, max_length=8)]
    counters: Annotated[list[CounterNumber], Meta(max_length=200)] = []
    token: str = ""


class PlanVisit(Params, frozen=True, kw_only=True):
    """What would a number for this mean now: stages, people ahead, minutes? Takes none and promises nothing."""

    services: Annotated[list[ServiceItem], Meta(max_length=20)] = []
    purpose: str = ""
    priority: PriorityClaim | None = None


class IssueTicket(Change, frozen=True, kw_only=True):
    """Take one number for one visit. Either `services` or one `purpose` (enquiry, papers, collect, complain), or the
    signed code of an `appointment`, which names the services and the time itself. `reason`: why all the same, where a
    precheck speaks against it; journalled."""

    token: TokenText
    day: BusinessDay
    services: Annotated[list[ServiceItem], Meta(max_length=20)] = []
    purpose: str = ""
    employers: Annotated[int, Meta(ge=0, le=500)] = 0
    on_behalf: bool = False
    priority: PriorityClaim | None = None
    holder: Annotated[str, Meta(max_length=64)] = ""
    appointment_ms: Annotated[int, Meta(ge=0)] = 0
    appointment: AppointmentCode = ""
    reason: Short = ""


class ReadAppointment(Params, frozen=True, kw_only=True):
    """What does this code of an appointment say, and can it be used today? Takes no number."""

    appointment: AppointmentCode


class FindRequest(Params, frozen=True, kw_only=True):
    """Was this `issue_ticket` accepted? Answers the ticket, or `unknown_request`."""

    request_id: RequestIdText


class TicketRef(Params, frozen=True, kw_only=True):
    """A ticket by its slip's token, or by number and check code. Staff may give the number or visit alone."""

    token: str = ""
    number: TicketNumber = TicketNumber("")
    check_code: str = ""
    visit_id: VisitId = VisitId(0)


class TicketChange(TicketRef, frozen=True, kw_only=True):
    """A change of a ticket."""

    request_id: RequestIdText


class FindTicket(TicketRef, frozen=True, kw_only=True):
    """How a ticket stands now. `holder` (a card's keyed hash; kiosks and guides only): the newest that is not over."""

    holder: Annotated[str, Meta(max_length=64)] = ""


class GetTicket(TicketRef, frozen=True, kw_only=True):
    """As `find_ticket`; what a phone asks."""


class CheckIn(TicketChange, frozen=True, kw_only=True):
    """Back after a missed call: the join time is kept, a few further calls pass first."""


class CancelTicket(TicketChange, frozen=True, kw_only=True):
    """Gives the number up."""

    reason: CancelReason = CancelReason.CITIZEN


class AddServices(TicketChange, frozen=True, kw_only=True):
    """More services under the same number; the place is kept."""

    services: Annotated[list[ServiceItem], Meta(min_length=1, max_length=20)]


class RateVisit(TicketChange, frozen=True, kw_only=True):
    """5 very satisfied … 1 very dissatisfied, once for each service done (or the whole visit)."""

    level: Annotated[int, Meta(ge=1, le=5)]
    service: ServiceId = ServiceId("")


class ReportPrint(Change, frozen=True, kw_only=True):
    """What became of the paper: confirmed, fenced, assumed, failed or unknown."""

    visit_id: VisitId
    outcome: PrintOutcome
    detail: Short = ""
    reprint: bool = False


class ReportHealth(Params, frozen=True, kw_only=True):
    """The health of one device, as a value; `reason` is a stable code (`paper_out`, `cover_open`, `silent`, …)."""

    device: DeviceId
    kind: Short
    health: DeviceHealth
    reason: Short = ""


class RequestHelp(Change, frozen=True, kw_only=True):
    """Somebody at the kiosk wants a person to come."""

    device: DeviceId = DeviceId("")
    number: TicketNumber = TicketNumber("")


class AcceptHelp(Change, frozen=True, kw_only=True):
    """Somebody goes there."""

    help_id: int


class PressKey(Change, frozen=True, kw_only=True):
    """A key of a call box. Answers how the box shall show it; a press that leads to nothing beeps with the code why."""

    counter: CounterNumber
    key: Key


class AtCounter(Change, frozen=True, kw_only=True):
    """A clerk's act at a counter."""

    counter: CounterNumber


class OpenCounter(AtCounter, frozen=True, kw_only=True):
    """The counter starts work; who waits gets fewer stages where it can do more."""


class PauseCounter(AtCounter, frozen=True, kw_only=True):
    """Nobody more is called; with a visit in hand the pause follows it."""


class ResumeCounter(AtCounter, frozen=True, kw_only=True):
    """Work goes on, or the pause asked for is taken back."""


class CloseCounter(AtCounter, frozen=True, kw_only=True):
    """`returns_at_ms`: when the counter opens again today; 0 = not today."""

    returns_at_ms: int = 0


class CallNext(AtCounter, frozen=True, kw_only=True):
    """The visit that the rules choose. With nobody waiting the counter is READY for the next arrival; with a visit in
    hand it does what the next key does."""


class Recall(AtCounter, frozen=True, kw_only=True):
    """One more call of the visit in hand; in service it is asked to step up again."""


class CallVisit(AtCounter, frozen=True, kw_only=True):
    """Call a chosen number out of turn; the reason is kept and shown to the supervisor."""

    number: TicketNumber
    reason: Annotated[str, Meta(min_length=1, max_length=200)]


class ServeWalkIn(AtCounter, frozen=True, kw_only=True):
    """A person without a number at the counter: issued and served in one decision."""

    token: TokenText
    services: Annotated[list[ServiceItem], Meta(max_length=20)] = []
    purpose: str = ""
    reason: Annotated[str, Meta(min_length=1, max_length=200)]


class StartService(AtCounter, frozen=True, kw_only=True):
    """The person is here."""


class FinishService(AtCounter, frozen=True, kw_only=True):
    """Ends the stage: open services this counter can do are done, except those named in `not_done`."""

    not_done: Annotated[list[ServiceId], Meta(max_length=20)] = []
    reason: Short = ""
    ask_rating: bool = False


class MarkNoShow(AtCounter, frozen=True, kw_only=True):
    """Nobody came: once all calls are made and the time after the last one is over."""


class ReopenVisit(AtCounter, frozen=True, kw_only=True):
    """Take back the last implied or mistaken ending at this counter, within 5 minutes."""

    number: TicketNumber = TicketNumber("")


class HoldVisit(AtCounter, frozen=True, kw_only=True):
    """Parks the visit in hand until a step elsewhere is done; `same_counter` keeps it for this one."""

    kind: HoldKind
    same_counter: bool = False


class ResumeVisit(AtCounter, frozen=True, kw_only=True):
    """Takes a held visit back in hand."""

    number: TicketNumber


class TransferVisit(AtCounter, frozen=True, kw_only=True):
    """To a service (added and done elsewhere), a zone or one counter: exactly one of the three."""

    service: ServiceId = ServiceId("")
    zone: ZoneId = ZoneId("")
    to_counter: int = 0
    reason: Short = ""


class RequeueVisit(AtCounter, frozen=True, kw_only=True):
    """Put the person in hand back to wait, with join time and credit kept."""

    reason: Short = ""


class ConfirmPriority(TicketChange, frozen=True, kw_only=True):
    """Proof was seen (`confirmed`) or not shown (the priority is taken off)."""

    confirmed: bool = True


class ListWaiting(Params, frozen=True, kw_only=True):
    """Who waits for this counter, in the order the present rules would call, and why."""

    counter: CounterNumber
    limit: Annotated[int, Meta(ge=1, le=200)] = 30


class ListVisits(Params, frozen=True, kw_only=True):
    """Visits of today, that of the whole `number`, then newest first; taken from `from_ms` until before `to_ms` (0 =
    no limit), for one of `services`. `rated_at_most` (supervisors only): a rating so bad or worse, and all ratings."""

    states: list[str] = []
    number: str = ""
    services: Annotated[list[ServiceId], Meta(max_length=20)] = []
    from_ms: Annotated[int, Meta(ge=0)] = 0
    to_ms: Annotated[int, Meta(ge=0)] = 0
    rated_at_most: Annotated[int, Meta(ge=0, le=5)] = 0
    limit: Annotated[int, Meta(ge=1, le=200)] = 50


class ReportSpoken(Params, frozen=True, kw_only=True):
    """The voice has said this call; the no-show clock starts."""

    call_id: CallId
    device: DeviceId = DeviceId("")


class ReportShown(Params, frozen=True, kw_only=True):
    """A display shows this call, and no voice says it; the no-show clock starts."""

    call_id: CallId
    device: DeviceId = DeviceId("")


class SetHours(Change, frozen=True, kw_only=True):
    """A supervisor's override for today; 0 leaves a time as it is. Milliseconds since 1970."""

    last_number_ms: int = 0
    ends_ms: int = 0
    calling_paused: bool | None = None


class SetProfile(Change, frozen=True, kw_only=True):
    """What a counter does from now on."""

    counter: CounterNumber
    profile: ProfileId


class SetOverflow(Change, frozen=True, kw_only=True):
    """Whether counters of a profile also call what they only take as overflow."""

    profile: ProfileId
    on: bool
