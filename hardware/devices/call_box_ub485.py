"""UB485 boxes on a bus: their keys, and an adapter that may echo.

An echoed light frame is byte for byte a key press (see codecs/ub485), so one must know whether the adapter echoes.
On each opened link an address that no box has is polled first, and for `SETTLE_MS` nothing else is said: whoever
repeats that poll is the adapter. With an echo, every frame sent is awaited for `ECHO_MS` and taken off once: when it
is heard twice, the second is a key.

Boxes speak unasked, so two pressed at once destroy each other's word. Where that happens the boxes can be asked in turn
for the key they hold (`slot_ms`): a lost press is found then, and a key that is told again and again while it is held
is one press. It is over when a whole round of questions brought nothing more of it.
"""

from collections import deque
from collections.abc import Collection
from typing import Final

from hardware.codecs import ub485
from hardware.devices.call_box_parts import BoxSpec, Led, Look, Signal

SETTLE_MS: Final = 500
LET_GO_POLLS: Final = 3
ECHO_MS: Final = 1_000

UB485_ADDRESSES: Final = ub485.ADDRESSES
UB485_BAUD: Final = 57600


class Ub485:
    """UB485 boxes; `addresses` are those in use, so that the echo probe takes another. `slot_ms`: see
    `PolledLanguage`."""

    gap_ms = 20
    box_gap_ms = 150
    beep_sets_led = True

    def __init__(self, addresses: Collection[int], slot_ms: int = 0) -> None:
        self.slot_ms = slot_ms
        self._probe = ub485.poll_frame(next(a for a in reversed(ub485.ADDRESSES) if a not in addresses))
        self._decoder = ub485.Decoder()
        self._opened_ms = 0
        self._awaited: deque[tuple[bytes, int]] = deque()
        self._held: dict[int, int] = {}
        self._unsaid: dict[int, int] = {}
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
            if self._is_echo(frame) or frame.key is None:
                continue
            if not (self.slot_ms and self._is_held(frame.address, frame.key)):
                signals.append(Signal("press", frame.address, f"{frame.key:02x}"))
        return signals

    def ask(self, address: int) -> bytes:
        # One answer may be lost on the line; a key that is not told for so many questions was let go.
        self._unsaid[address] = self._unsaid.get(address, 0) + 1
        if self._unsaid[address] > LET_GO_POLLS:
            self._held.pop(address, None)
        return ub485.poll_frame(address)

    def _is_held(self, address: int, key: int) -> bool:
        """Whether this key was told before and has not been let go since."""
        self._unsaid[address] = 0
        before = self._held.get(address)
        self._held[address] = key
        return before == key

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
