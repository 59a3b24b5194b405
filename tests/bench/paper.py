"""A printer's line with a clock on it: notes when a slip's first byte arrives, and passes everything on.

The kiosk's driver opens one pseudo-terminal, the virtual printer stands at another; between them bytes are carried both
ways. A slip begins with ESC @ (initialise), which nothing else on the line does.
"""

from __future__ import annotations

import os
import pty
import select
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from serial import Serial

from tests.bench.hall import PATIENCE_S, started
from tests.bench.slips import await_node

BAUD = 115200
SPEED_MM_S = 300
SLIP_BEGINS = b"\x1b\x40"
BARE = b"\x00"
"""Means nothing to a printer."""


class PaperLine:
    def __init__(self, printer: Path, line: Path) -> None:
        self.link = f"serial:{line}?baud={BAUD}"
        self._line = line
        self._master, slave = pty.openpty()
        tty.setraw(slave)
        line.symlink_to(os.ttyname(slave))
        self._printer = Serial(str(printer), BAUD, timeout=0)
        self._wanted, self._came = b"", threading.Event()
        self._at_s = 0.0
        self._ending, self._end = os.pipe()
        self._thread = threading.Thread(target=self._carry, daemon=True)
        self._thread.start()

    def expect_slip(self) -> None:
        self._expect(SLIP_BEGINS)

    def slip_came(self) -> float:
        """→ when the first bytes were there. Raises RuntimeError where none come."""
        if not self._came.wait(PATIENCE_S):
            raise RuntimeError("no slip came down the printer's line")
        return self._at_s

    def bare_byte(self) -> float:
        """→ ms that one byte takes down the same line, written by nobody but us."""
        with Serial(str(self._line), BAUD) as port:
            self._expect(BARE)
            began = perf_counter()
            port.write(BARE)
            return (self.slip_came() - began) * 1000

    def close(self) -> None:
        os.write(self._end, b"x")
        self._thread.join()
        self._printer.close()

    def _expect(self, wanted: bytes) -> None:
        self._came.clear()
        self._wanted = wanted

    def _carry(self) -> None:
        last = b""
        while True:
            ready, _, _ = select.select([self._master, self._printer.fileno(), self._ending], [], [])
            if self._ending in ready:
                return
            if self._master in ready:
                data = os.read(self._master, 4096)
                if self._wanted and self._wanted in last + data:
                    self._at_s, self._wanted = perf_counter(), b""
                    self._came.set()
                last = data[-1:]
                self._printer.write(data)
            if self._printer.fileno() in ready:
                os.write(self._master, self._printer.read(4096))


@contextmanager
def paper_line(folder: Path) -> Iterator[PaperLine]:
    """A virtual printer in `folder` that is quick, and the line to it."""
    node, log = folder / "printer", folder / "printer.log"
    argv = ["-m", "hardware", "sim", "printer", "--link", str(node), "--baud", str(BAUD)]
    argv += ["--speed", str(SPEED_MM_S), "--slips", str(folder / "slips")]
    process = started(argv, log)
    try:
        await_node(process, node, log)
        made = PaperLine(node, folder / "line")
        yield made
        made.close()
    finally:
        process.terminate()
        process.wait()
