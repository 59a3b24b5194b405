"""From hall.toml to the panels of one link."""

from collections.abc import Callable
from datetime import datetime

from hardware.bridge.lines import BadLine, Device, PanelLine
from hardware.devices.opening import Opener
from hardware.devices.panel_make import panel_bus
from hardware.devices.panel_parts import PanelSpec
from ticketserver.shared.device_values import panel_alphabet, panel_characters, panel_model
from ticketserver.shared.settings import Panel, Settings


def panel_line(
    settings: Settings, link: str, panels: list[Panel], opener: Opener, now: Callable[[], datetime]
) -> PanelLine:
    """The line of `panels`, which all are on `link`. Raises `BadLine`."""
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
        return PanelLine(link, devices, panel_bus(link, model.protocol, specs, now, opener))
    except ValueError as error:
        raise BadLine(link, str(error)) from error
