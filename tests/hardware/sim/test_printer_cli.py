"""The command line of the virtual printer: what a person types at its end of `make run`."""

import argparse
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import serial

from hardware.sim.loop import Loop
from hardware.sim.printer_cli import add_arguments, run
from hardware.sim.printer_commands import HELP, PrinterCommands
from hardware.sim.printer_line import SerialLine
from hardware.sim.printer_slips import SlipFolder
from tests.hardware.sim.printer_bench import FEED_AND_CUT, Bench, h

DEADLINE_S = 60.0


def cli(*argv: str) -> int:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return run(parser.parse_args(argv))


class Hand:
    """Commands on a printer whose clock is moved by hand."""

    def __init__(self, folder: Path) -> None:
        self.bench = Bench()
        self.loop = Loop()
        self.line = SerialLine(self.loop, folder / "p1", None)
        self._commands = PrinterCommands(
            self.bench.printer, self.line, SlipFolder(folder / "slips"), lambda: self.bench.now_s
        )

    def say(self, command: str) -> dict[str, Any]:
        return self._commands.answer(command)

    def do(self, *commands: str) -> str:
        """Obey, → the four status bytes."""
        for command in commands:
            assert self.say(command) == {"ok": True}
        return self.bench.status()


@pytest.fixture
def hand(tmp_path: Path) -> Iterator[Hand]:
    made = Hand(tmp_path)
    yield made
    made.line.unplug()
    made.loop.close()


@pytest.mark.parametrize(
    ("command", "status", "cure"),
    [
        ("paper out", "1A 32 12 7E", "paper ok"),
        ("paper-out", "1A 32 12 7E", "new-roll"),
        ("paper out 0", "1A 32 12 7E", "new roll"),
        ("paper out 40", "12 12 12 1E", "paper ok"),
        ("paper near-end", "12 12 12 1E", "paper-ok"),
        ("near-end", "12 12 12 1E", "paper ok"),
        ("cover open", "1A 16 12 12", "cover close"),
        ("cover-open", "1A 16 12 12", "cover-close"),
        ("head hot", "1A 52 52 12", "head cool"),
        ("hot", "1A 52 52 12", "cool"),
        ("silent", "", "speak"),
        ("power off", "", "power on"),
        ("power-off", "", "power-on"),
    ],
)
def test_a_fault_and_its_cure(hand: Hand, command: str, status: str, cure: str) -> None:
    assert hand.do(command) == status
    assert hand.do(cure) == "12 12 12 12"


def test_a_jam_its_clearing_and_the_button(hand: Hand) -> None:
    assert hand.do("jam") == "1A 52 1A 12"
    assert hand.do("feed") == "1A 52 1A 12"
    assert hand.do("clear") == "3A 52 1A 12"
    assert hand.do("feed") == "12 12 12 12"


def test_a_jam_at_the_next_cut_and_the_torn_slip(hand: Hand) -> None:
    assert hand.do("jam next") == "12 12 12 12"
    hand.bench.hear(b"one\n" + FEED_AND_CUT)
    hand.bench.finish()
    assert hand.say("state")["cutter"] == "jammed"
    hand.do("clear")
    assert hand.say("state")["cutter"] == "waits for recovery"
    assert hand.bench.lines() == [("one", "[torn off]")]


def test_paper_that_ends_after_so_many_millimetres(hand: Hand) -> None:
    hand.do("paper-out 5")
    hand.bench.hear(b"one\ntwo\n" + FEED_AND_CUT)
    hand.bench.finish()
    assert hand.say("state")["paper"] == "out"
    hand.do("new-roll")
    assert hand.bench.lines() == [("one", "[part] two", "[torn off]")]


def test_what_happened_before_a_command_has_happened(hand: Hand) -> None:
    hand.bench.hear(b"one\ntwo\nthree\n")
    hand.bench.now_s += 0.030
    hand.do("cover open", "tear")
    # 36 dots in 30 ms at 150 mm/s.
    assert hand.bench.lines() == [("one", "[part] two", "[torn off]")]


def test_state(hand: Hand) -> None:
    hand.do("paper out 40", "cover open", "head hot")
    hand.bench.hear(b"one")
    state = hand.say("state")
    assert state.pop("slips")["made"] == 0
    assert state == {
        "ok": True,
        "powered": True,
        "online": False,
        "silent": False,
        "paper": "near-end",
        "paper_left_mm": 40.0,
        "cover": "open",
        "cutter": "ok",
        "head": "hot",
        "dle_eot": "1A 56 52 1E",
        "buffered_bytes": 3,
        "buffer_bytes": 4096,
        "printing": True,
        "line": {"plugged": False, "baud": "as the driver", "driver_baud": 0},
    }


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("fly", "unknown command 'fly'; commands: paper out [MM]; paper near-end"),
        ("", "unknown command ''"),
        ("paper out soon", "a whole number of millimetres"),
        ("cover ajar", "unknown command 'cover ajar'"),
    ],
)
def test_a_bad_command_says_what_is_allowed(hand: Hand, command: str, says: str) -> None:
    answer = hand.say(command)
    assert answer["ok"] is False
    assert says in answer["error"]


def test_every_command_in_the_help_is_obeyed(hand: Hand) -> None:
    for words, _ in HELP:
        for command in words.replace("[MM]", "30").split(", "):
            assert hand.say(command)["ok"] is True, command


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        ((), "--link PATH or --tcp PORT is needed"),
        (("paper", "out"), "--control PATH names the running printer"),
        (("paper", "out", "--control", "/nowhere/ctl"), "start with: python -m hardware sim printer"),
        (("--link", "{folder}/p1", "--slips", "{folder}", "--buffer", "1"), "buffer 1: from 4096"),
        (("--link", "{folder}/p1", "--slips", "{folder}", "--fault", "fly"), "unknown command 'fly'"),
        (("--link", "/dev/null/p1", "--slips", "{folder}"), "/dev/null"),
        (("--tcp", "0", "--slips", "/dev/null/slips"), "/dev/null/slips"),
    ],
)
def test_what_is_wrong_is_said(
    argv: tuple[str, ...], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli(*(word.format(folder=tmp_path) for word in argv)) == 1
    assert says in capsys.readouterr().err
    assert not (tmp_path / "p1").is_symlink()


@pytest.mark.parametrize("argv", [("--link", "p1", "--tcp", "9100"), ("--baud", "9601"), ("--paper", "57")])
def test_options_that_cannot_be(argv: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit):
        cli(*argv)


def hardware(*argv: str, **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "hardware", *argv],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def test_the_program_as_make_run_starts_it(tmp_path: Path) -> None:
    control = ("--control", f"{tmp_path}/p1.ctl")
    argv = ("--link", f"{tmp_path}/p1", *control, "--slips", f"{tmp_path}/slips", "--fault", "paper out 30")
    with hardware("sim", "printer", *argv, "--paper", "58", "--no-marker", "--identity", "OTHER") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == (
            f"virtual printer at {tmp_path}/p1, control {tmp_path}/p1.ctl, slips in {tmp_path}/slips\n"
        )
        with serial.Serial(f"{tmp_path}/p1", 115200, timeout=DEADLINE_S) as port:
            port.write(h("10 04 04 1D 49 43"))
            assert port.read(8) == b"\x1e_OTHER\0"
            with hardware("sim", "printer", "paper", "ok", *control) as person:
                assert person.communicate(timeout=DEADLINE_S) == ("", "")
            assert person.returncode == 0
            port.write(h("10 04 04"))
            assert port.read(1) == h("12")
            with hardware("sim", "printer", "state", *control) as person:
                assert json.loads(person.communicate(timeout=DEADLINE_S)[0])["paper"] == "ok"
            with hardware("sim", "printer", "fly", *control) as person:
                assert "unknown command 'fly'" in person.communicate(timeout=DEADLINE_S)[1]
            assert person.returncode == 1
        process.terminate()
        assert process.wait(DEADLINE_S) == 0
    assert not (tmp_path / "p1").is_symlink()
    assert not (tmp_path / "p1.ctl").exists()


def test_the_program_on_the_net(tmp_path: Path) -> None:
    with hardware("sim", "printer", "--tcp", "0", "--slips", f"{tmp_path}/slips") as process:
        assert process.stdout is not None
        where = process.stdout.readline().split(",")[0].removeprefix("virtual printer at ")
        host, _, port = where.rpartition(":")
        with socket.create_connection((host, int(port)), timeout=DEADLINE_S) as session:
            session.sendall(h("10 04 01"))
            assert session.recv(1) == h("12")
        process.terminate()
        assert process.wait(DEADLINE_S) == 0
