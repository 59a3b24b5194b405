"""A virtual screen, a finger on it, and an eye that sees a pixel change: real X events in, the frame buffer out.

The finger is one `xdotool` that lives as long as the screen and reads its commands from a pipe, so that no process is
started while something is timed. The eye looks into Xvfb's frame buffer, which is a file, every half millisecond.
"""

from __future__ import annotations

import mmap
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from tests.bench.hall import PATIENCE_S
from ticketserver.runner.screens import COLOUR_BYTES, HEADER, virtual_screen

PANEL_PX = (1080, 1920)
LOOK_S = 0.0005
Point = tuple[int, int]
Ink = tuple[int, int, int]


class Glass:
    """`environ` leads programs to the screen."""

    def __init__(self, environ: Mapping[str, str], frame: Path) -> None:
        self.environ = environ
        with frame.open("rb") as file:
            self._frame = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        head = HEADER.unpack_from(self._frame)
        self._begin, self._row_bytes = head[0] + head[19] * COLOUR_BYTES, head[12]
        self._finger = subprocess.Popen(["xdotool", "-"], stdin=subprocess.PIPE, env=dict(environ))

    def close(self) -> None:
        assert self._finger.stdin is not None
        self._finger.stdin.close()
        self._finger.wait()
        self._frame.close()

    def ink(self, at: Point) -> Ink:
        place = self._begin + at[1] * self._row_bytes + at[0] * 4
        blue, green, red = self._frame[place : place + 3]
        return red, green, blue

    def until(self, told: Callable[[], bool], what: str) -> float:
        """→ when it was first so. Raises RuntimeError where it never is."""
        until = perf_counter() + PATIENCE_S
        while not told():
            if perf_counter() > until:
                raise RuntimeError(f"the screen never showed {what}")
            time.sleep(LOOK_S)
        return perf_counter()

    def until_ink(self, at: Point, ink: Ink, there: bool = True) -> float:
        return self.until(lambda: (self.ink(at) == ink) is there, f"{ink} {'at' if there else 'no more at'} {at}")

    def down(self, at: Point) -> float:
        """→ when it was told to touch."""
        return self._do(f"mousemove {at[0]} {at[1]} mousedown 1")

    def up(self) -> float:
        return self._do("mouseup 1")

    def _do(self, command: str) -> float:
        assert self._finger.stdin is not None
        began = perf_counter()
        self._finger.stdin.write(command.encode() + b"\n")
        self._finger.stdin.flush()
        return began


@contextmanager
def glass(folder: Path, size: tuple[int, int] = PANEL_PX) -> Iterator[Glass]:
    folder.mkdir(parents=True)
    with virtual_screen(folder, *size) as environ:
        made = Glass(environ, folder / "shared" / "Xvfb_screen0")
        try:
            yield made
        finally:
            made.close()
