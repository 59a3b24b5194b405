"""Serial links over real pseudo-terminals."""

import os
import termios
from pathlib import Path

import pytest

from hardware.transports.link import LinkDown
from hardware.transports.open import open_link
from hardware.transports.serial import open_serial
from tests.hardware.transports.terminals import Terminal


def test_bytes_pass_unchanged_both_ways(terminal: Terminal) -> None:
    everything = bytes(range(256))
    link = open_link(f"serial:{terminal.path}?baud=57600")
    link.write(everything)
    assert os.read(terminal.master, 4096) == everything
    os.write(terminal.master, everything)
    arrived = b""
    while len(arrived) < 256:
        arrived += link.read(2.0)
    assert arrived == everything
    link.close()


def test_silence_is_an_empty_read_and_a_limit_is_kept(terminal: Terminal) -> None:
    link = open_serial(terminal.path, 9600)
    assert link.read(0) == b""
    assert link.read(0.01) == b""
    os.write(terminal.master, b"abcdef")
    assert link.read(2.0, limit=1) == b"a"
    assert link.read(2.0, limit=2) == b"bc"
    assert link.read(2.0) == b"def"
    link.close()


def test_the_speed_reaches_the_port(terminal: Terminal) -> None:
    link = open_serial(terminal.path, 57600)
    assert termios.tcgetattr(terminal.master)[4:6] == [termios.B57600, termios.B57600]
    link.close()


def test_a_second_program_is_kept_out(terminal: Terminal) -> None:
    link = open_serial(terminal.path, 9600)
    with pytest.raises(LinkDown, match=r"cannot open the port .*; is it plugged in, and free\?"):
        open_serial(terminal.path, 9600)
    link.close()
    open_serial(terminal.path, 9600).close()


def test_a_pulled_cable_is_link_down(terminal: Terminal) -> None:
    link = open_serial(terminal.path, 9600)
    terminal.hang_up()
    with pytest.raises(LinkDown, match="gone while reading"):
        link.read(1.0)
    with pytest.raises(LinkDown, match="gone while writing"):
        link.write(b"x")
    link.close()


def test_a_device_that_takes_nothing_is_link_down(terminal: Terminal) -> None:
    link = open_serial(terminal.path, 9600)
    with pytest.raises(LinkDown, match=r"took no data for 0\.05 s"):
        link.write(b"x" * 100_000, timeout_s=0.05)
    link.close()


def test_a_closed_link_is_down(terminal: Terminal) -> None:
    link = open_serial(terminal.path, 9600)
    assert link.name == f"serial:{terminal.path}"
    link.close()
    with pytest.raises(LinkDown):
        link.read(0.01)


@pytest.mark.parametrize(("baud", "flow", "says"), [(0, "none", "serial speed 0"), (9600, "up", "flow control 'up'")])
def test_a_setting_that_does_not_exist_is_refused(baud: int, flow: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=says):
        open_serial(str(tmp_path / "x"), baud, flow)  # type: ignore[arg-type]
