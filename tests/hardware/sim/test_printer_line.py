"""A virtual printer behind a real pseudo-terminal and a real socket, as a driver meets it."""

import socket
import struct
import time
from pathlib import Path

import pytest
import serial

from hardware.sim.control import Control
from hardware.sim.printer_engine import RESERVE_BYTES
from hardware.sim.printer_tcp import TcpLine
from hardware.sim.terminal import BITS_PER_BYTE
from tests.hardware.serving import DEADLINE_S
from tests.hardware.sim.printer_bench import FEED_AND_CUT, MARKED, MARKER, h
from tests.hardware.sim.printer_stand import Stand, on_a_pty, on_the_net

ASK = h("10 04 01 10 04 02 10 04 03 10 04 04")
ALL_WELL = h("12 12 12 12")


def opened(folder: Path, baud: int) -> serial.Serial:
    return serial.Serial(str(folder / "p1"), baud, timeout=DEADLINE_S, write_timeout=DEADLINE_S, exclusive=True)


def test_a_slip_over_a_serial_port(tmp_path: Path) -> None:
    with on_a_pty(tmp_path) as made, opened(tmp_path, 115200) as port:
        port.write(ASK)
        assert port.read(4) == ALL_WELL
        port.write(h("1B 40 1C 26") + "一号窗口\n".encode("gbk") + FEED_AND_CUT + MARKER)
        assert port.read(7) == MARKED
        assert made.texts() == ["一号窗口\n[partial cut]\n"]


@pytest.mark.parametrize("baud", [9600, 38400])
def test_bytes_take_the_time_of_the_speed_that_the_driver_set(tmp_path: Path, baud: int) -> None:
    data = b"\x00" * (baud // 20)
    with on_a_pty(tmp_path), opened(tmp_path, baud) as port:
        began_s = time.monotonic()
        port.write(data + h("10 04 01"))
        assert port.read(1) == h("12")
        took_s = time.monotonic() - began_s
    assert took_s >= (len(data) + 3) * BITS_PER_BYTE / baud


def until_buffered(made: Stand, count: int) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while made.do("state")["buffered_bytes"] != count:
        assert time.monotonic() < deadline, made.do("state")


@pytest.mark.parametrize("how", ["option", "fault"])
def test_at_a_wrong_speed_nothing_is_understood(tmp_path: Path, how: str) -> None:
    data = ASK + "一号\n".encode("gbk") + FEED_AND_CUT
    with on_a_pty(tmp_path, 19200 if how == "option" else None) as made, opened(tmp_path, 9600) as port:
        if how == "fault":
            made.do("wrong-speed")
        made.do("cover open")
        port.write(data)
        # All of it waits in the buffer: status commands, were they understood, would not.
        until_buffered(made, len(data))
        port.timeout = 0
        assert port.read(64) == b""
        made.do("cover close")
        made.do("tear")
        assert "一号" not in "".join(made.texts())


def test_at_a_wrong_speed_its_answers_are_rubbish(tmp_path: Path) -> None:
    with on_a_pty(tmp_path) as made, opened(tmp_path, 9600) as port:
        port.write(h("1D 61 0E"))
        assert port.read(4) == h("10 00 00 0F")
        made.do("wrong-speed")
        made.do("paper near-end")
        rubbish = port.read(4)
        assert len(rubbish) == 4
        assert rubbish != h("10 00 03 0F")
        made.do("right-speed")
        made.do("paper ok")
        assert port.read(4) == h("10 00 00 0F")


def test_the_driver_finds_the_right_speed_by_trying(tmp_path: Path) -> None:
    with on_a_pty(tmp_path, 19200), opened(tmp_path, 9600) as port:
        port.timeout = 0.3
        port.write(ASK)
        assert port.read(4) == b""
        port.baudrate = 19200
        port.timeout = DEADLINE_S
        port.write(ASK)
        assert port.read(4) == ALL_WELL


def test_a_full_buffer_holds_the_writer_back(tmp_path: Path) -> None:
    with on_a_pty(tmp_path) as made, opened(tmp_path, 115200) as port:
        made.do("paper out")
        port.write_timeout = 1.0
        # More than the printer and the system's own buffer of a pseudo-terminal hold together.
        with pytest.raises(serial.SerialTimeoutException):
            port.write(b"00001\n" * 50_000)
        until_buffered(made, 4096 + RESERVE_BYTES)


def test_status_is_answered_although_the_buffer_is_full(tmp_path: Path) -> None:
    with on_a_pty(tmp_path) as made, opened(tmp_path, 115200) as port:
        made.do("cover open")
        port.write(b"a\n" * 2500)
        port.write(ASK)
        assert port.read(4) == h("1A 16 12 12")
        assert made.do("state")["buffered_bytes"] == 5000
        made.do("power off")
        port.write(ASK)
        port.timeout = 0.3
        assert port.read(1) == b""
        assert made.do("state")["buffered_bytes"] == 0
        made.do("power on")
        made.do("cover close")
        port.timeout = DEADLINE_S
        port.write(ASK)
        assert port.read(4) == ALL_WELL


def test_automatic_status_comes_by_itself(tmp_path: Path) -> None:
    with on_a_pty(tmp_path) as made, opened(tmp_path, 115200) as port:
        port.write(h("1D 61 0E"))
        assert port.read(4) == h("10 00 00 0F")
        made.do("paper near-end")
        assert port.read(4) == h("10 00 03 0F")
        made.do("jam")
        assert port.read(4) == h("18 08 03 0F")


def test_unplugged_in_mid_slip_and_plugged_again(tmp_path: Path) -> None:
    with on_a_pty(tmp_path) as made:
        with opened(tmp_path, 115200) as port:
            port.write(b"one\n" + ASK)
            assert port.read(4) == ALL_WELL
            made.do("unplug")
            assert not (tmp_path / "p1").is_symlink()
            assert made.do("state")["line"]["plugged"] is False  # type: ignore[index]
            made.do("wrong-speed")
            made.do("right-speed")
            with pytest.raises(OSError):
                port.read(1)
        made.do("plug")
        with opened(tmp_path, 115200) as port:
            port.write(b"two\n" + FEED_AND_CUT + MARKER)
            assert port.read(7) == MARKED
        assert made.texts() == ["one\ntwo\n[partial cut]\n"]


def test_what_is_printed_when_it_ends_comes_out(tmp_path: Path) -> None:
    with on_a_pty(tmp_path) as made, opened(tmp_path, 115200) as port:
        port.write(b"half a slip\n" + MARKER)
        assert port.read(7) == MARKED
    assert made.texts() == ["half a slip\n[torn off]\n"]


# -- network -----------------------------------------------------------------------------------------------------------


def session(made: Stand) -> socket.socket:
    assert isinstance(made.line, TcpLine)
    return socket.create_connection(("127.0.0.1", made.line.port), timeout=DEADLINE_S)


def read(host: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count and (more := host.recv(count - len(data))):
        data += more
    return data


def test_one_session_at_a_time(tmp_path: Path) -> None:
    with on_the_net(tmp_path) as made:
        with session(made) as first:
            first.sendall(ASK)
            assert read(first, 4) == ALL_WELL
            with session(made) as second:
                assert second.recv(1) == b""
            first.sendall(b"one\n" + FEED_AND_CUT + MARKER)
            assert read(first, 7) == MARKED
            assert made.do("state")["line"]["session"] is True  # type: ignore[index]
        with session(made) as third:
            third.sendall(ASK)
            assert read(third, 4) == ALL_WELL
        assert made.texts() == ["one\n[partial cut]\n"]


def test_a_network_printer_without_power_is_gone(tmp_path: Path) -> None:
    with on_the_net(tmp_path) as made:
        with session(made) as host:
            host.sendall(ASK)
            assert read(host, 4) == ALL_WELL
            made.do("power off")
            assert host.recv(1) == b""
        made.do("unplug")
        made.do("plug")
        with pytest.raises(ConnectionRefusedError):
            session(made)
        made.do("power on")
        with session(made) as host:
            host.sendall(ASK)
            assert read(host, 4) == ALL_WELL
            made.do("unplug")
            assert host.recv(1) == b""
        with pytest.raises(ConnectionRefusedError):
            session(made)


def test_a_network_printer_holds_the_host_back_and_goes_on(tmp_path: Path) -> None:
    lines = [f"{n:05}" for n in range(280)]
    data = "".join(f"{line:30}\n" for line in lines).encode()
    with on_the_net(tmp_path, speed_mm_s=400, paper_mm=58) as made, session(made) as host:
        made.do("cover open")
        host.sendall(data + FEED_AND_CUT + MARKER)
        until_buffered(made, 4096 + RESERVE_BYTES)
        made.do("cover close")
        assert read(host, 7) == MARKED
        assert made.texts() == ["\n".join([*lines, "[partial cut]", ""])]


def test_a_network_port_has_no_speed(tmp_path: Path) -> None:
    with on_the_net(tmp_path), Control(tmp_path / "ctl", "printer", "virtual printer") as control:
        assert control.command("wrong-speed") == {"ok": False, "error": "a network port has no speed"}


def test_a_host_that_breaks_off_leaves_the_printer_free(tmp_path: Path) -> None:
    with on_the_net(tmp_path) as made:
        for _ in range(20):
            with session(made) as host:
                host.sendall(ASK)
                assert read(host, 4) == ALL_WELL
                # Closing with a reset, as a program that was killed.
                host.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
