"""Which boxes are well: sentences for the log when that changes, values for the server."""

import logging
from collections.abc import Mapping

from hardware.bridge.buses import NamedBus
from hardware.bridge.port import PortHealth
from hardware.devices.call_box_parts import BoxHealth
from ticketserver.core.ids import DeviceId
from ticketserver.core.terms import DeviceHealth
from ticketserver.shared.texts import Texts
from ticketserver.wire.params import ReportHealth

log = logging.getLogger("bridge")


class Reports:
    """Remembers the health of all ports, by their place."""

    def __init__(self, buses: Mapping[int, NamedBus], texts: Texts) -> None:
        self._buses = buses
        self._texts = texts
        self._known: dict[int, PortHealth] = {}

    def note(self, place: int, now: PortHealth) -> list[ReportHealth]:
        """A port's health changed: log it; → what the server is told of it."""
        before = self._known.get(place)
        self._known[place] = now
        self._log_link(self._buses[place], None if before is None else before.link_down, now.link_down)
        changed: list[ReportHealth] = []
        for address, health in now.boxes.items():
            was = None if before is None else before.boxes[address]
            if was == health:
                continue
            self._log_box(self._buses[place].counters[address], was, health)
            changed.append(self._report(place, address, health))
        return changed

    def all(self) -> list[ReportHealth]:
        """Everything known, for a server that just came back."""
        return [
            self._report(place, address, health)
            for place, port in self._known.items()
            for address, health in port.boxes.items()
        ]

    def _log_link(self, bus: NamedBus, before: str | None, now: str) -> None:
        if now == before:
            return
        if now:
            log.error(self._texts("box.bridge.link_down", bus=bus.id, problem=now))
        else:
            log.info(self._texts("box.bridge.link_up", bus=bus.id))

    def _log_box(self, counter: int, before: BoxHealth | None, now: BoxHealth) -> None:
        if now.reason == "silent":
            log.warning(self._texts("box.bridge.box_silent", counter=counter))
        elif before is not None and before.reason == "silent" and now.state == "online":
            log.info(self._texts("box.bridge.box_back", counter=counter))

    def _report(self, place: int, address: int, health: BoxHealth) -> ReportHealth:
        state = DeviceHealth.OFFLINE if health.state == "offline" else DeviceHealth.ONLINE
        device = DeviceId(f"box-{self._buses[place].id}-{address}")
        return ReportHealth(device=device, kind="call_box", health=state, reason=health.reason)
