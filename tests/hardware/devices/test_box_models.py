"""The models of boxes that come with the product: each key of a virtual one arrives as what its model says it means."""

import pytest

from hardware.devices.call_box import CallBoxBus
from hardware.devices.call_box_make import (
    Keys21Codes,
    LineFormat,
    LineWords,
    keypad_bus,
    keys21_bus,
    line_bus,
    ub485_bus,
)
from hardware.devices.call_box_parts import BoxSpec, Led, Press
from hardware.sim.box_devices import VirtualBus
from hardware.sim.box_keypad import KeypadBus
from hardware.sim.box_keys21 import Keys21Bus, Keys21Wording
from hardware.sim.box_text import LineBus, LineWording
from hardware.sim.box_ub485 import Ub485Bus
from hardware.transports.link import Link
from hardware.transports.memory import memory_pair
from ticketserver.shared.counter_devices import LINE_RECEIVE, LINE_SEND
from ticketserver.shared.device_models import BoxModel, load_models

MODELS = load_models(None).box
SPEAKING = {name: model for name, model in MODELS.items() if model.protocol != "modbus"}
LEVELS = {f"level_{level}" for level in range(1, 6)}
CALL_KEYS = {"next", "recall", "start", "finish", "rating", "pause", "redirect"}
ADDRESS = {"ub485": 0x20, "line": 0x20, "keys21": 0x05, "keypad": 0}


def virtual(model: BoxModel) -> VirtualBus:
    at = [ADDRESS[model.protocol]]
    match model.protocol:
        case "ub485":
            return Ub485Bus(at)
        case "line":
            return LineBus(at, LineWording())
        case "keypad":
            return KeypadBus(at)
        case _:
            return Keys21Bus(at, Keys21Wording())


def driver(model: BoxModel, near: Link) -> CallBoxBus:
    boxes = [BoxSpec(ADDRESS[model.protocol], model.keys, model.characters, model.long_keys)]
    match model.protocol:
        case "ub485":
            return ub485_bus("serial:x", boxes, opener=lambda _: near)
        case "line":
            words = LineWords(LineFormat(dict(LINE_RECEIVE), dict(LINE_SEND)))
            return line_bus("serial:x", boxes, words, opener=lambda _: near)
        case "keypad":
            return keypad_bus("input:x", boxes, opener=lambda _: near)
        case _:
            lights = {Led(name): code for name, code in model.led_codes.items()}
            codes = Keys21Codes(model.press_cmd, model.key_at, model.led_cmd, lights, model.text_cmd, model.beep_cmd)
            return keys21_bus("serial:x", boxes, codes, opener=lambda _: near)


@pytest.mark.parametrize("name", SPEAKING)
def test_every_key_of_a_model_is_on_the_virtual_box_and_means_what_it_says(name: str) -> None:
    model, boxes = SPEAKING[name], virtual(SPEAKING[name])
    near, far = memory_pair()
    bus = driver(model, near)
    now_ms = 0
    bus.poll(now_ms)
    for count, meaning in enumerate(model.keys.values(), 1):
        far.write(boxes.press(ADDRESS[model.protocol], meaning), 0)
        far.write(boxes.release(ADDRESS[model.protocol], meaning), 0)
        events = []
        for _ in range(20):
            now_ms += 10
            events += bus.poll(now_ms)
        assert events == [Press(ADDRESS[model.protocol], meaning, count)]
    bus.close()


@pytest.mark.parametrize("name", MODELS)
def test_a_model_is_a_whole_call_box_or_a_whole_rating_pad(name: str) -> None:
    model = MODELS[name]
    meanings = list(model.keys.values())
    assert len(set(meanings)) == len(meanings)
    if model.kind == "rating_pad":
        assert set(meanings) == LEVELS
        assert not model.long_keys
    else:
        # With these keys a clerk can work: start is implied where there is none (hall-rules, keys).
        assert {"next", "finish"} <= set(meanings) <= CALL_KEYS
        assert set(model.long_keys) <= set(model.keys)


@pytest.mark.parametrize("name", [name for name, model in MODELS.items() if model.protocol == "keys21"])
def test_the_lights_of_a_model_look_alike_on_the_virtual_box(name: str) -> None:
    model = MODELS[name]
    near, far = memory_pair()
    bus, boxes = driver(model, near), virtual(model)
    for turn, led in enumerate(Led):
        bus.show(0x05, led)
        for step in range(50):
            bus.poll(turn * 1000 + step * 20)
        while heard := far.read(0):
            boxes.hear(heard)
        box = boxes.boxes[0x05]
        assert box.colour == led.value.partition("_")[0]
        assert bool(box.blink_ms) is ("_" in led.value)
    bus.close()
