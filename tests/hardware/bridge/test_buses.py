"""hall.toml's buses become buses, or say what is wrong."""

import pytest
from msgspec.structs import replace

from hardware.bridge.buses import BadBus, counters_of, make_buses
from hardware.bridge.logic import BoxId
from ticketserver.shared.devices import Box, Bus, LineBox
from ticketserver.shared.settings import Settings, load_settings

SAMPLE = "ticketserver/shared/sample/hall.toml"


@pytest.fixture(scope="module")
def settings() -> Settings:
    return load_settings(SAMPLE)


def test_the_sample_hall(settings: Settings) -> None:
    buses = make_buses(settings)
    assert [bus.id for bus in buses] == [bus.id for bus in settings.bus if bus.box]
    assert counters_of(buses)[BoxId(0, settings.bus[0].box[0].address)] == settings.bus[0].box[0].counter


def test_each_protocol_and_a_bus_without_boxes(settings: Settings) -> None:
    box = Box(counter=7, address=0x21, keys={"33": "recall", "M": "pause"})
    line = LineBox(leds={"red_blink": "RB"}, send={"led": "L{address}:{led}", "ping": ""})
    buses = make_buses(
        replace(
            settings,
            bus=(
                Bus(id="spare", link="tcp:127.0.0.1:9"),
                Bus(id="one", link="serial:/dev/x?baud=57600", box=(box,)),
                Bus(id="two", link="tcp:127.0.0.1:9", protocol="line", line=line, box=(box,)),
            ),
        )
    )
    assert [(bus.place, bus.id) for bus in buses] == [(1, "one"), (2, "two")]
    assert counters_of(buses) == {BoxId(1, 0x21): 7, BoxId(2, 0x21): 7}


@pytest.mark.parametrize(
    ("bus", "says"),
    [
        (Bus(id="b", link="serial:", box=(Box(counter=1, address=32),)), "no device path"),
        (Bus(id="b", link="serial:/dev/x", box=(Box(counter=1, address=7),)), "UB485 address 7: allowed 32 to 254"),
        (Bus(id="b", link="tcp:h", protocol="line", box=(Box(counter=1, address=7),)), "no host"),
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
    with pytest.raises(BadBus, match=says) as caught:
        make_buses(replace(settings, bus=(bus,)))
    assert caught.value.bus == "b"
