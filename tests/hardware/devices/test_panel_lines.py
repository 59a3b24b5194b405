"""Panels over real pseudo-terminals and sockets: power cuts, darkness, cards that clear themselves, a full line."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.devices import panel_bx, panel_turns
from hardware.devices.panel_make import panel_bus
from hardware.devices.panel_parts import PanelLook
from tests.hardware.devices import panels
from tests.hardware.devices.panels import ANSWERING, CALLING, DARK, IDLE, KINDS, PAUSED, SERVING, SHOWN, SPECS, bench

pytestmark = pytest.mark.line

DIGITS = ("led485", "led485-value", "led485-text")


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_panel_that_lost_its_power_shows_the_look_again(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panel_turns, "REPAINT_MS", 500)
    monkeypatch.setattr(panel_turns, "ASK_AGAIN_MS", 300)
    address = SPECS[kind].address
    with bench(tmp_path, kind) as it:
        it.bus.show(address, SERVING)
        it.shows(address, SHOWN[kind][0])
        it.do(f"power {address} off")
        assert it.lit(address) == ""
        if kind in ANSWERING:
            it.becomes(address, "offline", "silent")
        it.do(f"power {address} on")
        it.shows(address, SHOWN[kind][0])
        it.becomes(address, "online" if kind in ANSWERING else "unheard")


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_stale_panel_is_dark_and_so_is_one_whose_driver_ends(tmp_path: Path, kind: str) -> None:
    address = SPECS[kind].address
    with bench(tmp_path, kind) as it:
        it.bus.show(address, SERVING)
        it.shows(address, SHOWN[kind][0])
        it.bus.show(address, DARK)
        it.until(lambda: SHOWN[kind][0] not in it.lit(address), "the number is gone")
        it.bus.show(address, SERVING)
        it.shows(address, SHOWN[kind][0])
        it.bus.close()
        it.left_alone(lambda: SHOWN[kind][0] not in it.lit(address), "the number is gone")
        assert it.health(address) == ("offline", "link_down")


@pytest.mark.parametrize("kind", DIGITS)
def test_digits_for_each_state(tmp_path: Path, kind: str) -> None:
    with bench(tmp_path, kind) as it:
        it.bus.show(1, PAUSED)
        it.shows(1, "----")
        it.bus.show(1, IDLE)
        it.is_dark(1)
        it.bus.show(1, CALLING)
        it.shows(1, SHOWN[kind][0])
        it.is_dark(1)
        it.shows(1, SHOWN[kind][0])


def test_a_card_says_the_whole_sentence_in_colour_and_has_the_halls_time(tmp_path: Path) -> None:
    with bench(tmp_path, "bx") as it:
        it.bus.show(1, SERVING)
        it.shows(1, "正在办理 A012")
        assert it.panel(1)["colour"] == "green"
        it.bus.show(1, IDLE)
        it.shows(1, "综合窗口 请听叫号")
        assert it.panel(1)["colour"] == ""


def test_a_card_that_flashes_by_itself_is_told_once(tmp_path: Path) -> None:
    with panels.virtual_panels(tmp_path, "bx", [1]) as (link, control):
        bus = panel_bus(link, "bx", [replace(SPECS["bx"], blink_effect=9)])
        it = panels.Bench(bus, control)
        bus.show(1, CALLING)
        it.until(lambda: it.panel(1)["flashes"] is True, "flashes")
        frames = it.panel(1)["frames"]
        it.turning.during(2)
        assert it.panel(1)["frames"] == frames
        bus.close()


def test_a_card_clears_itself_when_the_host_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panel_bx, "TIMEOUT_S", 4)
    monkeypatch.setattr(panel_turns, "REPAINT_MS", 300)
    with bench(tmp_path, "bx", tcp=True) as it:
        it.bus.show(1, SERVING)
        it.shows(1, "正在办理 A012")
        stays_until_s = time.monotonic() + 5
        while time.monotonic() < stays_until_s:
            it.turning.once()
            assert it.lit(1) == "正在办理 A012"
        # Nobody turns the bus any more, as after a crash of its host.
        it.left_alone(lambda: not it.lit(1), "the card is clear")


@pytest.mark.parametrize("kind", ["led485", "bx"])
def test_a_panel_that_refuses_is_degraded(tmp_path: Path, kind: str) -> None:
    with bench(tmp_path, kind) as it:
        it.bus.show(1, SERVING)
        it.becomes(1, "online")
        it.do("fault refuses 1 on")
        it.bus.show(1, PAUSED)
        it.becomes(1, "degraded", "refused")
        it.do("fault refuses 1 off")
        it.bus.show(1, SERVING)
        it.becomes(1, "online")


def test_twenty_panels_at_9600_none_starves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = list(range(1, 21))
    with bench(tmp_path, "led485", addresses) as it:
        for address in addresses:
            it.bus.show(address, CALLING)
        for address in addresses:
            it.shows(address, "A012")
        # All of them flash; a new number waits for no more than the frame that is on its way.
        sent: list[bytes] = []
        write = it.bus._link.write
        monkeypatch.setattr(it.bus._link, "write", lambda frame: (sent.append(frame), write(frame)))
        for address in addresses:
            before, began_s = len(sent), time.monotonic()
            it.bus.show(address, PanelLook("serving", f"B{address:03}"))
            it.shows(address, f"B{address:03}")
            print(f"20 panels at 9600, all flashing: call to panel {(time.monotonic() - began_s) * 1000:.0f} ms")
            assert f"B{address:03}".encode() in sent[before]


def test_boards_behind_a_serial_server(tmp_path: Path) -> None:
    with bench(tmp_path, "led485", [1, 2], tcp=True) as it:
        it.bus.show(1, SERVING)
        it.bus.show(2, PAUSED)
        it.shows(1, "A012")
        it.shows(2, "----")
        it.becomes(1, "online")
