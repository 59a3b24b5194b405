"""Screens that keep their picture from a snapshot and what is told after it, one of them with a voice.

The voice works from state: it speaks each call that is still running, was not spoken and is under 60 s old, one at a
time, newest last, and reports it. One zone has no loudspeaker: the other screen reports that it shows the calls of
those who wait there. In a quiet hour every picture must equal what the server would say now.
"""

from msgspec.structs import replace

from tests.simulation.client import Client
from tests.simulation.hall import Hall
from tests.simulation.process import Process
from tests.simulation.settings import ZONES
from ticketserver.client.session import ClientEvent, Connected, Notified
from ticketserver.core.ids import CounterNo
from ticketserver.core.projections.board import KEPT_MS
from ticketserver.core.terms import Role, VisitState
from ticketserver.server import views, views_counters
from ticketserver.wire.notes import BoardChanged, CounterChanged, DeviceChanged, QueueChanged, VisitCalled
from ticketserver.wire.params import ReportShown, ReportSpoken
from ticketserver.wire.views_board import BoardView, CallView, ZoneWaiting
from ticketserver.wire.views_counters import CounterView
from ticketserver.wire.views_hall import DeviceView, QueueView

FRESH_MS = 60_000
SILENT = ZONES[2]
EDGE_MS = 130_000
"""Rows leave the board by age; the server tells so within a minute, and a quiet hour may fall just there."""


class Pictures:
    """What a client was told, topic by topic."""

    def __init__(self) -> None:
        self.board: BoardView | None = None
        self.counters: dict[CounterNo, CounterView] = {}
        self.queue: QueueView | None = None
        self.devices: dict[str, DeviceView] = {}

    def take(self, event: ClientEvent) -> None:
        if isinstance(event, Connected):
            snapshot = event.snapshot
            self.board, self.queue = snapshot.board, snapshot.queue
            self.counters = {view.counter: view for view in snapshot.counters}
            self.devices = {view.device: view for view in snapshot.devices}
        elif isinstance(event, Notified):
            match event.note:
                case BoardChanged(board=board):
                    self.board = board
                case CounterChanged(counter=view):
                    self.counters[view.counter] = view
                case QueueChanged(queue=queue):
                    self.queue = queue
                case DeviceChanged(device=device):
                    self.devices[device.device] = device

    def differs(self, process: Process, topics: tuple[str, ...]) -> str:
        """Where this is not what the server knows; waits and ages, which go on by themselves, are left out."""
        state, now = process.state, process.line.now
        hours = views.hours_view(state, process.desk.days.next_opening(now))
        zones = views.zones_view(state, process.desk.waiting, now)
        pairs: list[tuple[object, object]] = []
        if "board" in topics:
            board = views.board_view(state, process.desk.board, zones, hours, now)
            pairs.append((_board(self.board, now), _board(board, now)))
        if "queue" in topics:
            shown = self.queue
            pairs.append(((_zones(shown.zones), shown.hours) if shown else None, (_zones(zones), hours)))
        if "counters" in topics:
            pairs += [(_counter(view), _counter(views_counters.counter_view(state, state.counters[number], now)))
                      for number, view in self.counters.items()]  # fmt: skip
        if "devices" in topics:
            pairs.append((sorted(self.devices), sorted(process.devices.views)))
            pairs += [(view, process.devices.views.get(view.device)) for view in self.devices.values()]
        wrong = [f"shows {shown}\n  server {real}" for shown, real in pairs if shown != real]
        return "\n".join(wrong)


def _zones(zones: list[ZoneWaiting]) -> list[ZoneWaiting]:
    return [replace(zone, wait_p50_ms=0, wait_p90_ms=0) for zone in zones]


def _counter(view: CounterView) -> CounterView:
    return replace(view, reopenable=[])


def _board(board: BoardView | None, now: int) -> object:
    if board is None:
        return None
    old = now - KEPT_MS
    rows = [row for row in board.rows
            if row.state is VisitState.CALLED or abs(row.call.called_at_ms - old) > EDGE_MS]  # fmt: skip
    return rows, board.soon, board.missed, _zones(board.zones), board.hours


class Display:
    """A call screen; with `speaks` it has the loudspeaker, without it reports what that does not say."""

    def __init__(self, hall: Hall, name: str, speaks: bool) -> None:
        self.hall = hall
        self.name = name
        self.speaks = speaks
        self.pictures = Pictures()
        self._reported: set[int] = set()
        self._speaking = False
        self.client = Client(hall, name, Role.DISPLAY, ("board", "counters"), on_event=self._told)
        hall.screens.append(self)

    def at_rest(self) -> bool:
        return True

    def differs(self, process: Process) -> str:
        wrong = self.pictures.differs(process, self.client.topics)
        return wrong and f"{self.name} {wrong}"

    def _told(self, event: ClientEvent) -> None:
        self.pictures.take(event)
        if isinstance(event, Connected):
            self._look([row.call for row in event.snapshot.board.rows if row.state is VisitState.CALLED]
                       if event.snapshot.board else [])  # fmt: skip
        elif isinstance(event, Notified) and isinstance(event.note, VisitCalled):
            self._look([event.note.call])
        elif isinstance(event, Notified) and isinstance(event.note, BoardChanged):
            self._look([row.call for row in event.note.board.rows if row.state is VisitState.CALLED])

    def _look(self, calls: list[CallView]) -> None:
        wall = self.hall.world.wall
        for call in sorted(calls, key=lambda call: call.call_id):
            if call.spoken or call.call_id in self._reported or wall - call.called_at_ms > FRESH_MS:
                continue
            if call.zone == SILENT:
                if not self.speaks:
                    self._reported.add(call.call_id)
                    self.client.ask("report_shown", ReportShown(call_id=call.call_id))
            elif self.speaks and not self._speaking:
                self._reported.add(call.call_id)
                self._speaking = True
                self.hall.world.after(self.hall.world.random.randint(2_000, 5_000), self._spoken, call)

    def _spoken(self, call: CallView) -> None:
        if not self.client.on:
            return
        self._speaking = False
        self.client.ask("report_spoken", ReportSpoken(call_id=call.call_id))
        if self.pictures.board is not None:
            self._look([row.call for row in self.pictures.board.rows if row.state is VisitState.CALLED])

    def power_off(self) -> None:
        self.client.power_off()
        self.hall.screens.remove(self)


