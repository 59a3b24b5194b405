"""21-key boxes on an in-memory line in hand-moved time: a maker's codes are values, an echo is no press."""

from dataclasses import replace

import pytest

from hardware.codecs.leds import Led
from hardware.devices.call_box import CallBoxBus
from hardware.devices.call_box_keys21 import NO_COMMAND, Keys21, Keys21Codes
from hardware.devices.call_box_make import keys21_bus
from hardware.devices.call_box_outbox import REFRESH_MS
from hardware.devices.call_box_parts import BoxHealth, BoxSpec, Press, Stranger
from hardware.transports.memory import LinkFaults
from tests.hardware.devices.test_call_box import Bench

CODES = Keys21Codes(
    press_cmd=0x01,
    key_at=0,
    led_cmd=0x02,
    led_codes={led: place for place, led in enumerate(Led)},
    text_cmd=0x03,
    beep_cmd=0x04,
)
KEYS = {"01": "next", "0b": "finish"}
PRESS = "FF 68 03 03 68 05 01 0B 11 16"


def bench(codes: Keys21Codes = CODES, characters: int = 4, faults: LinkFaults | None = None) -> Bench:
    boxes = [BoxSpec(0x05, KEYS, characters)]
    made = Bench(lambda link: CallBoxBus(link, lambda: Keys21(codes), boxes), faults)
    made.run(500)
    made.heard()
    return made


def test_a_press_is_the_key_in_the_data_of_its_command() -> None:
    made = bench()
    assert made.press(PRESS) == [Press(0x05, "finish", 1)]
    assert made.press("FF 68 03 03 68 05 01 01 07 16") == [Press(0x05, "next", 2)]
    assert made.bus.health()[0x05] == BoxHealth("online")


def test_another_maker_puts_the_key_elsewhere_under_another_command() -> None:
    made = bench(replace(CODES, press_cmd=0xA0, key_at=2))
    assert made.press("FF 68 05 05 68 05 A0 00 00 0B B0 16") == [Press(0x05, "finish", 1)]
    assert made.press("FF 68 04 04 68 05 A0 00 0B B0 16") == []
    assert made.press(PRESS) == []


def test_strangers_are_named() -> None:
    assert bench().press("FF 68 03 03 68 06 01 0B 12 16") == [Stranger(0x06, "0b")]
    assert bench().press("FF 68 03 03 68 05 01 15 1B 16") == [Stranger(0x05, "15")]


def test_a_look_and_a_beep_by_their_bytes() -> None:
    made = bench()
    made.bus.show(0x05, Led.RED, beep=1, text="A0012")
    made.run(1000)
    assert made.heard() == [
        bytes.fromhex("FF 68 03 03 68 05 04 01 0A 16"),
        bytes.fromhex("FF 68 06 06 68 05 03 30 30 31 32 CB 16"),
        bytes.fromhex("FF 68 03 03 68 05 02 05 0C 16"),
    ]
    made.bus.show(0x05, Led.RED, text="号7")
    made.run(1000)
    assert made.heard() == [bytes.fromhex("FF 68 06 06 68 05 03 20 20 20 37 9F 16")]
    made.run(REFRESH_MS)
    assert len(made.heard()) == 2


def test_a_box_without_light_text_or_sound_is_told_nothing() -> None:
    made = bench(Keys21Codes(press_cmd=0x01))
    made.bus.show(0x05, Led.RED, beep=2, text="A012")
    made.run(2 * REFRESH_MS)
    assert made.heard() == []
    shorter = bench(characters=0)
    shorter.bus.show(0x05, Led.GREEN, text="A012")
    shorter.run(1000)
    assert shorter.heard() == [bytes.fromhex("FF 68 03 03 68 05 02 01 08 16")]


def test_an_echo_is_no_press_and_no_sign_of_life_of_a_key() -> None:
    made = bench(faults=LinkFaults(echo=1.0))
    for led in Led:
        made.bus.show(0x05, led, beep=1, text="A012")
        assert made.run(1000) == []
    assert made.press(PRESS) == [Press(0x05, "finish", 1)]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"press_cmd": -1}, "press_cmd -1: allowed 0 to 255"),
        ({"press_cmd": 256}, "press_cmd 256"),
        ({"key_at": 32}, "key_at 32: allowed 0 to 31"),
        ({"led_cmd": 256}, "led_cmd 256: allowed -1 to 255"),
        ({"beep_cmd": 0x01}, "beep_cmd 1: is press_cmd too"),
        ({"led_codes": {Led.OFF: 0}}, "led_codes: green is missing"),
        ({"led_codes": dict.fromkeys(Led, 256)}, "led_codes.off 256: allowed 0 to 255"),
    ],
)
def test_bad_codes_say_which_part_and_what_is_allowed(change: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=f"21-key box {says}"):
        replace(CODES, **change)  # type: ignore[arg-type]


def test_codes_of_lights_are_not_asked_for_where_there_are_no_lights() -> None:
    assert replace(CODES, led_cmd=NO_COMMAND, led_codes={}).led_codes == {}


@pytest.mark.parametrize(
    ("link", "key", "says"),
    [
        ("input:/dev/input/event0", "0b", "neither serial: nor tcp:"),
        ("serial:/dev/x", "b", "key 'b': two hexadecimal digits"),
        ("serial:/dev/x", "0B", "key '0B': two hexadecimal digits in small letters"),
    ],
)
def test_a_bus_made_of_bad_values_says_so(link: str, key: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        keys21_bus(link, [BoxSpec(5, {key: "next"})], CODES)
