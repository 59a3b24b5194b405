"""Linux input devices as links: keypads and scanners in keyboard mode, their events as raw bytes.

A device is grabbed: its keys reach nobody else, or a keypad at a counter would type into whatever window is open.
Name it by its place, `/dev/input/by-path/…`: the number behind `eventN` changes with the order of plugging in, and two
keypads of one make differ in their socket only. The kernel hands over whole events of the codec's 24 bytes; nothing is
ever written. A pulled device ends every read with an error, which is `LinkDown`, and the owner opens anew.

FIFOs and pseudo-terminals work as well, for virtual keypads; they know no grab. Read with plain system calls: the
`evdev` library needs a compiler at install and would give no more.
"""

import errno
import fcntl
import os
import select
import stat
from typing import Final

from hardware.transports.link import Link, LinkDown

EVIOCGRAB: Final = 0x40044590
"""_IOW('E', 0x90, int) of linux/input.h, the same on all machines but PowerPC, MIPS and SPARC."""


class InputLink:
    """One open input device; see `Link`. Not for two threads at a time."""

    def __init__(self, descriptor: int, name: str) -> None:
        self._descriptor = descriptor
        self._name = name
        self._poll = select.poll()
        self._poll.register(descriptor, select.POLLIN)

    @property
    def name(self) -> str:
        return self._name

    def read(self, timeout_s: float, limit: int = 4096) -> bytes:
        if self._descriptor < 0:
            raise LinkDown(f"{self._name}: this link is closed")
        try:
            # A FIFO that nobody has written to yet is at its end, too: only poll tells that from a writer who left.
            if not self._poll.poll(timeout_s * 1000):
                return b""
            data = os.read(self._descriptor, limit)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise LinkDown(f"{self._name}: the device is gone while reading ({error})") from error
        if not data:
            raise LinkDown(f"{self._name}: the device is gone")
        return data

    def write(self, data: bytes, timeout_s: float = 2.0) -> None:
        raise LinkDown(f"{self._name}: an input device takes no data")

    def close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def open_input(path: str, grab: bool = True) -> Link:
    """Open the input device at `path`, for ourselves alone unless `grab` is False.

    Raises `LinkDown` when it is absent, not ours to open, no device of events, or grabbed by another program.
    """
    name = f"input:{path}"
    try:
        # Not blocking, since a FIFO would wait for its writer; not as our controlling terminal, should it be one.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError as error:
        raise LinkDown(f"{name}: cannot open the device ({error}); is it plugged in, and may we read it?") from error
    try:
        _check_kind(name, descriptor)
        if grab:
            _grab(name, descriptor)
    except LinkDown:
        os.close(descriptor)
        raise
    return InputLink(descriptor, name)


def _check_kind(name: str, descriptor: int) -> None:
    mode = os.fstat(descriptor).st_mode
    if not (stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)):
        raise LinkDown(f"{name}: this is a file or a folder, not an input device; see /dev/input/by-path")


def _grab(name: str, descriptor: int) -> None:
    try:
        fcntl.ioctl(descriptor, EVIOCGRAB, 1)
    except OSError as error:
        if error.errno == errno.EBUSY:
            raise LinkDown(f"{name}: another program has this device for itself ({error}); end it first") from error
        # What knows no grab is no keyboard of the system, so nobody else hears it.
        if error.errno not in (errno.ENOTTY, errno.EINVAL):
            raise LinkDown(f"{name}: cannot take the device for ourselves ({error})") from error
