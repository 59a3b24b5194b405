"""From hall.toml to lines: links, languages, boxes with their key maps, panels."""

from hardware.bridge.lines import BadLine, BoxLine, Device, Line, PanelLine
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
from hardware.devices.call_box_modbus_make import modbus_rtu_bus, modbus_tcp_bus
from hardware.devices.call_box_parts import BoxSpec, Led
from hardware.devices.modbus_modules import ModuleBox, ModuleModel, place
from hardware.devices.opening import Opener, open_link
from hardware.devices.panel_make import panel_bus
from hardware.devices.panel_parts import PanelSpec
from ticketserver.shared.device_models import BoxModel
from ticketserver.shared.device_values import (
    box_characters,
    box_inputs,
    box_keys,
    box_long_keys,
    box_model,
    panel_alphabet,
    panel_characters,
    panel_model,
)
from ticketserver.shared.settings import Box, Bus, LineBox, Panel, Settings


def make_lines(settings: Settings, opener: Opener = open_link) -> list[Line]:
    """All lines that have devices, boxes before panels; no link is opened yet, and each then by `opener`. Raises
    `BadLine`."""
    lines = [_box_line(settings, bus, opener) for bus in settings.bus if bus.box]
    shared: dict[str, list[Panel]] = {}
    for panel in settings.panel:
        if panel.link:
            shared.setdefault(panel.link, []).append(panel)
    return lines + [_panel_line(settings, link, panels, opener) for link, panels in shared.items()]


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


def _panel_line(settings: Settings, link: str, panels: list[Panel], opener: Opener) -> Line:
    model = panel_model(settings, panels[0])
    assert model is not None, "a panel with a link has a model, or the settings are refused"
    specs = [
        PanelSpec(
            address=panel.address,
            counter=panel.counter,
            characters=panel_characters(settings, panel),
            alphabet=panel_alphabet(settings, panel),
            answers=model.answers,
            width_px=model.width_px,
            height_px=model.height_px,
            font=model.font,
            colours={str(state): code for state, code in model.colours.items()},
            blank=model.blank,
            blink_effect=model.blink_effect,
            template=model.template,
            encoding=model.encoding,
            checksum=model.checksum,
        )
        for panel in panels
    ]
    devices = {panel.address: Device(f"panel-{panel.counter}", "panel", panel.counter) for panel in panels}
    try:
        return PanelLine(link, devices, panel_bus(link, model.protocol, specs, opener=opener))
    except ValueError as error:
        raise BadLine(link, str(error)) from error
