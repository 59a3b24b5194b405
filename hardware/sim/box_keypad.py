"""A virtual USB keypad: what Linux says of one, event by event, 24 bytes each.

For each edge of a key the kernel tells the scan code (type 4), the key (type 1: value 1 pressed, 0 let go) and a
report (type 0), all at one time. Here they leave through a pseudo-terminal, which `input:` links open like a device.
"""

import struct
import time
from collections.abc import Mapping
from types import MappingProxyType

from hardware.sim.box_devices import NoSuchKey, VirtualBox

CODES: Mapping[str, int] = MappingProxyType(
    {
        "KP0": 82, "KP1": 79, "KP2": 80, "KP3": 81, "KP4": 75, "KP5": 76, "KP6": 77, "KP7": 71, "KP8": 72, "KP9": 73,
        "KPENTER": 96, "KPPLUS": 78, "KPMINUS": 74, "KPASTERISK": 55, "KPSLASH": 98, "KPDOT": 83, "NUMLOCK": 69,
        "BACKSPACE": 14, "ENTER": 28,
    }
)  # fmt: skip
LABELS: Mapping[str, str] = MappingProxyType(
    {
        "next": "KPENTER", "recall": "KP0", "start": "KPPLUS", "finish": "KPMINUS", "rating": "KPASTERISK",
        "pause": "KPDOT", "redirect": "KPSLASH",
        "level_1": "KP1", "level_2": "KP2", "level_3": "KP3", "level_4": "KP4", "level_5": "KP5",
    }
)  # fmt: skip
"""What stands on the caps of a keypad used as a call box or rating pad → the key under it."""
KEYPAD_ADDRESS = 0
REPORT, KEY, SCAN = 0, 1, 4
SCAN_VALUE = 4


class KeypadBus:
    """One keypad, address 0. It has no light and hears nothing."""

    baud = 115200

    def __init__(self, addresses: list[int]) -> None:
        if addresses != [KEYPAD_ADDRESS]:
            raise NoSuchKey(f"a keypad is alone on its link and has the address {KEYPAD_ADDRESS}")
        self.boxes = {KEYPAD_ADDRESS: VirtualBox(KEYPAD_ADDRESS)}

    def press(self, address: int, key: str) -> bytes:
        return edge(key, 1)

    def release(self, address: int, key: str) -> bytes:
        return edge(key, 0)

    def hear(self, data: bytes) -> bytes:
        return b""


def edge(key: str, value: int) -> bytes:
    """The events of one key going down (1) or up (0), at the present time."""
    code = CODES.get(LABELS.get(key, key))
    if code is None:
        raise NoSuchKey(f"a keypad has no key {key}; it has {', '.join(CODES)}, or {', '.join(LABELS)}")
    seconds, nanoseconds = divmod(time.time_ns(), 1_000_000_000)
    at = struct.pack("<QQ", seconds, nanoseconds // 1000)
    events = ((SCAN, SCAN_VALUE, code), (KEY, code, value), (REPORT, 0, 0))
    return b"".join(at + struct.pack("<HHi", *event) for event in events)
