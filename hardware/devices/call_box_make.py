"""Buses made from plain values: a link address, a protocol, boxes. Nothing is opened yet."""

from collections.abc import Mapping, Sequence
from functools import partial

from hardware.devices.call_box import CallBoxBus
from hardware.devices.call_box_parts import BoxSpec
from hardware.devices.call_box_text import LINE_KEYS, LineFormat, LineWords, TextLines
from hardware.devices.call_box_ub485 import UB485_ADDRESSES, UB485_KEYS, Ub485
from hardware.transports.open import open_link, parse_address

__all__ = ["LineFormat", "LineWords", "line_bus", "ub485_bus"]


def ub485_bus(link: str, boxes: Sequence[BoxSpec]) -> CallBoxBus:
    """UB485 boxes on `link`; a box's `keys` add to the usual ones. Raises `ValueError` naming what is wrong."""
    parse_address(link)
    addresses = [box.address for box in boxes]
    for address in addresses:
        if address not in UB485_ADDRESSES:
            raise ValueError(f"UB485 address {address}: allowed {UB485_ADDRESSES[0]} to {UB485_ADDRESSES[-1]}")
    return CallBoxBus(partial(open_link, link), lambda: Ub485(addresses), _with_keys(boxes, UB485_KEYS))


def line_bus(link: str, boxes: Sequence[BoxSpec], words: LineWords) -> CallBoxBus:
    """Line boxes on `link`; a box's `keys` add to the usual ones. Raises `ValueError` naming what is wrong."""
    parse_address(link)
    return CallBoxBus(partial(open_link, link), lambda: TextLines(words), _with_keys(boxes, LINE_KEYS))


def _with_keys(boxes: Sequence[BoxSpec], usual: Mapping[str, str]) -> list[BoxSpec]:
    return [BoxSpec(box.address, {**usual, **box.keys}, box.characters) for box in boxes]
