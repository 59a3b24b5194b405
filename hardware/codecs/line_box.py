"""Boxes that speak in lines of text: one codec, the words of each maker as data.

A format lists what is received and sent as templates with fields in braces:

    {address}   two hexadecimal digits
    {key}       the maker's name of a key: letters, digits, underscore
    {led} {text}   in templates that are sent

    receive  press "K{address}:{key}" · down, up (boxes that tell both edges) · alive (answer to a ping)
    send     led "L{address}:{led}" · show "D{address}:{text}" · beep "B{address}" · ping "P{address}"

Lines end in CR, LF or CRLF, whichever comes; empty lines mean nothing. With a check sum the line is `body mark HEX`,
the sum over the body's bytes, most significant digit first.

What can go wrong. A line that fits no template, fails its sum or its encoding, or is longer than `LINE_BYTES` is
dropped whole and counted: without a start mark there is nothing to resynchronise on but the next line end. Stray
bytes of an RS-485 driver switching on (00, FF) in front of a line are taken off first.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from hardware.codecs.checksums import CHECKSUMS

LINE_BYTES: Final = 256
SIGNALS: Final = ("press", "down", "up", "alive")
SENDS: Final = ("led", "show", "beep", "ping")
ENCODINGS: Final = ("ascii", "utf-8")
ENDINGS: Final = ("\r", "\n", "\r\n")

_FIELD = re.compile(r"\{(\w*)\}")
_RECEIVED = {"address": "(?P<address>[0-9A-Fa-f]{2})", "key": r"(?P<key>\w+)"}
_SENT = {"address", "led", "text"}
_ASCII_NOISE = bytes([*range(0x20), *range(0x7F, 0x100)])
_UTF8_NOISE = bytes([*range(0x20), 0x7F, 0xC0, 0xC1, *range(0xF5, 0x100)])


@dataclass(frozen=True)
class Signal:
    """What a box said: `kind` is one of SIGNALS, `key` the maker's name ("" for alive)."""

    kind: str
    address: int
    key: str


@dataclass(frozen=True)
class LineFormat:
    """One maker's language. Raises `ValueError` naming the part that is wrong and what is allowed."""

    receive: Mapping[str, str]
    send: Mapping[str, str]
    encoding: str = "ascii"
    ending: str = "\r\n"
    checksum: str = ""
    mark: str = "*"
    patterns: tuple[tuple[str, re.Pattern[str]], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _allow("encoding", self.encoding, ENCODINGS)
        _allow("ending", self.ending, ENDINGS)
        _allow("checksum", self.checksum, ("", *CHECKSUMS))
        for kind in self.receive:
            _allow("receive", kind, SIGNALS)
        for kind, template in self.send.items():
            _allow("send", kind, SENDS)
            for name in _FIELD.findall(template):
                _allow(f"send.{kind}: field", name, sorted(_SENT))
        compiled = tuple((kind, _compile(kind, template)) for kind, template in self.receive.items())
        object.__setattr__(self, "patterns", compiled)


def _allow(what: str, value: str, allowed: tuple[str, ...] | list[str]) -> None:
    if value not in allowed:
        raise ValueError(f"line box {what} {value!r}: allowed {', '.join(map(repr, allowed))}")


def _compile(kind: str, template: str) -> re.Pattern[str]:
    pattern = ""
    # split() with one group gives text, field, text, field, …, text
    for index, part in enumerate(_FIELD.split(template)):
        if index % 2:
            _allow(f"receive.{kind}: field", part, list(_RECEIVED))
            pattern += _RECEIVED[part]
        else:
            pattern += re.escape(part)
    needed = ["address"] if kind == "alive" else ["address", "key"]
    for name in needed:
        if template.count(f"{{{name}}}") != 1:
            raise ValueError(f"line box receive.{kind} {template!r}: needs {{{name}}} exactly once")
    return re.compile(pattern, re.ASCII)


class LineDecoder:
    """Bytes in, signals out, split anywhere; holds at most one line of `LINE_BYTES`. `dropped` counts bad lines."""

    def __init__(self, spoken: LineFormat) -> None:
        self._format = spoken
        self._noise = _ASCII_NOISE if spoken.encoding == "ascii" else _UTF8_NOISE
        self._line = bytearray()
        self._overlong = False
        self.dropped = 0

    def feed(self, data: bytes) -> list[Signal]:
        """The signals of the lines that `data` completes."""
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
    text = _FIELD.sub(lambda found: _one_line(values[found[1]]), template)
    body = text.encode(spoken.encoding, "replace")
    mark = spoken.mark.encode() + _sum_text(spoken, body) if spoken.checksum else b""
    return body + mark + spoken.ending.encode()


def _one_line(value: str) -> str:
    return "".join(character if character >= " " else " " for character in value)


def _sum_text(spoken: LineFormat, body: bytes) -> bytes:
    function, width = CHECKSUMS[spoken.checksum]
    return f"{function(body):0{2 * width}X}".encode()
