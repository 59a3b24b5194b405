"""Virtual call boxes: the front of a box, and what a bus of them does whatever its language.

A bus hears what the host sends (`hear` → what the boxes answer) and turns a finger on a key into bytes (`press`,
`release`). Keys carry the hall's names: next recall start finish rating pause redirect.
"""

from dataclasses import dataclass
from typing import Protocol

BYTE_LIMIT = 512


class NoSuchKey(Exception):
    """The text says which keys or addresses there are."""


@dataclass
class VirtualBox:
    """The front of one box. `beeps` counts all beeps since power-on; `blink_ms` is the half period, 0 steady."""

    address: int
    colour: str = "off"
    blink_ms: int = 0
    beeps: int = 0
    text: str = ""
    text_blinks: bool = False
    dead: bool = False


class VirtualBus(Protocol):
    """Boxes on one line, as the terminal and the control socket use them."""

    boxes: dict[int, VirtualBox]
    baud: int

    def hear(self, data: bytes) -> bytes: ...
    def press(self, address: int, key: str) -> bytes: ...
    def release(self, address: int, key: str) -> bytes: ...
