"""Virtual modules at work: every byte paced both ways, a hand on them, and networks that misbehave."""

import socket
import time
from pathlib import Path
from queue import Queue

import pytest

from hardware.sim import terminal
from hardware.sim.box_cli import BOXES
from hardware.sim.box_keyboard import BoxKeyboard
from hardware.sim.modbus_lines import ModuleBus, crc
from hardware.sim.modbus_server import HOST, ModbusTcpServer, RtuServer
from hardware.transports.open import open_link
from tests.hardware.serving import serving
from tests.ports import free_port

DEADLINE_S = 60.0
READ = bytes.fromhex("01 02 00 00 00 08 79 CC")


def closed(body: bytes) -> bytes:
    return body + crc(body).to_bytes(2, "little")


COUNTERS = closed(bytes.fromhex("01 04 00 00 00 10"))


def test_question_and_answer_take_their_time(tmp_path: Path) -> None:
    with serving(RtuServer(ModuleBus([1], "waveshare", 2400), tmp_path / "line", None)):
        link = open_link(f"serial:{tmp_path}/line?baud=2400")
        took = []
        for _ in range(3):
            begun, heard = time.monotonic(), b""
            link.write(READ)
            while len(heard) < 6:
                heard += link.read(DEADLINE_S)
            took.append((time.monotonic() - begun) * 1000)
            time.sleep(0.02)
        link.close()
    assert heard == closed(b"\x01\x02\x01\x00")
    # 8 and 6 bytes of 4.17 ms, 16 ms of silence between them.
    assert min(took) >= 8 * 4.16 + 16 + 6 * 4.16


def test_a_host_that_does_not_wait_is_not_understood(tmp_path: Path) -> None:
    server = RtuServer(ModuleBus([1], "waveshare", 2400), tmp_path / "line", None)
    with serving(server):
        link = open_link(f"serial:{tmp_path}/line?baud=2400")
        link.write(READ + READ)
        assert link.read(0.4) == b""
        link.write(READ)
        assert link.read(DEADLINE_S)
        link.close()


def test_what_a_host_says_into_an_answer_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The answer takes three seconds: whatever the machine is busy with, this is said within it.
    monkeypatch.setattr(terminal, "BITS_PER_BYTE", 100)
    server = RtuServer(ModuleBus([1], "moxa", 1200), tmp_path / "line", None)
    with serving(server):
        link = open_link(f"serial:{tmp_path}/line?baud=1200")
        link.write(COUNTERS)
        heard = link.read(DEADLINE_S)
        link.write(COUNTERS)
        while len(heard) < 37:
            heard += link.read(DEADLINE_S)
        assert heard[:3] == b"\x01\x04\x20", "one answer, of eight counters"
        assert link.read(0.5) == b""
        link.close()


def test_a_hand_on_the_modules(tmp_path: Path) -> None:
    modules, closed = ModuleBus([1, 2], "icpdas"), Queue[int]()
    moved = modules.boxes[2].contact

    def contact(key: str, is_closed: bool) -> None:
        moved(key, is_closed)
        closed.put(sum(modules.boxes[2].front()["closed"]))

    modules.boxes[2].contact = contact  # type: ignore[method-assign]
    server = RtuServer(modules, tmp_path / "line", tmp_path / "ctl")
    with serving(server), BOXES.control(tmp_path / "ctl") as hand:
        assert hand.command("press 2 next 40")["ok"]
        assert [closed.get(timeout=DEADLINE_S) for _ in range(2)] == [1, 0]
        assert not any(hand.command("state")["boxes"]["0x02"]["closed"])
        assert hand.command("press 2 9")["error"].startswith("no key 9 at this module")
        assert hand.command("fault slow 2 300")["ok"]
        assert hand.command("state")["boxes"]["0x02"]["slow_ms"] == 300
        assert "invalid literal" in hand.command("fault slow 2 much")["error"]
        assert hand.command("cycles") == {"ok": True, "cycles_ms": {"0x01": [], "0x02": []}}
        keyboard = BoxKeyboard(hand)
        keyboard.key("2")
        keyboard.key("x")
        assert "dead" in keyboard.screen()[1]
        assert "○○○○○○○○" in keyboard.screen()[0]


def test_a_module_that_is_slow_and_a_cable_that_is_pulled(tmp_path: Path) -> None:
    server = RtuServer(ModuleBus([1], "waveshare"), tmp_path / "line", tmp_path / "ctl")
    with serving(server), BOXES.control(tmp_path / "ctl") as hand:
        hand.command("fault slow 1 200")
        link = open_link(f"serial:{tmp_path}/line?baud=9600")
        begun = time.monotonic()
        link.write(READ)
        assert link.read(DEADLINE_S)
        assert time.monotonic() - begun > 0.2
        link.close()
        hand.command("unplug")
        assert not (tmp_path / "line").is_symlink()
        hand.command("plug")
        assert (tmp_path / "line").is_symlink()


def asked(session: socket.socket, text: str) -> bytes:
    session.sendall(bytes.fromhex(text))
    return session.recv(100)


def test_modules_on_a_network(tmp_path: Path) -> None:
    server = ModbusTcpServer(ModuleBus([1], "waveshare"), free_port(), tmp_path / "ctl")
    with serving(server), BOXES.control(tmp_path / "ctl") as hand:
        with socket.create_connection((HOST, server.port), DEADLINE_S) as session:
            assert asked(session, "00 07 00 00 00 06 01 02 00 00 00 08") == bytes.fromhex(
                "00 07 00 00 00 04 01 02 01 00"
            )
            session.sendall(bytes.fromhex("00 08 00 00 00 06 09 02 00 00 00 08"))
            session.sendall(bytes.fromhex("00 09 00 00 00 06 01 02"))
            assert asked(session, "00 00 00 08") == bytes.fromhex("00 09 00 00 00 04 01 02 01 00")
            assert asked(session, "47 45 54 20 2F 20 48") == b""
        with socket.create_connection((HOST, server.port), DEADLINE_S) as session:
            assert asked(session, "00 07 00 00 00 06 01 02 00 00 00 08")
            assert hand.command("state")["plugged"]
            hand.command("unplug")
            assert session.recv(10) == b""
            assert not hand.command("state")["plugged"]
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((HOST, server.port), DEADLINE_S)
        hand.command("plug")
        socket.create_connection((HOST, server.port), DEADLINE_S).close()
