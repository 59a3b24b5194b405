"""What lives in memory only and is told all the same: health of devices, calls for help, slips asked of a kiosk."""

import logging
from collections.abc import Callable

from ticketserver.core.ids import Ms
from ticketserver.core.terms import Role
from ticketserver.server.peers import Peer
from ticketserver.server.prints import Prints
from ticketserver.server.registry import Devices, Helps
from ticketserver.wire import params as p
from ticketserver.wire.codec import note_tail
from ticketserver.wire.views import View

log = logging.getLogger("hall")

Tell = Callable[[str, str, bytes], None]
"""Tells the subscribers of a topic: topic, method, body."""


class Memory:
    """None of it is journalled: programs report anew when they connect, and people ask again."""

    def __init__(self, devices: Devices, helps: Helps, now: Callable[[], Ms], tell: Tell) -> None:
        self._devices = devices
        self._helps = helps
        self._now = now
        self._tell = tell
        self.prints = Prints(devices, now, tell)

    def report_health(self, reporter: object, asked: p.ReportHealth) -> None:
        view = self._devices.report(reporter, asked, self._now())
        if view is not None:
            log.info("%s %s: %s %s", view.kind, view.device, view.health.value, view.reason)
            self._tell("devices", "device_changed", note_tail("device", view))

    def reporter_gone(self, reporter: Peer) -> None:
        if reporter.role is Role.KIOSK:
            self.prints.gone(reporter.device)
        for view in self._devices.gone(reporter, self._now()):
            self._tell("devices", "device_changed", note_tail("device", view))

    def request_help(self, peer: Peer, asked: p.RequestHelp) -> View:
        view, new = self._helps.request(peer.device, asked, self._now())
        if new:
            self._tell("help", "help_requested", note_tail("help", view))
        return view

    def accept_help(self, asked: p.AcceptHelp) -> View:
        """Raises RefusedError(unknown_help)."""
        view, new = self._helps.accept(asked)
        if new:
            self._tell("help", "help_requested", note_tail("help", view))
        return view
