"""A virtual keypad made in the kernel itself: /dev/uinput gives it a node of its own among the input devices.

What a driver opens is a real input device then: it can be grabbed, it repeats a key that is held, its events carry the
kernel's time, and it is gone when it is pulled. It takes the place of a pseudo-terminal (box_pty.py) in a `BoxServer`;
bounce and held keys come as there, the faults of a cable do not: USB has none of them. Needs the right to write to
/dev/uinput and the module uinput.
"""

import contextlib
import fcntl
import os
import struct
from pathlib import Path

from hardware.sim.box_keypad import CODES, SCAN_VALUE, KeypadBus
from hardware.sim.box_pty import LineFaults, PtyLine
from hardware.sim.box_server import BoxServer

DEVICE = Path("/dev/uinput")
DEVICES = Path("/sys/devices/virtual/input")
NODES = Path("/dev/input")

CREATE, DESTROY, SETUP = 0x5501, 0x5502, 0x405C5503
SET_KIND, SET_KEY, SET_OTHER = 0x40045564, 0x40045565, 0x40045568
GET_NAME = 0x8000552C
NAME_BYTES = 32
KEYS, OTHERS, REPEATS = 1, 4, 0x14
USB = 3
NAME = b"virtual keypad"


class KernelLine(PtyLine):
    """The keypad's end of a line that is the kernel; `path` leads to its node."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, KeypadBus.baud, LineFaults())

    def plug(self) -> None:
        """Make the device and lead `path` to it; `OSError` says what is missing."""
        try:
            self._master = os.open(DEVICE, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise OSError(f"cannot open {DEVICE} ({error.strerror}): modprobe uinput, and run as root") from error
        try:
            for kind in (KEYS, OTHERS, REPEATS):
                fcntl.ioctl(self._master, SET_KIND, kind)
            for code in CODES.values():
                fcntl.ioctl(self._master, SET_KEY, code)
            fcntl.ioctl(self._master, SET_OTHER, SCAN_VALUE)
            fcntl.ioctl(self._master, SETUP, struct.pack("<HHHH80sI", USB, 0, 0, 0, NAME, 0))
            fcntl.ioctl(self._master, CREATE)
            self._lead()
        except OSError:
            self.unplug()
            raise

    def unplug(self) -> None:
        """Pull it: the node is gone, and every reader's file with it."""
        if not self.plugged:
            return
        self._path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            fcntl.ioctl(self._master, DESTROY)
        os.close(self._master)
        self._master = -1

    def send(self, frame: bytes) -> None:
        """The kernel hands the events on, with its own time."""
        if frame and self.plugged:
            os.write(self._master, frame)

    def receive(self) -> bytes:
        """What readers set on the device, such as lights; a keypad has none."""
        with contextlib.suppress(BlockingIOError):
            os.read(self._master, 4096)
        return b""

    def driver_baud(self) -> int:
        """A USB device has no speed that could be wrong."""
        return KeypadBus.baud

    def pump(self, now_s: float) -> float | None:
        return None

    def _lead(self) -> None:
        answer = fcntl.ioctl(self._master, GET_NAME | NAME_BYTES << 16, bytes(NAME_BYTES))
        name = answer.rstrip(b"\0").decode()
        [node] = (DEVICES / name).glob("event*")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.unlink(missing_ok=True)
        self._path.symlink_to(NODES / node.name)


class KernelKeypadServer(BoxServer):
    """A keypad in the kernel under the commands of a virtual box."""

    def __init__(self, bus: KeypadBus, link: Path, control: Path | None) -> None:
        super().__init__(bus, link, control)
        self._line = KernelLine(link)
