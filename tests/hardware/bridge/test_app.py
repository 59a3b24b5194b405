"""The whole bridge: virtual boxes on a pty, the real client, and a hall in the test's hands behind a socket."""

import argparse
import asyncio
import logging
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from hardware.bridge import app
from hardware.bridge.buses import make_lines
from hardware.bridge.shell import PortFailure
from hardware.sim.box_cli import BOXES
from hardware.sim.box_server import BoxServer
from hardware.sim.box_ub485 import Ub485Bus
from hardware.sim.control import Control
from tests.hardware.bridge.halls import DEADLINE_S, SAMPLE, Hall, bridge, counter, until
from tests.hardware.serving import serving
from ticketserver.core.ids import CounterNo
from ticketserver.core.terms import CounterState, KeyOutcome
from ticketserver.shared.counter_devices import Box, Bus
from ticketserver.shared.settings import Settings, load_settings
from ticketserver.shared.texts import load_texts

PROGRAM = """
import argparse, sys
from hardware.bridge.app import add_arguments, run
parser = argparse.ArgumentParser()
add_arguments(parser)
sys.exit(run(parser.parse_args()))
"""


@pytest.fixture
def boxes(tmp_path: Path) -> Iterator[Control]:
    server = BoxServer(Ub485Bus([0x21, 0x44]), tmp_path / "box", tmp_path / "ctl")
    with serving(server), BOXES.control(tmp_path / "ctl") as control:
        yield control


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No press is given up because this machine is slow."""
    for where in ("logic", "sending"):
        monkeypatch.setattr(f"hardware.bridge.{where}.TOO_OLD_MS", 60_000)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    sample = load_settings(SAMPLE)
    bus = Bus(id="bus1", link=f"serial:{tmp_path}/box?baud=57600", box=(Box(counter=7, address=0x21),))
    return replace(sample, bus=(bus,), panel=())


def light(boxes: Control) -> tuple[str, int, str]:
    box = boxes.command("state")["boxes"]["0x21"]
    return box["colour"], box["blink_ms"], box["text"].strip()


def beeps(boxes: Control) -> int:
    count: int = boxes.command("state")["boxes"]["0x21"]["beeps"]
    return count


async def test_a_press_reaches_the_hall_and_its_state_the_box(settings: Settings, boxes: Control) -> None:
    hall = Hall()
    async with bridge(settings, hall):
        await until(lambda: light(boxes) == ("green", 0, ""), "idle")
        boxes.command("fault bounce 3")
        boxes.command("press 0x21 next")
        await until(lambda: len(hall.presses) == 1, "the press")
        assert (hall.presses[0].counter, hall.presses[0].key) == (7, "next")
        await hall.change(counter(CounterState.CALLING, "A012"))
        await until(lambda: light(boxes) == ("red", 500, "012"), "calling")
        await hall.change(counter(CounterState.SERVING, "A012"))
        await until(lambda: light(boxes) == ("red", 0, "012"), "serving")
        assert beeps(boxes) == 0
        await until(lambda: any(h.device == "box-bus1-33" and h.health == "online" for h in hall.healths), "health")
    assert len(hall.presses) == 1


async def test_a_press_that_the_hall_does_not_take_beeps_twice(settings: Settings, boxes: Control) -> None:
    hall = Hall()
    async with bridge(settings, hall):
        await until(lambda: light(boxes) == ("green", 0, ""), "idle")
        hall.outcome = KeyOutcome.BEEP
        boxes.command("press 0x21 finish")
        await until(lambda: beeps(boxes) == 2, "two beeps")
        hall.refuse = True
        boxes.command("press 0x21 start")
        await until(lambda: beeps(boxes) == 4, "two more beeps")


async def test_a_lost_reply_is_asked_for_again_under_the_same_id(settings: Settings, boxes: Control) -> None:
    hall = Hall()
    hall.lose_replies = 1
    async with bridge(settings, hall):
        await until(lambda: light(boxes) == ("green", 0, ""), "idle")
        boxes.command("press 0x21 next")
        await until(lambda: len(hall.presses) == 2, "the second try")
        assert hall.presses[0] == hall.presses[1]
        await until(lambda: light(boxes) == ("green", 0, ""), "idle again")
        boxes.command("press 0x21 next")
        await until(lambda: len(hall.presses) == 3, "a new press")
        assert hall.presses[2].request_id != hall.presses[0].request_id
    assert beeps(boxes) == 0


async def test_without_a_server_the_box_blinks_red_fast_and_an_old_press_is_given_up(
    settings: Settings, boxes: Control, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hardware.bridge.logic.TOO_OLD_MS", 600)
    monkeypatch.setattr("hardware.bridge.sending.TOO_OLD_MS", 600)
    task = asyncio.create_task(
        app.serve(
            replace(settings, server=replace(settings.server, listen="127.0.0.1", ws_port=1)),
            make_lines(settings),
            load_texts("en"),
            "token",
        )
    )
    await until(lambda: light(boxes) == ("red", 200, ""), "red fast")
    boxes.command("press 0x21 next")
    await until(lambda: beeps(boxes) == 2, "two beeps")
    task.cancel()
    await asyncio.wait([task], timeout=DEADLINE_S)
    assert any("was not done" in record.getMessage() for record in caplog.records)


async def test_an_unplugged_line_and_a_stranger_are_said(
    settings: Settings, boxes: Control, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    hall = Hall()

    def said(text: str) -> bool:
        return any(text in record.getMessage() for record in caplog.records)

    async with bridge(settings, hall):
        await until(lambda: said("Line bus1 is up"), "up")
        boxes.command("press 0x44 start")
        await until(lambda: said("Line bus1: key 32 at address 68 is not set up"), "the stranger")
        boxes.command("unplug")
        await until(lambda: said("Line bus1 is down"), "down")
        await until(lambda: any(h.health == "offline" and h.reason == "link_down" for h in hall.healths), "health")
        boxes.command("plug")
        await until(lambda: light(boxes) == ("green", 0, ""), "the light is back")


async def test_a_counter_that_the_server_lacks_is_said(
    settings: Settings, boxes: Control, caplog: pytest.LogCaptureFixture
) -> None:
    hall = Hall()
    hall.view = replace(hall.view, counter=CounterNo(8))
    async with bridge(settings, hall):
        await until(lambda: any("has no counter 7" in r.getMessage() for r in caplog.records), "the complaint")


def config(tmp_path: Path, text: str) -> Path:
    """The sample hall with other devices at its counters."""
    head = Path(SAMPLE).read_text("utf-8").partition("[[bus]]")[0]
    catalogue = Path(SAMPLE).with_name("catalogue.toml").absolute()
    file = tmp_path / "hall.toml"
    file.write_text((head + text).replace('"catalogue.toml"', f'"{catalogue}"'), "utf-8")
    return file


def run(*argv: str) -> int:
    parser = argparse.ArgumentParser()
    app.add_arguments(parser)
    return app.run(parser.parse_args(argv))


@pytest.mark.parametrize(
    ("bus", "says"),
    [
        ("", "没有东西可接"),
        ('[[bus]]\nid = "b"\nlink = "serial:"\n[[bus.box]]\ncounter = 1\naddress = 33\n', "b"),
    ],
)
def test_what_cannot_be_served_is_said_at_the_start(
    bus: str, says: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--config", str(config(tmp_path, bus))) == 2
    assert says in caplog.text + capsys.readouterr().err


def test_a_missing_token_is_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    bus = '[[bus]]\nid = "b"\nlink = "serial:/dev/none?baud=57600"\n[[bus.box]]\ncounter = 1\naddress = 33\n'
    file = config(tmp_path, bus)
    file.write_text(file.read_text("utf-8").replace('"run/tokens"', f'"{tmp_path}/none"'), "utf-8")
    assert run("--config", str(file)) == 2
    assert "请先启动服务器" in caplog.text


async def test_a_failed_port_ends_the_bridge(
    settings: Settings, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: object, now_ms: int) -> list[object]:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("hardware.devices.call_box.CallBoxBus.poll", broken)
    with pytest.raises(PortFailure, match="oops"):
        await asyncio.wait_for(app.serve(settings, make_lines(settings), load_texts("en"), "token"), DEADLINE_S)
    assert "The program for line bus1 failed: ZeroDivisionError: oops" in caplog.text


def test_a_missing_config_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--config", str(tmp_path / "none.toml")) == 2
    assert "none.toml" in capsys.readouterr().err


def test_the_process_ends_cleanly_when_asked(tmp_path: Path, boxes: Control) -> None:
    bus = f'[[bus]]\nid = "b"\nlink = "serial:{tmp_path}/box?baud=57600"\n[[bus.box]]\ncounter = 1\naddress = 33\n'
    file = config(tmp_path, bus)
    tokens = tmp_path / "tokens"
    tokens.mkdir()
    (tokens / "bridge").write_text("token-of-the-bridge")
    (tokens / "bridge").chmod(0o600)
    text = file.read_text("utf-8")
    file.write_text(text.replace('"run/tokens"', f'"{tokens}"', 1), "utf-8")
    argv = [sys.executable, "-c", PROGRAM, "--config", str(file)]
    with subprocess.Popen(argv, stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + DEADLINE_S
        while light(boxes) != ("red", 200, ""):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=DEADLINE_S)
    assert process.returncode == 0, errors
    assert "Traceback" not in errors
