"""What subscribers are told: a snapshot first, then a notification for each change.

Each carries the journal position it stands for and its count within the subscription: a gap in `n` means that something
was lost, and whoever sees one subscribes again."""

from ticketserver.core.ids import Ms, Seq
from ticketserver.wire.views import View
from ticketserver.wire.views_board import BoardView, CallView
from ticketserver.wire.views_counters import CounterView
from ticketserver.wire.views_hall import DeviceView, HelpView, QueueView
from ticketserver.wire.views_visits import TicketView


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
