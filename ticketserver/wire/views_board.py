"""What a call screen and its voice are told: calls, who comes soon, missed numbers, waiting by zone, words of staff.

All of it is state: a screen that was off shows the truth from one `BoardView`, without what happened in between."""

from ticketserver.core.ids import AnnouncementId, CallId, CounterNo, Ms, NoticeId, TicketNumber, VisitId, ZoneId
from ticketserver.core.terms import CallReason, Role, VisitState
from ticketserver.wire.views import HoursView, View


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
    """A row of the call screen, while CALLED and at least 5 minutes. Called again while in service counts as CALLED."""

    call: CallView
    state: VisitState


class MissedRow(View, frozen=True, kw_only=True):
    """A number that was called in vain and may come back."""

    number: TicketNumber
    counter: CounterNo
    missed_at_ms: Ms


class ZoneWaiting(View, frozen=True, kw_only=True):
    """People who wait in a zone. `counters_open` counts open counters that call for it, of whatever zone they are."""

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
