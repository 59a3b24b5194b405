"""The command line of virtual boxes: a script's finger, and a person's on a terminal."""

import json
import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.__main__ import main
from hardware.sim.box_cli import BOXES
from hardware.sim.box_keyboard import BoxKeyboard, status_line
from hardware.sim.box_pty import LineFaults, PtyLine
from hardware.sim.box_server import BoxServer
from hardware.sim.box_ub485 import Ub485Bus
from hardware.transports.open import open_link
from tests.hardware.serving import read_until, serving

DEADLINE_S = 60.0


def cli(*argv: str) -> int:
    return main(["sim", "box", *argv])


@pytest.fixture
def control(tmp_path: Path) -> Iterator[Path]:
    server = BoxServer(Ub485Bus([0x20, 0x21]), tmp_path / "box", tmp_path / "ctl")
    with serving(server):
        yield tmp_path / "ctl"


def test_a_script_presses_and_looks(control: Path, capsys: pytest.CaptureFixture[str]) -> None:
    link = open_link(f"serial:{control.parent}/box?baud=57600")
    assert cli("press", "--control", str(control), "0x21", "next") == 0
    read_until(link.read, bytes.fromhex("01 21 31 07"))
    link.write(bytes.fromhex("01 21 35 07"))
    assert cli("--control", str(control), "fault", "bounce", "2") == 0
    assert cli("state", "--control", str(control)) == 0
    state = json.loads(capsys.readouterr().out)
    assert (state["plugged"], state["baud"], state["driver_baud"]) == (True, 57600, 57600)
    assert state["faults"]["bounce"] == 2
    assert state["boxes"]["0x21"]["blink_ms"] == 500
    assert cli("unplug", "--control", str(control)) == 0
    assert not (control.parent / "box").is_symlink()
    assert cli("plug", "--control", str(control)) == 0
    assert (control.parent / "box").is_symlink()
    link.close()


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (("press", "0x20", "next"), "--control PATH names the running boxes"),
        (("press", "--control", "/nowhere/ctl", "0x20", "next"), "start with: python -m hardware sim box"),
        (("--link", "x"), "at least one --address"),
        (("--address", "0x20"), "--link PATH"),
    ],
)
def test_what_is_missing_is_said(argv: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli(*argv) == 1
    assert says in capsys.readouterr().err


def test_a_refused_command_fails_with_its_reason(control: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli("press", "--control", str(control), "0x77", "next") == 1
    assert "no box at address 0x77; there are 0x20, 0x21" in capsys.readouterr().err


def test_an_address_out_of_range_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli("--link", str(tmp_path / "box"), "--address", "7") == 1
    assert "0x20 to 0xfe" in capsys.readouterr().err


def test_fingers_on_the_keyboard(control: Path) -> None:
    with BOXES.control(control) as boxes:
        keyboard = BoxKeyboard(boxes)
        for key in "2nxbeu":
            assert keyboard.key(key)
        state = boxes.command("state")
        assert state["plugged"] is False
        assert state["faults"]["bounce"] == 4
        assert state["faults"]["echo"] is True
        assert state["boxes"]["0x21"]["dead"] is True
        assert [line[0] for line in keyboard.screen()[:2]] == [" ", ">"]
        assert "unplugged" in keyboard.screen()[-1]
        for key in "xbeu9?":
            assert keyboard.key(key)
        state = boxes.command("state")
        assert (state["plugged"], state["faults"]["bounce"], state["faults"]["echo"]) == (True, 0, False)
        keyboard.key("p")
        assert "has no key pause" in keyboard.screen()[-1]
        keyboard.key("N")
        assert "press 0x21 next 1000" in keyboard.screen()[-1]
        assert not keyboard.key("q")


def test_before_a_driver_nobody_is_at_the_wrong_speed(control: Path) -> None:
    with BOXES.control(control) as boxes:
        assert BoxKeyboard(boxes).screen()[-1] == "  line: 57600 baud · last: –"


def test_a_speed_that_no_terminal_has_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="speed 9601: one of 1200, 2400"):
        PtyLine(tmp_path / "box", 9601, LineFaults())


def test_a_driver_at_the_wrong_speed_is_shown(control: Path) -> None:
    link = open_link(f"serial:{control.parent}/box?baud=9600")
    with BOXES.control(control) as boxes:
        assert "the driver speaks 9600: nothing is understood" in BoxKeyboard(boxes).screen()[-1]
    link.close()


def test_a_status_line_names_light_text_and_beeps() -> None:
    box = {
        "address": 33,
        "colour": "red",
        "blink_ms": 500,
        "text": "012",
        "text_blinks": True,
        "beeps": 2,
        "dead": True,
    }
    plain = re.sub(r"\x1b\[\d+m", "", status_line(box, True))
    assert plain.split() == [">", "0x21", "●", "red", "blinking", "500", "ms", "[012]*", "beeps", "2", "dead"]
    assert "\x1b[31m●" in status_line(box, True)
    assert "\x1b[90m●" in status_line({**box, "colour": "off"}, False)


def program(tmp_path: Path) -> list[str]:
    link, ctl = str(tmp_path / "box"), str(tmp_path / "ctl")
    return [sys.executable, "-m", "hardware", "sim", "box", "--link", link, "--address", "0x20", "--control", ctl]


def test_without_a_terminal_it_serves_until_ended(tmp_path: Path) -> None:
    process = subprocess.Popen(program(tmp_path), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        assert "virtual ub485 boxes 0x20 at" in process.stdout.readline()
        link = open_link(f"serial:{tmp_path}/box?baud=57600")
        with BOXES.control(tmp_path / "ctl") as boxes:
            assert boxes.command("press 0x20 start") == {"ok": True}
            read_until(link.read, bytes.fromhex("01 20 32 07"))
        process.terminate()
        assert process.wait(DEADLINE_S) == 0
    link.close()
    assert not (tmp_path / "box").is_symlink()
    assert not (tmp_path / "ctl").exists()


def test_on_a_terminal_a_person_presses(tmp_path: Path) -> None:
    master, slave = pty.openpty()
    process = subprocess.Popen(program(tmp_path), stdin=slave, stdout=slave, stderr=slave)
    os.close(slave)

    def read(timeout_s: float) -> bytes:
        return os.read(master, 4096) if select.select([master], [], [], timeout_s)[0] else b""

    try:
        read_until(read, b"beeps 0")
        link = open_link(f"serial:{tmp_path}/box?baud=57600")
        os.write(master, b"f")
        read_until(link.read, bytes.fromhex("01 20 34 07"))
        link.write(bytes.fromhex("01 20 39 07 01 20 21 30 31 32 07"))
        read_until(read, b"[012]*")
        os.write(master, b"q")
        assert process.wait(DEADLINE_S) == 0
        link.close()
    finally:
        process.kill()
        process.wait()
        os.close(master)
    assert not (tmp_path / "box").is_symlink()


@pytest.mark.parametrize("protocol", ["modbus-rtu", "modbus-tcp"])
def test_input_modules_are_boxes_too(protocol: str, tmp_path: Path) -> None:
    control = tmp_path / "ctl"
    where = ["--link", str(tmp_path / "line")] if protocol == "modbus-rtu" else ["--tcp", "0"]
    command = [sys.executable, "-m", "hardware", "sim", "box", "--protocol", protocol]
    command += ["--module", "moxa", "--address", "7"]
    process = subprocess.Popen(
        [*command, *where, "--control", str(control)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        assert f"virtual {protocol} boxes 0x07 at " in said
        with BOXES.control(control) as hand:
            assert hand.command("state")["boxes"]["0x07"]["counts"] == [0] * 8
    finally:
        process.terminate()
        assert process.communicate()[0] == ""
    assert process.returncode == 0
