"""How long a round over all boxes of a polled bus takes, on virtual boxes that pace every byte.

The boxes run in a process of their own and note when they are asked; the driver runs here as the bridge runs it. The
figures are the boxes': from one question to a box to the next question to the same box.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hardware.devices.call_box import CallBoxBus
from hardware.devices.call_box_make import ub485_bus
from hardware.devices.call_box_modbus import ModbusBus
from hardware.devices.call_box_modbus_make import modbus_rtu_bus, modbus_tcp_bus
from hardware.devices.call_box_parts import BoxSpec
from hardware.devices.modbus_modules import ModuleBox, place
from hardware.sim.box_cli import BOXES
from hardware.sim.control import Control
from tests.hardware.usual_keys import UB485_KEYS

WAIT_S = 0.02
SETTLED_S = 1.0


@dataclass(frozen=True)
class Kind:
    """A bus as a hall has it: how its virtual boxes are started, and its driver, made from the link's address."""

    protocol: str
    addresses: tuple[int, ...]
    baud: int
    make: Callable[[str], ModbusBus | CallBoxBus]


def _modules(units: range) -> list[ModuleBox]:
    keys = {"1": "next", "2": "recall", "3": "start", "4": "finish", "5": "rating", "6": "pause", "7": "redirect"}
    return [ModuleBox(place(unit, 0), keys) for unit in units]


def _rtu(count: int, baud: int) -> Kind:
    units = range(1, count + 1)
    return Kind("modbus-rtu", tuple(units), baud, lambda link: modbus_rtu_bus(link, _modules(units)))


UB485 = range(0x20, 0x30)
KINDS = {
    "3 Modbus modules of 8 inputs, 9600": _rtu(3, 9600),
    "14 Modbus modules of 8 inputs, 115200": _rtu(14, 115200),
    "16 UB485 boxes polled, 57600": Kind(
        "ub485", tuple(UB485), 57600, lambda link: ub485_bus(link, [BoxSpec(a, UB485_KEYS) for a in UB485], poll=True)
    ),
    "1 Modbus TCP module of 8 inputs": Kind(
        "modbus-tcp", (1,), 9600, lambda link: modbus_tcp_bus(link, _modules(range(1, 2)))
    ),
}


@contextmanager
def virtual_boxes(kind: Kind, folder: Path) -> Iterator[tuple[str, Control]]:
    """Virtual boxes in a process of their own: the address of their link, and a hand on them."""
    control = folder / "ctl"
    command = [sys.executable, "-m", "hardware", "sim", "box", "--protocol", kind.protocol, "--control", str(control)]
    where = ["--tcp", "0"] if kind.protocol == "modbus-tcp" else ["--link", str(folder / "line")]
    speed = ["--baud", str(kind.baud)]
    addresses = [word for address in kind.addresses for word in ("--address", str(address))]
    process = subprocess.Popen(
        [*command, *where, *speed, *addresses], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        at = said.partition(" at ")[2].partition(",")[0]
        link = f"tcp:{at}" if kind.protocol == "modbus-tcp" else f"serial:{at}?baud={kind.baud}"
        with BOXES.control(control) as hand:
            yield link, hand
    finally:
        process.terminate()
        process.communicate()


def turn_round(bus: ModbusBus | CallBoxBus, seconds: float) -> None:
    """As the bridge's thread does."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not bus.wait(WAIT_S):
            time.sleep(WAIT_S)
        bus.poll(time.monotonic_ns() // 1_000_000)


def cycle_times(kind: str, seconds: float = 5.0) -> list[float]:
    """The rounds of one of `KINDS`, in ms."""
    with tempfile.TemporaryDirectory() as folder, virtual_boxes(KINDS[kind], Path(folder)) as (link, hand):
        bus = KINDS[kind].make(link)
        try:
            turn_round(bus, SETTLED_S)
            before = hand.command("cycles")["cycles_ms"]
            turn_round(bus, seconds)
            after = hand.command("cycles")["cycles_ms"]
        finally:
            bus.close()
    return [ms for address, times in after.items() for ms in times[len(before[address]) :]]
