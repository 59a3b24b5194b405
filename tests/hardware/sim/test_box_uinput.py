"""A keypad in the kernel: what is asked of /dev/uinput, by a stand-in for it, and the real thing where there is one."""

import errno
import fcntl
import os
import struct
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hardware.devices.call_box_make import keypad_bus
from hardware.devices.call_box_parts import BoxEvent, BoxSpec, Press
from hardware.sim import box_uinput
from hardware.sim.box_cli import BOXES
from hardware.sim.box_keypad import CODES, KeypadBus
from hardware.sim.box_uinput import KernelKeypadServer, KernelLine
from hardware.transports.evdev import open_input
from hardware.transports.link import LinkDown
from tests.hardware.serving import serving

DEADLINE_S = 60.0


class Kernel:
    """/dev/uinput and the folders it fills, as files; `fails` is the request that it refuses."""

    def __init__(self, folder: Path) -> None:
        self.device = folder / "uinput"
        os.mkfifo(self.device)
        self.devices = folder / "sys"
        self.nodes = folder / "nodes"
        (self.devices / "input7" / "event4").mkdir(parents=True)
        self.nodes.mkdir()
        self.asked: list[tuple[int, object]] = []
        self.fails = 0

    def ioctl(self, _descriptor: int, request: int, value: object = 0) -> object:
        self.asked.append((request, value))
        if request == self.fails:
            raise OSError(errno.EINVAL, "Invalid argument")
        return b"input7".ljust(32, b"\0") if request & 0xFFFF == 0x552C else 0


@pytest.fixture
def kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kernel]:
    made = Kernel(tmp_path)
    monkeypatch.setattr(box_uinput, "DEVICE", made.device)
    monkeypatch.setattr(box_uinput, "DEVICES", made.devices)
    monkeypatch.setattr(box_uinput, "NODES", made.nodes)
    monkeypatch.setattr(fcntl, "ioctl", made.ioctl)
    return made


def test_a_device_is_made_with_all_its_keys_named_and_taken_away_again(kernel: Kernel, tmp_path: Path) -> None:
    line = KernelLine(tmp_path / "dev" / "keypad")
    line.plug()
    assert line.plugged
    requests = [request for request, _ in kernel.asked]
    assert requests[-2:] == [0x5501, 0x8020552C]
    assert [value for request, value in kernel.asked if request == 0x40045564] == [1, 4, 0x14]
    assert sorted(value for request, value in kernel.asked if request == 0x40045565) == sorted(CODES.values())
    [setup] = [value for request, value in kernel.asked if request == 0x405C5503]
    assert isinstance(setup, bytes)
    assert len(setup) == 0x5C
    assert struct.unpack_from("<H", setup) == (3,)
    assert setup[8:88].rstrip(b"\0") == b"virtual keypad"
    assert (tmp_path / "dev" / "keypad").readlink() == kernel.nodes / "event4"
    events = KeypadBus([0]).press(0, "next")
    line.send(events)
    assert os.read(line.fileno(), 4096) == events
    assert line.receive() == b""
    assert line.driver_baud() == 115200
    assert line.pump(0) is None
    line.unplug()
    line.unplug()
    line.send(events)
    assert not line.plugged
    assert [request for request, _ in kernel.asked].count(0x5502) == 1
    assert not (tmp_path / "dev" / "keypad").is_symlink()


def test_a_kernel_that_refuses_leaves_nothing_behind(kernel: Kernel, tmp_path: Path) -> None:
    kernel.fails = 0x5501
    line = KernelLine(tmp_path / "keypad")
    with pytest.raises(OSError, match="Invalid argument"):
        line.plug()
    assert not line.plugged
    assert not (tmp_path / "keypad").is_symlink()


def test_without_the_module_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(box_uinput, "DEVICE", tmp_path / "uinput")
    with pytest.raises(OSError, match="modprobe uinput, and run as root"):
        KernelLine(tmp_path / "keypad").plug()


@pytest.mark.skipif(not os.access(box_uinput.DEVICE, os.W_OK), reason="this machine has no /dev/uinput to write to")
def test_a_real_device_is_grabbed_repeats_and_is_pulled(tmp_path: Path) -> None:
    path = tmp_path / "keypad"
    server = KernelKeypadServer(KeypadBus([0]), path, tmp_path / "ctl")
    bus = keypad_bus(f"input:{path}", [BoxSpec(0, {"KPENTER": "next", "KP0": "recall"}, 0, {"KPENTER": "pause"})])
    events: list[BoxEvent] = []

    def until(count: int) -> list[BoxEvent]:
        deadline = time.monotonic() + DEADLINE_S
        while len(events) < count and time.monotonic() < deadline:
            bus.wait(0.01)
            events.extend(bus.poll(time.monotonic_ns() // 1_000_000))
        return events

    with serving(server), closing(bus), BOXES.control(tmp_path / "ctl") as control:
        bus.poll(time.monotonic_ns() // 1_000_000)
        assert bus.link_down == ""
        with pytest.raises(LinkDown, match="another program has this device"):
            open_input(str(path))
        control.command("press 0 recall 50")
        assert until(1) == [Press(0, "recall", 1)]
        # Long enough for the kernel to repeat it many times.
        control.command("press 0 next 1500")
        assert until(2)[1:] == [Press(0, "pause", 2)]
        control.command("unplug")
        while not bus.link_down:
            bus.wait(0.01)
            bus.poll(time.monotonic_ns() // 1_000_000)
        assert "gone" in bus.link_down
