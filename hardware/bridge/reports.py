"""Which devices are well: sentences for the log when that changes, values for the server."""

import logging
from collections.abc import Mapping

from hardware.bridge.lines import Device, Line
from hardware.bridge.port import Health, PortHealth
from ticketserver.core.ids import DeviceId
from ticketserver.core.terms import DeviceHealth
from ticketserver.shared.texts import Texts
from ticketserver.wire.params import ReportHealth

log = logging.getLogger("bridge")

OFFLINE, UNHEARD = "offline", "unheard"
STATES = {OFFLINE: DeviceHealth.OFFLINE, "degraded": DeviceHealth.DEGRADED}


class Reports:
    """Remembers the health of all lines, by their place."""

    def __init__(self, lines: Mapping[int, Line], texts: Texts) -> None:
        self._lines = lines
        self._texts = texts
        self._known: dict[int, PortHealth] = {}

    def note(self, place: int, now: PortHealth) -> list[ReportHealth]:
        """A line's health changed: log it; → what the server is told of it."""
        before = self._known.get(place)
        self._known[place] = now
        line = self._lines[place]
        self._log_link(line, None if before is None else before.link_down, now.link_down)
        changed: list[ReportHealth] = []
        for address, health in now.devices.items():
            was = None if before is None else before.devices[address]
            if was == health:
                continue
            self._log_device(line.devices[address], was, health)
            changed.append(_report(line.devices[address], health))
        return changed

    def all(self) -> list[ReportHealth]:
        """Everything known, for a server that just came back."""
        return [
            _report(self._lines[place].devices[address], health)
            for place, port in self._known.items()
            for address, health in port.devices.items()
        ]

    def _log_link(self, line: Line, before: str | None, now: str) -> None:
        if before is not None and bool(now) == bool(before):
            return
        if now:
            log.error(self._texts("box.bridge.link_down", bus=line.id, problem=now))
        else:
            log.info(self._texts("box.bridge.link_up", bus=line.id))

    def _log_device(self, device: Device, before: Health | None, now: Health) -> None:
        """A link that went is said once for all its devices, so it is not said here."""
        kind = self._texts(f"terms.device_kind.{device.kind}")
        if now.state in STATES and now.reason != "link_down":
            why = self._texts(f"terms.device_reason.{now.reason}")
            log.warning(self._texts("box.bridge.device_fault", device=kind, counter=device.counter, why=why))
        elif before is not None and before.state in STATES and before.reason != "link_down" and now.state == "online":
            log.info(self._texts("box.bridge.device_back", device=kind, counter=device.counter))


def _report(device: Device, health: Health) -> ReportHealth:
    state = STATES.get(health.state, DeviceHealth.ONLINE)
    reason = health.reason or (UNHEARD if health.state == UNHEARD else "")
    return ReportHealth(device=DeviceId(device.id), kind=device.kind, health=state, reason=reason)
