"""The device's end of a pseudo-terminal, for links that are opened on the other."""

import os
import pty
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class Terminal:
    """`path` is what a link opens."""

    master: int
    path: str

    def hang_up(self) -> None:
        os.close(self.master)
        self.master = -1


@contextmanager
def opened() -> Iterator[Terminal]:
    master, slave = pty.openpty()
    tty.setraw(slave)
    device = Terminal(master, os.ttyname(slave))
    os.close(slave)
    yield device
    if device.master >= 0:
        os.close(device.master)
