"""The programs of the virtual reader and scanner: a script's hand over the control socket, a person's on a terminal."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hardware.__main__ import main
from hardware.transports.link import LinkDown
from hardware.transports.open import open_link
from tests.hardware.devices.readings import running as device
from tests.hardware.serving import read_until

ROOT = Path(__file__).resolve().parents[3]
WAIT_S = 60.0
FIND = bytes.fromhex("AA AA AA 96 69 00 03 20 01 22")
FOUND = bytes.fromhex("AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97")
NONE = bytes.fromhex("AA AA AA 96 69 00 04 00 00 80 84")


@contextmanager
def process(*words: str, stdin: int = subprocess.DEVNULL, stdout: int | None = None) -> Iterator[subprocess.Popen]:
    argv = [sys.executable, "-m", "hardware", "sim", *words]
    out = subprocess.PIPE if stdout is None else stdout
    running = subprocess.Popen(argv, cwd=ROOT, stdin=stdin, stdout=out, stderr=subprocess.PIPE)
    try:
        yield running
    finally:
        running.terminate()
        assert running.wait(WAIT_S) == 0
        for stream in (running.stdout, running.stderr):
            if stream is not None:
                stream.close()


def test_a_script_lays_a_card_on_a_reader(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    link, control = tmp_path / "reader", tmp_path / "reader.ctl"
    with process("reader", "--link", str(link), "--control", str(control)) as running:
        assert b"virtual ID-card reader at" in running.stdout.readline()
        line = open_link(f"serial:{link}?baud=115200")
        assert main(["sim", "reader", "card", "resident", "--control", str(control)]) == 0
        line.write(FIND)
        read_until(line.read, FOUND)
        assert main(["sim", "reader", "state", "--control", str(control)]) == 0
        state = json.loads(capsys.readouterr().out)
        assert (state["card"], state["line"]) == (
            "resident", {"plugged": True, "baud": 115200, "driver_baud": 115200},
        )  # fmt: skip
        assert main(["sim", "reader", "dance", "--control", str(control)]) == 1
        assert "unknown command 'dance'; commands: card WHO" in capsys.readouterr().err
        assert main(["sim", "reader", "card", "bob", "--control", str(control)]) == 1
        assert "nobody is called 'bob'" in capsys.readouterr().err
        line.close()
    assert not link.is_symlink()
    assert not control.exists()


def test_a_script_holds_a_code_before_a_scanner(tmp_path: Path) -> None:
    link, control = tmp_path / "scanner", tmp_path / "scanner.ctl"
    with process("scanner", "--link", str(link), "--control", str(control), "--baud", "115200") as running:
        running.stdout.readline()
        line = open_link(f"serial:{link}?baud=115200")
        assert main(["sim", "scanner", "scan", "A012", "--control", str(control)]) == 0
        read_until(line.read, b"A012\r")
        line.close()


def test_a_wrong_speed_garbles_and_a_cable_can_be_pulled(tmp_path: Path) -> None:
    from hardware.sim.card_reader_engine import CardReaderEngine

    with device(CardReaderEngine(), tmp_path / "reader") as say:
        line = open_link(f"serial:{tmp_path / 'reader'}?baud=115200")
        assert say("speed 9600") == {"ok": True}
        line.write(FIND)
        assert line.read(0.3) == b""
        assert say("speed 1234")["error"].startswith("speed 1234: one of")
        assert say("state")["line"]["baud"] == 9600
        assert say("speed 115200") == {"ok": True}
        line.write(FIND)
        read_until(line.read, NONE)
        assert say("unplug") == {"ok": True}
        with pytest.raises(LinkDown):
            read_until(line.read, b"never")
        line.close()
        assert say("state")["line"] == {"plugged": False, "baud": 115200, "driver_baud": 0}
        assert say("plug") == {"ok": True}
        line = open_link(f"serial:{tmp_path / 'reader'}?baud=115200")
        line.write(FIND)
        read_until(line.read, NONE)
        line.close()


@pytest.mark.parametrize("words", [[], ["state"]])
@pytest.mark.parametrize("kind", ["reader", "scanner"])
def test_what_is_missing_is_said(kind: str, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sim", kind, *words]) == 1
    assert ("--control PATH" if words else "--link PATH is needed") in capsys.readouterr().err


def test_a_reader_that_does_not_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sim", "reader", "state", "--control", str(tmp_path / "none.ctl")]) == 1
    assert "start with: python -m hardware sim reader" in capsys.readouterr().err


def test_a_person_types_commands(tmp_path: Path) -> None:
    """At the terminal's end (Ctrl-D) the device ends."""
    master, slave = pty.openpty()
    link = tmp_path / "scanner"

    def seen(wanted: str) -> str:
        ends, text = time.monotonic() + WAIT_S, ""
        while wanted not in text:
            assert time.monotonic() < ends, text
            if select.select([master], [], [], 0.2)[0]:
                text += os.read(master, 4096).decode("utf-8", "replace")
        return text

    argv = [sys.executable, "-m", "hardware", "sim", "scanner", "--link", str(link)]
    running = subprocess.Popen(argv, cwd=ROOT, stdin=slave, stdout=slave, stderr=slave)
    try:
        assert "a code is held before it" in seen("everything about it")
        line = open_link(f"serial:{link}?baud=9600")
        os.write(master, b"scan A012\n")
        read_until(line.read, b"A012\r")
        seen("ok")
        os.write(master, b"dance\n")
        seen("unknown command 'dance'")
        os.write(master, b"state\n")
        seen('"mode": "serial"')
        os.write(master, b"\x04")
        assert running.wait(WAIT_S) == 0
        line.close()
    finally:
        if running.poll() is None:
            running.send_signal(signal.SIGKILL)
            running.wait(WAIT_S)
        os.close(master)
        os.close(slave)
