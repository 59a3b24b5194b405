"""A bus in its thread: presses and health come out, looks go in, a broken driver is reported."""

import os
import pty
import queue
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.bridge.port import Happening, Port, PortFailed, PortHealth
from hardware.devices.call_box import CallBoxBus
from hardware.devices.call_box_make import ub485_bus
from hardware.devices.call_box_parts import BoxHealth, BoxSpec, Led, Press
from hardware.devices.call_box_ub485 import Ub485
from hardware.transports.link import Link
from tests.hardware.usual_keys import UB485_KEYS

DEADLINE_S = 60.0


@pytest.fixture
def far_end() -> Iterator[tuple[int, str]]:
    master, slave = pty.openpty()
    tty.setraw(slave)
    yield master, os.ttyname(slave)
    os.close(slave)
    os.close(master)


def until(happened: "queue.Queue[Happening]", wanted: Happening) -> None:
    while happened.get(timeout=DEADLINE_S) != wanted:
        pass


def test_presses_looks_and_health(far_end: tuple[int, str]) -> None:
    master, path = far_end
    happened: queue.Queue[Happening] = queue.Queue()
    bus = ub485_bus(f"serial:{path}?baud=57600", [BoxSpec(0x20, UB485_KEYS)])
    port = Port("one", bus, happened.put)
    port.later(lambda: bus.show(0x20, Led.RED, 0, "012"))
    port.start()
    until(happened, PortHealth("", {0x20: BoxHealth("unheard")}))
    os.write(master, bytes.fromhex("01 20 31 07"))
    assert happened.get(timeout=DEADLINE_S) == Press(0x20, "next", 1)
    until(happened, PortHealth("", {0x20: BoxHealth("online")}))
    heard = b""
    while bytes.fromhex("01 20 31 07") not in heard:
        heard += os.read(master, 100)
    assert bytes.fromhex("01 20 20 30 31 32 07") in heard
    port.stop()
    port.join(DEADLINE_S)
    assert not port.is_alive()
    assert happened.empty()


def test_an_absent_device_is_reported_once(tmp_path: Path) -> None:
    happened: queue.Queue[Happening] = queue.Queue()
    port = Port("one", ub485_bus(f"serial:{tmp_path}/none", [BoxSpec(0x20, UB485_KEYS)]), happened.put)
    port.start()
    health = happened.get(timeout=DEADLINE_S)
    assert isinstance(health, PortHealth)
    assert "cannot open the port" in health.link_down
    assert health.devices[0x20] == BoxHealth("offline", "link_down")
    port.stop()
    port.join(DEADLINE_S)
    assert happened.empty()


def test_a_broken_driver_is_reported() -> None:
    def broken() -> Link:
        raise ZeroDivisionError("oops")

    happened: queue.Queue[Happening] = queue.Queue()
    port = Port("one", CallBoxBus(broken, lambda: Ub485({0x20}), [BoxSpec(0x20, UB485_KEYS)]), happened.put)
    port.start()
    assert happened.get(timeout=DEADLINE_S) == PortFailed("ZeroDivisionError: oops")
    port.join(DEADLINE_S)
    assert not port.is_alive()
