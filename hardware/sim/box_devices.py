"""Virtual call boxes: what each box shows and says, byte by byte after its document.

A bus holds its boxes and speaks one language. It hears what the host sends (`hear`) and turns a finger on a key into
bytes (`press`, `release`). Keys carry the hall's names: next recall start finish rating pause redirect.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

BYTE_LIMIT = 512

UB485_KEYS: Mapping[str, int] = MappingProxyType(
    {"next": 0x31, "recall": 0x31, "start": 0x32, "redirect": 0x33, "finish": 0x34}
)
LINE_KEYS: Mapping[str, str] = MappingProxyType(
    {"next": "N", "recall": "R", "start": "S", "finish": "F", "rating": "G", "pause": "P", "redirect": "T"}
)


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
        while self._line:
            length = self._frame_length()
            if length is None:
                break
            if length:
                self._obey(self._line[:length])
            self._line = self._line[length or 1 :]
        return b""

    def _frame_length(self) -> int | None:
        """How long the frame at the head of the line is: 0 none, None not yet to be told."""
        line = self._line
        allowed = {0x01: (4, 7), 0x03: (4,), 0x04: (3,)}.get(line[0])
        if allowed is None:
            return 0
        for length in allowed:
            if len(line) < length:
                return None
            if line[length - 1] == 0x07:
                return length
        return 0

    def _obey(self, frame: bytes) -> None:
        box = self.boxes.get(frame[1])
        if box is None or box.dead:
            return
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


@dataclass(frozen=True)
class LineWording:
    """What a line box says and understands; an empty template means that it cannot. As in hall.toml's [bus.line]."""

    press: str = "K{address}:{key}"
    down: str = ""
    up: str = ""
    led: str = "L{address}:{led}"
    show: str = "D{address}:{text}"
    beep: str = "B{address}"
    ping: str = ""
    alive: str = ""
    end: str = "\r\n"
    checksum: str = "none"


class LineBus:
    """Seven-key boxes that speak ASCII lines; the light's word is shown as it was sent."""

    def __init__(self, addresses: list[int], wording: LineWording, baud: int = 9600) -> None:
        self.baud = baud
        self.boxes = {address: VirtualBox(address) for address in addresses}
        self._wording = wording
        self._line = b""

    def press(self, address: int, key: str) -> bytes:
        if key not in LINE_KEYS:
            raise NoSuchKey(f"a line box has no key {key}; it has {', '.join(LINE_KEYS)}")
        return self._say(self._wording.down or self._wording.press, address, LINE_KEYS[key])

    def release(self, address: int, key: str) -> bytes:
        return self._say(self._wording.up, address, LINE_KEYS[key])

    def hear(self, data: bytes) -> bytes:
        *lines, self._line = (self._line + data).replace(b"\r", b"\n").split(b"\n")
        self._line = self._line[-BYTE_LIMIT:]
        return b"".join(self._obey(line.decode("utf-8", "replace")) for line in lines)

    def _obey(self, line: str) -> bytes:
        if self._wording.checksum != "none":
            line, _, sum_text = line.rpartition("*")
            if sum_text.upper() != check_sum(self._wording.checksum, line.encode()):
                return b""
        for box in self.boxes.values():
            if box.dead:
                continue
            if (led := self._match(self._wording.led, box.address, "led", line)) is not None:
                box.colour = led
            elif (text := self._match(self._wording.show, box.address, "text", line)) is not None:
                box.text = text
            elif self._match(self._wording.beep, box.address, "", line) is not None:
                box.beeps += 1
            elif self._match(self._wording.ping, box.address, "", line) is not None:
                return self._say(self._wording.alive, box.address, "")
        return b""

    @staticmethod
    def _match(template: str, address: int, field: str, line: str) -> str | None:
        """The field's text when the line is this template for this box, else None."""
        head, _, tail = template.replace("{address}", f"{address:02X}").partition(f"{{{field}}}" if field else "\0")
        if not template or not line.startswith(head) or not line.endswith(tail) or len(line) < len(head) + len(tail):
            return None
        middle = line[len(head) : len(line) - len(tail)]
        return middle if field or not middle else None

    def _say(self, template: str, address: int, key: str) -> bytes:
        if not template:
            return b""
        body = template.replace("{address}", f"{address:02X}").replace("{key}", key).encode()
        kind = self._wording.checksum
        return body + (b"" if kind == "none" else b"*" + check_sum(kind, body).encode()) + self._wording.end.encode()


def check_sum(kind: str, body: bytes) -> str:
    """sum8, xor8, crc16-modbus or crc16-arc of `body` as hexadecimal digits."""
    if kind == "sum8":
        return f"{sum(body) % 256:02X}"
    if kind == "xor8":
        value = 0
        for byte in body:
            value ^= byte
        return f"{value:02X}"
    # Long division by x^16 + x^15 + x^2 + 1, bits taken lowest first.
    remainder = 0xFFFF if kind == "crc16-modbus" else 0
    for bit in (byte >> place & 1 for byte in body for place in range(8)):
        remainder = (remainder >> 1) ^ (0xA001 if (remainder ^ bit) & 1 else 0)
    return f"{remainder:04X}"
