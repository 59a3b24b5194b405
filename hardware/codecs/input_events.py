"""Keys of a USB keypad as the Linux kernel tells them: input events of 24 bytes, as on every 64-bit system.

    sec 8 | usec 8 | type 2 | code 2 | value 4         all little-endian as on the machines we run on

    type 1 key        code: which key · value 1 pressed, 0 let go, 2 repeated by the kernel (means nothing here)
    type 0 and code 3 the kernel lost events: what was down is taken as let go
    all else          reports, scan codes, lights: means nothing here

Keys have the kernel's names without KEY_ (KP0 … KP9, KPENTER); a key without a name here is `KEY` and its number, so
that a person can read it from the log and put it in a key map. The digits of a keypad are the same keys whether
NumLock is on or not.

What can go wrong. The kernel hands over whole events only, so a damaged record means that somebody else writes into
this file. There is no mark to find the next record by, but few bytes look like one: the microseconds are below a
million, the type is one of the kernel's, the value of a key is 0, 1 or 2. Where they do not, one byte is dropped at a
time. Part of a record that is older than `GAP_MS` is never finished.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from struct import Struct
from types import MappingProxyType
from typing import Final

GAP_MS: Final = 100
EVENT_BYTES: Final = 24

KEY_NAMES: Mapping[int, str] = MappingProxyType(
    {
        14: "BACKSPACE",
        28: "ENTER",
        55: "KPASTERISK",
        69: "NUMLOCK",
        71: "KP7",
        72: "KP8",
        73: "KP9",
        74: "KPMINUS",
        75: "KP4",
        76: "KP5",
        77: "KP6",
        78: "KPPLUS",
        79: "KP1",
        80: "KP2",
        81: "KP3",
        82: "KP0",
        83: "KPDOT",
        96: "KPENTER",
        98: "KPSLASH",
    }
)

_EVENT = Struct("<qqHHi")
_SYNC, _KEY = 0, 1
_TYPES = range(0x20)
_CODES = range(0x300)
_LOST = 3
_UP, _DOWN = 0, 1
_KEY_VALUES = range(3)
_SECONDS = range(1 << 33)
_MICROSECONDS = range(1_000_000)


@dataclass(frozen=True)
class KeyEvent:
    """A key went down or up; `at_ms` is when the kernel saw it, by the clock on the wall."""

    key: str
    down: bool
    at_ms: int = field(default=0, compare=False)


class Decoder:
    """Bytes in, keys out, split anywhere; holds at most one unfinished record. `dropped` counts stray bytes."""

    def __init__(self) -> None:
        self._pending = b""
        self._last_ms = 0
        # In the order in which they went down; at most every code there is.
        self._down: dict[int, None] = {}
        self.dropped = 0

    def feed(self, data: bytes, at_ms: int) -> list[KeyEvent]:
        """The keys of the events that `data`, arrived at `at_ms` (any clock that only grows), completes."""
        if at_ms - self._last_ms > GAP_MS:
            self.dropped += len(self._pending)
            self._pending = b""
        self._last_ms = at_ms
        buffer = self._pending + data
        at = 0
        events: list[KeyEvent] = []
        while at + EVENT_BYTES <= len(buffer):
            sec, usec, kind, code, value = _EVENT.unpack_from(buffer, at)
            if not _is_event(sec, usec, kind, code, value):
                at += 1
                self.dropped += 1
                continue
            at += EVENT_BYTES
            events += self._take(kind, code, value, sec * 1000 + usec // 1000)
        self._pending = buffer[at:]
        return events

    def _take(self, kind: int, code: int, value: int, at_ms: int) -> list[KeyEvent]:
        if (kind, code) == (_SYNC, _LOST):
            released = [KeyEvent(_name(held), False, at_ms) for held in self._down]
            self._down.clear()
            return released
        if kind != _KEY or value not in (_UP, _DOWN):
            return []
        if value == _DOWN:
            self._down[code] = None
        else:
            self._down.pop(code, None)
        return [KeyEvent(_name(code), value == _DOWN, at_ms)]


def _is_event(sec: int, usec: int, kind: int, code: int, value: int) -> bool:
    if sec not in _SECONDS or usec not in _MICROSECONDS or kind not in _TYPES:
        return False
    return kind != _KEY or (code in _CODES and value in _KEY_VALUES)


def _name(code: int) -> str:
    return KEY_NAMES.get(code, f"KEY{code}")
