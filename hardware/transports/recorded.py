"""A link that keeps what passes over it: see sessions.py for the file, replayed.py for the way back."""

import time
from collections.abc import Callable, Mapping
from typing import Protocol

from hardware.transports.link import Link, LinkDown
from hardware.transports.sessions import CLOSE, DOWN, END, OPEN, READ, WRITE, Entry, Session


class Mask(Protocol):
    """What stands between a device and its driver, so that neither the driver nor the file gets what it hides.

    `heard`: bytes of the device, as they come → as many, to be shown. `sent`: the driver asked something, so what comes
    now begins anew.
    """

    def heard(self, data: bytes) -> bytes: ...
    def sent(self) -> None: ...


class NoMask:
    """For devices that tell nothing of people."""

    def heard(self, data: bytes) -> bytes:
        return data

    def sent(self) -> None:
        pass


class Recorder:
    """Keeps what happens on the links that a driver opens. `mask` makes the mask of one link."""

    def __init__(self, open_link: Callable[[], Link], mask: Callable[[], Mask] = NoMask) -> None:
        self._open_link = open_link
        self._mask = mask
        self._begun_s: float | None = None
        self._entries: list[Entry] = []

    def clock(self) -> float:
        """Seconds since it was asked first, so that a driver that counts from its clock counts from 0 each time."""
        if self._begun_s is None:
            self._begun_s = time.monotonic()
        return time.monotonic() - self._begun_s

    def open(self) -> Link:
        """Open the device's link; what passes over it is kept."""
        try:
            link = self._open_link()
        except LinkDown as error:
            self.note(DOWN, text=str(error))
            raise
        self.note(OPEN)
        return RecordingLink(link, self, self._mask())

    def wait(self, timeout_s: float) -> None:
        """Let time pass for a driver that has no link to wait on."""
        time.sleep(timeout_s)

    def end(self) -> None:
        """The driver is told to end now."""
        self.note(END)

    def note(self, mark: str, data: bytes = b"", text: str = "") -> None:
        self._entries.append(Entry(round(self.clock(), 3), mark, data, text))

    def session(self, head: Mapping[str, str]) -> Session:
        """All that happened until now."""
        return Session(dict(head), tuple(self._entries))


class RecordingLink:
    """A link whose bytes are noted; see `Link`."""

    def __init__(self, link: Link, recorder: Recorder, mask: Mask) -> None:
        self._link = link
        self._recorder = recorder
        self._mask = mask

    @property
    def name(self) -> str:
        return self._link.name

    def read(self, timeout_s: float, limit: int = 4096) -> bytes:
        try:
            data = self._mask.heard(self._link.read(timeout_s, limit))
        except LinkDown as error:
            self._recorder.note(DOWN, text=str(error))
            raise
        if data:
            self._recorder.note(READ, data)
        return data

    def write(self, data: bytes, timeout_s: float = 2.0) -> None:
        self._mask.sent()
        try:
            self._link.write(data, timeout_s)
        except LinkDown as error:
            self._recorder.note(WRITE, data, str(error))
            raise
        self._recorder.note(WRITE, data)

    def close(self) -> None:
        self._recorder.note(CLOSE)
        self._link.close()
