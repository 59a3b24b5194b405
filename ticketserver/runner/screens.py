"""Screens where there is none: an Xvfb for each window, and pictures of it for people to look at.

Xvfb keeps its frame buffer in a file (`-fbdir`) in the XWD format: a big-endian header of 32-bit words, a colour map,
then rows of pixels. Reading that file needs no X client and cannot disturb the window. Format: X11's XWDFile.h.
"""

from __future__ import annotations

import argparse
import contextlib
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from PIL import Image

from ticketserver.runner.program import Program
from ticketserver.runner.say import Stop, indented, last_lines, text

HEADER = struct.Struct(">25I")
XWD_VERSION, Z_PIXMAP, DEPTH, LSB_FIRST, BITS = 7, 2, 24, 0, 32
COLOUR_BYTES = 12
SCREEN_WAIT_S = 30


class Screen:
    """One virtual screen of its own Xvfb, which picks a free display number and writes it to a file."""

    def __init__(self, name: str, width_px: int, height_px: int, place: Path) -> None:
        self.name = f"screen-{name}"
        self.size = (width_px, height_px)
        self.place = place / name
        self.number = self.place / "display"
        self.frame = self.place / "Xvfb_screen0"
        self.place.mkdir(parents=True, exist_ok=True)
        self.number.write_text("", "ascii")

    def program(self) -> Program:
        # The shell only opens the file that Xvfb writes its number to, and empties it of an earlier run's.
        argv = ["Xvfb", "-displayfd", "3", "-screen", "0", f"{self.size[0]}x{self.size[1]}x{DEPTH}"]
        argv += ["-fbdir", str(self.place), "-nolisten", "tcp", "-noreset"]
        script = 'exec "$@" 3> "$0"'
        return Program(self.name, ("sh", "-c", script, str(self.number), *argv), ready=self.is_there)

    def is_there(self) -> bool:
        """Whether Xvfb has said its display number, which it does when it takes connections."""
        return self.number.read_text("ascii").endswith("\n")

    def environ(self) -> Mapping[str, str]:
        return {"DISPLAY": ":" + self.number.read_text("ascii").strip()}


@contextlib.contextmanager
def virtual_screen(place: Path, width_px: int = 1920, height_px: int = 1920) -> Iterator[Mapping[str, str]]:
    """A screen for as long as the block lasts; gives the environment that leads to it. Raises `Stop` if none comes."""
    screen = Screen("shared", width_px, height_px, place)
    log = screen.place / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(screen.program().argv, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    try:
        deadline_s = time.monotonic() + SCREEN_WAIT_S
        while not screen.is_there():
            if process.poll() is not None or time.monotonic() > deadline_s:
                raise Stop(text("prove.no_display", seconds=SCREEN_WAIT_S, lines=indented(last_lines(log))))
            time.sleep(0.05)
        yield screen.environ()
    finally:
        process.terminate()
        process.wait()


def read_frame(data: bytes) -> Image.Image:
    """The picture in the bytes of an XWD file, 24 bits deep, 32 bits a pixel. Raises ValueError for another kind."""
    if len(data) < HEADER.size:
        raise ValueError("not an XWD file: shorter than its header")
    (header_bytes, version, kind, depth, width, height, _, byte_order, _, _, _, bits, row_bytes, *_, colours,
     _, _, _, _, _) = HEADER.unpack_from(data)  # fmt: skip
    if (version, kind, depth, byte_order, bits) != (XWD_VERSION, Z_PIXMAP, DEPTH, LSB_FIRST, BITS):
        raise ValueError(f"not a picture this can read: {version=} {kind=} {depth=} {byte_order=} {bits=}")
    begin = header_bytes + colours * COLOUR_BYTES
    pixels = data[begin : begin + row_bytes * height]
    if len(pixels) < row_bytes * height:
        raise ValueError("an XWD file cut off before its last row")
    return Image.frombuffer("RGB", (width, height), pixels, "raw", "BGRX", row_bytes, 1)


def save_picture(frame: Path, picture: Path) -> None:
    """Write the frame as PNG beside its place, then put it there at once: nobody opens half a picture."""
    image = read_frame(frame.read_bytes())
    picture.parent.mkdir(parents=True, exist_ok=True)
    half = picture.with_suffix(".part")
    image.save(half, "PNG", compress_level=1)
    half.replace(picture)


def watch(frames: Mapping[Path, Path], every_s: float) -> None:
    """For ever: refresh the picture of each frame that has changed."""
    seen: dict[Path, int] = {}
    while True:
        for frame, picture in frames.items():
            if frame.exists():
                digest = zlib.crc32(frame.read_bytes())
                if seen.get(frame) != digest:
                    save_picture(frame, picture)
                    seen[frame] = digest
        time.sleep(every_s)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m ticketserver.runner.screens", description=__doc__)
    parser.add_argument("--every", type=float, default=2.0, metavar="SECONDS", help="time between two pictures")
    parser.add_argument("pairs", nargs="+", metavar="FRAME=PICTURE", help="Xvfb's frame file and the PNG to make of it")
    asked = parser.parse_args(arguments)
    frames = {Path(frame): Path(picture) for frame, _, picture in (pair.partition("=") for pair in asked.pairs)}
    try:
        watch(frames, asked.every)
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
