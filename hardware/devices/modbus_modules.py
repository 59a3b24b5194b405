"""Input modules as values: where a model keeps what, and which of a unit's inputs are a box.

A box is some inputs of a unit, in a row; several boxes may share a unit. Its keys are those inputs, named "1", "2", …
from its first one. Its lamps and its beeper are coils of the same unit, counted from the box's first input on, so that
the second box of a module is wired like the first. To the bridge a box is one number, `place(unit, first_input)`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from hardware.codecs.modbus import READ_COILS, READ_HOLDING, READ_INPUT_REGISTERS, READ_INPUTS
from hardware.devices.call_box_parts import BoxSpec, Led

NO_ADDRESS: Final = -1
_PLACES: Final = 256


@dataclass(frozen=True)
class ModuleModel:
    """One model of module. Addresses as on the wire, from 0; `NO_ADDRESS` where it has no such thing.

    `function` 1 or 2 reads `inputs` contacts from `first`, 1 = closed unless `inverted`. A module may remember closings
    until they are read: as latches, read with the same function from `latch_first` and cleared all at once by the coil
    `latch_clear`; or as 32-bit counters, high word first, read with `counter_function` 3 or 4 from `counter_first` and
    started by the coils from `counter_start` on. `coils` lights up these outputs for each light, `beep_coil` sounds;
    with `together` neighbouring outputs are set by one question (function 15).
    """

    function: int = READ_INPUTS
    first: int = 0
    inputs: int = 8
    inverted: bool = False
    latch_first: int = NO_ADDRESS
    latch_clear: int = NO_ADDRESS
    counter_first: int = NO_ADDRESS
    counter_function: int = READ_INPUT_REGISTERS
    counter_start: int = NO_ADDRESS
    coils: Mapping[Led, tuple[int, ...]] = field(default_factory=dict)
    beep_coil: int = NO_ADDRESS
    together: bool = False

    def __post_init__(self) -> None:
        if self.function not in (READ_COILS, READ_INPUTS):
            raise ValueError(f"module model: function {self.function} reads no contacts; 1 or 2 does")
        if self.counter_function not in (READ_HOLDING, READ_INPUT_REGISTERS):
            raise ValueError(f"module model: function {self.counter_function} reads no counters; 3 or 4 does")
        if self.latch_first != NO_ADDRESS and self.latch_clear == NO_ADDRESS:
            raise ValueError("module model: latches that no coil clears remember one press only; give latch_clear")
        if self.latch_first != NO_ADDRESS and self.counter_first != NO_ADDRESS:
            raise ValueError("module model: latches and counters both; give those that are to be read")

    @property
    def contacts(self) -> "ModuleModel":
        """The model without lamps and beeper, which every box of a unit has as it is wired."""
        return replace(self, coils={}, beep_coil=NO_ADDRESS, together=False)

    @property
    def remembers(self) -> bool:
        """Whether a press that no reading met is not lost."""
        return self.latch_first != NO_ADDRESS or self.counter_first != NO_ADDRESS


@dataclass(frozen=True)
class ModuleBox(BoxSpec):
    """A box on a module: `inputs` of them from the one that `address` names (see `place`)."""

    inputs: int = 8
    model: ModuleModel = ModuleModel()

    @property
    def unit(self) -> int:
        return self.address // _PLACES

    @property
    def first_input(self) -> int:
        return self.address % _PLACES


def place(unit: int, first_input: int) -> int:
    """The number of the box that begins at `first_input` (from 0) of a unit."""
    return unit * _PLACES + first_input


def boxes_by_unit(boxes: Sequence[ModuleBox], units: range) -> Mapping[int, list[ModuleBox]]:
    """unit → its boxes; `ValueError` names a box that is not possible beside the others."""
    found: dict[int, list[ModuleBox]] = {}
    for box in sorted(boxes, key=lambda box: box.address):
        if box.unit not in units:
            raise ValueError(f"Modbus unit {box.unit}: {units[0]} to {units[-1]}")
        name = f"box at unit {box.unit} from input {box.first_input}"
        if box.inputs < 1 or box.first_input + box.inputs > box.model.inputs:
            raise ValueError(f"{name}: has {box.inputs} inputs, and its module {box.model.inputs} counted from 0")
        for key in (*box.keys, *(box.long_keys or {})):
            if key not in map(str, range(1, box.inputs + 1)):
                raise ValueError(f"{name}: key {key!r}; its keys are its inputs, 1 to {box.inputs}")
        neighbours = found.setdefault(box.unit, [])
        if neighbours and neighbours[-1].model.contacts != box.model.contacts:
            raise ValueError(f"{name}: the unit's other box has another model; a unit is one module")
        if neighbours and neighbours[-1].first_input + neighbours[-1].inputs > box.first_input:
            raise ValueError(f"{name}: that input belongs to the unit's other box already")
        neighbours.append(box)
    return found
