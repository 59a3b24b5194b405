"""Every piece of paper that leaves a virtual printer, as two files: slip-0001.png and slip-0001.txt.

Numbers go on from what the folder holds, also where several printers share it: a file takes its name only if nobody has
it. Both files come whole or not at all, the words before the picture.
"""

import os
from io import BytesIO
from pathlib import Path

from hardware.sim.printer_paper import Piece

DOTS_PER_INCH = 203


class SlipFolder:
    """Where slips go."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0
        folder.mkdir(parents=True, exist_ok=True)
        self._next = 1 + max((_number(path) for path in folder.glob("slip-*.txt")), default=0)

    def keep(self, piece: Piece) -> None:
        """Write one piece down; `OSError` when the folder does not take it."""
        words = "".join(f"{line}\n" for line in piece.lines).encode()
        while not self._put(words, self.folder / f"slip-{self._next:04}.txt"):
            self._next += 1
        picture = BytesIO()
        piece.picture.convert("1", dither=None).save(picture, "PNG", dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
        self._put(picture.getvalue(), self.folder / f"slip-{self._next:04}.png")
        self._next += 1
        self.count += 1

    def _put(self, data: bytes, place: Path) -> bool:
        """Make a file, whole; False when there is one of this name."""
        beside = place.with_name(f".{place.name}.{os.getpid()}")
        beside.write_bytes(data)
        try:
            os.link(beside, place)
        except FileExistsError:
            return False
        finally:
            beside.unlink()
        return True


def _number(path: Path) -> int:
    digits = path.stem.removeprefix("slip-")
    return int(digits) if digits.isdecimal() else 0
