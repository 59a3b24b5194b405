"""A virtual scanner of bar codes and QR codes: what it sends when a code is held before it, and what it answers.

A serial scanner sends prefix, text and end. A module of the GM65 family also takes commands:

    7E 00 | type | length | address BE16 | data | crc BE16      type 07 read (data: how many), 08 write, 09 save
    02 00 | 00 | length | data | crc BE16                       crc: CRC-16/XMODEM, or AB CD for unchecked

and, where it reads on command only, reads for `window_s` after 01 was written to address 0002. In keyboard mode it
presses keys. What it sends is paced: `slow` bytes apart, as a USB adapter may do.
"""

import heapq
from collections.abc import Sequence
from typing import Any

from hardware.sim.control import SWITCHES
from hardware.sim.scanner_keys import key_events

ENDS = {"cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "none": b""}
MODES = ("serial", "module", "on-command", "keyboard")
TRIGGER_AT, SPEED_AT = 0x0002, 0x002A
ANSWER_S = 0.02
KEY_S = 0.004
HELP = (
    ("scan TEXT", "a code is held before it; on command only, until the next reading is over"),
    ("again", "the code held last, once more"),
    ("double on|off", "every code is read twice"),
    ("gbk on|off", "Chinese in GBK instead of UTF-8"),
    ("prefix TEXT, prefix", "before every code, e.g. ]Q1; without TEXT none"),
    ("end cr|lf|crlf|none", "after every code"),
    ("slow MS", "so many milliseconds between two bytes"),
    ("dead on|off", "it sends and answers nothing"),
)


class ScannerEngine:
    """The scanner behind the line. `mode` is one of `MODES`."""

    help: Sequence[tuple[str, str]] = HELP

    def __init__(self, baud: int = 0, mode: str = "serial", window_s: float = 4.0) -> None:
        """`baud` 0: the usual one. Keys come over USB, faster than a serial line would carry their events."""
        self.baud = baud or (115200 if mode == "keyboard" else 9600)
        self.mode = mode
        self.window_s = window_s
        self.end = "cr"
        self.prefix = ""
        self.slow_ms = 0.0
        self.gbk = self.double = self.dead = False
        self.triggers = 0
        self._held = ""
        self._window_ends_s = 0.0
        self._speed_code = 0x39
        self._buffer = b""
        self._saying: list[tuple[float, int, bytes]] = []
        self._count = 0

    def obey(self, text: str, now_s: float) -> bool:
        """See `HELP`."""
        match text.split(maxsplit=1):
            case ["scan", code]:
                self._held = code
                self._read(now_s)
            case ["again"]:
                self._read(now_s)
            case [("double" | "gbk" | "dead") as name, ("on" | "off") as switch]:
                setattr(self, name, SWITCHES[switch])
            case ["prefix", prefix]:
                self.prefix = prefix
            case ["prefix"]:
                self.prefix = ""
            case ["end", end] if end in ENDS:
                self.end = end
            case ["slow", ms]:
                self.slow_ms = float(ms)
            case _:
                return False
        return True

    def state(self) -> dict[str, Any]:
        names = ("mode", "end", "prefix", "slow_ms", "gbk", "double", "dead", "triggers")
        return {name: getattr(self, name) for name in names}

    def due(self, now_s: float) -> tuple[bytes, float | None]:
        said = b""
        while self._saying and self._saying[0][0] <= now_s:
            said += heapq.heappop(self._saying)[2]
        return said, self._saying[0][0] if self._saying else None

    def hear(self, data: bytes, now_s: float) -> None:
        if self.mode not in ("module", "on-command") or self.dead:
            return
        self._buffer += data
        while (at := self._buffer.find(b"\x7e\x00")) >= 0:
            frame = self._buffer[at:]
            # A read's one data byte says how many are wanted.
            whole = 6 + frame[3] + 2 if len(frame) > 3 else 9
            if len(frame) < whole:
                break
            self._command(frame[:whole], now_s)
            self._buffer = frame[whole:]
        self._buffer = self._buffer[-300:]

    def _read(self, now_s: float) -> None:
        """The code before the window is read, if it reads now."""
        if self.dead or not self._held or (self.mode == "on-command" and now_s >= self._window_ends_s):
            return
        self._window_ends_s = 0.0
        for _ in range(1 + self.double):
            if self.mode == "keyboard":
                self._say(key_events(self._held, now_s), now_s, KEY_S)
                continue
            data = (self.prefix + self._held).encode("gbk" if self.gbk else "utf-8", "replace") + ENDS[self.end]
            if self.slow_ms:
                self._say([data[place : place + 1] for place in range(len(data))], now_s, self.slow_ms / 1000)
            else:
                self._say([data], now_s, 0.0)

    def _command(self, frame: bytes, now_s: float) -> None:
        body, crc = frame[2:-2], frame[-2:]
        if crc not in (b"\xab\xcd", _crc(body)):
            return
        kind, address, data = body[0], int.from_bytes(body[2:4], "big"), body[4:]
        if kind == 0x08 and address == TRIGGER_AT and data[:1] == b"\x01":
            self.triggers += 1
            self._window_ends_s = now_s + self.window_s
            self._answer(b"\x00", now_s)
            if self.mode == "on-command":
                self._read(now_s)
        elif kind in (0x08, 0x09):
            self._answer(b"\x00", now_s)
        elif kind == 0x07:
            known = bytes([self._speed_code, 0x01]) if address == SPEED_AT else b""
            self._answer(known[: data[0]].ljust(data[0], b"\x00"), now_s)

    def _answer(self, data: bytes, now_s: float) -> None:
        body = bytes([0x00, len(data)]) + data
        self._say([b"\x02\x00" + body + _crc(body)], now_s + ANSWER_S, 0.0)

    def _say(self, pieces: Sequence[bytes], now_s: float, gap_s: float) -> None:
        # Behind what it says already: a code that is read twice comes twice, not mixed.
        at_s = max([now_s, *(each[0] for each in self._saying)])
        for piece in pieces:
            self._count += 1
            heapq.heappush(self._saying, (at_s, self._count, piece))
            at_s += gap_s


def _crc(data: bytes) -> bytes:
    """CRC-16/XMODEM, high byte first."""
    crc = 0
    for byte in data:
        for bit in range(8):
            high = crc >> 15 ^ byte >> (7 - bit) & 1
            crc = crc << 1 & 0xFFFF ^ (0x1021 if high else 0)
    return crc.to_bytes(2, "big")
