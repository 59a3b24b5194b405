"""Virtual line boxes and rating pads: seven keys or five, a light named by a word, a line of text; ASCII lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hardware.sim.box_devices import BYTE_LIMIT, NoSuchKey, VirtualBox
from hardware.sim.frames import crc16

LINE_KEYS: Mapping[str, str] = MappingProxyType(
    {
        "next": "N", "recall": "R", "start": "S", "finish": "F", "rating": "G", "pause": "P", "redirect": "T",
        "level_1": "1", "level_2": "2", "level_3": "3", "level_4": "4", "level_5": "5",
    }
)  # fmt: skip


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
    return f"{crc16(body, 0xFFFF if kind == 'crc16-modbus' else 0):04X}"
