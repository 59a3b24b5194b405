"""The command line of virtual panels: a script's hand, a person's eyes on a terminal, and what is refused."""

import io
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.__main__ import main
from hardware.sim.control import Control
from hardware.sim.loop import Loop
from hardware.sim.panel_keyboard import PanelKeyboard, panel_line
from hardware.sim.panel_led485 import Led485Panels
from hardware.sim.panel_server import PanelServer
from hardware.sim.printer_line import SerialLine
from hardware.transports.link import LinkDown
from hardware.transports.open import open_link
from tests.hardware.serving import read_until, serving
from tests.ports import free_port

DEADLINE_S = 60.0
SHOW_1234 = bytes.fromhex("01 06 00 00 04 D2 0B 57")


def cli(*argv: str) -> int:
    return main(["sim", "panel", *argv])


@pytest.fixture
def control(tmp_path: Path) -> Iterator[Path]:
    loop = Loop()
    line = SerialLine(loop, tmp_path / "panel", 9600)
    server = PanelServer(Led485Panels([1, 2], 4), line, loop, tmp_path / "ctl")
    with serving(server):
        yield tmp_path / "ctl"


def _bytes(link: object, count: int) -> bytes:
    deadline_s, data = time.monotonic() + DEADLINE_S, b""
    while len(data) < count:
        assert time.monotonic() < deadline_s, data
        data += link.read(0.2)  # type: ignore[attr-defined]
    return data


def test_a_script_switches_looks_and_spoils(control: Path, capsys: pytest.CaptureFixture[str]) -> None:
    link = open_link(f"serial:{control.parent}/panel?baud=9600")
    link.write(SHOW_1234)
    assert read_until(link.read, SHOW_1234) == SHOW_1234
    assert cli("state", "--control", str(control)) == 0
    state = json.loads(capsys.readouterr().out)
    assert state["panels"]["1"]["text"] == "1234"
    assert state["line"]["plugged"] is True
    assert cli("fault", "--control", str(control), "echo", "on") == 0
    link.write(SHOW_1234)
    assert read_until(link.read, SHOW_1234 * 2) == SHOW_1234 * 2
    assert cli("fault", "--control", str(control), "echo", "off") == 0
    assert cli("fault", "--control", str(control), "noise", "1") == 0
    link.write(SHOW_1234)
    assert len(read_until(link.read, SHOW_1234)) > len(SHOW_1234)
    assert cli("fault", "--control", str(control), "noise", "0") == 0
    assert cli("fault", "--control", str(control), "drop", "1") == 0
    link.write(SHOW_1234)
    short = _bytes(link, len(SHOW_1234) - 1)
    assert short in [SHOW_1234[:place] + SHOW_1234[place + 1 :] for place in range(len(SHOW_1234))]
    assert cli("fault", "--control", str(control), "drop", "0") == 0
    assert cli("fault", "--control", str(control), "flip", "1") == 0
    link.write(SHOW_1234)
    assert sum((a ^ b).bit_count() for a, b in zip(_bytes(link, len(SHOW_1234)), SHOW_1234, strict=True)) == 1
    assert cli("--control", str(control), "power", "1", "off") == 0
    assert cli("state", "--control", str(control)) == 0
    assert json.loads(capsys.readouterr().out)["panels"]["1"]["text"] == ""
    assert cli("unplug", "--control", str(control)) == 0
    assert not (control.parent / "panel").is_symlink()
    with pytest.raises(LinkDown):
        link.read(0)
    assert cli("plug", "--control", str(control)) == 0
    assert (control.parent / "panel").is_symlink()
    link.close()


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (("state",), "--control PATH names the running panels"),
        (("state", "--control", "/nowhere/ctl"), "start with: python -m hardware sim panel"),
        (("--link", "x"), "at least one --address"),
        (("--address", "1"), "either --link PATH or --tcp"),
        (("--link", "x", "--tcp", "127.0.0.1:1", "--address", "1"), "either --link PATH or --tcp"),
        (("--link", "x", "--protocol", "ub485", "--address", "1"), "such a panel has 32 to 254"),
    ],
)
def test_what_is_missing_is_said(
    argv: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert cli(*argv) == 1
    assert says in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("power", "9", "on"), "no panel at address 9; there are 1, 2"),
        (("power", "1", "perhaps"), "unknown command 'power 1 perhaps'"),
        (("fault", "noise", "much"), "could not convert"),
    ],
)
def test_a_refused_command_fails_with_its_reason(
    control: Path, words: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli(words[0], "--control", str(control), *words[1:]) == 1
    assert says in capsys.readouterr().err


def test_each_key_does_what_it_says(control: Path) -> None:
    with Control(control, "panel", "virtual panels") as line:
        keyboard = PanelKeyboard(line)
        assert keyboard.key("2")
        for key, name in (("p", "powered"), ("x", "dead")):
            before = line.command("state")["panels"]["2"][name]
            keyboard.key(key)
            assert line.command("state")["panels"]["2"][name] is not before
        assert "no power" in keyboard.screen()[1]
        for key, name in (("n", "noise"), ("e", "echo"), ("w", "wrong_speed")):
            keyboard.key(key)
            assert line.command("state")["faults"][name]
            keyboard.key(key)
            assert not line.command("state")["faults"][name]
        keyboard.key("u")
        assert "unplugged" in keyboard.screen()[-1]
        keyboard.key("u")
        assert keyboard.screen()[-1].endswith("last: plug")
        assert not keyboard.key("q")


def test_a_panel_on_the_screen() -> None:
    panel = {"address": 1, "characters": 4, "text": "A012", "colour": "red", "flashes": True, "frames": 3}
    line = panel_line({**panel, "powered": True, "dead": False}, chosen=True)
    assert line == ">     1 [\x1b[31;5mA012\x1b[0m] 3 frames"
    assert panel_line({**panel, "powered": True, "dead": True}, chosen=False).endswith("dead")


def test_as_a_process_on_a_port_and_on_a_terminal(tmp_path: Path) -> None:
    port = free_port()
    argv = [sys.executable, "-m", "hardware", "sim", "panel", "--address", "1", "--control", str(tmp_path / "ctl")]
    serving = subprocess.Popen(
        [*argv, "--protocol", "bx", "--tcp", f"127.0.0.1:{port}"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert serving.stdout is not None
    assert f"virtual bx panels 1 at 127.0.0.1:{port}" in serving.stdout.readline()
    link = open_link(f"tcp:127.0.0.1:{port}")
    ping = bytes.fromhex("A5 A5 A5 A5 A5 A5 A5 A5 01 00 00 80 00 00 00 00 00 00 FE 02 05 00 A2 00 01 00 00 68 F8 5A")
    link.write(ping)
    assert read_until(link.read, bytes.fromhex("64 DC 5A"))
    link.close()
    serving.send_signal(signal.SIGTERM)
    assert serving.wait(DEADLINE_S) == 0
    serving.stdout.close()
    master, slave = pty.openpty()
    watched = subprocess.Popen([*argv, "--protocol", "any", "--link", str(tmp_path / "p")], stdin=slave, stdout=slave)
    os.close(slave)
    seen = _see(master, "1 frames|0 frames")
    assert "choose the panel" in seen
    os.write(master, b"p")
    _see(master, "no power")
    os.write(master, b"q")
    assert watched.wait(DEADLINE_S) == 0
    os.close(master)


def _see(terminal: int, pattern: str) -> str:
    deadline_s, seen = time.monotonic() + DEADLINE_S, ""
    while not re.search(pattern, seen):
        assert time.monotonic() < deadline_s, seen
        if select.select([terminal], [], [], 0.2)[0]:
            seen += os.read(terminal, 4096).decode("utf-8", "replace")
    return seen
