"""Recording, over the program: each family from a virtual device, nothing of people in the file, played back."""

import argparse
import os
import threading
import time
from pathlib import Path

import pytest

from hardware.check.playback import played
from hardware.check.record import add_arguments, run
from hardware.sim.box_ub485 import Ub485Bus
from hardware.sim.control import Control
from hardware.sim.reading_server import ReadingServer
from hardware.sim.scanner_engine import ScannerEngine
from hardware.transports.sessions import Differs, load_session
from tests.hardware.check.halls import (
    holding,
    virtual_boxes,
    virtual_card_reader,
    virtual_panels,
    virtual_printer,
    write_hall,
)
from tests.hardware.serving import serving
from ticketserver.shared.settings import load_settings

CODE = "https://hall.example/t/AbCdEfGhIjKl"

pytestmark = pytest.mark.line


def record(config: Path, *argv: str) -> int:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return run(parser.parse_args([*argv, "--config", str(config), "--out", str(config.parent / "a.session")]))


@pytest.fixture
def link(tmp_path: Path) -> Path:
    return tmp_path / "device"


class Hand:
    """Says something to the virtual device once the driver has opened its line; the device has it open itself."""

    def __init__(self, link: Path, *commands: str) -> None:
        self._link, self._commands = link, commands
        self._thread = threading.Thread(target=self._act)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._thread.join()

    def _act(self) -> None:
        deadline_s = time.monotonic() + 15
        while time.monotonic() < deadline_s and self._openings() < 2:
            time.sleep(0.01)
        with Control(self._link.with_suffix(".ctl"), "device", "virtual device") as control:
            for command in self._commands:
                answer = control.command(command)
                assert answer["ok"], answer

    def _openings(self) -> int:
        return sum(os.path.realpath(file) == os.path.realpath(self._link) for file in Path("/proc/self/fd").iterdir())


def test_a_printer_prints_a_slip_marked_as_a_test(tmp_path: Path, link: Path, capsys: pytest.CaptureFixture) -> None:
    config = write_hall(tmp_path, f'[[printer]]\nid = "printer1"\nlink = "serial:{link}?baud=19200"\n')
    with virtual_printer(tmp_path, link):
        assert record(config, "printer1", "--print") == 0
    session = load_session(tmp_path / "a.session")
    assert session.head["device"] == "printer printer1"
    assert session.head["model"] == "generic"
    assert session.head["link"] == f"serial:{link}?baud=19200"
    assert session.head["told"] == "state ok · slip confirmed · state ok"
    assert "测试".encode("gbk") in b"".join(each.data for each in session.entries)
    assert played(load_settings(config), session) == ["state ok", "slip confirmed", "state ok"]
    assert "已存到" in capsys.readouterr().out


def test_a_bus_is_recorded_while_somebody_presses(tmp_path: Path, link: Path) -> None:
    config = write_hall(
        tmp_path, f'[[bus]]\nid = "bus1"\nlink = "serial:{link}?baud=57600"\n[[bus.box]]\ncounter = 1\naddress = 33\n'
    )
    with virtual_boxes(Ub485Bus([33]), link), Hand(link, "press 0x21 next"):
        assert record(config, "bus1", "--seconds", "6") == 0
    session = load_session(tmp_path / "a.session")
    assert played(load_settings(config), session) == ["press 33 next 1"]


def test_a_panel_shows_each_look(tmp_path: Path, link: Path) -> None:
    config = write_hall(
        tmp_path, f'[[panel]]\ncounter = 1\nlink = "serial:{link}?baud=9600"\nmodel = "led485-4"\naddress = 1\n'
    )
    with virtual_panels(link, [1]):
        assert record(config, "panel-1") == 0
    session = load_session(tmp_path / "a.session")
    assert b"A012" in b"".join(each.data for each in session.entries if each.mark == ">")
    assert played(load_settings(config), session) == []


def test_nothing_of_a_card_is_kept(tmp_path: Path, link: Path) -> None:
    config = write_hall(tmp_path, f'[[card_reader]]\nid = "reader1"\nlink = "serial:{link}?baud=115200"\n')
    with virtual_card_reader(link), Hand(link, "card young"):
        assert record(config, "reader1", "--seconds", "10") == 0
    session = load_session(tmp_path / "a.session")
    heard = b"".join(each.data for each in session.entries if each.mark == "<")
    assert "110105199408230023".encode("utf-16-le") not in heard
    assert "示例青年".encode("utf-16-le") not in heard
    # The card that stands there instead is nobody's, and older than this one.
    assert session.head["told"] == "card aged"
    assert played(load_settings(config), session) == ["card aged"]


def test_nothing_of_a_code_is_kept(tmp_path: Path, link: Path) -> None:
    config = write_hall(tmp_path, f'[[scanner]]\nid = "scanner1"\nlink = "serial:{link}?baud=9600"\n')
    server = ReadingServer(ScannerEngine(), link, link.with_suffix(".ctl"))
    with serving(server), Hand(link, f"scan {CODE}"):
        assert record(config, "scanner1", "--seconds", "10") == 0
    session = load_session(tmp_path / "a.session")
    heard = b"".join(each.data for each in session.entries if each.mark == "<")
    assert heard.strip(b"\r\n") == b"*" * len(CODE)
    assert played(load_settings(config), session) == [f"code of {len(CODE)} characters"]


def test_nothing_of_a_modules_code_is_kept(tmp_path: Path, link: Path) -> None:
    config = write_hall(tmp_path, f'[[scanner]]\nid = "scanner1"\nlink = "serial:{link}?baud=9600"\nmodel = "gm65"\n')
    server = ReadingServer(ScannerEngine(mode="on-command"), link, link.with_suffix(".ctl"))
    with serving(server), Hand(link, f"scan {CODE}"):
        assert record(config, "scanner1", "--seconds", "10") == 0
    session = load_session(tmp_path / "a.session")
    heard = b"".join(each.data for each in session.entries if each.mark == "<")
    assert CODE.encode() not in heard
    # How many: on a machine too busy to read an answer within its gap, what is left of it counts as well.
    assert session.head["told"].startswith("code of ")
    assert played(load_settings(config), session) == [session.head["told"]]


def test_a_device_that_is_not_there(tmp_path: Path, link: Path, capsys: pytest.CaptureFixture) -> None:
    config = write_hall(tmp_path, f'[[scanner]]\nid = "scanner1"\nlink = "serial:{link}"\n')
    assert record(config, "scanner1", "--seconds", "0.2") == 1
    assert not (tmp_path / "a.session").exists()
    assert str(link) in capsys.readouterr().out


def test_a_device_that_another_program_has(tmp_path: Path, link: Path, capsys: pytest.CaptureFixture) -> None:
    config = write_hall(tmp_path, f'[[scanner]]\nid = "scanner1"\nlink = "serial:{link}"\n')
    with serving(ReadingServer(ScannerEngine(), link, None)), holding(f"serial:{link}") as kiosk:
        assert record(config, "scanner1", "--seconds", "0.2") == 1
    assert f"进程 {kiosk.pid}" in capsys.readouterr().out


def test_a_device_that_says_nothing(tmp_path: Path, link: Path, capsys: pytest.CaptureFixture) -> None:
    config = write_hall(tmp_path, f'[[scanner]]\nid = "scanner1"\nlink = "serial:{link}"\n')
    with serving(ReadingServer(ScannerEngine(), link, None)):
        assert record(config, "scanner1", "--seconds", "0.2") == 1
    assert not (tmp_path / "a.session").exists()
    assert "一个字节也没有" in capsys.readouterr().out


def test_a_file_that_cannot_be_written(tmp_path: Path, link: Path, capsys: pytest.CaptureFixture) -> None:
    config = write_hall(tmp_path, f'[[printer]]\nid = "printer1"\nlink = "serial:{link}?baud=19200"\n')
    (tmp_path / "a.session").mkdir()
    with virtual_printer(tmp_path, link):
        assert record(config, "printer1") == 1
    assert "写不了" in capsys.readouterr().out


def test_names_and_times_that_are_none(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    config = write_hall(tmp_path, "")
    assert record(config, "printer1") == 2
    with pytest.raises(SystemExit):
        record(config, "printer1", "--seconds", "0")
    with pytest.raises(SystemExit):
        record(config, "printer1", "--seconds", "x")
    config.write_text("[hall]\n", "utf-8")
    assert record(config, "printer1") == 2
    assert "printer1" in capsys.readouterr().out


def test_a_session_that_does_not_play_back_is_said_and_kept(
    tmp_path: Path, link: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def astray(*_: object) -> list[str]:
        raise Differs("the driver does: 0.100 > 00")

    monkeypatch.setattr("hardware.check.record.played", astray)
    config = write_hall(tmp_path, f'[[printer]]\nid = "printer1"\nlink = "serial:{link}?baud=19200"\n')
    with virtual_printer(tmp_path, link):
        assert record(config, "printer1") == 0
    assert (tmp_path / "a.session").is_file()
    assert "0.100 > 00" in capsys.readouterr().out
