"""The two languages of call boxes, each as what a bus needs: frames to send, signals heard, when it is safe to speak.

A fresh object serves one opened link. `Ub485` must know whether the adapter echoes, because an echoed light frame is
byte for byte a key press (see codecs/ub485). So it first polls an address that no box has and listens for
`SETTLE_MS`: whoever repeats that poll is the adapter. Only then are lights set. With an echo, every frame sent is
awaited for `ECHO_MS` and taken off once: when it is heard twice, the second is a key.
"""

from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from hardware.codecs import line_box, ub485
from hardware.codecs.leds import Led
from hardware.codecs.line_box import LineDecoder, LineFormat, Signal

__all__ = [
    "LINE_KEYS", "LONG_KEYS", "UB485_KEYS", "BoxLanguage", "BoxSpec", "Led", "LineFormat", "LineWords", "Look",
    "TextLines", "Ub485",
]  # fmt: skip

SETTLE_MS: Final = 500
ECHO_MS: Final = 1_000

UB485_KEYS: Mapping[str, str] = {"31": "next", "32": "start", "33": "redirect", "34": "finish"}
LINE_KEYS: Mapping[str, str] = {
    "N": "next",
    "R": "recall",
    "S": "start",
    "F": "finish",
    "G": "rating",
    "P": "pause",
    "T": "redirect",
}
LONG_KEYS: Mapping[str, str] = {"next": "pause"}
"""What a key means when it is held; only boxes that tell both edges can say so."""


@dataclass(frozen=True)
class BoxSpec:
    """One box: its own key names → keys of the hall, and how many characters it shows (0 = none)."""

    address: int
    keys: Mapping[str, str]
    characters: int = 3


@dataclass(frozen=True)
class Look:
    """What a box shows: light and text (its last characters where the box is too short)."""

    led: Led = Led.OFF
    text: str = ""


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


class Ub485:
    """UB485 boxes; `addresses` are those in use, so that the echo probe takes another."""

    gap_ms = 20
    box_gap_ms = 150
    beep_sets_led = True

    def __init__(self, addresses: Collection[int]) -> None:
        self._probe = ub485.poll_frame(next(a for a in reversed(ub485.ADDRESSES) if a not in addresses))
        self._decoder = ub485.Decoder()
        self._opened_ms = 0
        self._awaited: deque[tuple[bytes, int]] = deque()
        self.echoes = False

    def opened(self, now_ms: int) -> list[bytes]:
        self._opened_ms = now_ms
        # Twice, since noise may take one.
        return [self._probe, self._probe]

    def may_speak(self, now_ms: int) -> bool:
        return now_ms - self._opened_ms >= SETTLE_MS

    def sent(self, frame: bytes, now_ms: int) -> None:
        self._awaited.append((frame, now_ms))

    def heard(self, data: bytes, now_ms: int) -> list[Signal]:
        while self._awaited and now_ms - self._awaited[0][1] > ECHO_MS:
            self._awaited.popleft()
        signals = []
        for frame in self._decoder.feed(data, now_ms):
            if not self._is_echo(frame) and frame.key is not None:
                signals.append(Signal("press", frame.address, f"{frame.key:02x}"))
        return signals

    def _is_echo(self, frame: ub485.Frame) -> bool:
        places = [place for place, (raw, _) in enumerate(self._awaited) if raw == frame.raw]
        if frame.key is None and places:
            # A frame that only we say came back: the adapter echoes, however the probe went.
            self.echoes = True
        if not (self.echoes and places):
            return False
        for _ in range(places[0] + 1):
            self._awaited.popleft()
        return True

    def look(self, box: BoxSpec, look: Look) -> list[bytes]:
        light = ub485.led_frame(box.address, look.led)
        if not box.characters:
            return [light]
        # The display first: its echo looks like no key, so it gives an adapter away before a light does.
        return [ub485.display_frame(box.address, look.text, blink=look.led is Led.RED_BLINK), light]

    def beep(self, box: BoxSpec, look: Look) -> bytes | None:
        return ub485.led_frame(box.address, look.led, beep=True)

    def ping(self, address: int) -> bytes | None:
        """None: the answer to a poll is not documented, so silence proves nothing."""
        return None


@dataclass(frozen=True)
class LineWords:
    """A line box's format and its maker's words for the lights (missing: the light's own name)."""

    spoken: LineFormat
    leds: Mapping[Led, str] = field(default_factory=dict)


class TextLines:
    """Line boxes. Their lines differ by direction, so an echo fits no pattern and is dropped by the decoder."""

    gap_ms = 20
    box_gap_ms = 50
    beep_sets_led = False

    def __init__(self, words: LineWords) -> None:
        self._words = words
        self._decoder = LineDecoder(words.spoken)

    def opened(self, now_ms: int) -> list[bytes]:
        return []

    def may_speak(self, now_ms: int) -> bool:
        return True

    def sent(self, frame: bytes, now_ms: int) -> None:
        pass

    def heard(self, data: bytes, now_ms: int) -> list[Signal]:
        return self._decoder.feed(data)

    def look(self, box: BoxSpec, look: Look) -> list[bytes]:
        led = self._words.leds.get(look.led, look.led.value)
        text = look.text[-box.characters :] if box.characters else ""
        shown = self._line("show", box.address, text=text) if box.characters else None
        return [frame for frame in (shown, self._line("led", box.address, led=led)) if frame is not None]

    def beep(self, box: BoxSpec, look: Look) -> bytes | None:
        return self._line("beep", box.address)

    def ping(self, address: int) -> bytes | None:
        return self._line("ping", address)

    def _line(self, kind: str, address: int, **fields: str) -> bytes | None:
        return line_box.encode(self._words.spoken, kind, address, **fields)
