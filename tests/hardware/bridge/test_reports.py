"""What is said of lines and boxes, once per change."""

import logging

import pytest

from hardware.bridge.lines import BoxLine, Device
from hardware.bridge.port import PortHealth
from hardware.bridge.reports import Reports
from hardware.devices.call_box_make import ub485_bus
from hardware.devices.call_box_parts import BoxHealth, BoxSpec
from ticketserver.core.ids import DeviceId
from ticketserver.core.terms import DeviceHealth
from ticketserver.shared.texts import load_texts
from ticketserver.wire.params import ReportHealth

ONLINE, UNHEARD = BoxHealth("online"), BoxHealth("unheard")
SILENT, DOWN = BoxHealth("offline", "silent"), BoxHealth("offline", "link_down")


def told(address: int, health: DeviceHealth, reason: str = "") -> ReportHealth:
    return ReportHealth(device=DeviceId(f"box-one-{address}"), kind="call_box", health=health, reason=reason)


def test_changes_are_said_once_and_everything_is_known(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    bus = ub485_bus("serial:/dev/x", [BoxSpec(32, {}), BoxSpec(33, {})])
    devices = {address: Device(f"box-one-{address}", "call_box", counter) for address, counter in ((32, 7), (33, 8))}
    reports = Reports({0: BoxLine("one", devices, bus)}, load_texts("en"))
    assert reports.all() == []

    def note(link_down: str, one: BoxHealth, two: BoxHealth) -> tuple[list[ReportHealth], list[str]]:
        caplog.clear()
        changed = reports.note(0, PortHealth(link_down, {32: one, 33: two}))
        return changed, [record.getMessage() for record in caplog.records]

    up = [told(32, DeviceHealth.ONLINE, "unheard"), told(33, DeviceHealth.ONLINE, "unheard")]
    down = [told(32, DeviceHealth.OFFLINE, "link_down"), told(33, DeviceHealth.OFFLINE, "link_down")]
    assert note("", UNHEARD, UNHEARD) == (up, ["Line one is up"])
    assert note("", ONLINE, UNHEARD) == ([told(32, DeviceHealth.ONLINE)], [])
    silent = told(33, DeviceHealth.OFFLINE, "silent")
    assert note("", ONLINE, SILENT) == (
        [silent],
        ["Call box of counter 8 has a fault: No answer; check power, wiring and address."],
    )
    assert reports.all() == [told(32, DeviceHealth.ONLINE), silent]
    assert note("", ONLINE, ONLINE) == ([told(33, DeviceHealth.ONLINE)], ["Call box of counter 8 is well again"])
    changed, [sentence] = note("gone", DOWN, DOWN)
    assert changed == down
    assert "Line one is down (gone)." in sentence
    assert note("gone", DOWN, DOWN) == ([], [])
    assert note("busy", DOWN, DOWN) == ([], []), "it is down still, whatever the system says of it now"
