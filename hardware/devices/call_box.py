"""The call boxes on one link: presses out, looks in, health as values.

One thread owns a bus and turns it round:

    while not stopped:
        bus.wait(0.02)                      blocks on the line at most so long
        for event in bus.poll(now_ms): …    never blocks longer than one write

`show` only notes what a box should show. `poll` brings the boxes to it, one frame at a time with the pauses the
maker asks for: beeps and changes first, then a refresh of every look each `REFRESH_MS`, since boxes acknowledge
nothing and a box that lost power comes back dark. A link that breaks is opened again after 0.5, 1, 2, then every 5 s;
what should be shown is sent again, beeps and half-heard keys are not.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from hardware.codecs.leds import Led
from hardware.codecs.line_box import Signal
from hardware.devices.call_box_keys import KeyTracker
from hardware.devices.call_box_lines import LONG_KEYS, BoxLanguage, BoxSpec, Look
from hardware.transports.link import Link, LinkDown

REFRESH_MS: Final = 10_000
BEEP_EVERY_MS: Final = 700
PING_MS: Final = 2_000
SILENT_MS: Final = 3 * PING_MS + 1_000
REOPEN_MS: Final = (500, 1_000, 2_000, 5_000)
WRITE_TIMEOUT_S: Final = 0.5
MAX_BEEPS: Final = 3


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


@dataclass
class _Box:
    spec: BoxSpec
    look: Look = Look()
    beeps: int = 0
    beep_from_ms: int = 0
    free_from_ms: int = 0
    presses: int = 0
    shown: dict[int, tuple[bytes, int]] = field(default_factory=dict)
    heard_ms: int | None = None
    pinged_ms: int | None = None

    def link_opened(self) -> None:
        self.shown.clear()
        self.beeps = 0
        self.heard_ms = self.pinged_ms = None


class CallBoxBus:
    """All boxes on one link. `open_link` opens it anew each time; `language` makes the language of one opened link."""

    def __init__(
        self, open_link: Callable[[], Link], language: Callable[[], BoxLanguage], boxes: Sequence[BoxSpec]
    ) -> None:
        self._open_link = open_link
        self._make_language = language
        self._language = language()
        self._boxes = {spec.address: _Box(spec) for spec in boxes}
        self._tracker = KeyTracker(self._has_long)
        self._link: Link | None = None
        self._arrived = b""
        self._failure = ""
        self._reason = "not opened yet"
        self._failures = 0
        self._open_at_ms = 0
        self._opened_ms = 0
        self._now_ms = 0
        self._free_from_ms = 0

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
        """What the box at `address` shows from now on, and how often it beeps once (at most `MAX_BEEPS`)."""
        box = self._boxes[address]
        box.look = Look(led, text)
        box.beeps = min(max(box.beeps, beep), MAX_BEEPS)

    def poll(self, now_ms: int) -> list[BoxEvent]:
        """Take what arrived, send what is due, open what is down; `now_ms` from any clock that only grows."""
        self._now_ms = now_ms
        if self._link is None:
            self._try_open(now_ms)
        self.wait(0)
        arrived, self._arrived = self._arrived, b""
        signals = self._language.heard(arrived, now_ms) if arrived else []
        events = [event for signal in signals for event in self._take(signal, now_ms)]
        events += [self._press(s.address, s.key, s.long) for s in self._tracker.due(now_ms)]
        if self._link is not None and not self._failure:
            self._speak(self._link, now_ms)
        if self._failure:
            self._drop_link(now_ms)
        return events

    def health(self) -> Mapping[int, BoxHealth]:
        """address → health, as of the last poll."""
        return {address: self._health(box) for address, box in self._boxes.items()}

    def close(self) -> None:
        """Give the link back; the next poll would open it again."""
        if self._link is not None:
            self._link.close()
            self._link = None
            self._reason = "closed"

    def _health(self, box: _Box) -> BoxHealth:
        if self._link is None:
            return BoxHealth("offline", "link_down")
        quiet_since_ms = self._opened_ms if box.heard_ms is None else box.heard_ms
        if box.pinged_ms is not None and self._now_ms - quiet_since_ms > SILENT_MS:
            return BoxHealth("offline", "silent")
        return BoxHealth("unheard" if box.heard_ms is None else "online")

    def _has_long(self, address: int, key: str) -> bool:
        box = self._boxes.get(address)
        return box is not None and box.spec.keys.get(key, "") in LONG_KEYS

    def _take(self, signal: Signal, now_ms: int) -> list[BoxEvent]:
        if signal.address in self._boxes:
            self._boxes[signal.address].heard_ms = now_ms
        if signal.kind == "alive":
            return []
        strokes = self._tracker.signal(signal.kind, signal.address, signal.key, now_ms)
        return [self._press(s.address, s.key, s.long) for s in strokes]

    def _press(self, address: int, key: str, long: bool) -> BoxEvent:
        box = self._boxes.get(address)
        if box is None or key not in box.spec.keys:
            return Stranger(address, key)
        box.presses += 1
        meaning = box.spec.keys[key]
        return Press(address, LONG_KEYS[meaning] if long else meaning, box.presses)

    def _try_open(self, now_ms: int) -> None:
        if now_ms < self._open_at_ms:
            return
        try:
            link = self._open_link()
        except LinkDown as error:
            self._failure = str(error)
            return
        self._link, self._opened_ms, self._free_from_ms = link, now_ms, now_ms
        self._language = self._make_language()
        for box in self._boxes.values():
            box.link_opened()
        for frame in self._language.opened(now_ms):
            self._write(link, frame, now_ms)

    def _drop_link(self, now_ms: int) -> None:
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

    def _speak(self, link: Link, now_ms: int) -> None:
        """At most one frame a turn, so that presses are heard between frames."""
        if now_ms < self._free_from_ms or not self._language.may_speak(now_ms):
            return
        free = [box for box in self._boxes.values() if now_ms >= box.free_from_ms]
        for choose in (self._due_beep, self._due_change, self._due_ping, self._due_refresh):
            for box in free:
                frame = choose(box, now_ms)
                if frame is not None:
                    self._write(link, frame, now_ms)
                    self._free_from_ms = now_ms + self._language.gap_ms
                    box.free_from_ms = now_ms + self._language.box_gap_ms
                    return

    def _due_beep(self, box: _Box, now_ms: int) -> bytes | None:
        if not box.beeps or now_ms < box.beep_from_ms:
            return None
        frame = self._language.beep(box.spec, box.look)
        box.beeps = box.beeps - 1 if frame is not None else 0
        box.beep_from_ms = now_ms + BEEP_EVERY_MS
        if frame is not None and self._language.beep_sets_led:
            frames = self._language.look(box.spec, box.look)
            box.shown[len(frames) - 1] = (frames[-1], now_ms)
        return frame

    def _due_change(self, box: _Box, now_ms: int) -> bytes | None:
        for place, frame in enumerate(self._language.look(box.spec, box.look)):
            if box.shown.get(place, (b"", 0))[0] != frame:
                box.shown[place] = (frame, now_ms)
                return frame
        return None

    def _due_ping(self, box: _Box, now_ms: int) -> bytes | None:
        if box.pinged_ms is not None and now_ms - box.pinged_ms < PING_MS:
            return None
        frame = self._language.ping(box.spec.address)
        if frame is not None:
            box.pinged_ms = now_ms
        return frame

    def _due_refresh(self, box: _Box, now_ms: int) -> bytes | None:
        for place, (frame, sent_ms) in box.shown.items():
            if now_ms - sent_ms >= REFRESH_MS:
                box.shown[place] = (frame, now_ms)
                return frame
        return None

    def _write(self, link: Link, frame: bytes, now_ms: int) -> None:
        # Noted first: with a fast echo the frame may be heard before the write returns.
        self._language.sent(frame, now_ms)
        try:
            link.write(frame, WRITE_TIMEOUT_S)
        except LinkDown as error:
            self._failure = str(error)
