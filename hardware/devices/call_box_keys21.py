"""21-key boxes on a bus: a maker's commands and codes as values, and an adapter that may echo.

Both directions share the frame, but a press has a command of its own: what we send is never taken for one, so an echo
is known by its command and needs no more.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from hardware.codecs import keys21
from hardware.devices.call_box_parts import BoxSpec, Led, Look, PlainLanguage, Signal

NO_COMMAND: Final = -1
ONE_BEEP: Final = b"\x01"


@dataclass(frozen=True)
class Keys21Codes:
    """What a maker's boxes say and understand; `NO_COMMAND` where they have no such thing.

    `press_cmd` comes from a box, with the key's code at `key_at` in its data. `led_cmd` sets the light to one of
    `led_codes`, `text_cmd` shows ASCII text as long as the box's display, `beep_cmd` sounds once. Raises `ValueError`
    naming what is wrong.
    """

    press_cmd: int
    key_at: int = 0
    led_cmd: int = NO_COMMAND
    led_codes: Mapping[Led, int] = field(default_factory=dict)
    text_cmd: int = NO_COMMAND
    beep_cmd: int = NO_COMMAND

    def __post_init__(self) -> None:
        _allow("press_cmd", self.press_cmd, 0, 255)
        _allow("key_at", self.key_at, 0, keys21.DATA_BYTES - 1)
        for name, command in self._sent().items():
            _allow(name, command, NO_COMMAND, 255)
            if command == self.press_cmd:
                raise ValueError(f"21-key box {name} {command}: is press_cmd too, so that an echo would be a press")
        if self.led_cmd != NO_COMMAND:
            for led in Led:
                if led not in self.led_codes:
                    raise ValueError(f"21-key box led_codes: {led} is missing; give each light a code")
                _allow(f"led_codes.{led}", self.led_codes[led], 0, 255)

    def _sent(self) -> Mapping[str, int]:
        return {"led_cmd": self.led_cmd, "text_cmd": self.text_cmd, "beep_cmd": self.beep_cmd}


def _allow(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise ValueError(f"21-key box {name} {value}: allowed {least} to {most}")


class Keys21(PlainLanguage):
    """One opened link's 21-key boxes. Keys are named by their code, two hexadecimal digits."""

    gap_ms = 20
    box_gap_ms = 100

    def __init__(self, codes: Keys21Codes) -> None:
        self._codes = codes
        self._decoder = keys21.Decoder()

    def heard(self, data: bytes, now_ms: int) -> list[Signal]:
        signals = []
        for frame in self._decoder.feed(data, now_ms):
            if frame.command == self._codes.press_cmd and len(frame.data) > self._codes.key_at:
                signals.append(Signal("press", frame.address, f"{frame.data[self._codes.key_at]:02x}"))
        return signals

    def look(self, box: BoxSpec, look: Look) -> list[bytes]:
        frames = []
        if box.characters and self._codes.text_cmd != NO_COMMAND:
            shown = look.text[-box.characters :].rjust(box.characters)
            text = bytes(ord(c) if " " <= c <= "~" else 0x20 for c in shown)
            frames.append(keys21.frame(box.address, self._codes.text_cmd, text))
        if self._codes.led_cmd != NO_COMMAND:
            code = self._codes.led_codes[look.led]
            frames.append(keys21.frame(box.address, self._codes.led_cmd, bytes([code])))
        return frames

    def beep(self, box: BoxSpec, look: Look) -> bytes | None:
        if self._codes.beep_cmd == NO_COMMAND:
            return None
        return keys21.frame(box.address, self._codes.beep_cmd, ONE_BEEP)

    def ping(self, address: int) -> bytes | None:
        """None: nothing of these boxes' answers is documented, so silence proves nothing."""
        return None
