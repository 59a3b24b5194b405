"""From hall.toml to buses: links, languages, boxes with their key maps."""

from dataclasses import dataclass

from hardware.bridge.logic import BoxId
from hardware.devices.call_box import CallBoxBus
from hardware.devices.call_box_make import LineFormat, LineWords, line_bus, ub485_bus
from hardware.devices.call_box_parts import BoxSpec, Led
from ticketserver.shared.settings import Bus, LineBox, Settings


class BadBus(ValueError):
    """The settings of a bus cannot be used. `bus` is its id."""

    def __init__(self, bus: str, problem: str) -> None:
        super().__init__(problem)
        self.bus = bus


@dataclass(frozen=True)
class NamedBus:
    """A bus with its place and id in the settings, and the counters of its boxes by address."""

    place: int
    id: str
    bus: CallBoxBus
    counters: dict[int, int]


def make_buses(settings: Settings) -> list[NamedBus]:
    """All buses that have boxes; no link is opened yet. Raises `BadBus`."""
    made: list[NamedBus] = []
    for place, bus in enumerate(settings.bus):
        if not bus.box:
            continue
        try:
            made.append(NamedBus(place, bus.id, _make_bus(bus), {box.address: box.counter for box in bus.box}))
        except ValueError as error:
            raise BadBus(bus.id, str(error)) from error
    return made


def counters_of(buses: list[NamedBus]) -> dict[BoxId, int]:
    """box → counter, over all buses."""
    return {BoxId(bus.place, address): counter for bus in buses for address, counter in bus.counters.items()}


def _make_bus(bus: Bus) -> CallBoxBus:
    boxes = [BoxSpec(box.address, dict(box.keys), box.characters) for box in bus.box]
    return ub485_bus(bus.link, boxes) if bus.protocol == "ub485" else line_bus(bus.link, boxes, _words(bus.line))


def _words(line: LineBox) -> LineWords:
    receive: dict[str, str] = {kind: template for kind, template in line.receive.items() if template}
    send: dict[str, str] = {kind: template for kind, template in line.send.items() if template}
    spoken = LineFormat(receive, send, line.encoding, line.ending, line.checksum, line.mark)
    return LineWords(spoken, {Led(name): word for name, word in line.leds.items()})
