"""Whole rounds over polled boxes on virtual lines that pace every byte: each within the shortest press."""

import statistics
import tempfile
from pathlib import Path

import pytest

from hardware.devices.bus_time import LONGEST_CYCLE_MS
from hardware.devices.call_box_modbus_make import modbus_cycle_ms
from hardware.devices.modbus_medium import SHORT_MS
from tests.bench.buses import KINDS, cycle_times, turn_round, virtual_boxes

ROUNDS = 25
POLLED = [name for name in KINDS if "TCP" not in name]


@pytest.mark.parametrize("name", POLLED)
def test_a_round_is_shorter_than_a_press(name: str) -> None:
    times = cycle_times(name)
    middle, most = statistics.median(times), sorted(times)[len(times) * 9 // 10]
    # What else runs on this machine takes its time from the driver and from the virtual line: the calmest rounds in a
    # row show what the bus needs.
    calm = min(statistics.median(times[at : at + ROUNDS]) for at in range(0, len(times) - ROUNDS, ROUNDS))
    print(f"\n{name}: median {middle:.1f} ms, calmest {calm:.1f}, nine of ten within {most:.1f}, {len(times)} rounds")
    assert calm < LONGEST_CYCLE_MS


def test_a_dead_unit_hardly_delays_the_others() -> None:
    name = POLLED[0]
    kind = KINDS[name]
    with tempfile.TemporaryDirectory() as folder, virtual_boxes(kind, Path(folder)) as (link, hand):
        bus = kind.make(link)
        try:
            turn_round(bus, 1.0)
            before = len(hand.command("cycles")["cycles_ms"]["0x01"])
            assert hand.command("fault dead 2 on")["ok"]
            turn_round(bus, 10.0)
            times = hand.command("cycles")["cycles_ms"]["0x01"][before:]
            states = [health.state for health in bus.health().values()]
        finally:
            bus.close()
    middle = statistics.median(times)
    longer = [ms for ms in times if ms > middle + SHORT_MS - 10]
    print(f"\n{name}, one dead: median {middle:.1f} ms, longer ones {[round(ms) for ms in longer]}")
    assert states == ["online", "offline", "online"]
    assert middle < modbus_cycle_ms(bus)
    # Two time-outs until it is known, then the rare ones after 1, 2 and 5 s.
    assert len(longer) <= 7
    assert len(times) > 80
