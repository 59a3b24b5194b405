"""Cycle times of polled buses: the figures of the table, and what is too slow."""

import pytest

from hardware.devices.bus_time import meets_presses, rtu_cycle_ms, tcp_cycle_ms, ub485_slot_ms
from hardware.devices.call_box_modbus_make import loses_presses, modbus_cycle_ms, modbus_rtu_bus, modbus_tcp_bus
from hardware.devices.modbus_modules import ModuleBox, ModuleModel, place

LATCHES = ModuleModel(latch_first=64, latch_clear=263)


@pytest.mark.parametrize(
    ("cycle_ms", "expected"),
    [
        (rtu_cycle_ms(9600, [14]), 24.6),
        (rtu_cycle_ms(9600, [14] * 3), 73.8),
        (rtu_cycle_ms(115200, [14]), 6.7),
        (rtu_cycle_ms(115200, [14] * 14), 94.0),
        (tcp_cycle_ms([14] * 9), 90.0),
        (16 * ub485_slot_ms(57600), 64.0),
    ],
)
def test_the_table(cycle_ms: float, expected: float) -> None:
    assert cycle_ms == pytest.approx(expected, abs=0.1)
    assert meets_presses(cycle_ms)


def test_what_is_too_slow() -> None:
    assert meets_presses(rtu_cycle_ms(9600, [14] * 4))
    assert not meets_presses(rtu_cycle_ms(9600, [14] * 5))
    assert not meets_presses(rtu_cycle_ms(115200, [14] * 15))
    assert not meets_presses(26 * ub485_slot_ms(57600))
    assert ub485_slot_ms(9600) == 10


def rtu(units: int, model: ModuleModel, baud: int = 9600):
    boxes = [ModuleBox(place(unit, 0), {"1": "next"}, model=model) for unit in range(1, units + 1)]
    return modbus_rtu_bus(f"serial:/dev/ttyUSB0?baud={baud}", boxes)


def test_a_bus_as_it_is_set_up_knows_its_cycle() -> None:
    assert modbus_cycle_ms(rtu(3, ModuleModel())) == pytest.approx(73.8, abs=0.1)
    assert modbus_cycle_ms(rtu(14, ModuleModel(), 115200)) == pytest.approx(94.0, abs=0.1)
    assert not loses_presses(rtu(3, ModuleModel()))
    assert loses_presses(rtu(5, ModuleModel()))
    assert modbus_cycle_ms(rtu(5, LATCHES)) == pytest.approx(2 * 5 * 24.6, abs=0.2)
    assert not loses_presses(rtu(5, LATCHES))
    half = [ModuleBox(place(1, first), {"1": "next"}, inputs=4) for first in (0, 4)]
    assert modbus_rtu_bus("serial:/dev/ttyUSB0", half).exchanges() == [14]
    network = modbus_tcp_bus("tcp:10.0.0.9:502", half)
    assert modbus_cycle_ms(network) == 10
    assert not loses_presses(network)


def test_links_are_checked() -> None:
    boxes = [ModuleBox(place(1, 0), {"1": "next"})]
    assert modbus_rtu_bus("tcp:10.0.0.9:4001", boxes).medium.baud == 9600
    with pytest.raises(ValueError, match="Modbus TCP runs over a network"):
        modbus_tcp_bus("serial:/dev/ttyUSB0", boxes)
    with pytest.raises(ValueError, match="starts with neither"):
        modbus_rtu_bus("/dev/ttyUSB0", boxes)
