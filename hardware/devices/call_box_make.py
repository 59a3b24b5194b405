"""Buses made from plain values: a link address, a protocol, boxes. Nothing is opened yet."""

from collections.abc import Sequence
from functools import partial

from hardware.devices.bus_time import meets_presses, ub485_slot_ms
from hardware.devices.call_box import CallBoxBus
from hardware.devices.call_box_keys21 import Keys21, Keys21Codes
from hardware.devices.call_box_parts import BoxSpec
from hardware.devices.call_box_text import LineFormat, LineWords, TextLines
from hardware.devices.call_box_ub485 import UB485_ADDRESSES, UB485_BAUD, Ub485
from hardware.devices.keypad import KEYPAD_ADDRESS, Keypad, is_keypad_key
from hardware.devices.opening import Opener, open_link
from hardware.transports.open import SerialAddress, parse_address, parse_input

__all__ = ["Keys21Codes", "LineFormat", "LineWords", "keypad_bus", "keys21_bus", "line_bus", "ub485_bus"]


def ub485_bus(link: str, boxes: Sequence[BoxSpec], *, poll: bool = False, opener: Opener = open_link) -> CallBoxBus:
    """UB485 boxes on `link`. With `poll` they are also asked for the key they
    hold. Raises `ValueError` naming what is wrong."""
    where = parse_address(link)
    slot_ms = ub485_slot_ms(where.baud if isinstance(where, SerialAddress) else UB485_BAUD) if poll else 0
    addresses = [box.address for box in boxes]
    for address in addresses:
        if address not in UB485_ADDRESSES:
            raise ValueError(f"UB485 address {address}: allowed {UB485_ADDRESSES[0]} to {UB485_ADDRESSES[-1]}")
    if not meets_presses(slot_ms * len(boxes)):
        raise ValueError(f"{len(boxes)} polled boxes take {slot_ms * len(boxes)} ms a round, longer than a short press")
    return CallBoxBus(partial(opener, link), lambda: Ub485(addresses, slot_ms), boxes)


def line_bus(link: str, boxes: Sequence[BoxSpec], words: LineWords, *, opener: Opener = open_link) -> CallBoxBus:
    """Line boxes on `link`. Raises `ValueError` naming what is wrong."""
    parse_address(link)
    return CallBoxBus(partial(opener, link), lambda: TextLines(words), boxes)


def keys21_bus(link: str, boxes: Sequence[BoxSpec], codes: Keys21Codes, *, opener: Opener = open_link) -> CallBoxBus:
    """21-key boxes on `link`; their keys are named by two hexadecimal digits. Raises `ValueError` naming what is
    wrong."""
    parse_address(link)
    for box in boxes:
        for key in box.keys:
            if not (len(key) == 2 and all(digit in "0123456789abcdef" for digit in key)):
                raise ValueError(f"21-key box key {key!r}: two hexadecimal digits in small letters, e.g. '0b'")
    return CallBoxBus(partial(opener, link), lambda: Keys21(codes), boxes)


def keypad_bus(link: str, boxes: Sequence[BoxSpec], *, opener: Opener = open_link) -> CallBoxBus:
    """The one keypad on `link`, an input device; keys have the kernel's names without KEY_. Raises `ValueError` naming
    what is wrong."""
    parse_input(link)
    if [box.address for box in boxes] != [KEYPAD_ADDRESS]:
        raise ValueError(f"a keypad is alone on its link and has the address {KEYPAD_ADDRESS}")
    for key in (*boxes[0].keys, *(boxes[0].long_keys or {})):
        if not is_keypad_key(key):
            raise ValueError(f"keypad key {key!r}: KP0 to KP9, KPENTER, KPPLUS, … or KEY and the kernel's number")
    return CallBoxBus(partial(opener, link), lambda: Keypad(boxes[0].keys), boxes)
