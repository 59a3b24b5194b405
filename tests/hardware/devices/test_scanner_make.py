"""Scanners from the values of the settings."""

import struct

from hardware.codecs.gm65 import READ_SPEED
from hardware.devices.scanner import Scanned
from hardware.devices.scanner_make import make_scanner
from hardware.transports.link import Link
from hardware.transports.memory import memory_pair


class Line:
    """Opens any address, and keeps the far end."""

    def __init__(self) -> None:
        self.far: Link
        self.asked = ""

    def open(self, address: str) -> Link:
        self.asked = address
        near, self.far = memory_pair()
        return near


def test_codes_end_with_their_line() -> None:
    line = Line()
    scanner = make_scanner("serial:x?baud=9600", "line", 50, opener=line.open)
    assert scanner.poll(1_000) == []
    assert line.asked == "serial:x?baud=9600"
    line.far.write(b"A012\r\n")
    assert scanner.poll(1_010) == [Scanned("A012")]


def test_codes_end_with_silence() -> None:
    line = Line()
    scanner = make_scanner("tcp:h:1", "none", 80, opener=line.open)
    scanner.poll(1_000)
    line.far.write(b"A012")
    assert scanner.poll(1_010) == []
    assert scanner.poll(1_080) == []
    assert scanner.poll(1_095) == [Scanned("A012")]


def test_codes_are_typed() -> None:
    line = Line()
    scanner = make_scanner("input:/dev/input/x", "line", 50, opener=line.open)
    scanner.poll(1_000)
    line.far.write(b"".join(struct.pack("<qqHHi", 0, 0, 1, code, down) for code in (3, 28) for down in (1, 0)))
    assert scanner.poll(1_010) == [Scanned("2")]


def test_a_module_is_asked_how_it_is() -> None:
    line = Line()
    scanner = make_scanner("serial:x", "line", 50, model="gm65", opener=line.open)
    scanner.poll(1_000)
    assert line.far.read(1.0) == READ_SPEED
