"""Every fault of a serial line against every kind of panel, over real pseudo-terminals and a socket.

The panels are virtual ones after their documents; between them and the driver lies a cable that spoils what passes
(line_faults.py). A fault is survived when the bus neither raises nor hangs, says honestly how its panel is while the
fault lasts, and shows the newest look afterwards without being made anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hardware.devices import kept_link, panel_turns
from tests.hardware.devices import panels
from tests.hardware.devices.panels import ANSWERING, OTHER, SERVING, SHOWN, SILENT, SPECS, Bench
from tests.hardware.line_faults import FAULTS, FaultyLine, PtyLine, TcpLine

pytestmark = pytest.mark.line

LINE_FAULTS = ("echo", "wrong_speed", "unplug", "blocked")
HARMLESS = ("late", "split", "garbage", "doubled", "echo")
STRANGERS = {
    "led485": bytes.fromhex("02 10 00 70 00 02 40 20"),
    "led485-value": bytes.fromhex("02 06 00 00 00 0C 89 FC"),
    "led485-text": b"$002,LED485-4#",
    "sunpn": bytes.fromhex("2A 00 59 01 02 86 0A"),
    "bx": bytes.fromhex("A5 A5 A5 A5 A5 A5 A5 A5 00 80 02 00 00 00 00 00 00 00 FE 02 05 00 A0 00 00 00 00 20 DC 5A"),
}
FLIP_BITS = {"led485-text": 8, "bx": 8 * 12}
"""Where one wrong bit matters: not in the text of a word, not in the preamble of a frame. Else by seed."""


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same order of things in less time."""
    monkeypatch.setattr(panel_turns, "ASK_AGAIN_MS", 400)
    monkeypatch.setattr(panel_turns, "REPAINT_MS", 700)
    monkeypatch.setattr(kept_link, "REOPEN_MS", (50, 100, 200, 300))


@contextmanager
def faulty(tmp_path: Path, kind: str, *, tcp: bool = False, echo: bool = False) -> Iterator[tuple[Bench, FaultyLine]]:
    """A panel that shows SERVING, behind a cable without faults; with `echo`, of an adapter that always echoes."""
    address = SPECS[kind].address
    with panels.virtual_panels(tmp_path, kind, [address], tcp=tcp) as (where, control):
        spoils = {"seed": 1, "stranger": STRANGERS.get(kind, b""), "flip_bit": FLIP_BITS.get(kind)}
        line: FaultyLine
        if tcp:
            host, _, port = where.removeprefix("tcp:").rpartition(":")
            line = TcpLine((host, int(port)), **spoils)
        else:
            line = PtyLine(tmp_path / "cable", tmp_path / "panel", **spoils)
        with line:
            if echo:
                line.on("echo")
            link = line.address() if isinstance(line, TcpLine) else line.address(panels.baud_of(kind))
            bus = panels.make_bus(kind, link, [address])
            bench = Bench(bus, control, line)
            try:
                bus.show(address, SERVING)
                bench.shows(address, SHOWN[kind][0])
                bench.becomes(address, "online" if kind in ANSWERING else "unheard")
                yield bench, line
            finally:
                bus.close()


def survive(bench: Bench, line: FaultyLine, kind: str, fault: str) -> None:
    """What the panel is while the fault lasts, and that all is well behind it."""
    address = SPECS[kind].address
    with line.fault(fault):
        bench.bus.show(address, OTHER)
        bench.until(lambda: line.injected[fault] >= (1 if fault in ("unplug", "blocked") else 3), fault)
        if fault in HARMLESS:
            bench.shows(address, SHOWN[kind][1])
            bench.becomes(address, "online" if kind in ANSWERING else "unheard")
        elif fault == "unplug" or (fault == "blocked" and not isinstance(line, TcpLine)):
            bench.becomes(address, "offline", "link_down")
            assert bench.bus.link_down
        elif kind in ANSWERING:
            bench.becomes(address, "offline", "silent")
        else:
            assert bench.health(address) == ("unheard", "")
    bench.bus.show(address, SERVING)
    bench.shows(address, SHOWN[kind][0])
    bench.becomes(address, "online" if kind in ANSWERING else "unheard")
    assert bench.bus.link_down == ""


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("kind", ANSWERING)
def test_a_panel_that_answers(tmp_path: Path, kind: str, fault: str) -> None:
    with faulty(tmp_path, kind) as (bench, line):
        survive(bench, line, kind, fault)


@pytest.mark.parametrize("fault", LINE_FAULTS)
@pytest.mark.parametrize("kind", SILENT)
def test_a_panel_that_never_answers(tmp_path: Path, kind: str, fault: str) -> None:
    with faulty(tmp_path, kind) as (bench, line):
        survive(bench, line, kind, fault)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_card_behind_a_port(tmp_path: Path, fault: str) -> None:
    with faulty(tmp_path, "bx", tcp=True) as (bench, line):
        survive(bench, line, "bx", fault)


@pytest.mark.parametrize("kind", ANSWERING)
def test_an_adapter_that_echoes_does_not_stand_for_a_dead_panel(tmp_path: Path, kind: str) -> None:
    address = SPECS[kind].address
    with faulty(tmp_path, kind, echo=True) as (bench, line):
        bench.bus.show(address, OTHER)
        bench.shows(address, SHOWN[kind][1])
        bench.do(f"fault dead {address} on")
        bench.becomes(address, "offline", "silent")
        bench.do(f"fault dead {address} off")
        bench.becomes(address, "online")
        assert line.injected["echo"]


@pytest.mark.parametrize("kind", ANSWERING)
def test_all_at_once_for_a_while(tmp_path: Path, kind: str) -> None:
    address = SPECS[kind].address
    with faulty(tmp_path, kind) as (bench, line):
        with line.fault("garbage", "split", "doubled", "echo"):
            for look, shown in ((OTHER, SHOWN[kind][1]), (SERVING, SHOWN[kind][0])) * 3:
                bench.bus.show(address, look)
                bench.shows(address, shown)
        bench.becomes(address, "online")
        assert all(line.injected[fault] for fault in ("garbage", "split", "doubled", "echo"))
