"""Virtual LED-485 boards after their document: Modbus RTU and lines of text on the same port, 9600 8N1.

    unit 06 register16 value16 crc      0000 a signed number · 0002 unit · 0003 speed 1–8 · 0004 decimal point 0–3
    unit 10 register16 count16 bytes8 … crc      0070 text, two characters a register · 0080 segments
    $001,TEXT#   show      $001,02&   model      $001,03&   version

A wrong sum is not answered; an unknown register is refused with 02, an unknown function with 01. Seven segments make
nothing readable of K M V W X: such a place shows "?".
"""

from hardware.sim.frames import crc16, whole_frames
from hardware.sim.panel_devices import NoSuchPanel, PanelLine, VirtualPanel

SEGMENTS = {
    0x00: " ", 0x40: "-", 0x3F: "0", 0x06: "1", 0x5B: "2", 0x4F: "3", 0x66: "4", 0x6D: "5", 0x7D: "6", 0x07: "7",
    0x7F: "8", 0x6F: "9",
}  # fmt: skip
UNREADABLE = "KMVWX"
NUMBER, UNIT, SPEED, POINT, TEXT, RAW = 0x0000, 0x0002, 0x0003, 0x0004, 0x0070, 0x0080
SETTINGS = {UNIT: range(1, 248), SPEED: range(1, 9), POINT: range(4)}
WORDS = {b"02": "LED485-{characters}", b"03": "V1.2"}
LONGEST_WORD = 40


class Led485Panels(PanelLine):
    """Boards of `characters` digits on one line."""

    def __init__(self, addresses: list[int], characters: int) -> None:
        super().__init__(addresses, range(1, 248), characters)
        if not 1 <= characters <= 6:
            raise NoSuchPanel(f"{characters} digits: such a board has 1 to 6")

    def hear(self, data: bytes, now_s: float) -> bytes:
        self._gather(data, now_s)
        frames, self._line = whole_frames(self._line, self._length)
        return b"".join(map(self._obey, frames))

    def _length(self, line: bytes) -> int | None:
        if line[:1] == b"$":
            ends = [place for place in (line.find(b"#"), line.find(b"&")) if place > 0]
            if not ends and len(line) <= LONGEST_WORD:
                return None
            return min(ends) + 1 if ends and b"$" not in line[1 : min(ends)] else 0
        if len(line) < 2:
            return None
        if line[1] == 0x10 and len(line) < 7:
            return None
        length = {0x06: 8, 0x10: 9 + (line[6] if len(line) > 6 else 0)}.get(line[1], 8)
        if len(line) < length:
            return None
        return length if summed(line[: length - 2]) == line[:length] else 0

    def _obey(self, frame: bytes) -> bytes:
        if frame[:1] == b"$":
            return self._obey_word(frame)
        panel = self.panels.get(frame[0])
        if panel is None or not panel.works:
            return b""
        code = self._write(panel, frame)
        said = frame[:6] if not code else bytes([frame[0], frame[1] | 0x80, code])
        return summed(said)

    def _write(self, panel: VirtualPanel, frame: bytes) -> int:
        """Do what a frame says; → 0 or the code of a refusal."""
        if panel.refuses:
            return 0x04
        register, value = int.from_bytes(frame[2:4], "big"), int.from_bytes(frame[4:6], "big")
        if frame[1] == 0x06 and register == NUMBER:
            panel.show(str(value - 0x10000 if value >= 0x8000 else value).rjust(panel.characters))
        elif frame[1] == 0x06 and register in SETTINGS:
            return self._set(panel, register, value)
        elif frame[1] == 0x10 and register in (TEXT, RAW):
            if frame[6] != 2 * value or len(frame) != 9 + 2 * value:
                return 0x03
            signs = frame[7:-2]
            text = signs.decode("latin-1") if register == TEXT else "".join(SEGMENTS.get(byte, "?") for byte in signs)
            panel.show(readable(text)[-panel.characters :].rjust(panel.characters))
        else:
            return 0x02 if frame[1] in (0x06, 0x10) else 0x01
        return 0

    def _set(self, panel: VirtualPanel, register: int, value: int) -> int:
        if value not in SETTINGS[register]:
            return 0x03
        if register == UNIT:
            del self.panels[panel.address]
            panel.address = value
            self.panels[value] = panel
        return 0

    def _obey_word(self, frame: bytes) -> bytes:
        address, comma, body = frame[1:4], frame[4:5], frame[5:-1]
        panel = self.panels.get(int(address)) if address.isdigit() and comma == b"," else None
        if panel is None or not panel.works:
            return b""
        if frame.endswith(b"#"):
            panel.show(readable(body.decode("latin-1"))[-panel.characters :].rjust(panel.characters))
            return b""
        word = WORDS.get(body)
        return b"" if word is None else f"${panel.address:03},{word.format(characters=panel.characters)}#".encode()


def readable(text: str) -> str:
    """What people see of it."""
    return "".join("?" if sign.upper() in UNREADABLE else sign for sign in text)


def summed(body: bytes) -> bytes:
    """A frame of Modbus: its body and the sum, low byte first."""
    return body + crc16(body, 0xFFFF).to_bytes(2, "little")
