"""What a device of hall.toml comes to: its own lines over what its model has.

These ask only for models that exist; that they do is checked when the file is read (`checks_devices`).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ticketserver.shared.counter_devices import USUAL_MODELS, Box, Bus, Panel
from ticketserver.shared.device_models import Alphabet, BoxModel, PanelModel, PrinterModel
from ticketserver.shared.devices import Printer
from ticketserver.shared.fields import KeyName

if TYPE_CHECKING:
    from ticketserver.shared.settings import Settings


def printer_model(settings: "Settings", printer: Printer) -> PrinterModel:
    return settings.models.printer[printer.model]


def box_model(settings: "Settings", bus: Bus, box: Box) -> BoxModel:
    return settings.models.box[box_model_name(bus, box)]


def box_model_name(bus: Bus, box: Box) -> str:
    """The model that is meant where none is written."""
    return box.model or USUAL_MODELS[bus.protocol]


def box_keys(model: BoxModel, box: Box) -> Mapping[str, KeyName]:
    """Short presses: the maker's key → what it means; of a part of a module, those on its own inputs."""
    return {**_within(model, box, model.keys), **box.keys}


def box_long_keys(model: BoxModel, box: Box) -> Mapping[str, KeyName]:
    return {**_within(model, box, model.long_keys), **box.long_keys}


def _within(model: BoxModel, box: Box, keys: Mapping[str, KeyName]) -> Mapping[str, KeyName]:
    if model.protocol != "modbus":
        return keys
    return {key: meaning for key, meaning in keys.items() if int(key) <= box_inputs(model, box)}


def box_inputs(model: BoxModel, box: Box) -> int:
    """How many inputs of its module a box has, where it is on one: by default all from its first on."""
    return box.inputs or max(model.inputs - box.first_input, 0)


def box_characters(model: BoxModel, box: Box) -> int:
    return model.characters if box.characters < 0 else box.characters


def panel_model(settings: "Settings", panel: Panel) -> PanelModel | None:
    """None for a panel that somebody else drives."""
    return settings.models.panel[panel.model] if panel.model else None


def panel_characters(settings: "Settings", panel: Panel) -> int:
    model = panel_model(settings, panel)
    return panel.characters or (model.characters if model else 0)


def panel_alphabet(settings: "Settings", panel: Panel) -> Alphabet:
    model = panel_model(settings, panel)
    return panel.alphabet or (model.alphabet if model else "text")
