"""The virtual keypad: the kernel's events byte by byte, through a terminal and as a person starts it."""

import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from hardware.sim.box_cli import BOXES
from hardware.sim.box_devices import NoSuchKey
from hardware.sim.box_keyboard import BoxKeyboard
from hardware.sim.box_keypad import CODES, KeypadBus
from hardware.transports.evdev import open_input
from hardware.transports.link import Link, LinkDown


def events(raw: bytes) -> list[tuple[int, int, int]]:
    return [event[2:] for event in struct.iter_unpack("<QQHHi", raw)]


def read_on(link: Link) -> None:
    while link.read(1):
        pass


@pytest.mark.parametrize(
    ("key", "code"),
    [("next", 96), ("KPENTER", 96), ("recall", 82), ("finish", 74), ("level_1", 79), ("level_5", 76), *CODES.items()],
)
def test_the_edges_of_a_key(key: str, code: int) -> None:
    keypad = KeypadBus([0])
    assert events(keypad.press(0, key)) == [(4, 4, code), (1, code, 1), (0, 0, 0)]
    assert events(keypad.release(0, key)) == [(4, 4, code), (1, code, 0), (0, 0, 0)]


def test_the_time_is_the_present_and_the_same_in_all_events_of_an_edge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time_ns", lambda: 1_795_631_982_654_321_987)
    assert {event[:2] for event in struct.iter_unpack("<QQHHi", KeypadBus([0]).press(0, "KP1"))} == {
        (1_795_631_982, 654_321)
    }


def test_it_is_alone_and_deaf() -> None:
    with pytest.raises(NoSuchKey, match="a keypad has no key F1; it has KP0"):
        KeypadBus([0]).press(0, "F1")
    with pytest.raises(NoSuchKey, match="alone on its link and has the address 0"):
        KeypadBus([0, 1])
    assert KeypadBus([0]).hear(b"anything") == b""


def test_started_by_a_person_opened_as_an_input_device_pulled_and_put_back(tmp_path: Path) -> None:
    path = tmp_path / "keypad"
    words = ["sim", "box", "--protocol", "keypad", "--link", str(path), "--control", str(tmp_path / "ctl")]
    command = [sys.executable, "-m", "hardware", *words]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert "virtual keypad boxes 0x00 at" in process.stdout.readline()
            link = open_input(str(path))
            with BOXES.control(tmp_path / "ctl") as boxes:
                assert boxes.command("press 0 next 50") == {"ok": True}
                heard = b""
                while len(heard) < 144:
                    piece = link.read(5)
                    assert piece, heard
                    heard += piece
                assert [event for event in events(heard) if event[0] == 1] == [(1, 96, 1), (1, 96, 0)]
                BoxKeyboard(boxes).key("%")
                assert link.read(5)
                assert boxes.command("unplug") == {"ok": True}
                assert not os.path.lexists(path)
                with pytest.raises(LinkDown, match="gone"):
                    read_on(link)
                assert boxes.command("plug") == {"ok": True}
                open_input(str(path)).close()
            link.close()
        finally:
            process.terminate()
