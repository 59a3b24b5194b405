"""Printer connections of python-escpos as links, over real pseudo-terminals and sockets."""

import os
import socket
import termios
from collections.abc import Iterator

import pytest

from hardware.transports.escpos_link import baud_of, open_printer
from hardware.transports.link import LinkDown
from tests.hardware.transports.terminals import Terminal
from tests.ports import free_port


def test_bytes_pass_unchanged_both_ways(terminal: Terminal) -> None:
    everything = bytes(range(256))
    link = open_printer(f"serial:{terminal.path}?baud=57600")
    assert link.name == f"serial:{terminal.path}"
    link.write(everything)
    assert os.read(terminal.master, 4096) == everything
    os.write(terminal.master, everything)
    arrived = b""
    while len(arrived) < 256:
        arrived += link.read(2.0)
    assert arrived == everything
    link.close()


def test_an_answer_comes_without_waiting_for_more_and_a_limit_is_kept(terminal: Terminal) -> None:
    link = open_printer(f"serial:{terminal.path}")
    assert link.read(0) == b""
    assert link.read(0.01) == b""
    os.write(terminal.master, b"abcdef")
    assert link.read(2.0, limit=1) == b"a"
    assert link.read(2.0, limit=2) == b"bc"
    assert link.read(2.0) == b"def"
    link.close()


def test_speed_and_flow_control_reach_the_port(terminal: Terminal) -> None:
    link = open_printer(f"serial:{terminal.path}?baud=115200&flow=rtscts")
    _, _, cflag, _, speed, _, _ = termios.tcgetattr(terminal.master)
    assert speed == termios.B115200
    assert cflag & termios.CRTSCTS
    link.close()


def test_a_second_program_is_kept_out(terminal: Terminal) -> None:
    link = open_printer(f"serial:{terminal.path}")
    with pytest.raises(LinkDown, match="another program has the port"):
        open_printer(f"serial:{terminal.path}")
    link.close()
    open_printer(f"serial:{terminal.path}").close()


def test_a_pulled_cable_is_link_down(terminal: Terminal) -> None:
    link = open_printer(f"serial:{terminal.path}")
    terminal.hang_up()
    with pytest.raises(LinkDown, match="gone while reading"):
        link.read(1.0)
    with pytest.raises(LinkDown, match="gone while writing"):
        link.write(b"x")
    link.close()


def test_a_printer_that_takes_nothing_is_link_down_and_the_rest_is_thrown_away(terminal: Terminal) -> None:
    link = open_printer(f"serial:{terminal.path}")
    with pytest.raises(LinkDown, match=r"took no data for 0\.05 s"):
        link.write(b"x" * 100_000, timeout_s=0.05)
    link.close()
    for turn in (link.read, lambda _: link.write(b"x")):
        with pytest.raises(LinkDown, match="the link is closed"):
            turn(0)


def test_a_port_that_is_not_there_is_said(tmp_path: object) -> None:
    with pytest.raises(LinkDown, match=r"cannot open the port .*; is it plugged in, and free\?"):
        open_printer(f"serial:{tmp_path}/none")


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


def test_a_network_printer(listener: socket.socket) -> None:
    link = open_printer(f"tcp:127.0.0.1:{listener.getsockname()[1]}")
    device, _ = listener.accept()
    with device:
        link.write(b"\x10\x04\x01")
        assert device.recv(99) == b"\x10\x04\x01"
        assert link.read(0) == b""
        device.sendall(b"\x12" * 20)
        arrived = b""
        while len(arrived) < 20:
            arrived += link.read(2.0)
        with pytest.raises(LinkDown, match=r"took no data for 0\.05 s"):
            link.write(b"x" * 50_000_000, 0.05)
    link.close()


def test_a_network_printer_by_its_ipv6_address() -> None:
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as listening:
        link = open_printer(f"tcp:[::1]:{listening.getsockname()[1]}")
        device, _ = listening.accept()
        with device:
            link.write(b"\x10\x04\x01")
            assert device.recv(99) == b"\x10\x04\x01"
        link.close()


def test_a_network_printer_that_hangs_up(listener: socket.socket) -> None:
    link = open_printer(f"tcp:127.0.0.1:{listener.getsockname()[1]}")
    listener.accept()[0].close()
    with pytest.raises(LinkDown, match="the printer closed the connection"):
        link.read(1.0)
    link.close()


def test_a_network_printer_that_is_off_is_said() -> None:
    port = free_port()
    with pytest.raises(LinkDown, match=rf"tcp:127.0.0.1:{port}: cannot connect .*; is the printer on"):
        open_printer(f"tcp:127.0.0.1:{port}")


def test_the_speed_of_the_wire() -> None:
    assert baud_of("serial:/dev/ttyUSB0?baud=19200") == 19200
    assert baud_of("tcp:192.168.1.50:9100") is None
    with pytest.raises(ValueError, match="starts with neither"):
        baud_of("lpt:1")
