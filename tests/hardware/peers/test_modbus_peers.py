"""Modbus against independent peers: our driver reads pymodbus' server, and mbpoll reads our virtual modules."""

import asyncio
import os
import pty
import select
import shutil
import subprocess
import threading
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pymodbus.server import ModbusSerialServer, ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from hardware.codecs.leds import Led
from hardware.devices.call_box_modbus import ModbusBus
from hardware.devices.call_box_modbus_make import modbus_rtu_bus, modbus_tcp_bus
from hardware.devices.call_box_parts import BoxHealth, Press
from hardware.devices.modbus_modules import ModuleBox, ModuleModel, place
from hardware.sim.modbus_lines import ModuleBus
from hardware.sim.modbus_server import ModbusTcpServer as VirtualTcpServer
from hardware.sim.modbus_server import RtuServer
from tests.hardware.serving import serving
from tests.hardware.turning import Turning

DEADLINE_S = 60.0
UNIT = 1
READ_COILS, READ_INPUTS, READ_WORDS = 1, 2, 4
LAMPS = ModuleModel(coils={Led.GREEN: (0,), Led.RED: (1,)}, beep_coil=2)
COUNTERS = ModuleModel(counter_first=0, counter_start=0)


class Peer:
    """pymodbus' server in a thread of its own."""

    def __init__(self, make: Callable[[SimDevice], ModbusTcpServer | ModbusSerialServer]) -> None:
        self._make = make
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self) -> "Peer":
        self._thread.start()
        self.do(self._start())
        return self

    def __exit__(self, *_: object) -> None:
        self.do(self._server.shutdown())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(DEADLINE_S)
        self._loop.close()

    async def _start(self) -> None:
        bits = [SimData(0, count=16, values=False, datatype=DataType.BITS)]
        words = [SimData(0, count=32, values=0, datatype=DataType.REGISTERS)]
        self._server = self._make(SimDevice(UNIT, simdata=(bits, bits, words, words)))
        await self._server.listen()

    def do(self, what):
        return asyncio.run_coroutine_threadsafe(what, self._loop).result(DEADLINE_S)

    @property
    def port(self) -> int:
        return self._server.transport.sockets[0].getsockname()[1]

    def set(self, function: int, address: int, values: list) -> None:
        self.do(self._server.async_setValues(UNIT, function, address, values))

    def coils(self) -> list[bool]:
        return self.do(self._server.async_getValues(UNIT, READ_COILS, 0, 8))


@contextmanager
def null_modem() -> Iterator[tuple[str, str]]:
    """Two serial ports, joined."""
    ends = [pty.openpty() for _ in range(2)]
    for _, slave in ends:
        tty.setraw(slave)
    masters = [master for master, _ in ends]
    stop_out, stop_in = os.pipe()

    def relay() -> None:
        while True:
            ready, _, _ = select.select([*masters, stop_out], [], [])
            if stop_out in ready:
                return
            for here, there in (masters, masters[::-1]):
                if here in ready:
                    os.write(there, os.read(here, 4096))

    thread = threading.Thread(target=relay)
    thread.start()
    try:
        yield os.ttyname(ends[0][1]), os.ttyname(ends[1][1])
    finally:
        os.write(stop_in, b"x")
        thread.join(DEADLINE_S)
        for file in (*masters, *(slave for _, slave in ends), stop_out, stop_in):
            os.close(file)


def box(model: ModuleModel) -> list[ModuleBox]:
    return [ModuleBox(place(UNIT, 0), {"1": "next", "3": "start"}, model=model, long_keys={})]


def reads_the_peer(peer: Peer, bus: ModbusBus) -> None:
    address, turning = place(UNIT, 0), Turning(bus, lambda: peer.do(asyncio.sleep(0)))
    try:
        turning.until(lambda _: bus.health()[address] == BoxHealth("online"))
        for count, (number, key) in enumerate(((0, "next"), (2, "start"), (0, "next")), start=1):
            peer.set(READ_INPUTS, number, [True])
            assert turning.until(bool) == [Press(address, key, count)]
            peer.set(READ_INPUTS, number, [False])
            assert turning.during(0.3) == []
        bus.show(address, Led.RED)
        turning.until(lambda _: peer.coils()[:3] == [False, True, False])
    finally:
        bus.close()


def test_the_driver_reads_pymodbus_over_tcp() -> None:
    with Peer(lambda device: ModbusTcpServer(device, address=("127.0.0.1", 0))) as peer:
        reads_the_peer(peer, modbus_tcp_bus(f"tcp:127.0.0.1:{peer.port}", box(LAMPS)))


def test_the_driver_reads_pymodbus_over_a_serial_line() -> None:
    with null_modem() as (theirs, ours), Peer(lambda one: ModbusSerialServer(one, port=theirs, baudrate=9600)) as peer:
        reads_the_peer(peer, modbus_rtu_bus(f"serial:{ours}?baud=9600", box(LAMPS)))


def test_the_driver_starts_and_reads_pymodbus_counters() -> None:
    with Peer(lambda device: ModbusTcpServer(device, address=("127.0.0.1", 0))) as peer:
        bus = modbus_tcp_bus(f"tcp:127.0.0.1:{peer.port}", box(COUNTERS))
        try:
            turning = Turning(bus, lambda: peer.do(asyncio.sleep(0)))
            turning.until(lambda _: all(peer.coils()))
            turning.during(0.3)
            peer.set(READ_WORDS, 4, [0, 1])
            assert turning.until(bool) == [Press(place(UNIT, 0), "start", 1)]
        finally:
            bus.close()


@pytest.fixture(name="mbpoll")
def found_mbpoll() -> str:
    path = shutil.which("mbpoll")
    if path is None:
        pytest.skip("mbpoll is not installed (Debian package mbpoll)")
    return path


def said(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=DEADLINE_S, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def bits(text: str) -> list[str]:
    """The values that mbpoll printed, `[1]: 0` a line."""
    return [line.split(":")[1].split()[0] for line in text.splitlines() if line.startswith("[")]


def reads_our_modules(mbpoll: list[str], modules: ModuleBus, where: str) -> None:
    module = modules.boxes[2]
    module.contact("1", True)
    module.contact("start", True)
    assert bits(said(*mbpoll, "-t", "1", "-r", "1", "-c", "8", "-1", where)) == list("10100000")
    said(*mbpoll, "-t", "0", "-r", "2", where, "1")
    assert module.coils == [False, True, *[False] * 6]
    assert bits(said(*mbpoll, "-t", "0", "-r", "1", "-c", "8", "-1", where)) == list("01000000")
    assert bits(said(*mbpoll, "-t", "4", "-r", "4001", "-c", "1", "-1", where)) == ["2"]
    refused = subprocess.run(
        [*mbpoll, "-t", "1", "-r", "50", "-c", "1", "-1", where], capture_output=True, text=True, check=False
    )
    assert "Illegal data address" in refused.stdout + refused.stderr


def test_mbpoll_reads_our_modules_over_a_pty(mbpoll: str, tmp_path: Path) -> None:
    modules = ModuleBus([1, 2], "waveshare")
    with serving(RtuServer(modules, tmp_path / "line", None)):
        reads_our_modules([mbpoll, "-m", "rtu", "-b", "9600", "-P", "none", "-a", "2"], modules, str(tmp_path / "line"))


def test_mbpoll_reads_our_modules_over_tcp(mbpoll: str) -> None:
    modules = ModuleBus([1, 2], "waveshare")
    server = VirtualTcpServer(modules, 0, None)
    with serving(server):
        reads_our_modules([mbpoll, "-m", "tcp", "-p", str(server.port), "-a", "2"], modules, "127.0.0.1")
