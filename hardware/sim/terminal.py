"""The serial port of a virtual device: a pseudo-terminal with a stable name and a speed.

The pty's slave stands behind a symlink (say run/dev/box1), so a driver finds it again after every unplugging. Bytes
leave one by one at the line's speed, ten bits each. The speed that the driver set is read back from the terminal:
when it differs from the device's own, bytes arrive garbled on both sides, as they would on copper.
"""

import contextlib
import os
import pty
import termios
import time
import tty
from collections import deque
from pathlib import Path

SPEEDS = {getattr(termios, f"B{n}"): n for n in (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)}
CODES = {speed: code for code, speed in SPEEDS.items()}
BITS_PER_BYTE = 10
GARBLE = 0xA5


class Terminal:
    """One pseudo-terminal, the device's end. Times are seconds of one growing clock.

    `own_baud` is the device's speed; None is a device that takes whatever speed the driver sets.
    """

    def __init__(self, path: Path, own_baud: int | None) -> None:
        if own_baud is not None and own_baud not in CODES:
            raise ValueError(f"speed {own_baud}: one of {', '.join(map(str, CODES))}")
        self.own_baud = own_baud
        self._path = path
        self._out: deque[int] = deque()
        self._next_byte_s = 0.0
        self._master = self._slave = -1

    @property
    def plugged(self) -> bool:
        return self._master >= 0

    def fileno(self) -> int:
        return self._master

    def plug(self) -> None:
        """Make the terminal and put its name in place; a name that is there already is taken over. `OSError` when it
        cannot be made."""
        if self.plugged:
            return
        self._master, self._slave = pty.openpty()
        tty.setraw(self._slave)
        settings = termios.tcgetattr(self._slave)
        # Until a driver sets its own, nobody is at a wrong speed.
        settings[4] = settings[5] = CODES[self.own_baud or 9600]
        termios.tcsetattr(self._slave, termios.TCSANOW, settings)
        os.set_blocking(self._master, False)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside = self._path.with_name(f".{self._path.name}.{os.getpid()}")
            beside.unlink(missing_ok=True)
            beside.symlink_to(os.ttyname(self._slave))
            beside.replace(self._path)
        except OSError:
            self.unplug()
            raise

    def unplug(self) -> None:
        """Pull the cable: the driver's reads and writes fail, the name is gone, unsent bytes are lost."""
        if not self.plugged:
            return
        name = os.ttyname(self._slave)
        with contextlib.suppress(OSError):
            # Only our own name: another simulator may have taken the place.
            if os.readlink(self._path) == name:
                self._path.unlink()
        os.close(self._slave)
        os.close(self._master)
        self._master = self._slave = -1
        self._out.clear()

    def driver_baud(self) -> int:
        """The speed that the driver set last, 0 for an unusual one."""
        return SPEEDS.get(termios.tcgetattr(self._master)[5], 0)

    def wire_baud(self) -> int:
        """The speed at which bytes pass: the device's own, else the driver's."""
        return self.own_baud or self.driver_baud() or 9600

    def read(self, limit: int = 4096) -> bytes:
        """What the driver wrote, as it wrote it; b"" when there is nothing."""
        try:
            return os.read(self._master, limit)
        except BlockingIOError:
            return b""

    def _byte_s(self) -> float:
        return BITS_PER_BYTE / self.wire_baud()

    def heard(self, data: bytes) -> bytes:
        """What arrives of `data` at the other end of the line: the same, or other bytes at a wrong speed."""
        right = self.driver_baud() in ((self.own_baud,) if self.own_baud else CODES)
        return data if right else bytes(byte ^ GARBLE for byte in data)

    def queue(self, data: bytes | bytearray) -> None:
        """Put bytes behind those that wait to leave."""
        if not self._out:
            # After a pause the first byte takes its whole time.
            self._next_byte_s = max(self._next_byte_s, time.monotonic() + self._byte_s())
        self._out.extend(data)

    @property
    def is_sending(self) -> bool:
        """Whether bytes of ours are on the line."""
        return bool(self._out)

    def pump(self, now_s: float) -> float | None:
        """Put the bytes on the wire whose time has come; → when to call again, None when nothing is left."""
        due = bytearray()
        while self._out and self._next_byte_s <= now_s:
            due.append(self._out.popleft())
            self._next_byte_s += self._byte_s()
        if due:
            # A host that never reads loses bytes, as on a real line.
            with contextlib.suppress(BlockingIOError):
                os.write(self._master, self.heard(bytes(due)))
        return self._next_byte_s if self._out else None
