"""The program as a person starts it: a whole virtual hall, exit status, languages, what was asked for only, JSON."""

import json
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from hardware.sim.box_text import LineBus, LineWording
from hardware.sim.control import Control
from tests.hardware.check.halls import (
    real_server,
    virtual_boxes,
    virtual_card_reader,
    virtual_panels,
    virtual_printer,
    write_hall,
)
from ticketserver.shared.settings import load_settings

ROOT = Path(__file__).resolve().parents[3]
DEVICES = """
[voice]
enabled = false

[[printer]]
id = "printer1"
link = "serial:{0}/printer1?baud=19200"

[[kiosk]]
id = "kiosk1"
number = 1
printer = "printer1"
card_reader = "reader1"

[[card_reader]]
id = "reader1"
link = "serial:{0}/reader1?baud=115200"

[[bus]]
id = "bus1"
link = "serial:{0}/bus1?baud=9600"
protocol = "line"

[bus.line]
receive = {{ press = "K{{address}}:{{key}}", alive = "OK{{address}}" }}
send = {{ ping = "P{{address}}" }}

[[bus.box]]
counter = 1
address = 33

[[panel]]
counter = 1
link = "serial:{0}/panel1?baud=9600"
model = "led485-4"
"""

pytestmark = pytest.mark.line


def check(config: Path, *more: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "hardware", "check", "--config", str(config), *more]
    environ = {"PATH": "/usr/bin:/bin", "HOME": str(config.parent)}
    return subprocess.run(argv, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return write_hall(tmp_path, DEVICES.format(tmp_path))


@pytest.fixture
def hall(tmp_path: Path, config: Path):
    with ExitStack() as stack:
        stack.enter_context(real_server(load_settings(config)))
        stack.enter_context(virtual_printer(tmp_path, tmp_path / "printer1"))
        boxes = LineBus([33], LineWording(ping="P{address}", alive="OK{address}"))
        stack.enter_context(virtual_boxes(boxes, tmp_path / "bus1"))
        stack.enter_context(virtual_panels(tmp_path / "panel1", [1]))
        stack.enter_context(virtual_card_reader(tmp_path / "reader1"))
        yield config


def test_all_is_well(hall: Path) -> None:
    done = check(hall)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    lines = done.stdout.splitlines()
    assert lines[0].startswith("检查:示例区人社综合服务大厅")
    assert lines[1].startswith("Check: Sample District")
    for device in ("server", "fonts", "printer1", "box-bus1-33", "panel-1", "reader1"):
        assert any(line.startswith(f"✓ {device} ") for line in lines), device
    assert "✗" not in done.stdout
    assert lines[-2].startswith("查完:")


def test_one_thing_is_wrong_and_the_others_are_not_disturbed(hall: Path, tmp_path: Path) -> None:
    with Control(tmp_path / "printer1.ctl", "printer", "virtual printer") as control:
        control.command("paper out")
    done = check(hall, "--json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert told["status"] == 1
    wrong = [each for each in told["findings"] if each["mark"] == "wrong"]
    assert [(each["device"], each["code"]) for each in wrong] == [("printer1", "printer.fault")]
    assert wrong[0]["text"] == {
        "zh": "打印机有回应:缺纸,请换纸。",
        "en": "The printer answers: Out of paper; change the roll.",
    }
    assert "请看窗口屏" in done.stderr


def test_only_what_was_asked_for(hall: Path) -> None:
    told = json.loads(check(hall, "--json", "--only", "printer1", "panel-1").stdout)
    assert {each["device"] for each in told["findings"]} == {"printer1", "panel-1"}


def test_the_halls_first_language_comes_first(hall: Path) -> None:
    hall.write_text(hall.read_text("utf-8").replace('languages = ["zh", "en"]', 'languages = ["en", "zh"]'), "utf-8")
    assert check(hall, "--only", "fonts").stdout.splitlines()[0].startswith("Check: ")


def test_no_secret_is_ever_said(hall: Path) -> None:
    tokens = [file.read_text("ascii").strip() for file in (hall.parent / "tokens").iterdir()]
    done = check(hall, "--only", "server")
    assert tokens
    assert not any(token in done.stdout + done.stderr for token in tokens)


def test_a_name_that_is_none(config: Path) -> None:
    done = check(config, "--only", "printer9")
    assert done.returncode == 2
    assert "printer9" in done.stdout
    assert "printer1" in done.stdout


def test_settings_that_cannot_be_read(config: Path) -> None:
    config.write_text("[hall]\nid = 3\n", "utf-8")
    done = check(config)
    assert done.returncode == 2
    assert "hall.toml" in done.stderr


def test_every_device_is_wrong_and_it_ends_all_the_same(config: Path) -> None:
    done = check(config)
    assert done.returncode == 1
    assert done.stdout.count("本机没有接口") == 4
