"""The call boxes on one link: presses out, looks in, health as values.

One thread owns a bus and turns it round:

    while not stopped:
        bus.wait(0.02)                      blocks on the line at most so long
        for event in bus.poll(now_ms): …    never blocks longer than one write

`show` only notes what a box should show; `poll` sends at most one frame a turn, so presses are heard between frames.
A link that breaks is opened again after 0.5, 1, 2, then every 5 s; what should be shown is sent again, beeps and
half-heard keys are not.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from hardware.devices.call_box_keys import KeyTracker
from hardware.devices.call_box_outbox import PING_MS, Outbox
from hardware.devices.call_box_parts import (
    LONG_KEYS,
    BoxEvent,
    BoxHealth,
    BoxLanguage,
    BoxSpec,
    Led,
    Look,
    Press,
    Signal,
    Stranger,
)
from hardware.transports.link import Link, LinkDown

SILENT_MS: Final = 3 * PING_MS + 1_000
REOPEN_MS: Final = (500, 1_000, 2_000, 5_000)
WRITE_TIMEOUT_S: Final = 0.5


class CallBoxBus:
    """All boxes on one link. `open_link` opens it anew each time; `language` makes the language of one opened link."""

    def __init__(
        self, open_link: Callable[[], Link], language: Callable[[], BoxLanguage], boxes: Sequence[BoxSpec]
    ) -> None:
        self._open_link = open_link
        self._make_language = language
        self._language = language()
        self._outbox = Outbox(self._language, boxes)
        self._specs = {spec.address: spec for spec in boxes}
        self._presses = dict.fromkeys(self._specs, 0)
        self._heard_ms: dict[int, int] = {}
        self._tracker = KeyTracker(self._has_long)
        self._link: Link | None = None
        self._arrived = b""
        self._failure = ""
        self._reason = "not opened yet"
        self._failures = 0
        self._open_at_ms = self._opened_ms = self._now_ms = 0

    @property
    def link_down(self) -> str:
        """Why there is no link, in the system's words; "" while there is one."""
        return "" if self._link is not None else self._reason

    def wait(self, timeout_s: float) -> bool:
        """Block on the line at most `timeout_s`; False at once when there is no link to wait on."""
        if self._link is None or self._failure:
            return False
        try:
            self._arrived += self._link.read(timeout_s)
        except LinkDown as error:
            self._failure = str(error)
        return True

    def show(self, address: int, led: Led, beep: int = 0, text: str = "") -> None:
        """What the box at `address` shows from now on, and how often it beeps once (at most three)."""
        self._outbox.show(address, Look(led, text), beep)

    def poll(self, now_ms: int) -> list[BoxEvent]:
        """Take what arrived, send what is due, open what is down; `now_ms` from any clock that only grows."""
        self._now_ms = now_ms
        if self._link is None and now_ms >= self._open_at_ms:
            self._open(now_ms)
        self.wait(0)
        arrived, self._arrived = self._arrived, b""
        signals = self._language.heard(arrived, now_ms) if arrived else []
        events = [event for signal in signals for event in self._take(signal, now_ms)]
        events += [self._press(s.address, s.key, s.long) for s in self._tracker.due(now_ms)]
        if self._link is not None and not self._failure:
            frame = self._outbox.due(now_ms)
            if frame is not None:
                self._write(self._link, frame, now_ms)
        if self._failure:
            self._drop(now_ms)
        return events

    def health(self) -> Mapping[int, BoxHealth]:
        """address → health, as of the last poll."""
        return {address: self._health(address) for address in self._specs}

    def close(self) -> None:
        """Give the link back; the next poll would open it again."""
        if self._link is not None:
            self._link.close()
            self._link = None
            self._reason = "closed"

    def _health(self, address: int) -> BoxHealth:
        if self._link is None:
            return BoxHealth("offline", "link_down")
        heard_ms = self._heard_ms.get(address)
        quiet_ms = self._now_ms - (self._opened_ms if heard_ms is None else heard_ms)
        if self._outbox.boxes[address].pinged_ms is not None and quiet_ms > SILENT_MS:
            return BoxHealth("offline", "silent")
        return BoxHealth("unheard" if heard_ms is None else "online")

    def _has_long(self, address: int, key: str) -> bool:
        spec = self._specs.get(address)
        return spec is not None and spec.keys.get(key, "") in LONG_KEYS

    def _take(self, signal: Signal, now_ms: int) -> list[BoxEvent]:
        if signal.address in self._specs:
            self._heard_ms[signal.address] = now_ms
        if signal.kind == "alive":
            return []
        strokes = self._tracker.signal(signal.kind, signal.address, signal.key, now_ms)
        return [self._press(s.address, s.key, s.long) for s in strokes]

    def _press(self, address: int, key: str, long: bool) -> BoxEvent:
        spec = self._specs.get(address)
        if spec is None or key not in spec.keys:
            return Stranger(address, key)
        self._presses[address] += 1
        meaning = spec.keys[key]
        return Press(address, LONG_KEYS[meaning] if long else meaning, self._presses[address])

    def _open(self, now_ms: int) -> None:
        try:
            link = self._open_link()
        except LinkDown as error:
            self._failure = str(error)
            return
        self._link, self._opened_ms = link, now_ms
        self._language = self._make_language()
        self._outbox.link_opened(self._language, now_ms)
        self._heard_ms.clear()
        for frame in self._language.opened(now_ms):
            self._write(link, frame, now_ms)

    def _drop(self, now_ms: int) -> None:
        if self._link is not None:
            self._link.close()
            # A link that lived a while starts the series of pauses anew; one that broke at once does not.
            if now_ms - self._opened_ms > REOPEN_MS[-1]:
                self._failures = 0
        # A key held when the cable went is not held for ever.
        self._tracker = KeyTracker(self._has_long)
        self._open_at_ms = now_ms + REOPEN_MS[min(self._failures, len(REOPEN_MS) - 1)]
        self._failures += 1
        self._link, self._reason, self._failure, self._arrived = None, self._failure, "", b""

    def _write(self, link: Link, frame: bytes, now_ms: int) -> None:
        # Noted first: with a fast echo the frame may be heard before the write returns.
        self._language.sent(frame, now_ms)
        try:
            link.write(frame, WRITE_TIMEOUT_S)
        except LinkDown as error:
            self._failure = str(error)
