"""A USB keypad as a call box: one box, address 0, alone on its link, without a light, a display or a sound.

Each key means one thing by itself; nothing is typed, so there is no half-typed number to forget or to mistake for a
call. Both edges of a key are told, so a key may have a second meaning when it is held. A refused press cannot be heard
here: the clerk sees on the console what became of it.

Many keypads send NumLock around each digit to set it as they need it. It means nothing unless the box's keys name it.
"""

from collections.abc import Collection
from typing import Final

from hardware.codecs.input_events import KEY_NAMES, Decoder
from hardware.devices.call_box_parts import BoxSpec, Look, PlainLanguage, Signal

KEYPAD_ADDRESS: Final = 0
NUMLOCK: Final = "NUMLOCK"


def is_keypad_key(name: str) -> bool:
    """Whether a keypad can have a key of this name."""
    number = name.removeprefix("KEY")
    return name in KEY_NAMES.values() or (number != name and number.isdecimal() and int(number) not in KEY_NAMES)


class Keypad(PlainLanguage):
    """One opened keypad; `keys` are those that mean something. Nothing is ever said to it."""

    gap_ms = 0
    box_gap_ms = 0

    def __init__(self, keys: Collection[str]) -> None:
        self._ignored = frozenset({NUMLOCK}).difference(keys)
        self._decoder = Decoder()

    def heard(self, data: bytes, now_ms: int) -> list[Signal]:
        return [
            Signal("down" if event.down else "up", KEYPAD_ADDRESS, event.key)
            for event in self._decoder.feed(data, now_ms)
            if event.key not in self._ignored
        ]

    def look(self, box: BoxSpec, look: Look) -> list[bytes]:
        return []

    def beep(self, box: BoxSpec, look: Look) -> bytes | None:
        return None

    def ping(self, address: int) -> bytes | None:
        return None
