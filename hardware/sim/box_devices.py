"""Virtual call boxes: the front of a box, and what a bus of them does whatever its language.

A bus hears what the host sends (`hear` → what the boxes answer) and turns a finger on a key into bytes (`press`,
`release`). Keys carry the hall's names: next recall start finish rating pause redirect.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Protocol

from hardware.sim.control import SWITCHES

BYTE_LIMIT = 512
ASKED_LIMIT = 500


class NoSuchKey(Exception):
    """The text says which keys or addresses there are."""


@dataclass
class VirtualBox:
    """The front of one box. `beeps` counts all beeps since power-on; `blink_ms` is the half period, 0 steady; `held`
    are the keys under a finger now; `asked_s` is when the host asked it last, seconds of a growing clock."""

    address: int
    colour: str = "off"
    blink_ms: int = 0
    beeps: int = 0
    text: str = ""
    text_blinks: bool = False
    dead: bool = False
    held: list[str] = field(default_factory=list)
    asked_s: deque[float] = field(default_factory=lambda: deque(maxlen=ASKED_LIMIT))

    def contact(self, key: str, closed: bool) -> None:
        """A key's contact closes or opens."""
        if closed and key not in self.held:
            self.held.append(key)
        elif not closed and key in self.held:
            self.held.remove(key)

    def fault(self, name: str, value: str) -> None:
        """Break the box or mend it; `NoSuchKey` says how."""
        if name != "dead" or value not in SWITCHES:
            raise NoSuchKey(f"unknown fault {name} {value} of a box; there is dead on|off")
        self.dead = SWITCHES[value]

    def front(self) -> dict[str, Any]:
        """What a person sees of it."""
        names = ("address", "colour", "blink_ms", "beeps", "text", "text_blinks", "dead", "held")
        return {name: getattr(self, name) for name in names}

    def cycles_ms(self) -> list[float]:
        """The times from one question of the host's to the next."""
        times = list(self.asked_s)
        return [round((later - earlier) * 1000, 3) for earlier, later in pairwise(times)]


class VirtualBus(Protocol):
    """Boxes on one line, as the terminal and the control socket use them."""

    baud: int

    @property
    def boxes(self) -> Mapping[int, VirtualBox]: ...

    def hear(self, data: bytes) -> bytes: ...
    def press(self, address: int, key: str) -> bytes: ...
    def release(self, address: int, key: str) -> bytes: ...
