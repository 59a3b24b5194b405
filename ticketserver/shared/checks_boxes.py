"""What must hold for call boxes and rating pads: addresses their bus can carry, models that speak its language.

| protocol | address | boxes at one address |
|---|---|---|
| ub485 | 32 to 254 | one |
| modbus-rtu, modbus-tcp | unit 1 to 247 | several, each with inputs of its own |
| line, keys21 | 0 to 255 | one |
| keypad | 0 | one, and no other on the link |
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ticketserver.shared.checks_names import Names, counters_of
from ticketserver.shared.counter_devices import Box, Bus, BusProtocol
from ticketserver.shared.device_models import BoxModel
from ticketserver.shared.device_values import box_inputs, box_keys, box_long_keys, box_model_name
from ticketserver.shared.problems import Path, Problem
from ticketserver.shared.reading import Tables

if TYPE_CHECKING:
    from ticketserver.shared.settings import Settings

ADDRESSES: Mapping[BusProtocol, range] = {
    "ub485": range(0x20, 0xFF),
    "modbus-rtu": range(1, 248),
    "modbus-tcp": range(1, 248),
    "line": range(256),
    "keys21": range(256),
    "keypad": range(1),
}


LINKS: Mapping[BusProtocol, tuple[str, ...]] = {"modbus-tcp": ("tcp:",), "keypad": ("input:",)}
"""Which links a protocol can be on; the others are on serial lines, also behind the network."""
UB485_SPEED = "baud=57600"


def box_problems(settings: "Settings", tables: Tables) -> Iterator[Problem]:
    counters = counters_of(settings, tables)
    served: set[tuple[str, int]] = set()
    for index, bus in enumerate(settings.bus):
        known = Names(tables, (name for name, model in settings.models.box.items() if speaks(bus, model)))
        yield from _link(tables, index, bus)
        inputs: set[tuple[int, int]] = set()
        modules: dict[int, BoxModel] = {}
        for place, box in enumerate(bus.box):
            here: Path = ("bus", index, "box", place)
            yield from counters.one((*here, "counter"), box.counter)
            yield from _address(tables, here, bus, box)
            name = box_model_name(bus, box)
            yield from known.one((*here, "model"), name)
            if name not in known.known:
                continue
            model = settings.models.box[name]
            if (model.kind, box.counter) in served:
                yield tables.problem((*here, "counter"), "repeated", box.counter, "unique")
            served.add((model.kind, box.counter))
            mine = {(box.address, number) for number in inputs_of(model, box)}
            if mine & inputs:
                key = "first_input" if model.protocol == "modbus" else "address"
                yield tables.problem((*here, key), "repeated", getattr(box, key), "unique")
            inputs |= mine
            if model.protocol == "modbus" and modules.setdefault(box.address, model).module != model.module:
                yield tables.problem((*here, "model"), "two_modules", name)
            yield from _keys(tables, here, model, box)


def speaks(bus: Bus, model: BoxModel) -> bool:
    """Whether boxes of this model can be on this bus."""
    return model.protocol == ("modbus" if bus.protocol.startswith("modbus") else bus.protocol)


def inputs_of(model: BoxModel, box: Box) -> range:
    """The inputs of its module that a box has; of a box that is no module, its one place at the address."""
    if model.protocol != "modbus":
        return range(1)
    return range(box.first_input, box.first_input + box_inputs(model, box))


def _link(tables: Tables, index: int, bus: Bus) -> Iterator[Problem]:
    here: Path = ("bus", index, "link")
    if not bus.link.startswith(LINKS.get(bus.protocol, ("serial:", "tcp:"))):
        yield tables.problem(here, "wrong_value", bus.link, f"{bus.protocol.replace('-', '_')}_link")
    elif bus.protocol == "ub485" and bus.link.startswith("serial:") and UB485_SPEED not in bus.link:
        yield tables.problem(here, "wrong_value", bus.link, "ub485_link")


def _address(tables: Tables, here: Path, bus: Bus, box: Box) -> Iterator[Problem]:
    allowed = ADDRESSES[bus.protocol]
    if box.address not in allowed:
        limits = {"least": str(allowed[0]), "most": str(allowed[-1])}
        yield tables.problem((*here, "address"), "wrong_value", box.address, "whole_between", **limits)


def _keys(tables: Tables, here: Path, model: BoxModel, box: Box) -> Iterator[Problem]:
    if model.protocol == "modbus":
        mine = inputs_of(model, box)
        if not mine or mine[-1] >= model.inputs:
            key = "inputs" if box.first_input < model.inputs else "first_input"
            most = model.inputs - box.first_input if key == "inputs" else model.inputs - 1
            limits = {"least": "1" if key == "inputs" else "0", "most": str(most)}
            yield tables.problem((*here, key), "wrong_value", getattr(box, key), "whole_between", **limits)
        known = [str(number) for number in range(1, len(mine) + 1)]
        for table, own in (("keys", box.keys), ("long_keys", box.long_keys)):
            for key in own:
                if key not in known:
                    choices = ", ".join(known)
                    yield tables.problem((*here, table, key), "unknown_key", key, "keys", choices=choices)
    if model.protocol == "ub485":
        # Four keys, and no word of their being let go.
        for table, own, known in (("keys", box.keys, list(model.keys)), ("long_keys", box.long_keys, [])):
            for key in own:
                if key not in known:
                    choices = ", ".join(known) or "–"
                    yield tables.problem((*here, table, key), "unknown_key", key, "keys", choices=choices)
    for table, keys in (("keys", box_keys(model, box)), ("long_keys", box_long_keys(model, box))):
        for key, meaning in keys.items():
            if meaning.startswith("level_") != (model.kind == "rating_pad"):
                yield tables.problem((*here, table), "wrong_kind_of_key", f"{key} = {meaning}")
