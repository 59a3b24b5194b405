"""Virtual input modules byte by byte after their makers' documents, and what they remember."""

import pytest

from hardware.sim import modbus_inputs
from hardware.sim.box_devices import NoSuchKey
from hardware.sim.modbus_inputs import FILTER_S, Inputs
from hardware.sim.modbus_kinds import KINDS
from hardware.sim.modbus_lines import ModuleBus, SerialEar, network_frame, network_frames, silence_s
from hardware.sim.modbus_modules import VirtualModule


def h(text: str) -> bytes:
    return bytes.fromhex(text)


def module(kind: str = "waveshare") -> VirtualModule:
    return VirtualModule(1, kind=KINDS[kind])


def test_the_frames_of_the_document() -> None:
    bus = ModuleBus([1], "waveshare")
    bus.boxes[1].contact("1", True)
    bus.boxes[1].contact("start", True)
    assert bus.hear(h("01 02 00 00 00 08 79 CC")) == h("01 02 01 05 61 8B")
    assert bus.hear(h("01 05 00 00 FF 00 8C 3A")) == h("01 05 00 00 FF 00 8C 3A")
    assert bus.boxes[1].front()["text"] == "●○○○○○○○"


@pytest.mark.parametrize(
    "frame", ["", "01", "01 02 00 00 00 08 79 CD", "02 02 00 00 00 08 79 FF", "01 02 00 00 00 08 CC 79"]
)
def test_wrong_sums_and_other_units_are_not_answered(frame: str) -> None:
    assert ModuleBus([1], "waveshare").hear(h(frame)) == b""


@pytest.mark.parametrize(
    ("kind", "asked", "answered"),
    [
        ("waveshare", "02 00 00 00 09", "82 02"),
        ("waveshare", "02 00 00 00 00", "82 03"),
        ("waveshare", "02 00 00 07 D1", "82 03"),
        ("waveshare", "01 00 00 00 08", "01 01 00"),
        ("waveshare", "05 00 08 FF 00", "85 02"),
        ("waveshare", "05 00 00 12 34", "85 03"),
        ("waveshare", "0F 00 00 00 02 01 03", "0F 00 00 00 02"),
        ("waveshare", "0F 00 00 00 02 02 03 00", "8F 01"),
        ("waveshare", "03 03 E8 00 01", "03 02 00 00"),
        ("waveshare", "03 0F A0 00 01", "03 02 00 01"),
        ("waveshare", "03 00 00 00 01", "83 02"),
        ("waveshare", "06 03 E8 00 01", "06 03 E8 00 01"),
        ("waveshare", "06 0F A0 00 00", "86 03"),
        ("waveshare", "06 00 00 00 00", "86 02"),
        ("waveshare", "16 00", "96 01"),
        ("adam", "01 00 00 00 07", "01 01 00"),
        ("adam", "02 00 00 00 07", "82 02"),
        ("adam", "05 00 00 FF 00", "85 02"),
        ("icpdas", "02 00 20 00 08", "02 01 00"),
        ("icpdas", "01 00 40 00 28", "01 05 00 00 00 00 00"),
        ("icpdas", "02 00 00 00 08", "82 02"),
        ("icpdas", "05 01 07 FF 00", "05 01 07 FF 00"),
        ("icpdas", "03 01 E4 00 02", "03 04 00 01 00 06"),
        ("moxa", "04 00 00 00 02", "04 04 00 00 00 00"),
        ("moxa", "04 00 10 00 01", "84 02"),
    ],
)
def test_what_a_module_has_and_what_it_refuses(kind: str, asked: str, answered: str) -> None:
    assert module(kind).answer(h(asked)) == h(answered)


def test_a_new_unit_number_is_taken_at_once() -> None:
    bus = ModuleBus([1], "waveshare")
    assert bus.ask(b"\x01", h("06 0F A0 00 07")) == h("01 06 0F A0 00 07")
    assert bus.ask(b"\x01", h("02 00 00 00 08")) is None
    assert bus.ask(b"\x07", h("02 00 00 00 08")) == h("07 02 01 00")


def test_faults_of_a_module() -> None:
    bus = ModuleBus([1], "waveshare")
    one = bus.boxes[1]
    one.fault("refuse", "4")
    assert bus.ask(b"\x01", h("02 00 00 00 08")) == h("01 82 04")
    one.fault("refuse", "0")
    one.fault("pose", "9")
    assert bus.ask(b"\x01", h("02 00 00 00 08")) == h("09 02 01 00")
    one.fault("pose", "0")
    one.answer(h("05 00 00 FF 00"))
    one.fault("dead", "on")
    assert bus.ask(b"\x01", h("02 00 00 00 08")) is None
    one.fault("dead", "off")
    assert bus.ask(b"\x01", h("01 00 00 00 08")) == h("01 01 01 00")
    with pytest.raises(NoSuchKey, match="dead on"):
        one.fault("dead", "maybe")
    with pytest.raises(NoSuchKey, match="it has 1 to 8"):
        bus.press(1, "9")
    with pytest.raises(NoSuchKey, match="1 to 247"):
        ModuleBus([248], "waveshare")


def test_latches_take_any_closing_and_keep_it_until_they_are_cleared() -> None:
    one = module("icpdas")
    one.contact("2", True)
    one.contact("2", False)
    assert one.answer(h("02 00 40 00 08")) == h("02 01 02")
    assert one.answer(h("02 00 60 00 08")) == h("02 01 02")
    one.answer(h("05 01 07 FF 00"))
    assert one.answer(h("02 00 40 00 08")) == h("02 01 00")
    one.fault("dead", "on")
    one.contact("2", True)
    one.fault("dead", "off")
    assert one.answer(h("02 00 40 00 08")) == h("02 01 00")
    assert one.answer(h("02 00 20 00 08")) == h("02 01 02")


def test_counters_take_closings_that_last_while_they_are_started() -> None:
    inputs, started = Inputs(2), [False, True]
    for place in (0, 1):
        for bounce_s in (0.0, 0.004, 0.008):
            inputs.move(place, True, 1 + bounce_s, started, powered=True)
            inputs.move(place, False, 1 + bounce_s + 0.002, started, powered=True)
        inputs.move(place, True, 2, started, powered=True)
        inputs.move(place, True, 2, started, powered=True)
    inputs.count(2 + FILTER_S, started)
    inputs.count(3, started)
    assert inputs.counts == [0, 1]
    inputs.counts[1] = modbus_inputs.COUNTER_END - 1
    inputs.move(1, False, 4, started, powered=True)
    inputs.move(1, True, 5, started, powered=True)
    inputs.move(1, False, 6, started, powered=True)
    assert inputs.counts == [0, 0]


def test_a_frame_is_over_when_its_time_and_the_silence_are() -> None:
    ear = SerialEar()
    ear.arrive(b"\x01\x02", 9600, 10.0)
    ear.arrive(b"\x03", 9600, 10.0)
    over_s = 10.0 + 30 / 9600 + silence_s(9600)
    assert ear.due_s(9600) == pytest.approx(over_s)
    assert ear.frame(9600, over_s - 0.001) == b""
    ear.arrive(b"\x04", 9600, over_s - 0.001)
    assert ear.frame(9600, over_s + 0.001) == b""
    assert ear.frame(9600, over_s + 0.01) == b"\x01\x02\x03\x04"
    assert ear.due_s(9600) is None
    assert silence_s(115200) == 0.00175


def test_network_frames() -> None:
    stream = h("00 07 00 00 00 06 01 02 00 00 00 08 00 08 00 00 00 06 01")
    frames, rest = network_frames(stream)
    assert frames == [(h("00 07 00 00"), 1, h("02 00 00 00 08"))]
    assert rest == h("00 08 00 00 00 06 01")
    assert network_frame(h("00 07 00 00"), h("01 02 01 05")) == h("00 07 00 00 00 04 01 02 01 05")
    for wrong in ("47 45 54 20 2F 0D 0A", "00 01 00 00 00 01 01", "00 01 00 00 00 FF 01"):
        with pytest.raises(ValueError, match="no Modbus head"):
            network_frames(h(wrong))
