"""What is due to be said to the boxes of a bus, one frame at a time.

First beeps, then looks that changed, then pings, then the refresh of a look each `REFRESH_MS`: boxes acknowledge
nothing, and one that lost power comes back dark. The language's pauses stand between any two frames, and a longer
one between two to the same box. In the time that is left, boxes that can be polled are, one after the other. No I/O and
no clock here.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from hardware.devices.call_box_parts import BoxLanguage, BoxSpec, Look, PolledLanguage

REFRESH_MS: Final = 10_000
BEEP_EVERY_MS: Final = 700
PING_MS: Final = 2_000
MAX_BEEPS: Final = 3


@dataclass
class Outgoing:
    """One box as the host speaks to it; `shown` is frame and time by place in the look."""

    spec: BoxSpec
    look: Look = Look()
    beeps: int = 0
    beep_from_ms: int = 0
    free_from_ms: int = 0
    pinged_ms: int | None = None
    shown: dict[int, tuple[bytes, int]] = field(default_factory=dict)


class Outbox:
    """All boxes of a bus. `language` is replaced with each opened link (`link_opened`)."""

    def __init__(self, language: BoxLanguage, specs: Iterable[BoxSpec]) -> None:
        self._language = language
        self.boxes = {spec.address: Outgoing(spec) for spec in specs}
        self._round: deque[int] = deque(self.boxes)
        self._free_from_ms = 0

    def link_opened(self, language: BoxLanguage, now_ms: int) -> None:
        """All looks are to be sent again; beeps of the past are not."""
        self._language = language
        self._free_from_ms = now_ms
        for box in self.boxes.values():
            box.shown.clear()
            box.beeps = 0
            box.pinged_ms = None

    def show(self, address: int, look: Look, beeps: int) -> None:
        box = self.boxes[address]
        box.look = look
        box.beeps = min(max(box.beeps, beeps), MAX_BEEPS)

    def due(self, now_ms: int) -> bytes | None:
        """The frame to send at `now_ms`, noted as sent; None when nothing is due."""
        if now_ms < self._free_from_ms or not self._language.may_speak(now_ms):
            return None
        free = [box for box in self.boxes.values() if now_ms >= box.free_from_ms]
        for choose in (self._beep, self._change, self._ping, self._refresh):
            for box in free:
                frame = choose(box, now_ms)
                if frame is not None:
                    self._free_from_ms = now_ms + self._language.gap_ms
                    box.free_from_ms = now_ms + self._language.box_gap_ms
                    return frame
        return self._poll(now_ms)

    def free_in_ms(self, now_ms: int) -> int | None:
        """How long until the next box is to be polled; None where none is."""
        polled = isinstance(self._language, PolledLanguage) and self._language.slot_ms
        return max(self._free_from_ms - now_ms, 0) if polled else None

    def _poll(self, now_ms: int) -> bytes | None:
        language = self._language
        if not (isinstance(language, PolledLanguage) and language.slot_ms and self._round):
            return None
        self._round.rotate(-1)
        self._free_from_ms = now_ms + language.slot_ms
        return language.ask(self._round[-1])

    def _beep(self, box: Outgoing, now_ms: int) -> bytes | None:
        if not box.beeps or now_ms < box.beep_from_ms:
            return None
        frame = self._language.beep(box.spec, box.look)
        box.beeps = box.beeps - 1 if frame is not None else 0
        box.beep_from_ms = now_ms + BEEP_EVERY_MS
        if frame is not None and self._language.beep_sets_led:
            frames = self._language.look(box.spec, box.look)
            box.shown[len(frames) - 1] = (frames[-1], now_ms)
        return frame

    def _change(self, box: Outgoing, now_ms: int) -> bytes | None:
        for place, frame in enumerate(self._language.look(box.spec, box.look)):
            if box.shown.get(place, (b"", 0))[0] != frame:
                box.shown[place] = (frame, now_ms)
                return frame
        return None

    def _ping(self, box: Outgoing, now_ms: int) -> bytes | None:
        if box.pinged_ms is not None and now_ms - box.pinged_ms < PING_MS:
            return None
        frame = self._language.ping(box.spec.address)
        if frame is not None:
            box.pinged_ms = now_ms
        return frame

    def _refresh(self, box: Outgoing, now_ms: int) -> bytes | None:
        for place, (frame, sent_ms) in box.shown.items():
            if now_ms - sent_ms >= REFRESH_MS:
                box.shown[place] = (frame, now_ms)
                return frame
        return None
