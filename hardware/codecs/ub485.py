"""UB485 operator boxes: four keys, a two-colour light with beeper, three characters; many boxes on one RS-485 pair.

57600 8N1, no check sum. Addresses 20–FE.

    box → host   01 adr key 07                 key 31 call/recall · 32 start · 33 redirect · 34 finish or no-show
    host → box   01 adr m 07                   m 30 off · 31 red · 32 green · 33/34 red/green blinking 200 ms ·
                                               35/36 blinking 500 ms · 37–3D the same with a beep of 500 ms
    host → box   01 adr blink c1 c2 c3 07      blink 20 steady · 21 always · 22–7F (N-21) times
    host → box   04 adr 07                     poll
    host → box   03 old new 07                 new address

What can go wrong. The frames of both directions share their shape: an adapter that echoes turns "light red at 20"
(01 20 31 07) into "call pressed at 20". So every frame comes back with its raw bytes, and the driver, which knows
what it sent, tells an echo from a key. Boxes speak unasked, so frames collide: bytes that form no frame are dropped
one at a time up to the next that does. Without a check sum one wrong bit can make one key of another; nothing here
can see that. A frame takes 0.7 ms: half a frame older than `GAP_MS` is dropped, or a stray 07 minutes later
would finish it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from hardware.codecs.leds import Led

ADDRESSES: Final = range(0x20, 0xFF)
KEYS: Final = range(0x31, 0x35)
CHARACTERS: Final = 3
GAP_MS: Final = 50

_START, _ADDRESS, _POLL, _END = 0x01, 0x03, 0x04, 0x07
_LEDS = range(0x30, 0x3E)
_BLINKS = range(0x20, 0x80)
_BEEP = 7
_PRINTABLE = range(0x20, 0x100)
_HEAD_LENGTHS = {_START: 4, _ADDRESS: 4, _POLL: 3}
_DISPLAY_LENGTH = 7

LED_CODES: Mapping[Led, int] = MappingProxyType(
    {
        Led.OFF: 0x30,
        Led.RED: 0x31,
        Led.GREEN: 0x32,
        Led.RED_FAST: 0x33,
        Led.GREEN_BLINK: 0x34,
        Led.RED_BLINK: 0x35,
        Led.GREEN_SLOW: 0x36,
    }
)


@dataclass(frozen=True)
class Frame:
    """One whole frame as heard. `key` is 31–34 where the frame may be a key press, else None (only a host says it)."""

    raw: bytes
    address: int
    key: int | None


class Decoder:
    """Bytes in, frames out, split anywhere; never holds more than one unfinished frame."""

    def __init__(self) -> None:
        self._pending = b""
        self._last_ms = 0

    def feed(self, data: bytes, at_ms: int) -> list[Frame]:
        """The frames that `data`, arrived at `at_ms` (any clock that only grows), completes."""
        if at_ms - self._last_ms > GAP_MS:
            self._pending = b""
        self._last_ms = at_ms
        buffer = self._pending + data
        frames: list[Frame] = []
        at = 0
        while at < len(buffer):
            length = _frame_length(buffer, at)
            if length is None:
                break
            if length:
                frames.append(_frame(buffer[at : at + length]))
            at += length or 1
        self._pending = buffer[at:]
        return frames


def _frame_length(buffer: bytes, at: int) -> int | None:
    """Length of the frame that starts at `at`; 0 when none does; None when more bytes must decide."""
    head = buffer[at]
    if head not in _HEAD_LENGTHS:
        return 0
    body = buffer[at + 1 : at + _HEAD_LENGTHS[head]]
    if body and body[0] not in ADDRESSES:
        return 0
    if len(body) < _HEAD_LENGTHS[head] - 1:
        return None
    if body[-1] == _END and _head_is_valid(head, body):
        return len(body) + 1
    return _display_length(buffer, at) if head == _START else 0


def _head_is_valid(head: int, body: bytes) -> bool:
    if head == _START:
        return body[1] in _LEDS
    return head == _POLL or body[1] in ADDRESSES


def _display_length(buffer: bytes, at: int) -> int | None:
    frame = buffer[at : at + _DISPLAY_LENGTH]
    if frame[2] not in _BLINKS or any(c not in _PRINTABLE for c in frame[3:6]):
        return 0
    if len(frame) < _DISPLAY_LENGTH:
        return None
    return _DISPLAY_LENGTH if frame[6] == _END else 0


def _frame(raw: bytes) -> Frame:
    is_key = raw[0] == _START and len(raw) == 4 and raw[2] in KEYS
    return Frame(raw, raw[1], raw[2] if is_key else None)


def led_frame(address: int, led: Led, *, beep: bool = False) -> bytes:
    """Set the light; with `beep` also 500 ms of sound."""
    return bytes([_START, _checked(address), LED_CODES[led] + (_BEEP if beep else 0), _END])


def display_frame(address: int, text: str, *, blink: bool = False) -> bytes:
    """Show the last three characters of `text`, right aligned; what ASCII lacks becomes a space."""
    shown = text[-CHARACTERS:].rjust(CHARACTERS)
    characters = bytes(ord(c) if " " <= c <= "~" else 0x20 for c in shown)
    return bytes([_START, _checked(address), 0x21 if blink else 0x20, *characters, _END])


def poll_frame(address: int) -> bytes:
    """Ask a box for the key it holds."""
    return bytes([_POLL, _checked(address), _END])


def address_frame(old: int, new: int) -> bytes:
    """Give the box at `old` the address `new`."""
    return bytes([_ADDRESS, _checked(old), _checked(new), _END])


def _checked(address: int) -> int:
    if address not in ADDRESSES:
        raise ValueError(f"UB485 address {address:#x}: allowed 0x20 to 0xfe")
    return address
