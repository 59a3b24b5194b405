"""Check sums against the catalogue's check values and against captured frames."""

import pytest

from hardware.codecs.checksums import CHECKSUMS, crc16_arc, crc16_modbus, crc16_xmodem, sum8, xor8


@pytest.mark.parametrize(
    ("name", "value"), [("sum8", 0xDD), ("xor8", 0x31), ("crc16-modbus", 0x4B37), ("crc16-arc", 0xBB3D)]
)
def test_check_values(name: str, value: int) -> None:
    function, width = CHECKSUMS[name]
    assert function(b"123456789") == value
    assert value < 256**width


@pytest.mark.parametrize(
    "frame",
    ["01 02 00 00 00 08 79 CC", "01 02 01 05 61 8B", "01 05 00 00 FF 00 8C 3A", "01 06 00 00 04 D2 0B 57"],
)
def test_modbus_frames_end_in_their_crc_low_byte_first(frame: str) -> None:
    data = bytes.fromhex(frame)
    assert crc16_modbus(data[:-2]).to_bytes(2, "little") == data[-2:]


def test_sums_of_captured_frames() -> None:
    assert sum8(bytes.fromhex("05 03 E7")) == 0xEF
    assert sum8(bytes.fromhex("3A 00 78 03 01")) == 0xB6
    assert xor8(bytes.fromhex("00 03 10 FF")) == 0xEC
    ping = bytes.fromhex("01 00 00 80 00 00 00 00 00 00 FE 02 05 00 A2 00 01 00 00")
    assert crc16_arc(ping).to_bytes(2, "little") == bytes.fromhex("68 F8")
    assert crc16_xmodem(bytes.fromhex("07 01 00 2A 02")).to_bytes(2, "big") == bytes.fromhex("D8 0F")


def test_check_value_of_xmodem() -> None:
    """Scanner modules carry it; no line box does, so it is not in the table of those."""
    assert crc16_xmodem(b"123456789") == 0x31C3
    assert "crc16-xmodem" not in CHECKSUMS


def test_nothing_sums_to_the_start() -> None:
    assert (sum8(b""), xor8(b""), crc16_modbus(b""), crc16_arc(b""), crc16_xmodem(b"")) == (0, 0, 0xFFFF, 0, 0)
