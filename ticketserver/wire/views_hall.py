"""What those see who look after the whole hall: its visits, all zones, the health of devices, calls for help."""

from ticketserver.core.ids import DeviceId, Ms, Seq, TicketNumber
from ticketserver.core.terms import DeviceHealth
from ticketserver.wire.views import HoursView, View
from ticketserver.wire.views_board import AnnouncementView, NoticeView, ZoneWaiting
from ticketserver.wire.views_visits import TicketView


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
