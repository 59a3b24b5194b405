"""A scanner that plays keyboard: input events in (see input_events), the texts of codes out.

A code comes as a burst of keys less than `GAP_MS` apart, ended by Enter, the main one or the number pad's. Shift is
pressed and let go like any key. The kernel's key codes, on a US keyboard:

    2–11 1…9 0 · 12 13 - = · 16–25 q…p · 26 27 [ ] · 30–38 a…l · 39 40 ; ' · 41 ` · 43 \\ · 44–50 z…m · 51–53 , . /
    57 space · number pad: 71–73 789 · 75–77 456 · 79–81 123 · 82 0 · 83 . · 74 - · 78 + · 55 * · 98 /
    28 96 Enter · 42 54 shift

What can go wrong. A person who types on the same keyboard is slower than `GAP_MS`: keys with longer pauses are no code,
and Enter alone gives nothing. A machine that is busy hears keys late: a pause counts only where the kernel's own times
of the keys show it too, so that a code keeps its beginning. A code with signs that no key has (Chinese) cannot come
this way. A scanner set to another country's keyboard gives other signs: only the US layout is read. A code longer than
`TEXT_SIGNS` is dropped.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from hardware.codecs.input_events import KEY_NAMES, Decoder, KeyEvent

GAP_MS: Final = 50
TEXT_SIGNS: Final = 3000


def _name(code: int) -> str:
    return KEY_NAMES.get(code, f"KEY{code}")


def _row(first: int, plain: str, shifted: str) -> dict[str, tuple[str, str]]:
    return {_name(first + place): signs for place, signs in enumerate(zip(plain, shifted, strict=True))}


KEYS: Mapping[str, tuple[str, str]] = MappingProxyType(
    _row(2, "1234567890-=", "!@#$%^&*()_+")
    | _row(16, "qwertyuiop[]", "QWERTYUIOP{}")
    | _row(30, "asdfghjkl;'`", 'ASDFGHJKL:"~')
    | _row(43, "\\zxcvbnm,./", "|ZXCVBNM<>?")
    | _row(55, "*", "*")
    | _row(57, " ", " ")
    | _row(71, "789-456+1230.", "789-456+1230.")
    | _row(98, "/", "/")
)
"""name of the key → its sign, and its sign with shift"""
ENTER: Final = frozenset({_name(28), _name(96)})
SHIFT: Final = frozenset({_name(42), _name(54)})


class KeyboardText:
    """Bytes of input events in, texts out, split anywhere; holds at most `TEXT_SIGNS`. `dropped` counts long codes."""

    def __init__(self) -> None:
        self._events = Decoder()
        self._signs: list[str] = []
        self._overlong = False
        self._shifts: set[str] = set()
        self._last_ms = self._last_event_ms = 0
        self.dropped = 0

    def feed(self, data: bytes, at_ms: int) -> list[str]:
        """The texts that `data`, arrived at `at_ms` (any clock that only grows), completes."""
        return [text for event in self._events.feed(data, at_ms) if (text := self._key(event, at_ms))]

    def due(self, at_ms: int) -> list[str]:
        """Nothing: only Enter ends a text here."""
        return []

    def _key(self, event: KeyEvent, at_ms: int) -> str:
        if event.key in SHIFT:
            (self._shifts.add if event.down else self._shifts.discard)(event.key)
        if not event.down:
            return ""
        if min(at_ms - self._last_ms, abs(event.at_ms - self._last_event_ms)) >= GAP_MS:
            self._forget()
        self._last_ms, self._last_event_ms = at_ms, event.at_ms
        if event.key in ENTER:
            return self._end()
        signs = KEYS.get(event.key)
        if signs is not None:
            self._overlong = self._overlong or len(self._signs) >= TEXT_SIGNS
            if not self._overlong:
                self._signs.append(signs[bool(self._shifts)])
        return ""

    def _end(self) -> str:
        text = "" if self._overlong else "".join(self._signs)
        self.dropped += self._overlong
        self._forget()
        return text

    def _forget(self) -> None:
        self._signs.clear()
        self._overlong = False
