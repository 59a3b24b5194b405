"""Panels of makers that are not listed: one frame written as a template in the settings.

    "$B{address},{number}#"            "\\x02{address_byte}{text}{sum}\\x03"

| in the template | becomes |
|---|---|
| {number} | the ticket number as the panel can show it |
| {text} | the whole sentence |
| {counter} | the window's number |
| {address} {address_byte} | the panel's address as decimal digits, as one byte |
| {sum_from} | nothing: here the check sum begins to count (else at the first byte) |
| {sum} {sum_low} {sum_hex} | the check sum of all bytes so far: high byte first, low byte first, hexadecimal digits |
| \\xHH \\r \\n \\t \\\\ | one byte |

What can go wrong: a template that cannot be understood is refused when it is made, with the part that is wrong; a
control character in a name becomes a space, and a character that the encoding lacks "?".
"""

import re
from dataclasses import dataclass, field
from typing import Final

from hardware.codecs.checksums import CHECKSUMS

ENCODINGS: Final = ("ascii", "gbk", "utf-8")
TEXTS: Final = ("number", "text", "counter", "address")
SUMS: Final = ("sum", "sum_low", "sum_hex")
FIELDS: Final = (*TEXTS, "address_byte", "sum_from", *SUMS)

_PART = re.compile(r"\{([^{}]*)\}|\\x([0-9A-Fa-f]{2})|\\([rnt\\])|([^{}\\]+)|(.)", re.DOTALL)
_ESCAPES: Final = {"r": b"\r", "n": b"\n", "t": b"\t", "\\": b"\\"}


@dataclass(frozen=True)
class PanelTemplate:
    """One maker's frame. Raises `ValueError` naming the part that is wrong and what is allowed."""

    frame: str
    encoding: str = "gbk"
    checksum: str = ""
    parts: tuple[bytes | str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.encoding not in ENCODINGS:
            raise ValueError(f"panel template encoding {self.encoding!r}: allowed {', '.join(ENCODINGS)}")
        if self.checksum and self.checksum not in CHECKSUMS:
            raise ValueError(f"panel template check sum {self.checksum!r}: allowed {', '.join(CHECKSUMS)}")
        object.__setattr__(self, "parts", tuple(self._part(*found.groups("")) for found in _PART.finditer(self.frame)))
        if not any(part in ("number", "text") for part in self.parts):
            raise ValueError(f"panel template {self.frame!r}: has neither {{number}} nor {{text}}, so it shows nothing")
        if bool(self.checksum) != any(part in SUMS for part in self.parts):
            raise ValueError(f"panel template {self.frame!r}: a check sum needs both its kind and {{sum}} in the frame")

    def _part(self, name: str, code: str, escape: str, text: str, stray: str) -> bytes | str:
        """Bytes that are sent as they are, or the name of a field."""
        if name or not (code or escape or text or stray):
            if name not in FIELDS:
                raise ValueError(f"panel template field {{{name}}}: allowed {', '.join(FIELDS)}")
            return name
        if code:
            return bytes([int(code, 16)])
        if escape:
            return _ESCAPES[escape]
        if stray:
            raise ValueError(f"panel template {self.frame!r}: a stray {stray!r}; bytes are \\xHH, fields {{name}}")
        return text.encode(self.encoding, "replace")


def encode(template: PanelTemplate, address: int, **texts: str) -> bytes:
    """The frame for one panel; `texts` gives number, text and counter."""
    values = {**texts, "address": str(address)}
    sent = bytearray()
    start = 0
    for part in template.parts:
        if isinstance(part, bytes):
            sent += part
        elif part in TEXTS:
            plain = "".join(" " if character < " " else character for character in values[part])
            sent += plain.encode(template.encoding, "replace")
        elif part == "address_byte":
            sent.append(address & 0xFF)
        elif part == "sum_from":
            start = len(sent)
        else:
            sent += _sum(template.checksum, part, bytes(sent[start:]))
    return bytes(sent)


def _sum(kind: str, written: str, data: bytes) -> bytes:
    function, width = CHECKSUMS[kind]
    if written == "sum_hex":
        return f"{function(data):0{2 * width}X}".encode()
    return function(data).to_bytes(width, "little" if written == "sum_low" else "big")
