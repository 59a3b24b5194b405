"""What connects a virtual printer: here its serial port, which keeps the pace of its speed; printer_tcp.py the network.

A line never takes more from the host than the printer has room for: on the far side the host's writing stops. Without
power a serial adapter still takes bytes and nobody hears them, while a network port is gone.
"""

from pathlib import Path
from typing import Any, Protocol

from hardware.sim.loop import Loop, earliest
from hardware.sim.terminal import BITS_PER_BYTE, SPEEDS, Terminal

# Bytes are taken in lumps, not one by one: nobody can tell, and the machine sleeps in between.
LUMP_S = 0.002
HELD_BACK_S = 0.02


class Line(Protocol):
    """The printer's end. `receive` → bytes that have arrived by now, the last of them at `heard_s`; `pump` → when to
    call again for more of either direction, None when a file of the loop will speak up."""

    heard_s: float

    def plug(self) -> None: ...
    def unplug(self) -> None: ...
    def power(self, on: bool) -> None: ...
    def wrong_speed(self, wrong: bool) -> None: ...
    def receive(self, now_s: float, room: int) -> bytes: ...
    def send(self, data: bytes) -> None: ...
    def pump(self, now_s: float) -> float | None: ...
    def state(self) -> dict[str, Any]: ...


class SerialLine:
    """A pseudo-terminal; `baud` None takes the speed of whoever opens it."""

    def __init__(self, loop: Loop, link: Path, baud: int | None) -> None:
        self._loop = loop
        self._baud = baud
        self._terminal = Terminal(link, baud)
        self._next_s: float | None = None
        self.heard_s = 0.0
        self._heard = self._held_back = False

    def plug(self) -> None:
        if not self._terminal.plugged:
            self._terminal.plug()
            self._loop.watch(self._terminal.fileno(), self._speaks)

    def unplug(self) -> None:
        if self._terminal.plugged:
            if not self._heard:
                self._loop.forget(self._terminal.fileno())
            self._heard, self._next_s = False, None
            self._terminal.unplug()

    def power(self, on: bool) -> None:
        """The adapter lives on the host's power."""

    def wrong_speed(self, wrong: bool) -> None:
        """Set the printer to another speed than the driver's, or back."""
        own = self._baud
        if wrong and self._terminal.plugged:
            own = next(speed for speed in SPEEDS.values() if speed != self._terminal.driver_baud())
        self._terminal.own_baud = own

    def _speaks(self) -> None:
        """The first bytes after a silence: from here on they are counted by the clock, not by the system."""
        # A command of the same turn may have pulled the cable.
        if self._terminal.plugged and not self._heard:
            self._heard = True
            self._loop.forget(self._terminal.fileno())

    def receive(self, now_s: float, room: int) -> bytes:
        if not self._heard:
            return b""
        byte_s = BITS_PER_BYTE / (self._terminal.driver_baud() or self._terminal.wire_baud())
        self._held_back = room <= 0
        if self._next_s is None or self._held_back:
            # A host that was held back does not catch up afterwards.
            self._next_s = now_s
        due = int((now_s - self._next_s) / byte_s)
        if not due or self._held_back:
            return b""
        data = self._terminal.read(min(due, room))
        self._next_s += len(data) * byte_s
        if data:
            self.heard_s = self._next_s
        else:
            self._heard, self._next_s = False, None
            self._loop.watch(self._terminal.fileno(), self._speaks)
        return self._terminal.heard(data)

    def send(self, data: bytes) -> None:
        if self._terminal.plugged:
            self._terminal.queue(data)

    def pump(self, now_s: float) -> float | None:
        if not self._terminal.plugged:
            return None
        in_s = now_s + (HELD_BACK_S if self._held_back else LUMP_S) if self._heard else None
        return earliest(self._terminal.pump(now_s), in_s)

    def state(self) -> dict[str, Any]:
        plugged = self._terminal.plugged
        return {
            "plugged": plugged,
            "baud": self._terminal.own_baud or "as the driver",
            "driver_baud": self._terminal.driver_baud() if plugged else 0,
        }
