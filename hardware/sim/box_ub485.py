"""Virtual UB485 boxes: four keys, a light with a beeper, three characters; byte by byte after their document.

A key is told when it is pressed. Polled, a box tells the key that is held at that moment, and nothing where none is.
"""

import time
from collections.abc import Mapping
from types import MappingProxyType

from hardware.sim.box_devices import BYTE_LIMIT, NoSuchKey, VirtualBox
from hardware.sim.frames import whole_frames

UB485_KEYS: Mapping[str, int] = MappingProxyType(
    {"next": 0x31, "recall": 0x31, "start": 0x32, "redirect": 0x33, "finish": 0x34}
)


class Ub485Bus:
    """Four-key boxes, 57600 8N1: frames 01 adr … 07 (light, display), 04 adr 07 (poll), 03 old new 07 (address)."""

    baud = 57600
    COLOURS = ("off", "red", "green", "red", "green", "red", "green")
    BLINKS_MS = (0, 0, 0, 200, 200, 500, 500)

    def __init__(self, addresses: list[int]) -> None:
        for address in addresses:
            if not 0x20 <= address <= 0xFE:
                raise NoSuchKey(f"address {address:#x}: a UB485 box has 0x20 to 0xfe")
        self.boxes = {address: VirtualBox(address) for address in addresses}
        self._line = b""

    def press(self, address: int, key: str) -> bytes:
        if key not in UB485_KEYS:
            raise NoSuchKey(f"a UB485 box has no key {key}; it has next (= recall), start, redirect, finish")
        return bytes([0x01, address, UB485_KEYS[key], 0x07])

    def release(self, address: int, key: str) -> bytes:
        return b""

    def hear(self, data: bytes) -> bytes:
        self._line = (self._line + data)[-BYTE_LIMIT:]
        frames, self._line = whole_frames(self._line, self._frame_length)
        return b"".join(map(self._obey, frames))

    def _frame_length(self, line: bytes) -> int | None:
        allowed = {0x01: (4, 7), 0x03: (4,), 0x04: (3,)}.get(line[0])
        if allowed is None:
            return 0
        for length in allowed:
            if len(line) < length:
                return None
            if line[length - 1] == 0x07:
                return length
        return 0

    def _obey(self, frame: bytes) -> bytes:
        """Do what the host says; → the answer."""
        box = self.boxes.get(frame[1])
        if box is None or box.dead:
            return b""
        if frame[0] == 0x04:
            box.asked_s.append(time.monotonic())
            return self.press(box.address, box.held[0]) if box.held else b""
        if frame[0] == 0x03:
            del self.boxes[box.address]
            box.address = frame[2]
            self.boxes[box.address] = box
        elif frame[0] == 0x01 and len(frame) == 7:
            box.text = frame[3:6].decode("latin-1")
            box.text_blinks = frame[2] >= 0x21
        elif frame[0] == 0x01 and 0x30 <= frame[2] <= 0x3D:
            mode = (frame[2] - 0x30) % 7
            box.colour, box.blink_ms = self.COLOURS[mode], self.BLINKS_MS[mode]
            box.beeps += frame[2] >= 0x37
        return b""
