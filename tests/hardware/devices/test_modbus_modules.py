"""Boxes on modules as values: what is possible, and what is told about the rest."""

import pytest

from hardware.devices.modbus_modules import ModuleBox, ModuleModel, boxes_by_unit, place

UNITS = range(1, 248)


def box(unit: int, first: int, inputs: int = 4, **more) -> ModuleBox:
    return ModuleBox(place(unit, first), more.pop("keys", {"1": "next"}), inputs=inputs, **more)


def test_places() -> None:
    one = box(3, 4)
    assert (one.address, one.unit, one.first_input) == (772, 3, 4)
    assert boxes_by_unit([box(2, 4), box(1, 0), box(2, 0)], UNITS) == {1: [box(1, 0)], 2: [box(2, 0), box(2, 4)]}


@pytest.mark.parametrize(
    ("boxes", "problem"),
    [
        ([box(0, 0)], "unit 0: 1 to 247"),
        ([box(248, 0)], "unit 248: 1 to 247"),
        ([box(1, 5)], "unit 1 from input 5: has 4 inputs, and its module 8"),
        ([box(1, 0, 0)], "has 0 inputs"),
        ([box(1, 0, keys={"5": "next"})], "key '5'; its keys are its inputs, 1 to 4"),
        ([box(1, 0, keys={"01": "next"})], "key '01'"),
        ([box(1, 0, long_keys={"N": "pause"})], "key 'N'"),
        ([box(1, 0), box(1, 3)], "from input 3: that input belongs to the unit's other box"),
        ([box(1, 0), box(1, 0)], "that input belongs to"),
        ([box(1, 0), box(1, 4, model=ModuleModel(inverted=True))], "another model; a unit is one module"),
    ],
)
def test_impossible_boxes_are_named(boxes: list[ModuleBox], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        boxes_by_unit(boxes, UNITS)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"function": 3}, "function 3 reads no contacts"),
        ({"counter_function": 2}, "function 2 reads no counters"),
        ({"latch_first": 64}, "give latch_clear"),
        ({"latch_first": 64, "latch_clear": 263, "counter_first": 0}, "latches and counters both"),
    ],
)
def test_impossible_models_are_named(values: dict[str, int], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        ModuleModel(**values)


def test_which_models_remember() -> None:
    assert not ModuleModel().remembers
    assert ModuleModel(latch_first=64, latch_clear=263).remembers
    assert ModuleModel(counter_first=0).remembers
