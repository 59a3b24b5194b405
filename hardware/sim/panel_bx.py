"""Virtual BX-5K/6K font cards after their document: frames with escapes and a CRC, live areas that time out.

    A5 … | dst16 src16 00×6 FE 02 len16 data crc16 | 5A       escapes A6 02 = A5, A6 01 = A6, 5B 02 = 5A, 5B 01 = 5B

A frame for another card, with a wrong length or a wrong CRC is passed over in silence. Done is answered A0 00 00 00 00,
what the card does not know A1 01. Live areas are lost with the power; one in run mode 2 goes dark after its time-out.
"""

import re
from dataclasses import dataclass

from hardware.sim.frames import crc16
from hardware.sim.panel_devices import BYTE_LIMIT, PanelLine, VirtualPanel

HOST = b"\x00\x80"
DONE, UNKNOWN = bytes.fromhex("A000000000"), bytes.fromhex("A101")
UNESCAPED = {b"\xa6\x02": 0xA5, b"\xa6\x01": 0xA6, b"\x5b\x02": 0x5A, b"\x5b\x01": 0x5B}
ESCAPED = {byte: pair for pair, byte in UNESCAPED.items()}
COLOURS = {"1": "red", "2": "green", "3": "yellow"}
MARK = re.compile(r"\\(?:FO(\d{3})|C(\d)|(n))")
STILL = 1
AREA_HEAD = 27


@dataclass
class Area:
    """A live area; `until_s` None = until it is deleted."""

    text: str
    colour: str
    effect: int
    until_s: float | None


class BxPanels(PanelLine):
    """Cards on one line, or a single one behind a port."""

    def __init__(self, addresses: list[int], characters: int) -> None:
        super().__init__(addresses, range(1, 0x8000), characters)
        self._areas: dict[int, dict[int, Area]] = {address: {} for address in addresses}
        self.clocks: dict[int, str] = {}

    def power(self, panel: VirtualPanel, on: bool) -> None:
        super().power(panel, on)
        self._areas[panel.address].clear()

    def tick(self, now_s: float) -> float | None:
        for address, areas in self._areas.items():
            for number in [n for n, area in areas.items() if area.until_s is not None and area.until_s <= now_s]:
                del areas[number]
                self._light(self.panels[address])
        ends = [area.until_s for areas in self._areas.values() for area in areas.values() if area.until_s is not None]
        return min(ends, default=None)

    def hear(self, data: bytes, now_s: float) -> bytes:
        # A frame is ended by its mark, however slowly it comes.
        self._line = (self._line + data)[-BYTE_LIMIT:]
        answers = b""
        while (end := self._line.find(b"\x5a")) >= 0:
            body = unescaped(self._line[self._line.rfind(b"\xa5", 0, end) + 1 : end])
            self._line = self._line[end + 1 :]
            if body is not None and len(body) >= 16 and crc16(body[:-2], 0).to_bytes(2, "little") == body[-2:]:
                answers += self._obey(body[:-2], now_s)
        return answers

    def _obey(self, body: bytes, now_s: float) -> bytes:
        panel = self.panels.get(int.from_bytes(body[:2], "little"))
        data = body[14:]
        if panel is None or not panel.works or int.from_bytes(body[12:14], "little") != len(data):
            return b""
        said = self._do(panel, data, now_s)
        return b"" if said is None else framed(HOST + body[:2], said)

    def _do(self, panel: VirtualPanel, data: bytes, now_s: float) -> bytes | None:
        """What the card answers, None for nothing."""
        if panel.refuses:
            return UNKNOWN
        if data == bytes.fromhex("A200010000"):
            return DONE
        if data[:5] == bytes.fromhex("A203010800") and len(data) == 13:
            year, century, month, day, hour, minute, second = data[5:12]
            day_text = f"{century:02x}{year:02x}-{month:02x}-{day:02x}"
            self.clocks[panel.address] = f"{day_text} {hour:02x}:{minute:02x}:{second:02x}"
            return DONE
        if data[:2] == b"\xa3\x06" and len(data) >= 7:
            if not self._live(panel, data[5:], now_s):
                return UNKNOWN
            return DONE if data[2] == 1 else None
        return UNKNOWN

    def _live(self, panel: VirtualPanel, data: bytes, now_s: float) -> bool:
        """Delete and add areas; False when the data is not what the document says."""
        areas = self._areas[panel.address]
        count, rest = data[0], data[1:]
        if count == 0xFF:
            areas.clear()
        else:
            for number in rest[:count]:
                areas.pop(number, None)
            rest = rest[count:]
        new: dict[int, Area] = {}
        count, rest = (rest[0], rest[1:]) if rest else (0, b"")
        for _ in range(count):
            length = int.from_bytes(rest[:2], "little")
            found = read_area(rest[2 : 2 + length], now_s)
            if found is None:
                return False
            new[found[0]] = found[1]
            rest = rest[2 + length :]
        areas.update(new)
        panel.frames += 1
        self._light(panel)
        return True

    def _light(self, panel: VirtualPanel) -> None:
        areas = list(self._areas[panel.address].values())
        text = "\n".join(area.text for area in areas)
        panel.text = text if text.strip() else ""
        panel.colour = areas[0].colour if areas else ""
        panel.flashes = any(area.effect != STILL for area in areas)


def read_area(area: bytes, now_s: float) -> tuple[int, Area] | None:
    """The number and content of an area; None where its lengths do not fit."""
    if len(area) < AREA_HEAD or len(area) != AREA_HEAD + int.from_bytes(area[23:27], "little"):
        return None
    text = area[AREA_HEAD:].decode("gbk", "replace")
    colour = next((COLOURS.get(found[2], "") for found in MARK.finditer(text) if found[2]), "")
    timeout_s = int.from_bytes(area[12:14], "little")
    until_s = now_s + timeout_s if area[11] == 2 else None
    plain = MARK.sub(lambda found: "\n" if found[3] else "", text)
    return area[9], Area(plain, colour, area[19], until_s)


def unescaped(body: bytes) -> bytes | None:
    plain = bytearray()
    at = 0
    while at < len(body):
        pair = body[at : at + 2]
        if pair in UNESCAPED:
            plain.append(UNESCAPED[pair])
            at += 2
        elif body[at] in (0xA6, 0x5B):
            return None
        else:
            plain.append(body[at])
            at += 1
    return bytes(plain)


def framed(addresses: bytes, data: bytes) -> bytes:
    body = addresses + bytes(6) + b"\xfe\x02" + len(data).to_bytes(2, "little") + data
    body += crc16(body, 0).to_bytes(2, "little")
    return b"\xa5" * 8 + b"".join(ESCAPED.get(byte, bytes([byte])) for byte in body) + b"\x5a"
