"""A panel and a rating pad at a counter, through the whole bridge: virtual devices, real client, a hall in hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from hardware.sim.box_cli import BOXES
from hardware.sim.box_keys21 import Keys21Bus, Keys21Wording
from hardware.sim.box_server import BoxServer
from hardware.sim.control import Control
from tests.hardware.bridge.halls import SAMPLE, Hall, bridge, counter, until
from tests.hardware.devices.panels import virtual_panels
from tests.hardware.serving import serving
from ticketserver.core.terms import CounterState, DeviceHealth
from ticketserver.shared.counter_devices import Box, Bus, Panel
from ticketserver.shared.settings import Settings, load_settings

PAD, PANEL = 5, 1


@pytest.fixture
def pads(tmp_path: Path) -> Iterator[Control]:
    server = BoxServer(Keys21Bus([PAD], Keys21Wording()), tmp_path / "pad", tmp_path / "pad.ctl")
    with serving(server), BOXES.control(tmp_path / "pad.ctl") as control:
        yield control


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    sample = load_settings(SAMPLE)
    pad = Box(counter=7, address=PAD, model="rating-keys21-5")
    bus = Bus(id="pads", link=f"serial:{tmp_path}/pad?baud=9600", protocol="keys21", box=(pad,))
    return replace(sample, bus=(bus,), panel=())


def pad_of(pads: Control) -> dict[str, object]:
    pad: dict[str, object] = pads.command("state")["boxes"][f"{PAD:#04x}"]
    return pad


def well(hall: Hall) -> bool:
    """Whether the newest word of a device is that it is well."""
    return bool(hall.healths) and hall.healths[-1].health is DeviceHealth.ONLINE


def lit(panels: Control) -> str:
    return str(panels.command("state")["panels"][str(PANEL)]["text"]).strip()


async def test_a_rating_is_asked_for_once_the_visit_is_over(settings: Settings, pads: Control) -> None:
    hall = Hall()
    async with bridge(settings, hall):
        await until(lambda: hall.subscribed and well(hall), "the bridge and its line are there")
        await hall.change(counter(CounterState.SERVING, "A012"))
        pads.command(f"press {PAD:#04x} level_5")
        await until(lambda: pad_of(pads)["beeps"] == 2, "nothing to rate yet")
        await hall.change(counter(CounterState.IDLE))
        await until(lambda: pad_of(pads)["colour"] == "green", "the pad asks")
        pads.command(f"press {PAD:#04x} level_2")
        await until(lambda: len(hall.ratings) == 2, "a rating for each service")
        assert {(each.visit_id, each.level, each.service) for each in hall.ratings} == {
            (41, 2, "ARC-01"), (41, 2, "PAY-02"),
        }  # fmt: skip
        await until(lambda: pad_of(pads)["colour"] == "off", "the pad stops asking")
        await until(lambda: pad_of(pads)["beeps"] == 3, "one beep: taken")
    pad_health = [each for each in hall.healths if each.device == f"pad-pads-{PAD}"]
    assert {each.kind for each in pad_health} == {"rating_pad"}
    assert pad_health[-1].health is DeviceHealth.ONLINE


async def test_a_refused_rating_beeps_twice_and_is_said(
    settings: Settings, pads: Control, caplog: pytest.LogCaptureFixture
) -> None:
    hall = Hall()
    hall.refuse = True
    async with bridge(settings, hall):
        await until(lambda: hall.subscribed, "the bridge is there")
        await hall.change(counter(CounterState.SERVING, "A012"))
        await hall.change(counter(CounterState.IDLE))
        await until(lambda: pad_of(pads)["colour"] == "green", "the pad asks")
        pads.command(f"press {PAD:#04x} level_1")
        await until(lambda: pad_of(pads)["beeps"] == 2, "two beeps")
    assert any("A rating at counter 7 was not recorded" in record.getMessage() for record in caplog.records)


async def test_a_panel_shows_its_counter_and_comes_back_after_a_power_cut(settings: Settings, tmp_path: Path) -> None:
    hall = Hall()
    with virtual_panels(tmp_path, "led485", [PANEL]) as (link, panels):
        panel = Panel(counter=7, link=link, model="led485-4", address=PANEL)
        async with bridge(replace(settings, bus=(), panel=(panel,)), hall):
            await until(lambda: hall.subscribed, "the bridge is there")
            await hall.change(counter(CounterState.SERVING, "A012"))
            await until(lambda: lit(panels) == "A012", "the number is lit")
            panels.command(f"power {PANEL} off")
            await hall.change(counter(CounterState.CALLING, "A013"))
            await until(lambda: any(each.reason == "silent" for each in hall.healths), "its silence is told")
            panels.command(f"power {PANEL} on")
            await until(lambda: lit(panels) == "A013", "the newest number is lit")
            await until(lambda: well(hall), "it is well again")
            assert {(each.device, each.kind) for each in hall.healths} == {("panel-7", "panel")}
        await until(lambda: lit(panels) == "", "dark once the bridge has ended")
