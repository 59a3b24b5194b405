"""Whole rounds over polled boxes on lines that pace every byte, in hand-moved time: each within a short press.

The wire takes ten bits a byte each way. A module acts on a question when its bytes are over and 3.5 characters of
silence have passed, and answers half a millisecond later, byte by byte. What the same buses take in real time, `make
bench` tells.
"""

import statistics
from collections import deque
from collections.abc import Callable
from itertools import pairwise

import pytest

from hardware.devices.bus_time import LONGEST_CYCLE_MS, ub485_slot_ms
from hardware.devices.call_box import CallBoxBus
from hardware.devices.call_box_modbus import ModbusBus
from hardware.devices.call_box_parts import BoxSpec
from hardware.devices.call_box_ub485 import Ub485
from hardware.devices.modbus_medium import serial_medium
from hardware.devices.modbus_modules import ModuleBox, place
from hardware.sim.box_ub485 import Ub485Bus
from hardware.sim.modbus_lines import ModuleBus
from hardware.transports.link import Link
from hardware.transports.memory import memory_pair
from tests.hardware.usual_keys import UB485_KEYS

STEP_MS = 0.1
ANSWERS_AFTER_MS = 0.5
SPAN_MS = 2_000
KEYS = {str(number): "next" for number in range(1, 9)}


class PacedWire:
    """A line at so many bits a second with devices at its far end, which `hear` a whole frame and answer."""

    def __init__(self, baud: int, hear: Callable[[bytes], bytes], silence_ms: float) -> None:
        self._byte_ms = 10_000 / baud
        self._hear, self._silence_ms = hear, silence_ms
        self._free_ms = 0.0
        self._arrived = b""
        self._whole_ms = 0.0
        self._leaving: deque[tuple[float, int]] = deque()
        self._far: Link

    def open(self) -> Link:
        near, self._far = memory_pair()
        return near

    def step(self, now_ms: float) -> bytes:
        """Move what is on the wire; → the frame that the devices heard now."""
        while data := self._far.read(0):
            self._free_ms = max(self._free_ms, now_ms) + len(data) * self._byte_ms
            self._arrived += data
            self._whole_ms = self._free_ms + self._silence_ms
        frame = b""
        if self._arrived and now_ms >= self._whole_ms:
            frame, self._arrived = self._arrived, b""
            at_ms = now_ms + ANSWERS_AFTER_MS
            for byte in self._hear(frame):
                at_ms += self._byte_ms
                self._leaving.append((at_ms, byte))
        while self._leaving and self._leaving[0][0] <= now_ms:
            self._far.write(bytes([self._leaving.popleft()[1]]), 0)
        return frame


def rounds(bus: ModbusBus | CallBoxBus, wire: PacedWire, is_first: Callable[[bytes], bool]) -> list[float]:
    """How long each round took, by the moments at which the first device was asked."""
    asked: list[float] = []
    now_ms = 1_000.0
    while now_ms < 1_000 + SPAN_MS:
        bus.poll(int(now_ms))
        if is_first(wire.step(now_ms)):
            asked.append(now_ms)
        now_ms += STEP_MS
    return [later - earlier for earlier, later in pairwise(asked)]


@pytest.mark.parametrize(("baud", "modules"), [(9600, 3), (115200, 14)])
def test_modbus_modules_are_read_within_a_press(baud: int, modules: int) -> None:
    far = ModuleBus(range(1, modules + 1), "waveshare", baud)
    wire = PacedWire(baud, far.hear, max(1.75, 38_500 / baud))
    boxes = [ModuleBox(place(unit, 0), KEYS) for unit in range(1, modules + 1)]
    times = rounds(ModbusBus(wire.open, serial_medium(baud), boxes), wire, lambda frame: frame[:2] == b"\x01\x02")
    print(f"\n{modules} modules at {baud}: median {statistics.median(times):.1f} ms, longest {max(times):.1f}")
    assert len(times) > SPAN_MS / LONGEST_CYCLE_MS / 2
    assert statistics.median(times) < LONGEST_CYCLE_MS
    assert max(times[5:]) < LONGEST_CYCLE_MS + 10, "a light that is set costs one exchange more"


def test_polled_ub485_boxes_are_asked_within_a_press() -> None:
    addresses = list(range(0x20, 0x30))
    far = Ub485Bus(addresses)
    wire = PacedWire(57600, far.hear, 0.0)
    boxes = [BoxSpec(address, UB485_KEYS, characters=0) for address in addresses]
    bus = CallBoxBus(wire.open, lambda: Ub485(addresses, ub485_slot_ms(57600)), boxes)
    times = rounds(bus, wire, lambda frame: frame == bytes([0x04, 0x20, 0x07]))[3:]
    print(f"\n16 UB485 boxes at 57600: median {statistics.median(times):.1f} ms, longest {max(times):.1f}")
    assert statistics.median(times) < LONGEST_CYCLE_MS
