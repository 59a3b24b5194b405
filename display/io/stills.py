"""A film as stills: how `ffmpeg` is asked for them, and how they come out of its pipe.

Each still says its own size (PPM: three lines of text, then the pixels), so the film's shape need not be known before.
Nothing but files is opened, whatever a file of another kind pretends to be; no sound is decoded.
"""

import os
import select
from typing import Final

from display.model import Still
from ticketserver.shared.media import FILM_PROGRAM

RATE: Final = 25
STALLED_S: Final = 20.0
"""A program that gives nothing for so long hangs, such as over a network drive that is gone."""
FROM: Final = ("-v", "error", "-nostdin", "-protocol_whitelist", "file", "-threads", "2", "-i")
PICTURES: Final = ("-map", "0:V:0")
"""The first stream of moving pictures; no sound, no cover."""


def stills_argv(file: str, place: tuple[int, int]) -> list[str]:
    """`place`: pixels; the film keeps its shape in it, also where its own pixels are not square."""
    wide, high = place
    fit = f"scale=w='max(1,min({wide},{high}*dar))':h='max(1,min({high},{wide}/dar))':flags=bilinear"
    form = ("-r", str(RATE), "-f", "image2pipe", "-c:v", "ppm", "-pix_fmt", "rgb24", "pipe:1")
    return ["nice", FILM_PROGRAM, *FROM, f"file:{file}", *PICTURES, "-vf", fit, *form]


def trial_argv(file: str) -> list[str]:
    """Only the first one, shown to nobody."""
    return [FILM_PROGRAM, *FROM, f"file:{file}", *PICTURES, "-frames:v", "1", "-f", "null", "-"]


class Reader:
    """Stills out of a pipe."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe

    def still(self) -> Still:
        """The next one. Raises `EOFError` at the end, and where nothing comes any more."""
        _kind, size, _most = [self._line() for _ in range(3)]
        width, height = map(int, size.split())
        return Still(width, height, self._exactly(width * height * 3))

    def _line(self) -> bytes:
        line = b""
        while not line.endswith(b"\n"):
            line += self._exactly(1)
        return line

    def _exactly(self, count: int) -> bytearray:
        whole = bytearray(count)
        rest = memoryview(whole)
        while rest:
            got = os.readv(self._pipe, [rest]) if select.select([self._pipe], [], [], STALLED_S)[0] else 0
            if not got:
                raise EOFError
            rest = rest[got:]
        return whole
