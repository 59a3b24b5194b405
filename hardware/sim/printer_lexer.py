"""ESC/POS bytes → commands, one byte at a time, as a printer takes them off the line.

Characters are decoded here, for a lead byte in Chinese mode swallows whatever follows it, be it a command. A raster
comes row by row: no printer has room for a whole picture. Bytes that are no command are dropped as real boards do:
ESC, FS or GS with its second byte; what would have been its parameters then prints as text.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

DLE, ESC, FS, GS = 0x10, 0x1B, 0x1C, 0x1D
CODES: Mapping[int, str] = MappingProxyType({0: "gbk", 1: "utf-8", 3: "big5"})
UNKNOWN = "□"

# Prefix → name and number of parameter bytes. `nothing`: obeyed, but without effect on what is shown here.
FIXED: Mapping[tuple[int, int], tuple[str, int]] = MappingProxyType(
    {
        (ESC, 0x40): ("initialise", 0),
        (ESC, 0x21): ("single_size", 1),
        (ESC, 0x2D): ("underline", 1),
        (ESC, 0x32): ("default_spacing", 0),
        (ESC, 0x33): ("spacing", 1),
        (ESC, 0x39): ("code", 1),
        (ESC, 0x45): ("bold", 1),
        (ESC, 0x4A): ("feed_dots", 1),
        (ESC, 0x52): ("nothing", 1),
        (ESC, 0x61): ("align", 1),
        (ESC, 0x64): ("feed_lines", 1),
        (ESC, 0x70): ("nothing", 3),
        (ESC, 0x74): ("nothing", 1),
        (FS, 0x21): ("chinese_size", 1),
        (FS, 0x26): ("chinese_on", 0),
        (FS, 0x2E): ("chinese_off", 0),
        (GS, 0x21): ("size", 1),
        (GS, 0x42): ("inverse", 1),
        (GS, 0x49): ("identity", 1),
        (GS, 0x61): ("asb", 1),
        (GS, 0x72): ("queued_status", 1),
    }
)


@dataclass(frozen=True)
class Command:
    """One step of a printer. `text` is a character of `char` (`wide` in a 24-dot cell, else 12); `row`: one row of a
    raster, its scale (width, height) in front; the first row has the picture's name as `text`."""

    name: str
    args: bytes = b""
    text: str = ""
    wide: bool = False


Part = Generator[Command | None, int, Command | None]


class Lexer:
    """`feed` bytes, get commands. `chinese` and `code` are the modes at the reading end of the receive buffer;
    ESC @ brings back the mode of power-on, `chinese_at_start`."""

    def __init__(self, chinese_at_start: bool, chinese: bool, code: str) -> None:
        self._chinese_at_start = chinese_at_start
        self.chinese = chinese
        self.code = code
        self._lexing = self._commands()
        next(self._lexing)

    def feed(self, byte: int) -> Command | None:
        """The command that this byte completes, if it does."""
        return self._lexing.send(byte)

    def _commands(self) -> Generator[Command | None, int, None]:
        command: Command | None = None
        while True:
            byte = yield command
            if byte in (ESC, FS, GS):
                command = yield from self._command(byte)
            elif byte == DLE:
                command = yield from _realtime()
            elif byte >= 0x80:
                command = yield from self._character(byte)
            elif byte >= 0x20:
                command = Command("char", text=chr(byte) if byte != 0x7F else " ")
            else:
                command = Command({0x0A: "line_feed", 0x09: "tab"}.get(byte, "nothing"))

    def _command(self, prefix: int) -> Part:
        second = yield None
        if (prefix, second) in FIXED:
            name, count = FIXED[prefix, second]
            command = Command(name, (yield from _take(count)))
            self._follow(command)
            return command
        if (prefix, second) == (GS, 0x56):
            return (yield from _cut())
        if (prefix, second) == (GS, 0x28):
            return (yield from _function())
        if (prefix, second) == (GS, 0x76):
            return (yield from _raster())
        return Command("nothing")

    def _follow(self, command: Command) -> None:
        """Modes that decide how later bytes are read."""
        if command.name in ("chinese_on", "chinese_off"):
            self.chinese = command.name == "chinese_on"
        elif command.name == "code":
            self.code = CODES.get(command.args[0], self.code)
        elif command.name == "initialise":
            self.chinese = self._chinese_at_start
            self.code = "gbk"

    def _character(self, lead: int) -> Part:
        if not self.chinese:
            return Command("char", text=bytes([lead]).decode("cp437"))
        count = 1 if self.code != "utf-8" else {0xC: 1, 0xD: 1, 0xE: 2, 0xF: 3}.get(lead >> 4, 0)
        follow = yield from _take(count)
        try:
            text = bytes([lead, *follow]).decode(self.code)
        except UnicodeDecodeError:
            text = UNKNOWN
        # A pair such as 9D 0A holds two characters for a decoder, one cell for a printer.
        return Command("char", text=text if len(text) == 1 and text.isprintable() else UNKNOWN, wide=True)


def _take(count: int) -> Generator[Command | None, int, bytes]:
    taken = bytearray()
    while len(taken) < count:
        taken.append((yield None))
    return bytes(taken)


def _realtime() -> Part:
    """DLE EOT n and DLE ENQ n were answered when they arrived (printer_engine.py); here they only take their place."""
    second = yield None
    if second in (0x04, 0x05):
        yield from _take(1)
    return Command("realtime")


def _cut() -> Part:
    """GS V m: 0, 1 where it is; 65, 66 after feeding to the cutter. Argument: 1 partial, 0 full; dots to feed more."""
    kind = yield None
    if kind in (0x41, 0x42):
        return Command("feed_and_cut", bytes([kind == 0x42, (yield None)]))
    return Command("cut", bytes([kind & 1])) if kind in (0, 1, 0x30, 0x31) else Command("nothing")


def _function() -> Part:
    """GS ( x pL pH …: k = QR, H = answers."""
    letter, low, high = yield from _take(3)
    data = yield from _take(low + 256 * high)
    return Command({0x6B: "symbol", 0x48: "answer"}.get(letter, "nothing"), data)


def _raster() -> Part:
    """GS v 0 m xL xH yL yH: m = 1 doubles width, 2 height, 3 both."""
    _, mode, x_low, x_high, y_low, y_high = yield from _take(6)
    width, height = x_low + 256 * x_high, y_low + 256 * y_high
    scale = bytes([1 + (mode & 1), 1 + (mode >> 1 & 1)])
    if not width * height:
        return Command("nothing")
    row: Command | None = None
    name = f"[picture {8 * width * scale[0]}×{height * scale[1]}]"
    for _ in range(height):
        first = yield row
        row = Command("row", scale + bytes([first]) + (yield from _take(width - 1)), text=name)
        name = ""
    return row
