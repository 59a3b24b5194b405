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

from hardware.devices.call_box_outbox import PING_MS, Outbox
from hardware.devices.call_box_parts import BoxEvent, BoxHealth, BoxLanguage, BoxSpec, Led, Look
from hardware.devices.call_box_presses import Presses
from hardware.devices.kept_link import REOPEN_MS, KeptLink
from hardware.transports.link import Link

__all__ = ["REOPEN_MS", "SILENT_MS", "CallBoxBus"]

SILENT_MS: Final = 3 * PING_MS + 1_000


class CallBoxBus:
    """All boxes on one link. `open_link` opens it anew each time; `language` makes the language of one opened link."""

    def __init__(
        self, open_link: Callable[[], Link], language: Callable[[], BoxLanguage], boxes: Sequence[BoxSpec]
    ) -> None:
        self._make_language = language
        self._language = language()
        self._outbox = Outbox(self._language, boxes)
        self._presses = Presses(boxes)
        self._addresses = [spec.address for spec in boxes]
        self._heard_ms: dict[int, int] = {}
        self._link = KeptLink(open_link)
        self._opened_ms = self._now_ms = 0

    @property
    def link_down(self) -> str:
        """Why there is no link, in the system's words; "" while there is one."""
        return self._link.down

    def wait(self, timeout_s: float) -> bool:
        """Block on the line at most `timeout_s`; False at once when there is no link to wait on."""
        due_ms = self._outbox.free_in_ms(self._now_ms)
        # Boxes that are polled do not wait for a whole turn of the caller's.
        return self._link.wait(timeout_s if due_ms is None else min(timeout_s, max(due_ms, 1) / 1000))

    def show(self, address: int, led: Led, beep: int = 0, text: str = "") -> None:
        """What the box at `address` shows from now on, and how often it beeps once (at most three)."""
        self._outbox.show(address, Look(led, text), beep)

    def poll(self, now_ms: int) -> list[BoxEvent]:
        """Take what arrived, send what is due, open what is down; `now_ms` from any clock that only grows."""
        self._now_ms = now_ms
        if self._link.open_due(now_ms):
            self._opened(now_ms)
        self._link.wait(0)
        arrived = self._link.take()
        events: list[BoxEvent] = []
        for signal in self._language.heard(arrived, now_ms) if arrived else []:
            self._heard_ms[signal.address] = now_ms
            events += self._presses.heard(signal, now_ms)
        events += self._presses.due(now_ms)
        frame = self._outbox.due(now_ms) if self._link.usable else None
        if frame is not None:
            self._write(frame, now_ms)
        self._link.settle(now_ms)
        if self._link.down:
            self._presses.let_go()
        return events

    def health(self) -> Mapping[int, BoxHealth]:
        """address → health, as of the last poll."""
        return {address: self._health(address) for address in self._addresses}

    def close(self) -> None:
        """Give the link back; the next poll would open it again."""
        self._link.close()

    def _health(self, address: int) -> BoxHealth:
        if self._link.down:
            return BoxHealth("offline", "link_down")
        heard_ms = self._heard_ms.get(address)
        quiet_ms = self._now_ms - (self._opened_ms if heard_ms is None else heard_ms)
        if self._outbox.boxes[address].pinged_ms is not None and quiet_ms > SILENT_MS:
            return BoxHealth("offline", "silent")
        return BoxHealth("unheard" if heard_ms is None else "online")

    def _opened(self, now_ms: int) -> None:
        self._opened_ms = now_ms
        self._language = self._make_language()
        self._outbox.link_opened(self._language, now_ms)
        self._heard_ms.clear()
        for frame in self._language.opened(now_ms):
            self._write(frame, now_ms)

    def _write(self, frame: bytes, now_ms: int) -> None:
        # Noted first: with a fast echo the frame may be heard before the write returns.
        self._language.sent(frame, now_ms)
        self._link.write(frame)
