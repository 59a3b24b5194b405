"""Printers on USB: a pseudo-terminal stands for the node, a folder for what the system says of it."""

import os
import threading
import time
from pathlib import Path

import pytest

from hardware.transports.escpos_link import baud_of, open_printer
from hardware.transports.link import LinkDown
from hardware.transports.usb_printer import UsbAddress, UsbPrinter, find_node, open_usb, parse_usb, port_status_of
from tests.hardware.transports.terminals import Terminal

KIND = UsbAddress(vendor="0416", product="5011")


def plugged(system: Path, name: str, vendor: str = "0416", product: str = "5011") -> None:
    """What the system shows of a printer: usbmisc/lpN/device → …/1-1/1-1:1.0."""
    device = system / "devices" / f"1-{name}"
    (device / "1-1:1.0").mkdir(parents=True)
    (device / "idVendor").write_text(f"{vendor}\n")
    (device / "idProduct").write_text(f"{product}\n")
    (system / "usbmisc" / name).mkdir(parents=True)
    (system / "usbmisc" / name / "device").symlink_to(device / "1-1:1.0")


def unplugged(system: Path, name: str) -> None:
    (system / "usbmisc" / name / "device").unlink()
    (system / "usbmisc" / name).rmdir()


def test_addresses() -> None:
    assert parse_usb("usb:0416:5011") == KIND
    assert parse_usb("usb:04B8:0E15") == UsbAddress(vendor="04b8", product="0e15")
    assert parse_usb("usb:/dev/usb/lp0") == UsbAddress(node="/dev/usb/lp0")
    assert baud_of("usb:0416:5011") is None
    for bad in ("usb:", "usb:lp0", "usb:416:5011", "usb:0416", "usb:0416:5011:1", "usb:041g:5011"):
        with pytest.raises(ValueError, match=r"write usb:0416:5011 .* or usb:/dev/usb/lp0"):
            baud_of(bad)


def test_bytes_pass_unchanged_both_ways(terminal: Terminal) -> None:
    everything = bytes(range(256))
    link = open_printer(f"usb:{terminal.path}")
    assert link.name == f"usb:{terminal.path}"
    link.write(everything)
    assert os.read(terminal.master, 4096) == everything
    os.write(terminal.master, everything)
    arrived = b""
    while len(arrived) < 256:
        arrived += link.read(2.0, limit=100)
    assert arrived == everything
    link.close()
    link.close()


def test_silence_is_an_empty_read_and_takes_its_time(terminal: Terminal) -> None:
    link = open_printer(f"usb:{terminal.path}")
    assert link.read(0) == b""
    began_s = time.monotonic()
    assert link.read(0.05) == b""
    assert time.monotonic() - began_s >= 0.05
    link.close()


def test_empty_packets_are_silence() -> None:
    with open("/dev/null", "rb") as empty:
        link = UsbPrinter(os.dup(empty.fileno()), "usb:empty")
        began_s = time.monotonic()
        assert link.read(0.05) == b""
        assert time.monotonic() - began_s >= 0.05
        assert link.read(0) == b""
        link.close()


def test_a_printer_that_takes_nothing_is_link_down_and_later_ones_work(terminal: Terminal) -> None:
    link = open_printer(f"usb:{terminal.path}")
    with pytest.raises(LinkDown, match=r"took no data for 0\.05 s"):
        link.write(b"x" * 1_000_000, 0.05)
    link.close()
    for turn in (link.read, lambda _: link.write(b"x")):
        with pytest.raises(LinkDown, match="the link is closed"):
            turn(0)


def test_a_slow_printer_gets_all_of_it(terminal: Terminal) -> None:
    link, sent = open_printer(f"usb:{terminal.path}"), bytes(range(256)) * 400
    got = bytearray()

    def drain() -> None:
        while len(got) < len(sent):
            got.extend(os.read(terminal.master, 1000))

    thread = threading.Thread(target=drain)
    thread.start()
    link.write(sent, 10.0)
    thread.join(10.0)
    assert bytes(got) == sent
    link.close()


def test_unplugged_is_link_down(terminal: Terminal) -> None:
    link = open_printer(f"usb:{terminal.path}")
    terminal.hang_up()
    with pytest.raises(LinkDown, match=r"unplugged|gone while reading"):
        link.read(1.0)
    with pytest.raises(LinkDown, match=r"unplugged|gone while writing"):
        link.write(b"x")
    link.close()


def test_a_node_that_vanishes_between_two_calls_is_link_down(terminal: Terminal) -> None:
    descriptor = os.open(terminal.path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
    link = UsbPrinter(descriptor, "usb:gone")
    os.close(descriptor)
    with pytest.raises(LinkDown, match="usb:gone"):
        link.read(0.1)


def test_found_by_its_numbers_under_whichever_node(tmp_path: Path, terminal: Terminal) -> None:
    system, nodes = tmp_path / "usbmisc", tmp_path / "dev"
    nodes.mkdir()
    with pytest.raises(LinkDown, match=r"usb:0416:5011: no such printer; is it on and plugged in"):
        open_usb(KIND, system, nodes)
    plugged(tmp_path, "lp0")
    plugged(tmp_path, "lp1", "04b8", "0e15")
    (nodes / "lp0").symlink_to(terminal.path)
    first = open_usb(KIND, system, nodes)
    assert first.name == f"usb:{nodes}/lp0"
    first.close()
    unplugged(tmp_path, "lp0")
    with pytest.raises(LinkDown, match="no such printer"):
        open_usb(KIND, system, nodes)
    plugged(tmp_path, "lp2")
    (nodes / "lp2").symlink_to(terminal.path)
    again = open_usb(KIND, system, nodes)
    again.write(b"\x10\x04\x01")
    assert os.read(terminal.master, 99) == b"\x10\x04\x01"
    again.close()


def test_two_of_a_kind_have_to_be_named(tmp_path: Path) -> None:
    for name in ("lp0", "lp3"):
        plugged(tmp_path, name)
    with pytest.raises(LinkDown, match="more than one such printer; name one of them: usb:/dev/usb/lp0, usb:/"):
        find_node(KIND, tmp_path / "usbmisc", Path("/dev/usb"))


def test_a_device_that_goes_while_it_is_looked_for_is_none(tmp_path: Path) -> None:
    plugged(tmp_path, "lp0")
    (tmp_path / "devices" / "1-lp0" / "idProduct").unlink()
    with pytest.raises(LinkDown, match="no such printer"):
        find_node(KIND, tmp_path / "usbmisc", Path("/dev/usb"))


def test_a_node_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with pytest.raises(LinkDown, match=r"cannot open the printer .*; is it on, plugged in, and free\?"):
        open_printer(f"usb:{tmp_path}/lp0")


@pytest.mark.parametrize(("status", "empty"), [(0x18, False), (0x38, True), (0x20, True), (None, False)])
def test_no_paper_is_told_beside_the_data(terminal: Terminal, status: int | None, empty: bool) -> None:
    descriptor = os.open(terminal.path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
    link = UsbPrinter(descriptor, "usb:unit", lambda _: status)
    assert link.paper_empty() is empty
    link.close()
    assert link.paper_empty() is False


def test_a_node_without_a_port_status_says_nothing_there(terminal: Terminal) -> None:
    descriptor = os.open(terminal.path, os.O_RDWR | os.O_NOCTTY)
    assert port_status_of(descriptor) is None
    os.close(descriptor)
