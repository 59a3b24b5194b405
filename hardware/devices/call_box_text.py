"""Line boxes on a bus: the words of a maker's lights."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hardware.codecs import line_box
from hardware.codecs.line_box import LineDecoder
from hardware.codecs.line_format import LineFormat
from hardware.devices.call_box_parts import BoxSpec, Led, Look, PlainLanguage, Signal

__all__ = ["LineFormat", "LineWords", "TextLines"]


@dataclass(frozen=True)
class LineWords:
    """A line box's format and its maker's words for the lights (missing: the light's own name)."""

    spoken: LineFormat
    leds: Mapping[Led, str] = field(default_factory=dict)


class TextLines(PlainLanguage):
    """Line boxes. Their lines differ by direction, so an echo fits no pattern and is dropped by the decoder."""

    gap_ms = 20
    box_gap_ms = 50

    def __init__(self, words: LineWords) -> None:
        self._words = words
        self._decoder = LineDecoder(words.spoken)

    def heard(self, data: bytes, now_ms: int) -> list[Signal]:
        return self._decoder.feed(data, now_ms)

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
