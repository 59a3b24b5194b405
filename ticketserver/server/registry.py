"""What lives in memory only: the health of devices as their programs report it, and calls for help.

A device whose reporting program is gone is offline (`not_connected`) until it reports again: a kiosk that nobody hears
of must not be recommended. Both are forgotten with the process; the programs report anew when they connect.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from msgspec.structs import replace

from ticketserver.core.ids import DeviceId, Ms, RequestId
from ticketserver.core.refusal import RefusedError
from ticketserver.core.terms import DeviceHealth
from ticketserver.wire import params as p
from ticketserver.wire.errors import Refusal
from ticketserver.wire.views_hall import DeviceView, HelpView

NOT_CONNECTED = "not_connected"
KEPT_HELP = 50
HELP_MS = 30 * 60_000


@dataclass
class Devices:
    """Health by device, and which program (its connection) reported it last."""

    views: dict[DeviceId, DeviceView] = field(default_factory=dict)
    _by: dict[DeviceId, object] = field(default_factory=dict)

    def report(self, reporter: object, asked: p.ReportHealth, now: Ms) -> DeviceView | None:
        """The device's new view where something changed, else None."""
        self._by[asked.device] = reporter
        before = self.views.get(asked.device)
        same = before is not None and (before.health, before.reason) == (asked.health, asked.reason)
        if same:
            return None
        view = DeviceView(device=asked.device, kind=asked.kind, health=asked.health, reason=asked.reason, since_ms=now)
        self.views[asked.device] = view
        return view

    def gone(self, reporter: object, now: Ms) -> list[DeviceView]:
        """A program's connection has ended: the views of its devices, now offline."""
        lost = [device for device, by in self._by.items() if by is reporter]
        changed = []
        for device in lost:
            del self._by[device]
            view = replace(self.views[device], health=DeviceHealth.OFFLINE, reason=NOT_CONNECTED, since_ms=now)
            self.views[device] = view
            changed.append(view)
        return changed


@dataclass
class Helps:
    """Calls for help, newest last. The same request is one call."""

    calls: dict[int, HelpView] = field(default_factory=dict)
    _by_request: dict[RequestId, int] = field(default_factory=dict)
    _last: int = 0

    def request(self, device: DeviceId, asked: p.RequestHelp, now: Ms) -> tuple[HelpView, bool]:
        """The call, and whether it is new."""
        known = self._by_request.get(asked.request_id)
        if known in self.calls:
            return self.calls[known], False
        self._last += 1
        view = HelpView(help_id=self._last, device=asked.device or device, at_ms=now, number=asked.number)
        self.calls[self._last] = view
        self._by_request[asked.request_id] = self._last
        self._forget(now)
        return view, True

    def accept(self, asked: p.AcceptHelp) -> tuple[HelpView, bool]:
        """The call as accepted, and whether that is news. Raises RefusedError(unknown_help)."""
        view = self.calls.get(asked.help_id)
        if view is None:
            raise RefusedError(Refusal.UNKNOWN_HELP)
        accepted = replace(view, accepted=True)
        self.calls[asked.help_id] = accepted
        return accepted, not view.accepted

    def open(self) -> list[HelpView]:
        return [view for view in self.calls.values() if not view.accepted]

    def _forget(self, now: Ms) -> None:
        """Old calls go; the newest stay however many there are."""
        old = [number for number, view in self.calls.items() if view.at_ms + HELP_MS < now]
        self._drop({*old, *list(self.calls)[:-KEPT_HELP]})

    def _drop(self, numbers: Iterable[int]) -> None:
        gone = set(numbers)
        for number in gone:
            del self.calls[number]
        self._by_request = {request: number for request, number in self._by_request.items() if number not in gone}
