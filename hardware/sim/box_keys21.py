"""Virtual 21-key boxes: 21 keys, a light, a beeper and a line of text; frames FF 68 L L 68 adr cmd data CS 16.

The frame is the same with all makers. Which command means what, where the key stands in the data and the code of the
first key are said when the box is started, since makers differ.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hardware.sim.box_devices import BYTE_LIMIT, NoSuchKey, VirtualBox

KEY_COUNT = 21
CONTENT_BYTES = range(2, 65)
"""What a box can take in one frame, from address to data."""
KEYS21: Mapping[str, int] = MappingProxyType(
    {
        "next": 1, "recall": 2, "start": 3, "finish": 4, "rating": 5, "pause": 6, "redirect": 7,
        "level_1": 1, "level_2": 2, "level_3": 3, "level_4": 4, "level_5": 5,
    }
)  # fmt: skip
"""Name on the key of a call box or rating pad → its number, from 1; every key also answers to its number."""
LIGHTS = (
    ("off", 0), ("red", 0), ("green", 0), ("red", 200), ("green", 500), ("red", 500), ("green", 1000),
)  # fmt: skip
"""Colour and half period of blinking by the code in a light's frame."""


@dataclass(frozen=True)
class Keys21Wording:
    """The commands of one maker, and where in a press's data the key stands."""

    press_cmd: int = 0x01
    key_at: int = 0
    first_key: int = 0x01
    led_cmd: int = 0x02
    text_cmd: int = 0x03
    beep_cmd: int = 0x04


class Keys21Bus:
    """Boxes with 21 keys each, numbered from 1."""

    def __init__(self, addresses: list[int], wording: Keys21Wording, baud: int = 9600) -> None:
        for address in addresses:
            if not 0 <= address <= 0xFF:
                raise NoSuchKey(f"address {address:#x}: a 21-key box has 0x00 to 0xff")
        self.baud = baud
        self.boxes = {address: VirtualBox(address) for address in addresses}
        self._wording = wording
        self._line = b""

    def press(self, address: int, key: str) -> bytes:
        number = KEYS21[key] if key in KEYS21 else int(key) if key.isdecimal() else 0
        if not 1 <= number <= KEY_COUNT:
            raise NoSuchKey(f"a 21-key box has no key {key}; it has 1 to {KEY_COUNT}, or {', '.join(KEYS21)}")
        code = (self._wording.first_key + number - 1) % 256
        data = bytes(self._wording.key_at) + bytes([code])
        return framed(address, self._wording.press_cmd, data)

    def release(self, address: int, key: str) -> bytes:
        return b""

    def hear(self, data: bytes) -> bytes:
        self._line = (self._line + data)[-BYTE_LIMIT:]
        while (start := self._line.find(0xFF)) >= 0:
            self._line = self._line[start:]
            if len(self._line) < 5:
                break
            mark, length, again, second = self._line[1:5]
            if mark != 0x68 or second != 0x68 or length != again or length not in CONTENT_BYTES:
                self._line = self._line[1:]
                continue
            if len(self._line) < length + 7:
                break
            content, sum_byte, end = self._line[5 : 5 + length], self._line[5 + length], self._line[6 + length]
            if sum_byte == sum(content) % 256 and end == 0x16:
                self._obey(content[0], content[1], content[2:])
                self._line = self._line[length + 7 :]
            else:
                self._line = self._line[1:]
        return b""

    def _obey(self, address: int, command: int, data: bytes) -> None:
        box = self.boxes.get(address)
        if box is None or box.dead:
            return
        if command == self._wording.led_cmd and data and data[0] < len(LIGHTS):
            box.colour, box.blink_ms = LIGHTS[data[0]]
        elif command == self._wording.text_cmd:
            box.text = data.decode("latin-1")
        elif command == self._wording.beep_cmd:
            box.beeps += 1


def framed(address: int, command: int, data: bytes) -> bytes:
    """One frame as the boxes and their host send it."""
    content = bytes([address, command]) + data
    return bytes([0xFF, 0x68, len(content), len(content), 0x68]) + content + bytes([sum(content) % 256, 0x16])
