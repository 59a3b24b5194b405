"""Boxes that speak in lines of text: one codec, the words of each maker as data (line_format.py).

Lines end in CR, LF or CRLF, whichever comes; empty lines mean nothing. With a check sum the line is `body mark HEX`,
the sum over the body's bytes, most significant digit first.

What can go wrong. A line that fits no template, fails its sum or its encoding, or is longer than `LINE_BYTES` is
dropped whole and counted: without a start mark there is nothing to resynchronise on but the next line end. Stray
bytes of an RS-485 driver switching on (00, FF) in front of a line are taken off first. Part of a line that is older
than `GAP_MS` is dropped as well, or a torn line would take the next one with it, which may be a press minutes later.
"""

from dataclasses import dataclass
from typing import Final

from hardware.codecs.checksums import CHECKSUMS
from hardware.codecs.line_format import FIELD, LineFormat

LINE_BYTES: Final = 256
GAP_MS: Final = 500
"""Bytes of one line come in a row; a serial server on the network may hold some of them up so long."""
_ASCII_NOISE = bytes([*range(0x20), *range(0x7F, 0x100)])
_UTF8_NOISE = bytes([*range(0x20), 0x7F, 0xC0, 0xC1, *range(0xF5, 0x100)])


@dataclass(frozen=True)
class Signal:
    """What a box said: `kind` is one of SIGNALS, from a box that remembers also missed; `key` the maker's name ("" for
    alive)."""

    kind: str
    address: int
    key: str


class LineDecoder:
    """Bytes in, signals out, split anywhere; holds at most one line of `LINE_BYTES`. `dropped` counts bad lines."""

    def __init__(self, spoken: LineFormat) -> None:
        self._format = spoken
        self._noise = _ASCII_NOISE if spoken.encoding == "ascii" else _UTF8_NOISE
        self._line = bytearray()
        self._overlong = False
        self._last_ms = 0
        self.dropped = 0

    def feed(self, data: bytes, at_ms: int) -> list[Signal]:
        """The signals of the lines that `data`, arrived at `at_ms` (any clock that only grows), completes."""
        if at_ms - self._last_ms > GAP_MS:
            self._give_up()
        self._last_ms = at_ms
        signals: list[Signal] = []
        for byte in data:
            if byte not in b"\r\n":
                self._overlong = self._overlong or len(self._line) >= LINE_BYTES
                if not self._overlong:
                    self._line.append(byte)
                continue
            line = bytes(self._line).lstrip(self._noise)
            signal = None if self._overlong else self._read(line)
            if signal is not None:
                signals.append(signal)
            elif line:
                self.dropped += 1
            self._line.clear()
            self._overlong = False
        return signals

    def _give_up(self) -> None:
        if self._line.lstrip(self._noise):
            self.dropped += 1
        self._line.clear()
        self._overlong = False

    def _read(self, line: bytes) -> Signal | None:
        body = self._checked_body(line)
        if body is None:
            return None
        try:
            text = body.decode(self._format.encoding)
        except UnicodeDecodeError:
            return None
        for kind, pattern in self._format.patterns:
            found = pattern.fullmatch(text)
            if found:
                named = found.groupdict()
                return Signal(kind, int(named["address"], 16), named.get("key", ""))
        return None

    def _checked_body(self, line: bytes) -> bytes | None:
        if not self._format.checksum:
            return line
        body, _, written = line.rpartition(self._format.mark.encode())
        return body if written.upper() == _sum_text(self._format, body) else None


def encode(spoken: LineFormat, kind: str, address: int, **fields: str) -> bytes | None:
    """The line for `kind` with its fields filled in, sum and ending added; None where this box has no such line.

    A control character inside a field becomes a space, since a line end would break the line in two; a character
    outside the encoding becomes "?".
    """
    template = spoken.send.get(kind)
    if template is None:
        return None
    values = {"address": f"{address:02X}", **fields}
    text = FIELD.sub(lambda found: _one_line(values[found[1]]), template)
    body = text.encode(spoken.encoding, "replace")
    mark = spoken.mark.encode() + _sum_text(spoken, body) if spoken.checksum else b""
    return body + mark + spoken.ending.encode()


def _one_line(value: str) -> str:
    return "".join(character if character >= " " else " " for character in value)


def _sum_text(spoken: LineFormat, body: bytes) -> bytes:
    function, width = CHECKSUMS[spoken.checksum]
    return f"{function(body):0{2 * width}X}".encode()
