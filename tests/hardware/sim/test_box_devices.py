"""Virtual boxes against the frames of their document, byte by byte."""

import pytest

from hardware.sim.box_devices import NoSuchKey
from hardware.sim.box_text import LineBus, LineWording, check_sum
from hardware.sim.box_ub485 import Ub485Bus


def h(text: str) -> bytes:
    return bytes.fromhex(text)


@pytest.mark.parametrize(
    ("key", "frame"),
    [
        ("next", "01 20 31 07"),
        ("recall", "01 20 31 07"),
        ("start", "01 20 32 07"),
        ("redirect", "01 20 33 07"),
        ("finish", "01 20 34 07"),
    ],
)
def test_ub485_keys(key: str, frame: str) -> None:
    bus = Ub485Bus([0x20])
    assert bus.press(0x20, key) == h(frame)
    assert bus.release(0x20, key) == b""


def test_a_ub485_box_has_four_keys_and_addresses_in_range() -> None:
    with pytest.raises(NoSuchKey, match="has no key pause; it has next"):
        Ub485Bus([0x20]).press(0x20, "pause")
    with pytest.raises(NoSuchKey, match="0x20 to 0xfe"):
        Ub485Bus([0x1F])


@pytest.mark.parametrize(
    ("mode", "colour", "blink_ms", "beeps"),
    [
        (0x30, "off", 0, 0),
        (0x31, "red", 0, 0),
        (0x32, "green", 0, 0),
        (0x33, "red", 200, 0),
        (0x34, "green", 200, 0),
        (0x35, "red", 500, 0),
        (0x36, "green", 500, 0),
        (0x37, "off", 0, 1),
        (0x38, "red", 0, 1),
        (0x3D, "green", 500, 1),
    ],
)
def test_ub485_lights(mode: int, colour: str, blink_ms: int, beeps: int) -> None:
    bus = Ub485Bus([0x20, 0x21])
    bus.hear(bytes([1, 0x21, mode, 7]))
    box = bus.boxes[0x21]
    assert (box.colour, box.blink_ms, box.beeps) == (colour, blink_ms, beeps)
    assert bus.boxes[0x20].colour == "off"


def test_ub485_display_poll_and_new_address_in_pieces_and_noise() -> None:
    bus = Ub485Bus([0x20])
    for byte in h("FF 01 99 01 20 21 30 31 32 07 04 20 07 01 20 20 20 20 37 07 03 20 30 07 01 30 32 07"):
        assert bus.hear(bytes([byte])) == b""
    box = bus.boxes[0x30]
    assert (box.text, box.text_blinks, box.colour) == ("  7", False, "green")
    bus.hear(h("01 30 21 30 31 32 07 01 30 3E 07 01 20 31 07"))
    assert (box.text, box.text_blinks, box.colour) == ("012", True, "green")


def test_a_dead_box_shows_nothing_new() -> None:
    bus = Ub485Bus([0x20])
    bus.boxes[0x20].dead = True
    bus.hear(h("01 20 31 07"))
    assert bus.boxes[0x20].colour == "off"


def test_line_boxes() -> None:
    bus = LineBus([0x20, 0x21], LineWording(ping="P{address}", alive="OK{address}"))
    assert bus.press(0x20, "next") == b"K20:N\r\n"
    assert bus.release(0x20, "next") == b""
    assert bus.hear(b"L20:red\r\nD21:A0") == b""
    assert bus.hear(b"12\rB21\n\nB2\nB211\n") == b""
    assert bus.hear(b"P20\r\n") == b"OK20\r\n"
    one, two = bus.boxes.values()
    assert (one.colour, one.text, one.beeps) == ("red", "", 0)
    assert (two.colour, two.text, two.beeps) == ("off", "A012", 1)
    two.dead = True
    assert bus.hear(b"P21\nL21:red\n") == b""
    assert two.colour == "off"
    with pytest.raises(NoSuchKey, match="it has next, recall"):
        bus.press(0x20, "fly")


def test_line_boxes_with_edges_and_check_sums() -> None:
    bus = LineBus([0x20], LineWording(down="V{address}{key}", up="A{address}{key}", checksum="sum8", end="\r"))
    assert bus.press(0x20, "start") == b"V20S*0B\r"
    assert bus.release(0x20, "start") == b"A20S*F6\r"
    bus.hear(b"L20:red*" + check_sum("sum8", b"L20:red").encode() + b"\r")
    bus.hear(b"L20:off*00\rL20:green\r")
    assert bus.boxes[0x20].colour == "red"


@pytest.mark.parametrize(
    ("kind", "value"), [("sum8", "DD"), ("xor8", "31"), ("crc16-modbus", "4B37"), ("crc16-arc", "BB3D")]
)
def test_check_values(kind: str, value: str) -> None:
    assert check_sum(kind, b"123456789") == value
