"""A scanner of bar codes and QR codes on a link: texts, as they were scanned.

One thread owns it and turns it round:

    while not stopped:
        scanner.wait(0.02)                      blocks on the line at most so long
        for event in scanner.poll(now_ms): …    never blocks longer than one write

| kind of scanner | made with | is silent when |
|---|---|---|
| sends lines, or ends by silence | `ScanDecoder` | never known: it speaks only when it scans |
| plays keyboard | `KeyboardText` | never known |
| GM65 family | `module=True` | it left `SILENT_AFTER` questions (its speed) unanswered |

A module that reads on command is told to by `trigger`; its reading lasts `WINDOW_MS`, and a second command within that
time would only begin it anew, so none is sent. What a text means is for others to say, and a code may be a person's key
to something: texts are in no `repr` and no log.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from hardware.codecs.gm65 import READ_SPEED, TRIGGER, Splitter
from hardware.codecs.scan_text import Repeats
from hardware.devices.kept_link import KeptLink
from hardware.devices.reading_health import LINK_DOWN, SILENT, ReadingHealth
from hardware.transports.link import Link

ASK_MS: Final = 5_000
SILENT_AFTER: Final = 3
WINDOW_MS: Final = 3_000


@dataclass(frozen=True)
class Scanned:
    """One code."""

    text: str = field(repr=False)


class Reading(Protocol):
    """Bytes in, texts out: ScanDecoder, KeyboardText."""

    def feed(self, data: bytes, at_ms: int) -> list[str]: ...
    def due(self, at_ms: int) -> list[str]: ...


class Scanner:
    """`open_link` opens the line anew each time, and `reading` makes what reads it."""

    def __init__(self, open_link: Callable[[], Link], reading: Callable[[], Reading], module: bool = False) -> None:
        self._line = KeptLink(open_link)
        self._make_reading = reading
        self._reading = reading()
        self._repeats = Repeats()
        self._module = module
        self._splitter = Splitter()
        self._heard = False
        self._unanswered = 0
        self._ask_at_ms = self._window_ends_ms = 0
        self._wanted = False

    @property
    def link_down(self) -> str:
        """Why there is no link, in the system's words; "" while there is one."""
        return self._line.down

    def trigger(self) -> None:
        """Somebody is about to hold a code before it: a module reads for the next seconds."""
        self._wanted = True

    def wait(self, timeout_s: float) -> bool:
        """Block on the line at most `timeout_s`; False at once when there is no link to wait on."""
        return self._line.wait(timeout_s)

    def poll(self, now_ms: int) -> list[Scanned]:
        """Take what arrived, ask what is due; `now_ms` from any clock that only grows."""
        if self._line.open_due(now_ms):
            self._begin(now_ms)
        self._line.wait(0)
        texts = self._read(self._line.take(), now_ms)
        if self._module and self._line.usable:
            self._speak(now_ms)
        self._line.settle(now_ms)
        return [Scanned(text) for text in texts if self._repeats.new(text, now_ms)]

    def health(self) -> ReadingHealth:
        """As of the last poll."""
        if self._line.down:
            return LINK_DOWN
        if not self._module:
            return ReadingHealth("online")
        # The question asked last may still be answered.
        if self._unanswered > SILENT_AFTER:
            return SILENT
        return ReadingHealth("online" if self._heard else "unheard")

    def close(self) -> None:
        """Give the link back; the next poll would open it again."""
        self._line.close()

    def _begin(self, now_ms: int) -> None:
        self._reading = self._make_reading()
        self._splitter = Splitter()
        self._heard = False
        self._unanswered = 0
        self._ask_at_ms = self._window_ends_ms = now_ms
        self._wanted = False

    def _read(self, data: bytes, now_ms: int) -> list[str]:
        if not self._module:
            return self._reading.feed(data, now_ms) if data else self._reading.due(now_ms)
        scanned, answers = self._splitter.feed(data, now_ms)
        texts = self._reading.feed(scanned, now_ms)
        if answers or texts:
            self._heard = True
            self._unanswered = 0
        if texts:
            self._window_ends_ms = now_ms
        return texts

    def _speak(self, now_ms: int) -> None:
        """A reading asked for comes first; questions wait until no window is open."""
        if now_ms < self._window_ends_ms:
            return
        if self._wanted:
            self._wanted = False
            self._window_ends_ms = now_ms + WINDOW_MS
            self._line.write(TRIGGER)
        elif now_ms >= self._ask_at_ms:
            self._ask_at_ms = now_ms + ASK_MS
            self._unanswered += 1
            self._line.write(READ_SPEED)
