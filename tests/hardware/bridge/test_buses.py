"""hall.toml's buses and panels become lines, or it is said what is wrong."""

import pytest
from msgspec.structs import replace

from hardware.bridge.buses import make_lines, slow_cycle_ms, try_lines
from hardware.bridge.lines import BadLine, BoxLine, Device, PanelLine
from hardware.devices.modbus_modules import place
from hardware.transports.link import Link, LinkDown
from ticketserver.shared.counter_devices import Box, Bus, LineBox, Panel
from ticketserver.shared.settings import Settings, load_settings

SAMPLE = "ticketserver/shared/sample/hall.toml"


@pytest.fixture(scope="module")
def settings() -> Settings:
    return replace(load_settings(SAMPLE), bus=(), panel=())


def test_the_sample_hall() -> None:
    sample = load_settings(SAMPLE)
    first = make_lines(sample)[0]
    box = sample.bus[0].box[0]
    assert first.id == sample.bus[0].id
    assert first.devices[box.address] == Device(f"box-{first.id}-{box.address}", "call_box", box.counter)


def test_each_protocol_and_a_bus_without_boxes(settings: Settings) -> None:
    box = Box(counter=7, address=0x21, keys={"33": "recall", "34": "pause"})
    words = LineBox(leds={"red_blink": "RB"}, send={"led": "L{address}:{led}", "ping": ""})
    module = (Box(counter=7, address=1, inputs=4), Box(counter=8, address=1, first_input=4, inputs=4))
    pad = Box(counter=8, address=2, model="rating-modbus-5")
    lines = make_lines(
        replace(
            settings,
            bus=(
                Bus(id="spare", link="tcp:127.0.0.1:9"),
                Bus(id="one", link="serial:/dev/a?baud=57600", poll=True, box=(box,)),
                Bus(id="two", link="tcp:127.0.0.1:9", protocol="line", line=words, box=(box,)),
                Bus(id="three", link="serial:/dev/b", protocol="modbus-rtu", box=(*module, pad)),
                Bus(id="four", link="tcp:127.0.0.1:502", protocol="modbus-tcp", box=(Box(counter=3, address=1),)),
                Bus(id="five", link="serial:/dev/c", protocol="keys21", box=(Box(counter=4, address=5),)),
                Bus(id="six", link="input:/dev/input/x", protocol="keypad", box=(Box(counter=5),)),
            ),
        )
    )
    assert [line.id for line in lines] == ["one", "two", "three", "four", "five", "six"]
    assert all(isinstance(line, BoxLine) for line in lines)
    assert dict(lines[2].devices) == {
        place(1, 0): Device("box-three-1-0", "call_box", 7),
        place(1, 4): Device("box-three-1-4", "call_box", 8),
        place(2, 0): Device("pad-three-2-0", "rating_pad", 8),
    }
    assert dict(lines[5].devices) == {0: Device("box-six-0", "call_box", 5)}


def test_panels_of_one_link_are_one_line(settings: Settings) -> None:
    panels = [
        Panel(counter=1, link="serial:/dev/p", model="led485-4", address=1),
        Panel(counter=2, link="serial:/dev/q", model="led485-4", address=1),
        Panel(counter=3, link="serial:/dev/p", model="led485-4", address=2, characters=3),
        Panel(counter=4, characters=4),
    ]
    lines = make_lines(replace(settings, panel=tuple(panels)))
    assert [(line.id, dict(line.devices)) for line in lines] == [
        ("serial:/dev/p", {1: Device("panel-1", "panel", 1), 2: Device("panel-3", "panel", 3)}),
        ("serial:/dev/q", {1: Device("panel-2", "panel", 2)}),
    ]
    assert all(isinstance(line, PanelLine) for line in lines)


def test_every_link_is_opened_by_the_one_who_was_told_to(settings: Settings) -> None:
    asked: list[str] = []

    def opener(link: str) -> Link:
        asked.append(link)
        raise LinkDown("not here")

    bus = Bus(id="one", link="serial:/dev/a?baud=57600", box=(Box(counter=7, address=0x21),))
    panel = Panel(counter=1, link="serial:/dev/p", model="led485-4")
    lines = make_lines(replace(settings, bus=(bus,), panel=(panel,)), opener)
    for line in lines:
        line.bus.poll(0)
        assert "not here" in line.bus.link_down
    assert asked == ["serial:/dev/a?baud=57600", "serial:/dev/p"]


@pytest.mark.parametrize(
    ("bus", "says"),
    [
        (Bus(id="b", link="serial:", box=(Box(counter=1, address=32),)), "no device path"),
        (Bus(id="b", link="serial:/dev/x", box=(Box(counter=1, address=7),)), "UB485 address 7: allowed 32 to 254"),
        (Bus(id="b", link="tcp:h", protocol="line", box=(Box(counter=1, address=7),)), "no host"),
        (Bus(id="b", link="serial:/dev/x", protocol="modbus-tcp", box=(Box(counter=1, address=7),)), "over a network"),
        (
            Bus(
                id="b",
                link="serial:/dev/x",
                protocol="line",
                line=LineBox(receive={"press": "K{key}"}),
                box=(Box(counter=1, address=7),),
            ),
            r"needs \{address\} exactly once",
        ),
    ],
)
def test_a_bad_bus_is_named(settings: Settings, bus: Bus, says: str) -> None:
    with pytest.raises(BadLine, match=says) as caught:
        make_lines(replace(settings, bus=(bus,)))
    assert caught.value.line == "b"


def test_boxes_of_different_codes_do_not_share_a_line(settings: Settings) -> None:
    other = replace(settings.models.box["keys21"], press_cmd=9)
    models = replace(settings.models, box={**settings.models.box, "other": other})
    boxes = (Box(counter=1, address=1), Box(counter=2, address=2, model="other"))
    bus = Bus(id="b", link="serial:/dev/x", protocol="keys21", box=boxes)
    with pytest.raises(BadLine, match="different codes"):
        make_lines(replace(settings, bus=(bus,), models=models))


def test_a_panel_at_a_wrong_address_is_named(settings: Settings) -> None:
    panel = Panel(counter=1, link="serial:/dev/p", model="led485-4", address=300)
    with pytest.raises(BadLine, match="address 300") as caught:
        make_lines(replace(settings, panel=(panel,)))
    assert caught.value.line == "serial:/dev/p"


def test_a_bad_line_does_not_hide_the_others(settings: Settings) -> None:
    good = Bus(id="good", link="serial:/dev/a?baud=57600", box=(Box(counter=7, address=0x21),))
    bad = Bus(id="bad", link="serial:", box=(Box(counter=8, address=0x21),))
    lines, problems = try_lines(replace(settings, bus=(bad, good)))
    assert [line.id for line in lines] == ["good"]
    assert [problem.line for problem in problems] == ["bad"]


def test_a_line_that_loses_presses_is_known_by_its_cycle(settings: Settings) -> None:
    modules = tuple(Box(counter=unit, address=unit) for unit in range(1, 7))
    bus = Bus(id="b", link="serial:/dev/x?baud=9600", protocol="modbus-rtu", box=modules)
    (slow,) = make_lines(replace(settings, bus=(bus,)))
    (fast,) = make_lines(replace(settings, bus=(replace(bus, box=modules[:3]),)))
    boxes = Bus(id="u", link="serial:/dev/y", box=(Box(counter=1, address=33),))
    (other,) = make_lines(replace(settings, bus=(boxes,)))
    assert slow_cycle_ms(slow) == pytest.approx(147.6, abs=0.5)
    assert slow_cycle_ms(fast) is None
    assert slow_cycle_ms(other) is None
