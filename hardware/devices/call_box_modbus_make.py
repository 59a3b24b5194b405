"""Modbus buses made from plain values, and whether such a bus is fast enough. Nothing is opened here."""

from collections.abc import Sequence
from functools import partial

from hardware.devices.bus_time import meets_presses, rtu_cycle_ms, tcp_cycle_ms
from hardware.devices.call_box_modbus import ModbusBus
from hardware.devices.modbus_medium import network_medium, serial_medium
from hardware.devices.modbus_modules import ModuleBox
from hardware.devices.opening import Opener, open_link
from hardware.transports.open import DEFAULT_BAUD, SerialAddress, parse_address


def modbus_rtu_bus(link: str, boxes: Sequence[ModuleBox], *, opener: Opener = open_link) -> ModbusBus:
    """Boxes on modules on a serial line; one behind a serial server on the network is taken for a line of 9600 baud.
    Raises `ValueError` naming what is wrong."""
    where = parse_address(link)
    baud = where.baud if isinstance(where, SerialAddress) else DEFAULT_BAUD
    return ModbusBus(partial(opener, link), serial_medium(baud), boxes)


def modbus_tcp_bus(link: str, boxes: Sequence[ModuleBox], *, opener: Opener = open_link) -> ModbusBus:
    """Boxes on modules behind one network address. Raises `ValueError` naming what is wrong."""
    if isinstance(parse_address(link), SerialAddress):
        raise ValueError(f"link {link!r}: Modbus TCP runs over a network; write tcp:HOST:502")
    return ModbusBus(partial(opener, link), network_medium(), boxes)


def modbus_cycle_ms(bus: ModbusBus) -> float:
    """How long one round over all units of a bus takes."""
    baud = bus.medium.baud
    return rtu_cycle_ms(baud, bus.exchanges()) if baud else tcp_cycle_ms(bus.exchanges())


def loses_presses(bus: ModbusBus) -> bool:
    """Whether a press can come and go between two readings, on a module that does not remember it."""
    return not bus.remembers and not meets_presses(modbus_cycle_ms(bus))
