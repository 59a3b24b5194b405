"""The language of a line box as data: what is received and sent, as templates with fields in braces.

    {address}   two hexadecimal digits
    {key}       the maker's name of a key: letters, digits, underscore
    {led} {text}   in templates that are sent

    receive  press "K{address}:{key}" · down, up (boxes that tell both edges) · alive (answer to a ping)
    send     led "L{address}:{led}" · show "D{address}:{text}" · beep "B{address}" · ping "P{address}"

What can go wrong: a template that names a field its place does not have, or leaves out one that it needs. It is refused
when the format is made, so that a decoder never meets one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from hardware.codecs.checksums import CHECKSUMS

SIGNALS: Final = ("press", "down", "up", "alive")
SENDS: Final = ("led", "show", "beep", "ping")
ENCODINGS: Final = ("ascii", "utf-8")
ENDINGS: Final = ("\r", "\n", "\r\n")
FIELD: Final = re.compile(r"\{(\w*)\}")

_RECEIVED = {"address": "(?P<address>[0-9A-Fa-f]{2})", "key": r"(?P<key>\w+)"}
_SENT = {"address", "led", "text"}


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
            for name in FIELD.findall(template):
                _allow(f"send.{kind}: field", name, sorted(_SENT))
        compiled = tuple((kind, _compile(kind, template)) for kind, template in self.receive.items())
        object.__setattr__(self, "patterns", compiled)


def _allow(what: str, value: str, allowed: tuple[str, ...] | list[str]) -> None:
    if value not in allowed:
        raise ValueError(f"line box {what} {value!r}: allowed {', '.join(map(repr, allowed))}")


def _compile(kind: str, template: str) -> re.Pattern[str]:
    pattern = ""
    # split() with one group gives text, field, text, field, …, text
    for index, part in enumerate(FIELD.split(template)):
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
