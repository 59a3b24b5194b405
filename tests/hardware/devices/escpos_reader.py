"""Printer bytes read back, by the table of commands in the device reference alone: an independent ESC/POS interpreter.

Nothing of the product is used, neither its codecs nor its virtual printer. Strict where a printer is lenient: a byte
that is no command of a ticket, a command cut short, text outside Chinese mode, a code that is printed before it is
stored, all of them are a `Misread`.
"""

from dataclasses import dataclass, field

from PIL import Image


class Misread(AssertionError):
    """The bytes are not what a ticket is made of."""


@dataclass(frozen=True)
class Text:
    text: str
    wide: int
    high: int
    align: str
    bold: bool
    inverse: bool


@dataclass(frozen=True)
class Qr:
    data: bytes
    module_dots: int
    level: str
    align: str


@dataclass(frozen=True)
class Picture:
    """Black dots; ink is 255."""

    image: Image.Image
    align: str


@dataclass(frozen=True)
class Feed:
    lines: int


Item = Text | Qr | Picture | Feed


@dataclass
class Paper:
    """What one printer has been told: pieces that were cut, and what has not been cut yet."""

    pieces: list[list[Item]] = field(default_factory=list)
    rest: list[Item] = field(default_factory=list)


ALIGNS = ("left", "centre", "right")
LEVELS = {0x30: "L", 0x31: "M", 0x32: "Q", 0x33: "H"}


class Reader:
    """`read` all bytes that went to one printer."""

    def __init__(self) -> None:
        self.paper = Paper()
        self.questions: list[bytes] = []
        self._start()

    def _start(self) -> None:
        self._chinese = False
        self._wide = self._high = 1
        self._align, self._bold, self._inverse = "left", False, False
        self._line = ""
        self._stored = b""
        self._module, self._level = 3, "L"

    def read(self, data: bytes) -> Paper:
        self._data, self._at = data, 0
        while self._at < len(data):
            self._one(self._take(1)[0])
        if self._line:
            raise Misread(f"a line without its end: {self._line!r}")
        return self.paper

    def _take(self, count: int) -> bytes:
        taken = self._data[self._at : self._at + count]
        if len(taken) < count:
            raise Misread(f"the bytes end in the middle of a command at {self._at}")
        self._at += count
        return taken

    def _one(self, byte: int) -> None:
        if byte == 0x0A:
            self._print_line()
        elif byte == 0x10:
            self.questions.append(b"\x10" + self._take(2))
        elif byte == 0x1B:
            self._escape(self._take(1)[0])
        elif byte == 0x1C:
            self._chinese = {0x26: True, 0x2E: False}[self._take(1)[0]]
        elif byte == 0x1D:
            self._group(self._take(1)[0])
        elif 0x20 <= byte < 0x7F:
            self._line += chr(byte)
        elif 0x81 <= byte <= 0xFE:
            if not self._chinese:
                raise Misread(f"a Chinese character outside Chinese mode at {self._at}")
            self._line += (bytes([byte]) + self._take(1)).decode("gbk")
        else:
            raise Misread(f"the byte {byte:02X} at {self._at} is nothing")

    def _print_line(self) -> None:
        line, self._line = self._line, ""
        self._put(Text(line, self._wide, self._high, self._align, self._bold, self._inverse))

    def _put(self, item: Item) -> None:
        self.paper.rest.append(item)

    def _at_line_start(self, what: str) -> None:
        if self._line:
            raise Misread(f"{what} inside a line: {self._line!r}")

    def _escape(self, second: int) -> None:
        if second == 0x40:
            self._start()
        elif second == 0x39:
            if self._take(1) != b"\x00":
                raise Misread("another code than GBK")
        elif second == 0x61:
            self._at_line_start("alignment")
            self._align = ALIGNS[self._take(1)[0]]
        elif second == 0x45:
            self._bold = bool(self._take(1)[0] & 1)
        elif second == 0x64:
            self._at_line_start("a feed")
            self._put(Feed(self._take(1)[0]))
        else:
            raise Misread(f"1B {second:02X} at {self._at} is nothing")

    def _group(self, second: int) -> None:
        if second == 0x21:
            size = self._take(1)[0]
            self._wide, self._high = (size >> 4) + 1, (size & 0x0F) + 1
        elif second == 0x42:
            self._inverse = bool(self._take(1)[0] & 1)
        elif second == 0x28:
            self._function()
        elif second == 0x76:
            self._raster()
        elif second == 0x56:
            if self._take(2) != b"\x42\x00":
                raise Misread("a cut without feeding would cut through the slip")
            self.paper.pieces.append(self.paper.rest)
            self.paper.rest = []
        elif second in (0x61, 0x72):
            self.questions.append(bytes([0x1D, second]) + self._take(1))
        else:
            raise Misread(f"1D {second:02X} at {self._at} is nothing")

    def _raster(self) -> None:
        self._at_line_start("a picture")
        if self._take(2) != b"\x30\x00":
            raise Misread("a picture in another mode than normal")
        row_bytes, rows = (int.from_bytes(self._take(2), "little") for _ in range(2))
        data = self._take(row_bytes * rows)
        for pair in (b"\x10\x04", b"\x10\x05"):
            if pair in data:
                raise Misread(f"the printer would obey {pair.hex(' ')} inside a picture")
        self._put(Picture(Image.frombytes("1", (row_bytes * 8, rows), data).convert("L"), self._align))

    def _function(self) -> None:
        letter = self._take(1)[0]
        body = self._take(int.from_bytes(self._take(2), "little"))
        if letter == 0x48:
            self.questions.append(b"\x1d\x28\x48" + body)
        elif letter != 0x6B:
            raise Misread(f"1D 28 {letter:02X} is nothing")
        elif body == b"\x31\x41\x32\x00":
            self._stored = b""
        elif body[:2] == b"\x31\x43":
            self._module = body[2]
        elif body[:2] == b"\x31\x45":
            self._level = LEVELS[body[2]]
        elif body[:3] == b"\x31\x50\x30":
            self._stored = body[3:]
        elif body == b"\x31\x51\x30" and self._stored:
            self._at_line_start("a code")
            self._put(Qr(self._stored, self._module, self._level, self._align))
        else:
            raise Misread(f"a QR step that is nothing: {body.hex(' ')}")
