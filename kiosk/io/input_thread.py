"""A scanner's or card reader's own thread: it tells what was read, and how the device stands when that changes.

The window never waits for the device. `tell` is called from the thread itself; what is wanted of the device comes in
through `do` from any thread. Nothing of what is read is logged: a code may be a key, and a card is a person.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from kiosk.events import Event
from kiosk.reading_events import InputSeen
from ticketserver.core.terms import DeviceHealth

log = logging.getLogger("kiosk")

WAIT_S = 0.02
UNHEARD = "unheard"
"""The line is open and the device has not answered yet: nothing to be told so far."""

Happening_co = TypeVar("Happening_co", covariant=True)


class Health(Protocol):
    @property
    def state(self) -> str: ...
    @property
    def reason(self) -> str: ...


class Device(Protocol[Happening_co]):
    """The part of `hardware.devices` scanners and card readers that is used here."""

    @property
    def link_down(self) -> str: ...

    def wait(self, timeout_s: float) -> bool: ...

    def poll(self, now_ms: int) -> Sequence[Happening_co]: ...

    def health(self) -> Health: ...

    def close(self) -> None: ...


Happening = TypeVar("Happening")


class InputThread(Generic[Happening]):
    """`start`, `do` any number of times, `stop`. `meaning`: what the device said, as an event of the kiosk."""

    def __init__(
        self,
        name: str,
        kind: str,
        device: Device[Happening],
        meaning: Callable[[Happening], Event],
        tell: Callable[[Event], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """`failed` hears of an error that nothing expects; the thread has ended then, and so should the program."""
        self._name, self._kind = name, kind
        self._device = device
        self._meaning = meaning
        self._tell = tell
        self._failed = failed
        self._wishes: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._seen: tuple[str, str] = (UNHEARD, "")
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def do(self, wish: Callable[[], None]) -> None:
        """Call `wish`, which uses the device, between two turns of the thread."""
        self._wishes.put(wish)

    def stop(self) -> None:
        """End the thread after its present turn, and give the link back."""
        self._stopping.set()

    def join(self, timeout_s: float) -> None:
        self._thread.join(timeout_s)

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._turn()
        except Exception as error:
            log.exception("the thread of %s", self._name)
            self._failed(error)
        finally:
            self._device.close()

    def _turn(self) -> None:
        if not self._device.wait(WAIT_S):
            self._stopping.wait(WAIT_S)
        while not self._wishes.empty():
            self._wishes.get()()
        for happening in self._device.poll(time.monotonic_ns() // 1_000_000):
            self._tell(self._meaning(happening))
        self._look()

    def _look(self) -> None:
        """Tell and log a change once."""
        found = self._device.health()
        health = (found.state, found.reason)
        if health == self._seen or found.state == UNHEARD:
            return
        self._seen = health
        told = " ".join(each for each in (*health, self._device.link_down) if each)
        log.log(logging.INFO if found.state == DeviceHealth.ONLINE else logging.WARNING, "%s: %s", self._name, told)
        self._tell(InputSeen(self._name, self._kind, DeviceHealth(found.state), found.reason))
