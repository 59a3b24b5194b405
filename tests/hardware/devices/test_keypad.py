"""A keypad as a call box on an in-memory line in hand-moved time."""

import struct

import pytest

from hardware.codecs.leds import Led
from hardware.devices.call_box import CallBoxBus
from hardware.devices.call_box_keys import LONG_PRESS_MS
from hardware.devices.call_box_make import keypad_bus
from hardware.devices.call_box_parts import BoxEvent, BoxHealth, BoxSpec, Press, Stranger
from hardware.devices.keypad import Keypad, is_keypad_key
from tests.hardware.devices.test_call_box import Bench

KEYS = {"KPENTER": "next", "KP0": "recall", "KEY140": "pause"}
ENTER, ZERO, NUMLOCK, CALC = 96, 82, 69, 140


def keypad(keys: dict[str, str] | None = None, long_keys: dict[str, str] | None = None) -> Bench:
    box = BoxSpec(0, KEYS if keys is None else keys, 0, long_keys={} if long_keys is None else long_keys)
    bench = Bench(lambda link: CallBoxBus(link, lambda: Keypad(box.keys), [box]))
    bench.run(100)
    return bench


def edge(bench: Bench, code: int, value: int) -> list[BoxEvent]:
    at = struct.pack("<qq", 1_795_631_982, 654_321)
    bench.far.write(at + struct.pack("<HHi", 1, code, value) + at + bytes(8), 0)
    return bench.run(50)


def test_each_key_means_one_thing_and_counts_at_once() -> None:
    bench = keypad()
    assert edge(bench, ENTER, 1) == [Press(0, "next", 1)]
    assert edge(bench, ENTER, 2) == edge(bench, ENTER, 2) == edge(bench, ENTER, 0) == []
    assert edge(bench, ZERO, 1) == [Press(0, "recall", 2)]
    assert edge(bench, CALC, 1) == [Press(0, "pause", 3)]
    assert bench.bus.health()[0] == BoxHealth("online")


def test_a_key_with_a_second_meaning_waits_for_its_release() -> None:
    bench = keypad(long_keys={"KPENTER": "pause"})
    assert edge(bench, ENTER, 1) == []
    assert edge(bench, ENTER, 0) == [Press(0, "next", 1)]
    assert edge(bench, ENTER, 1) == []
    assert edge(bench, ENTER, 2) == []
    assert bench.run(LONG_PRESS_MS) == [Press(0, "pause", 2)]
    assert edge(bench, ENTER, 0) == []
    assert edge(bench, ZERO, 1) == [Press(0, "recall", 3)]


def test_what_was_held_when_the_keypad_was_pulled_is_forgotten() -> None:
    bench = keypad(long_keys={"KPENTER": "pause"})
    assert edge(bench, ENTER, 1) == []
    bench.far.close()
    assert bench.run(2 * LONG_PRESS_MS) == []
    assert edge(bench, ZERO, 1) == [Press(0, "recall", 1)]


def test_numlock_that_a_keypad_sends_around_its_digits_means_nothing_unless_it_is_mapped() -> None:
    assert edge(keypad(), NUMLOCK, 1) == []
    assert edge(keypad({"NUMLOCK": "finish"}), NUMLOCK, 1) == [Press(0, "finish", 1)]


def test_a_key_outside_the_map_is_named_so_that_it_can_be_mapped() -> None:
    assert edge(keypad(), 79, 1) == [Stranger(0, "KP1")]
    assert edge(keypad(), 113, 1) == [Stranger(0, "KEY113")]


def test_nothing_is_ever_said_to_a_keypad() -> None:
    bench = keypad()
    bench.bus.show(0, Led.RED, beep=2, text="A012")
    bench.run(30_000)
    assert bench.heard() == []
    assert bench.bus.health()[0] == BoxHealth("unheard")


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("KP0", True), ("KPENTER", True), ("NUMLOCK", True), ("KEY140", True),
        ("KEY96", False), ("KEY", False), ("KEYX", False), ("140", False), ("kp0", False), ("", False),
    ],
)  # fmt: skip
def test_names_of_keys(name: str, known: bool) -> None:
    assert is_keypad_key(name) is known


@pytest.mark.parametrize(
    ("link", "boxes", "says"),
    [
        ("serial:/dev/ttyUSB0", [BoxSpec(0, KEYS)], "no input device; write input:"),
        ("input:/dev/x", [BoxSpec(1, KEYS)], "has the address 0"),
        ("input:/dev/x", [BoxSpec(0, KEYS), BoxSpec(0, KEYS)], "alone on its link"),
        ("input:/dev/x", [], "alone on its link"),
        ("input:/dev/x", [BoxSpec(0, {"KP_ENTER": "next"})], "keypad key 'KP_ENTER': KP0 to KP9"),
        ("input:/dev/x", [BoxSpec(0, KEYS, long_keys={"Enter": "pause"})], "keypad key 'Enter'"),
    ],
)
def test_a_keypad_made_of_bad_values_says_so(link: str, boxes: list[BoxSpec], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        keypad_bus(link, boxes)
