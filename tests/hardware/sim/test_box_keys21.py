"""Virtual 21-key boxes against their frame, byte by byte, and as a person starts them."""

import argparse
import subprocess
import sys
from pathlib import Path

import pytest

from hardware.sim.box_cli import BOXES, add_arguments, run
from hardware.sim.box_devices import BYTE_LIMIT, NoSuchKey
from hardware.sim.box_keys21 import Keys21Bus, Keys21Wording
from hardware.sim.box_text import LineBus, LineWording
from hardware.transports.open import open_link


def h(text: str) -> bytes:
    return bytes.fromhex(text)


def bus() -> Keys21Bus:
    return Keys21Bus([0x05, 0x06], Keys21Wording())


@pytest.mark.parametrize(
    ("key", "frame"),
    [
        ("next", "FF 68 03 03 68 05 01 01 07 16"),
        ("redirect", "FF 68 03 03 68 05 01 07 0D 16"),
        ("level_5", "FF 68 03 03 68 05 01 05 0B 16"),
        ("11", "FF 68 03 03 68 05 01 0B 11 16"),
        ("21", "FF 68 03 03 68 05 01 15 1B 16"),
    ],
)
def test_keys(key: str, frame: str) -> None:
    assert bus().press(0x05, key) == h(frame)
    assert bus().release(0x05, key) == b""


def test_another_maker_has_another_command_code_and_place() -> None:
    made = Keys21Bus([0xFE], Keys21Wording(press_cmd=0xA0, key_at=1, first_key=0x40))
    assert made.press(0xFE, "recall") == h("FF 68 04 04 68 FE A0 00 41 DF 16")


@pytest.mark.parametrize("key", ["0", "22", "-1", "call", "²"])
def test_other_keys_do_not_exist(key: str) -> None:
    with pytest.raises(NoSuchKey, match="it has 1 to 21, or next, recall"):
        bus().press(0x05, key)


def test_addresses_in_range() -> None:
    with pytest.raises(NoSuchKey, match="0x00 to 0xff"):
        Keys21Bus([256], Keys21Wording())


@pytest.mark.parametrize(
    ("code", "colour", "blink_ms"),
    [(0, "off", 0), (1, "red", 0), (2, "green", 0), (3, "red", 200), (4, "green", 500), (5, "red", 500)],
)
def test_lights(code: int, colour: str, blink_ms: int) -> None:
    made = bus()
    content = bytes([0x06, 0x02, code])
    made.hear(h("FF 68 03 03 68") + content + bytes([sum(content), 0x16]))
    assert (made.boxes[0x06].colour, made.boxes[0x06].blink_ms) == (colour, blink_ms)
    assert made.boxes[0x05].colour == "off"


def test_text_and_beeps_in_pieces_and_noise() -> None:
    made = bus()
    frames = h("68 FF 00 FF 68 FF FF 68 06 06 68 05 03 41 30 31 32 DC 16 FF 68 03 03 68 05 04 01 0A 16")
    for byte in frames:
        assert made.hear(bytes([byte])) == b""
    assert (made.boxes[0x05].text, made.boxes[0x05].beeps) == ("A012", 1)
    made.hear(h("FF 68 03 03 68 05 04 01 0B 16 FF 68 03 03 68 05 04 01 0A 17"))
    made.hear(h("FF 68 03 03 68 07 04 01 0C 16"))
    made.hear(h("FF 68 03 03 68 05 02 63 6A 16"))
    assert (made.boxes[0x05].colour, made.boxes[0x05].beeps) == ("off", 1)
    made.boxes[0x05].dead = True
    made.hear(h("FF 68 03 03 68 05 04 01 0A 16"))
    assert made.boxes[0x05].beeps == 1
    made.hear(b"\xfe" * 10 * BYTE_LIMIT)
    assert len(made._line) <= BYTE_LIMIT


@pytest.mark.parametrize("level", range(1, 6))
def test_a_line_box_can_be_a_rating_pad(level: int) -> None:
    assert LineBus([0x20], LineWording()).press(0x20, f"level_{level}") == f"K20:{level}\r\n".encode()


def test_started_with_a_makers_commands(tmp_path: Path) -> None:
    words = ["sim", "box", "--protocol", "keys21", "--baud", "19200", "--keys21-press-cmd", "0xA0"]
    paths = ["--link", str(tmp_path / "box"), "--address", "5", "--control", str(tmp_path / "ctl")]
    command = [sys.executable, "-m", "hardware", *words, *paths]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert "virtual keys21 boxes 0x05 at" in process.stdout.readline()
            link = open_link(f"serial:{tmp_path}/box?baud=19200")
            with BOXES.control(tmp_path / "ctl") as boxes:
                assert boxes.command("press 5 finish") == {"ok": True}
                heard = b""
                while len(heard) < 10:
                    piece = link.read(5)
                    assert piece, heard
                    heard += piece
            assert heard == h("FF 68 03 03 68 05 A0 04 A9 16")
            link.close()
        finally:
            process.terminate()


def test_a_wrong_address_fails_with_what_is_allowed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    args = ["--protocol", "keys21", "--link", str(tmp_path / "box"), "--address", "0x100"]
    assert run(parser.parse_args(args)) == 1
    assert "a 21-key box has 0x00 to 0xff" in capsys.readouterr().err
