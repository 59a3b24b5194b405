"""LED-485 panels against pymodbus: it understands what our driver says, and our virtual board understands it."""

from collections.abc import Iterable
from pathlib import Path

from pymodbus.client import ModbusSerialClient
from pymodbus.framer import FramerRTU
from pymodbus.pdu import DecodePDU
from pymodbus.pdu.register_message import (
    WriteMultipleRegistersRequest,
    WriteMultipleRegistersResponse,
    WriteSingleRegisterRequest,
    WriteSingleRegisterResponse,
)

from hardware.devices.panel_parts import PanelLook
from tests.hardware.devices.panels import SPECS, Bench, make_bus, virtual_panels
from tests.hardware.line_faults import PtyLine

SERVING = PanelLook("serving", "A012")


class PymodbusBoard:
    """A unit made of pymodbus' own decoder and encoder; keeps the registers that were written."""

    def __init__(self) -> None:
        self.registers: dict[int, list[int]] = {}
        self._framer = FramerRTU(DecodePDU(True))
        self._heard = b""

    def hear(self, data: bytes) -> Iterable[bytes]:
        self._heard += data
        used, asked = self._framer.handleFrame(self._heard, 0, 0)
        self._heard = self._heard[used:]
        if isinstance(asked, WriteMultipleRegistersRequest):
            self.registers[asked.address] = asked.registers
            answer = WriteMultipleRegistersResponse(address=asked.address, count=asked.count, dev_id=asked.dev_id)
            return [self._framer.buildFrame(answer)]
        if isinstance(asked, WriteSingleRegisterRequest):
            self.registers[asked.address] = asked.registers
            same = WriteSingleRegisterResponse(
                address=asked.address, registers=asked.registers, dev_id=asked.dev_id
            )  # fmt: skip
            return [self._framer.buildFrame(same)]
        return []


def test_pymodbus_hears_what_the_driver_shows(tmp_path: Path) -> None:
    for kind, written in (("led485", {0x70: [0x4130, 0x3132]}), ("led485-value", {0x80: [0, 0], 0x00: [12]})):
        board = PymodbusBoard()
        with PtyLine(tmp_path / kind, board.hear) as line:
            bus = make_bus(kind, line.address(9600), [SPECS[kind].address])
            bus.show(1, SERVING)
            turned = _turned(bus)
            turned.until(lambda wanted=written, b=board: b.registers == wanted, "written")
            turned.until(lambda b=bus: b.health()[1].state == "online", "online")
            bus.close()


def test_pymodbus_shows_on_the_virtual_board(tmp_path: Path) -> None:
    with virtual_panels(tmp_path, "led485", [1]) as (_, control):
        client = ModbusSerialClient(str(tmp_path / "panel"), baudrate=9600, timeout=3, retries=0)
        assert client.connect()
        try:
            assert not client.write_registers(0x70, [0x4130, 0x3132], device_id=1).isError()
            assert control.command("state")["panels"]["1"]["text"] == "A012"
            assert not client.write_register(0, 1234, device_id=1).isError()
            assert control.command("state")["panels"]["1"]["text"] == "1234"
            assert client.write_register(9, 1, device_id=1).exception_code == 2
        finally:
            client.close()


class _NoControl:
    """Nobody holds the panel's switches here."""

    def command(self, text: str) -> dict[str, object]:
        return {"ok": True, "panels": {}}


def _turned(bus: object) -> Bench:
    return Bench(bus, _NoControl())  # type: ignore[arg-type]
