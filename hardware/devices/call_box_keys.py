"""From what a box says to one event per press: contact bounce and long presses.

Two kinds of box. One says "pressed" and no more: its event comes at once, and the same key again within
`DEBOUNCE_MS` of the last word of it is bounce. The other tells both edges, so a key with a second meaning can wait
for its release: let go before `LONG_PRESS_MS` is short, still down then is long, once. A release counts when it has
lasted `DEBOUNCE_MS`; a shorter one is bounce. Keys without a long meaning fire at the first edge.

A box that remembers presses tells of one that was not seen (missed): it is over, its bounce is dealt with, and it comes
at once.

A lost release shows at the next press of that key: the former press was a short one. No I/O and no clock here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

DEBOUNCE_MS: Final = 30
LONG_PRESS_MS: Final = 800

Name = tuple[int, str]
"""Address of the box and its own name of the key."""


@dataclass
class _Held:
    since_ms: int
    fired: bool
    released_ms: int | None = None


@dataclass(frozen=True)
class Stroke:
    """One press of one key, as short or long."""

    address: int
    key: str
    long: bool


class KeyTracker:
    """All keys of one bus. `has_long(address, key)` says which keys wait for their release."""

    def __init__(self, has_long: Callable[[int, str], bool]) -> None:
        self._has_long = has_long
        self._last_ms: dict[Name, int] = {}
        self._held: dict[Name, _Held] = {}

    def signal(self, kind: str, address: int, key: str, now_ms: int) -> list[Stroke]:
        """One signal (press, missed, down or up) → the strokes that it and the time passed complete."""
        strokes = self.due(now_ms)
        name = (address, key)
        if kind == "press":
            last_ms = self._last_ms.get(name)
            self._last_ms[name] = now_ms
            if last_ms is None or now_ms - last_ms > DEBOUNCE_MS:
                strokes.append(Stroke(address, key, False))
        elif kind == "missed":
            strokes.append(Stroke(address, key, False))
        elif kind == "down":
            strokes += self._down(name, now_ms)
        elif name in self._held and self._held[name].released_ms is None:
            self._held[name].released_ms = now_ms
        return strokes

    def _down(self, name: Name, now_ms: int) -> list[Stroke]:
        held = self._held.get(name)
        strokes: list[Stroke] = []
        if held is not None:
            if held.released_ms is not None or now_ms - held.since_ms <= DEBOUNCE_MS:
                held.released_ms = None
                return []
            if not held.fired:
                strokes.append(Stroke(*name, False))
        waits = self._has_long(*name)
        self._held[name] = _Held(now_ms, fired=not waits)
        return strokes if waits else [*strokes, Stroke(*name, False)]

    def forget(self, address: int | None = None) -> None:
        """Drop what is known of the box at `address` (None: of all), also keys that are held."""
        for names in (self._last_ms, self._held):
            for name in [name for name in names if address in (None, name[0])]:
                del names[name]

    def due(self, now_ms: int) -> list[Stroke]:
        """The strokes that time alone completes: a release that lasted, a key held long."""
        strokes: list[Stroke] = []
        for name, held in list(self._held.items()):
            until_ms = now_ms if held.released_ms is None else held.released_ms
            is_long = until_ms - held.since_ms >= LONG_PRESS_MS
            is_over = held.released_ms is not None and now_ms - held.released_ms > DEBOUNCE_MS
            if not held.fired and (is_over or is_long):
                held.fired = True
                strokes.append(Stroke(*name, is_long))
            if is_over:
                del self._held[name]
        return strokes
