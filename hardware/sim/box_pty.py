"""The serial line of virtual boxes: a pseudo-terminal with a stable name, a speed, and faults.

The pty's slave stands behind a symlink (say run/dev/box1), so a driver finds it again after every unplugging. Bytes
leave one by one at the line's speed, ten bits each. The speed that the driver set is read back from the terminal:
when it differs from the boxes' own, bytes arrive garbled on both sides, as they would on copper.
"""

import contextlib
import os
import pty
import random
import termios
import tty
from collections import deque
from dataclasses import dataclass
from pathlib import Path

SPEEDS = {getattr(termios, f"B{n}"): n for n in (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)}
CODES = {speed: code for code, speed in SPEEDS.items()}
GARBLE = 0xA5


@dataclass
class LineFaults:
    """bounce: further closings per press · noise: chance of 1–3 stray bytes before a frame · flip: chance of one
    wrong bit · drop: chance of one lost byte · echo: the adapter repeats what the host sends."""

    bounce: int = 0
    noise: float = 0.0
    flip: float = 0.0
    drop: float = 0.0
    echo: bool = False


class PtyLine:
    """One pseudo-terminal, the boxes' end. Times are seconds of one growing clock."""

    def __init__(self, path: Path, baud: int, faults: LineFaults, seed: int = 0) -> None:
        if baud not in CODES:
            raise ValueError(f"speed {baud}: one of {', '.join(map(str, CODES))}")
        self._path = path
        self._baud = baud
        self._faults = faults
        self._random = random.Random(seed)
        self._out: deque[int] = deque()
        self._next_byte_s = 0.0
        self._master = self._slave = -1

    @property
    def plugged(self) -> bool:
        return self._master >= 0

    def fileno(self) -> int:
        return self._master

    def plug(self) -> None:
        """Make the terminal and put its name in place; a name that is there already is taken over."""
        if self.plugged:
            return
        self._master, self._slave = pty.openpty()
        tty.setraw(self._slave)
        settings = termios.tcgetattr(self._slave)
        # Until a driver sets its own, nobody is at a wrong speed.
        settings[4] = settings[5] = CODES[self._baud]
        termios.tcsetattr(self._slave, termios.TCSANOW, settings)
        os.set_blocking(self._master, False)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        beside.unlink(missing_ok=True)
        beside.symlink_to(os.ttyname(self._slave))
        beside.replace(self._path)

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

    def _at_wrong_speed(self) -> bool:
        return self.driver_baud() != self._baud

    def receive(self) -> bytes:
        """What the host sent; with an echoing adapter it also goes straight back."""
        try:
            data = os.read(self._master, 4096)
        except BlockingIOError:
            return b""
        if self._faults.echo:
            self._out.extend(data)
        return bytes(byte ^ GARBLE for byte in data) if self._at_wrong_speed() else data

    def send(self, frame: bytes) -> None:
        """Queue one frame for the host, with this line's faults."""
        if not (frame and self.plugged):
            return
        line = bytearray(frame)
        if self._random.random() < self._faults.drop:
            del line[self._random.randrange(len(line))]
        if line and self._random.random() < self._faults.flip:
            line[self._random.randrange(len(line))] ^= 1 << self._random.randrange(8)
        if self._random.random() < self._faults.noise:
            line[:0] = bytes(self._random.choice(b"\x00\xff\x80\xfe") for _ in range(self._random.randint(1, 3)))
        self._out.extend(line)

    def pump(self, now_s: float) -> float | None:
        """Put the bytes on the wire whose time has come; → when to call again, None when nothing is left."""
        self._next_byte_s = max(self._next_byte_s, now_s - 0.005)
        due = bytearray()
        while self._out and self._next_byte_s <= now_s:
            due.append(self._out.popleft())
            self._next_byte_s += 10 / self._baud
        if due:
            garbled = self._at_wrong_speed()
            # A host that never reads loses bytes, as on a real line.
            with contextlib.suppress(BlockingIOError):
                os.write(self._master, bytes(byte ^ GARBLE for byte in due) if garbled else bytes(due))
        return self._next_byte_s if self._out else None
