"""Commands → what the mechanism has to do: strips to print, cuts, and answers that wait for the paper.

Answers of another kind (identity, queued status) are given as soon as their command is read.
"""

from collections.abc import Callable
from dataclasses import dataclass

import segno
from PIL import Image

from hardware.sim.printer_format import Format, Line, aligned
from hardware.sim.printer_lexer import CODES, Command
from hardware.sim.printer_paper import HEAD_TO_CUTTER_DOTS, Strip
from hardware.sim.printer_profile import Profile
from hardware.sim.printer_status import Condition

QR_LEVELS = {0x30: "l", 0x31: "m", 0x32: "q", 0x33: "h"}
MARKER_BYTES = 6


@dataclass(frozen=True)
class Cut:
    """The cutter's stroke."""

    partial: bool


@dataclass(frozen=True)
class Say:
    """Bytes for the host once everything before them is on paper."""

    answer: bytes


Job = Strip | Cut | Say


class Composer:
    """Carries commands out in order. `say` answers the host at once, about `condition` too."""

    def __init__(self, profile: Profile, say: Callable[[bytes], None], condition: Condition) -> None:
        self._profile = profile
        self._say = say
        self._condition = condition
        self.power_on()

    def power_on(self) -> None:
        """As the printer was delivered: formats, modes and stored symbols forgotten."""
        self.chinese = self._profile.chinese
        self.code = 0
        self._format = Format()
        self._line = Line(self._profile.print_dots)
        self._symbol = b""
        self._symbol_dots, self._symbol_level = 3, 0x30
        self.asb_mask = 0

    def drop_line(self) -> None:
        """Forget the characters that wait for the end of their line."""
        self._line = Line(self._profile.print_dots)

    def obey(self, command: Command) -> list[Job]:
        """Carry out one command."""
        match command.name:
            case "char":
                return self._character(command)
            case "tab":
                self._line.tab()
            case "line_feed":
                return self._print_line(self._format.spacing)
            case "feed_lines":
                return self._print_line(command.args[0] * self._format.spacing)
            case "feed_dots":
                return self._print_line(command.args[0])
            case "align":
                # Only at the start of a line.
                if not self._line.cells:
                    self._format.obey(command)
            case "row":
                return [*self._print_line(0), self._row(command)]
            case "cut":
                return [*self._print_line(0), Cut(bool(command.args[0]))]
            case "feed_and_cut":
                feed = Strip(HEAD_TO_CUTTER_DOTS + command.args[1])
                return [*self._print_line(0), feed, Cut(bool(command.args[0]))]
            case "symbol":
                return self._symbol_step(command.args)
            case _:
                return self._mode(command)
        return []

    def _mode(self, command: Command) -> list[Job]:
        """Commands that move no paper."""
        match command.name:
            case "initialise":
                mask = self.asb_mask
                self.power_on()
                self.asb_mask = mask
            case "chinese_on" | "chinese_off":
                self.chinese = command.name == "chinese_on"
            case "code" if command.args[0] in CODES:
                self.code = command.args[0]
            case "asb" if self._profile.auto_status:
                self.asb_mask = command.args[0]
                if self.asb_mask:
                    self._say(self._condition.asb())
            case "identity" if command.args[0] >= 0x41:
                self._say(b"\x5f" + self._profile.identity.encode("ascii") + b"\x00")
            case "queued_status" if command.args[0] & 0x0F in (1, 2):
                self._say(bytes([self._condition.paper() if command.args[0] & 1 else 0]))
            case "answer" if self._profile.marker and command.args[:2] == b"00" and len(command.args) == MARKER_BYTES:
                return [Say(b"\x37\x22" + command.args[2:] + b"\x00")]
            case _:
                self._format.obey(command)
        return []

    def _character(self, command: Command) -> list[Job]:
        cell = self._format.cell(command.text, command.wide)
        full = [] if self._line.takes(cell) else self._print_line(self._format.spacing)
        self._line.add(cell, command.text)
        return full

    def _print_line(self, feed: int) -> list[Job]:
        """Print what waits and move the paper by `feed` dots, at least past what is printed."""
        line = self._line
        self.drop_line()
        if not line.cells:
            return [Strip(feed)] if feed else []
        drawn = line.drawn(self._format.align)
        return [Strip(max(feed, drawn.height), drawn, line.text.rstrip())]

    def _row(self, command: Command) -> Strip:
        width, height, data = command.args[0], command.args[1], command.args[2:]
        row = Image.frombytes("1", (8 * len(data), 1), data).resize((8 * len(data) * width, height))
        return Strip(height, self._placed(row), command.text)

    def _placed(self, ink: Image.Image) -> Image.Image:
        """A picture where the alignment puts it; what is wider than the paper is lost."""
        whole = Image.new("1", (self._profile.print_dots, ink.height))
        whole.paste(ink, (aligned(whole.width, ink.width, self._format.align), 0))
        return whole

    def _symbol_step(self, data: bytes) -> list[Job]:
        """GS ( k for QR: 31 43 size, 31 45 level, 31 50 30 data, 31 51 30 print."""
        match data[:2]:
            case b"\x31\x43" if len(data) == 3 and 1 <= data[2] <= 16:
                self._symbol_dots = data[2]
            case b"\x31\x45" if len(data) == 3 and data[2] in QR_LEVELS:
                self._symbol_level = data[2]
            case b"\x31\x50":
                self._symbol = data[3:]
            case b"\x31\x51" if self._symbol:
                return [*self._print_line(0), *self._qr()]
        return []

    def _qr(self) -> list[Job]:
        """The stored symbol; nothing when it is too large for the paper, or for a QR code."""
        try:
            code = segno.make_qr(self._symbol, error=QR_LEVELS[self._symbol_level], boost_error=False)
        except segno.DataOverflowError:
            return []
        rows = [bytes(255 * bit for bit in row) for row in code.matrix]
        ink = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows)).convert("1", dither=Image.Dither.NONE)
        side = len(rows) * self._symbol_dots
        if side > self._profile.print_dots:
            return []
        words = self._symbol.decode("utf-8", "replace")
        return [Strip(side, self._placed(ink.resize((side, side), Image.Resampling.NEAREST)), f"[QR {words}]")]
