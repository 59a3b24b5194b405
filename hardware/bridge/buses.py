"""From hall.toml to lines: links, languages, boxes with their key maps, panels."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from hardware.bridge.lines import BadLine, BoxLine, Device, Line
from hardware.bridge.panel_lines import panel_line
from hardware.bridge.port import BoxBus
from hardware.devices.call_box_make import (
    Keys21Codes,
    LineFormat,
    LineWords,
    keypad_bus,
    keys21_bus,
    line_bus,
    ub485_bus,
)
from hardware.devices.call_box_modbus import ModbusBus
from hardware.devices.call_box_modbus_make import loses_presses, modbus_cycle_ms, modbus_rtu_bus, modbus_tcp_bus
from hardware.devices.call_box_parts import BoxSpec, Led
from hardware.devices.modbus_modules import ModuleBox, ModuleModel, place
from hardware.devices.opening import Opener, open_link
from ticketserver.shared.device_models import BoxModel
from ticketserver.shared.device_values import (
    box_characters,
    box_inputs,
    box_keys,
    box_long_keys,
    box_model,
)
from ticketserver.shared.settings import Box, Bus, LineBox, Panel, Settings


def make_lines(
    settings: Settings, opener: Opener = open_link, now: Callable[[], datetime] = datetime.now
) -> list[Line]:
    """All lines that have devices, boxes before panels; no link is opened yet, and each then by `opener`. `now` is the
    clock that panels with one are set by. Raises the first `BadLine`."""
    lines, bad = try_lines(settings, opener, now)
    if bad:
        raise bad[0]
    return lines


def try_lines(
    settings: Settings, opener: Opener = open_link, now: Callable[[], datetime] = datetime.now
) -> tuple[list[Line], list[BadLine]]:
    """The same, with the lines that cannot be used beside the others."""
    lines: list[Line] = []
    bad: list[BadLine] = []
    for make in _makers(settings, opener, now):
        try:
            lines.append(make())
        except BadLine as problem:
            bad.append(problem)
    return lines, bad


def slow_cycle_ms(line: Line) -> float | None:
    """How long a round of a line takes that loses presses by it; None for a line that is fast enough."""
    bus = line.bus
    return modbus_cycle_ms(bus) if isinstance(bus, ModbusBus) and loses_presses(bus) else None


def _makers(settings: Settings, opener: Opener, now: Callable[[], datetime]) -> Iterator[Callable[[], Line]]:
    for bus in settings.bus:
        if bus.box:
            yield partial(_box_line, settings, bus, opener)
    shared: dict[str, list[Panel]] = {}
    for panel in settings.panel:
        if panel.link:
            shared.setdefault(panel.link, []).append(panel)
    for link, panels in shared.items():
        yield partial(panel_line, settings, link, panels, opener, now)


def _box_line(settings: Settings, bus: Bus, opener: Opener) -> Line:
    devices: dict[int, Device] = {}
    for box in bus.box:
        kind = box_model(settings, bus, box).kind
        name = "pad" if kind == "rating_pad" else "box"
        input_ = f"-{box.first_input}" if bus.protocol.startswith("modbus") else ""
        devices[_address(bus, box)] = Device(f"{name}-{bus.id}-{box.address}{input_}", kind, box.counter)
    try:
        return BoxLine(bus.id, devices, _bus(settings, bus, opener))
    except ValueError as error:
        raise BadLine(bus.id, str(error)) from error


def _address(bus: Bus, box: Box) -> int:
    return place(box.address, box.first_input) if bus.protocol.startswith("modbus") else box.address


def _bus(settings: Settings, bus: Bus, opener: Opener) -> BoxBus:
    models = [(box, box_model(settings, bus, box)) for box in bus.box]
    if bus.protocol in ("modbus-rtu", "modbus-tcp"):
        make = modbus_rtu_bus if bus.protocol == "modbus-rtu" else modbus_tcp_bus
        return make(bus.link, [_module(box, model) for box, model in models], opener=opener)
    boxes = [
        BoxSpec(box.address, box_keys(model, box), box_characters(model, box), box_long_keys(model, box))
        for box, model in models
    ]
    if bus.protocol == "ub485":
        return ub485_bus(bus.link, boxes, poll=bus.poll, opener=opener)
    if bus.protocol == "line":
        return line_bus(bus.link, boxes, _words(bus.line), opener=opener)
    if bus.protocol == "keypad":
        return keypad_bus(bus.link, boxes, opener=opener)
    codes = [_codes(model) for _, model in models]
    if any(other != codes[0] for other in codes):
        raise ValueError("21-key boxes of different codes on one line; give each maker a line of its own")
    return keys21_bus(bus.link, boxes, codes[0], opener=opener)


def _module(box: Box, model: BoxModel) -> ModuleBox:
    module = ModuleModel(
        function=model.function,
        first=model.first,
        inputs=model.inputs,
        inverted=model.inverted,
        latch_first=model.latch_first,
        latch_clear=model.latch_clear,
        counter_first=model.counter_first,
        counter_function=model.counter_function,
        counter_start=model.counter_start,
        coils={Led(name): coils for name, coils in model.coils.items()},
        beep_coil=model.beep_coil,
        together=model.together,
    )
    return ModuleBox(
        address=place(box.address, box.first_input),
        keys=box_keys(model, box),
        characters=box_characters(model, box),
        long_keys=box_long_keys(model, box),
        inputs=box_inputs(model, box),
        model=module,
    )


def _codes(model: BoxModel) -> Keys21Codes:
    lights = {Led(name): code for name, code in model.led_codes.items()}
    return Keys21Codes(model.press_cmd, model.key_at, model.led_cmd, lights, model.text_cmd, model.beep_cmd)


def _words(line: LineBox) -> LineWords:
    receive: dict[str, str] = {kind: template for kind, template in line.receive.items() if template}
    send: dict[str, str] = {kind: template for kind, template in line.send.items() if template}
    spoken = LineFormat(receive, send, line.encoding, line.ending, line.checksum, line.mark)
    return LineWords(spoken, {Led(name): word for name, word in line.leds.items()})
