"""A virtual ID-card reader of the second generation, from its maker's document: what it hears and answers, and when.

    AA AA AA 96 69 | length BE16 | command parameter … X          length counts what follows it, X included
    AA AA AA 96 69 | length BE16 | 00 00 SW3 | data | X           X: exclusive or from the length up to X

Find 20 01 → 9F with four bytes, or 80 · select 20 02 → 90 with eight bytes, or 81 · read 30 01, 30 10 → 90 with sizes,
text and photo, or 41 · address 30 03 → 91, nobody has moved · reset, status 10 11 → 90 · module 12 · speed 60 n. It
answers 10 to a wrong X, 11 to a length that does not fit, 21 to a command it does not know, 24 to a parameter.

After a good read find answers 80 until the card leaves; with `once` off a card is found as long as it lies.
"""

import heapq
from collections.abc import Sequence
from typing import Any

from hardware.sim.card_reader_people import PEOPLE, photo, text_block
from hardware.sim.control import SWITCHES

PREAMBLE = b"\xaa\xaa\xaa\x96\x69"
SPEEDS = (115200, 57600, 38400, 19200, 9600)
FIND_S = 0.03
PIECE_S = 0.005
PIECE_BYTES = 32
SIZES = {0x01: b"\x01\x00\x04\x00", 0x10: b"\x01\x00\x04\x00\x00\x00", 0x03: b""}
LONGEST = 64
HELP = (
    ("card WHO", f"lay a card on it: {', '.join(PEOPLE)}"),
    ("away", "take the card off"),
    ("pull", "the next read finds the card pulled off half-way"),
    ("slow S", "a read takes so many seconds (0.6)"),
    ("checksum on|off", "its answers carry a wrong X"),
    ("split on|off", "its answers come in small pieces"),
    ("authorised on|off", "off: 66 to every read"),
    ("once on|off", "off: a card that was read is found again and again"),
    ("dead on|off", "it answers nothing"),
)


class CardReaderEngine:
    """The reader behind the line."""

    help: Sequence[tuple[str, str]] = HELP

    def __init__(self, baud: int = 115200) -> None:
        self.baud = baud
        self.card = ""
        self.read_s = 0.6
        self.checksum = self.split = self.dead = self.pull_next = False
        self.authorised = self.once = True
        self.reads = 0
        self._was_read = self._selected = False
        self._buffer = b""
        self._saying: list[tuple[float, int, bytes]] = []
        self._next_baud: tuple[float, int] | None = None

    def obey(self, text: str, now_s: float) -> bool:
        """See `HELP`."""
        match text.split():
            case ["card", who]:
                if who.lower() not in PEOPLE:
                    raise ValueError(f"nobody is called {who!r} here; cards: {', '.join(PEOPLE)}")
                self.card, self._was_read, self._selected = who.lower(), False, False
            case ["away"]:
                self.card = ""
            case ["pull"]:
                self.pull_next = True
            case ["slow", seconds]:
                self.read_s = float(seconds)
            case [("checksum" | "split" | "authorised" | "once" | "dead") as name, ("on" | "off") as switch]:
                setattr(self, name, SWITCHES[switch])
            case _:
                return False
        return True

    def state(self) -> dict[str, Any]:
        names = ("card", "read_s", "checksum", "split", "authorised", "once", "dead", "reads")
        return {name: getattr(self, name) for name in names}

    def due(self, now_s: float) -> tuple[bytes, float | None]:
        said = b""
        while self._saying and self._saying[0][0] <= now_s:
            said += heapq.heappop(self._saying)[2]
        if self._next_baud is not None and self._next_baud[0] <= now_s and not self._saying:
            self.baud, self._next_baud = self._next_baud[1], None
        times = [self._saying[0][0]] if self._saying else []
        if self._next_baud is not None:
            times.append(self._next_baud[0])
        return said, min(times, default=None)

    def hear(self, data: bytes, now_s: float) -> None:
        if self.dead:
            return
        self._buffer += data
        while (at := self._buffer.find(PREAMBLE)) >= 0:
            rest = self._buffer[at + len(PREAMBLE) :]
            if len(rest) < 2:
                break
            length = int.from_bytes(rest[:2], "big")
            if not 3 <= length <= LONGEST:
                self._answer(0x11, b"", now_s, FIND_S)
                self._buffer = rest
                continue
            if len(rest) < 2 + length:
                break
            self._frame(rest[: 2 + length], now_s)
            self._buffer = rest[2 + length :]
        self._buffer = self._buffer[-(LONGEST + 7) :]

    def _frame(self, frame: bytes, now_s: float) -> None:
        if _sum(frame[:-1]) != frame[-1]:
            self._answer(0x10, b"", now_s, FIND_S)
            return
        command, parameter = frame[2], frame[3]
        if command == 0x20:
            self._find_or_select(parameter, now_s)
        elif command == 0x30:
            self._read(parameter, now_s)
        elif command == 0x60 and parameter < len(SPEEDS):
            self._answer(0x90, b"", now_s, FIND_S)
            self._next_baud = (now_s + 3 * FIND_S, SPEEDS[parameter])
        elif (command, parameter) in ((0x10, 0xFF), (0x11, 0xFF)):
            self._answer(0x90, b"", now_s, FIND_S)
        elif (command, parameter) == (0x12, 0xFF):
            self._answer(0x90, bytes(range(1, 17)), now_s, FIND_S)
        else:
            self._answer(0x24 if command in (0x10, 0x11, 0x12, 0x60) else 0x21, b"", now_s, FIND_S)

    def _find_or_select(self, parameter: int, now_s: float) -> None:
        if parameter == 0x01:
            there = bool(self.card) and not (self._was_read and self.once)
            self._answer(0x9F if there else 0x80, bytes(4) if there else b"", now_s, FIND_S)
        elif parameter == 0x02:
            self._selected = bool(self.card)
            self._answer(0x90 if self.card else 0x81, bytes(8) if self.card else b"", now_s, FIND_S)
        else:
            self._answer(0x24, b"", now_s, FIND_S)

    def _read(self, parameter: int, now_s: float) -> None:
        if parameter not in SIZES:
            self._answer(0x24, b"", now_s, FIND_S)
        elif not self.authorised:
            self._answer(0x66, b"", now_s, FIND_S)
        elif self.pull_next:
            self.pull_next, self.card = False, ""
            self._answer(0x41, b"", now_s, self.read_s / 2)
        elif not (self.card and self._selected):
            self._answer(0x41, b"", now_s, FIND_S)
        elif parameter == 0x03:
            self._answer(0x91, b"", now_s, FIND_S)
        else:
            self.reads += 1
            self._was_read = True
            self._answer(0x90, SIZES[parameter] + text_block(self.card) + photo(), now_s, self.read_s)

    def _answer(self, status: int, data: bytes, now_s: float, after_s: float) -> None:
        body = (4 + len(data)).to_bytes(2, "big") + bytes([0, 0, status]) + data
        frame = PREAMBLE + body + bytes([_sum(body) ^ (0x5A if self.checksum else 0)])
        size = PIECE_BYTES if self.split else len(frame)
        for number, place in enumerate(range(0, len(frame), size)):
            heapq.heappush(self._saying, (now_s + after_s + number * PIECE_S, number, frame[place : place + size]))


def _sum(data: bytes) -> int:
    total = 0
    for byte in data:
        total ^= byte
    return total
