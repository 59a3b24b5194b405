"""What a bus and the languages of its boxes share: a box, a look, what happens,
and what a language must do.

`Led` comes from the codecs, for those that may not import them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from hardware.codecs.leds import Led
from hardware.codecs.line_box import Signal

__all__ = [
    "LONG_KEYS", "BoxEvent", "BoxHealth", "BoxLanguage", "BoxSpec", "BoxState", "Led", "Look", "PolledLanguage",
    "Press", "Signal", "Stranger",
]  # fmt: skip

LONG_KEYS: Mapping[str, str] = {"next": "pause"}
"""key of the hall → what it means when it is held, on a box that says nothing else of its own keys."""


@dataclass(frozen=True)
class BoxSpec:
    """One box: its own key names → keys of the hall, and how many characters it shows (0 = none).

    `long_keys`: what its own keys mean when they are held, which only boxes that tell both edges can say; None = the
    usual (`LONG_KEYS`), {} = no key has a second meaning, and none waits for its release.
    """

    address: int
    keys: Mapping[str, str]
    characters: int = 3
    long_keys: Mapping[str, str] | None = None

    def held(self, key: str) -> str | None:
        """The key of the hall that the box's own `key` is when it is held; None where that means nothing else."""
        return LONG_KEYS.get(self.keys.get(key, "")) if self.long_keys is None else self.long_keys.get(key)


@dataclass(frozen=True)
class Look:
    """What a box shows: light and text (its last characters where the box is too short)."""

    led: Led = Led.OFF
    text: str = ""


@dataclass(frozen=True)
class Press:
    """One press: address, key of the hall, and the box's own count of presses since this bus object was made."""

    address: int
    key: str
    count: int


@dataclass(frozen=True)
class Stranger:
    """A key that nothing here is set up for: an unknown address, or a key outside the box's map."""

    address: int
    key: str


BoxEvent = Press | Stranger
BoxState = Literal["online", "unheard", "offline"]


@dataclass(frozen=True)
class BoxHealth:
    """online: heard from · unheard: the line is open, the box has not spoken yet and need not · offline with a
    reason: `link_down`, or `silent` where the box answers pings and stopped."""

    state: BoxState
    reason: str = ""


class BoxLanguage(Protocol):
    """One opened link's language. `gap_ms` stands between frames, `box_gap_ms` between frames to one box.

    `look` gives the frames of a look, the light last; `beep_sets_led`: a beep frame carries the light with it.
    """

    gap_ms: int
    box_gap_ms: int
    beep_sets_led: bool

    def opened(self, now_ms: int) -> list[bytes]: ...
    def may_speak(self, now_ms: int) -> bool: ...
    def heard(self, data: bytes, now_ms: int) -> list[Signal]: ...
    def sent(self, frame: bytes, now_ms: int) -> None: ...
    def look(self, box: BoxSpec, look: Look) -> list[bytes]: ...
    def beep(self, box: BoxSpec, look: Look) -> bytes | None: ...
    def ping(self, address: int) -> bytes | None: ...


class PlainLanguage:
    """What a language does that has nothing to ask first, nothing to wait for, and knows its echo by its form."""

    beep_sets_led = False

    def opened(self, now_ms: int) -> list[bytes]:
        return []

    def may_speak(self, now_ms: int) -> bool:
        return True

    def sent(self, frame: bytes, now_ms: int) -> None:
        pass


@runtime_checkable
class PolledLanguage(Protocol):
    """A language whose boxes can be asked in turn for the key they hold, `slot_ms` for each; 0 = they are not."""

    slot_ms: int

    def ask(self, address: int) -> bytes: ...
