"""A virtual device behind every pty of ours, started with words that its program understands."""

import argparse
import importlib

import pytest
from msgspec.structs import replace

from hardware.__main__ import PROGRAMS
from ticketserver.runner.virtual import virtual_devices
from ticketserver.shared.counter_devices import Box, Bus, Panel
from ticketserver.shared.devices import CardReader, Scanner
from ticketserver.shared.settings import Settings, load_settings
from ticketserver.shared.texts import load_texts

SAMPLE = "ticketserver/shared/sample/hall.toml"
PTY = "serial:run/dev/x?baud=19200"


@pytest.fixture
def bare(tmp_path, monkeypatch) -> Settings:
    settings = load_settings(SAMPLE)
    monkeypatch.chdir(tmp_path)
    return replace(settings, printer=(), bus=(), panel=(), scanner=(), card_reader=())


def box(**values: object) -> tuple[Box, ...]:
    return (Box(**{"counter": 7, "address": 0x21, **values}),)


MADE = {
    "ub485": {"bus": (Bus(id="b", link=PTY, box=box()),)},
    "line": {"bus": (Bus(id="b", link=PTY, protocol="line", box=box()),)},
    "pad": {"bus": (Bus(id="b", link=PTY, protocol="line", box=box(model="rating-line-5")),)},
    "keys21": {"bus": (Bus(id="b", link=PTY, protocol="keys21", box=box()),)},
    "modbus": {"bus": (Bus(id="b", link=PTY, protocol="modbus-rtu", box=box(address=3)),)},
    "led485": {"panel": (Panel(counter=1, link=PTY, model="led485-4"),)},
    "led485-text": {"panel": (Panel(counter=1, link=PTY, model="led485-text-4"),)},
    "bx": {"panel": (Panel(counter=1, link=PTY, model="bx-64x16"), Panel(counter=2, link=PTY, model="bx-64x16"))},
    "template": {"panel": (Panel(counter=1, link=PTY, model="template-text"),)},
    "scanner": {"scanner": (Scanner(id="s", link=PTY),)},
    "reader": {"card_reader": (CardReader(id="r", link="serial:run/dev/x?baud=115200"),)},
}


@pytest.mark.parametrize("kind", MADE)
def test_its_program_understands_how_it_is_started(bare: Settings, kind: str) -> None:
    (device,) = virtual_devices(replace(bare, **MADE[kind]))
    words = device.program.argv[device.program.argv.index("hardware") + 1 :]
    program = importlib.import_module(PROGRAMS[words[0], words[1]])
    parser = argparse.ArgumentParser(exit_on_error=False)
    program.add_arguments(parser)
    asked = parser.parse_args(words[2:])
    assert str(asked.link) == "run/dev/x"
    assert str(asked.control) == "run/dev/x.ctl"
    for language in ("zh", "en"):
        told = load_texts(language)(f"runner.{device.told}", **device.values)
        assert "run/dev/x.ctl" in told


def test_real_devices_and_panels_without_a_link_are_left_alone(bare: Settings) -> None:
    real = replace(
        bare,
        bus=(Bus(id="b", link="serial:/dev/ttyUSB0", box=box()), Bus(id="none", link=PTY)),
        panel=(Panel(counter=1, characters=4),),
        scanner=(Scanner(id="s", link="input:/dev/input/x"),),
        card_reader=(CardReader(id="r", link="tcp:127.0.0.1:4001"),),
    )
    assert virtual_devices(real) == []
