"""A code as a picture that a kiosk's scanner reads from paper or from a phone.

Level M and the quiet zone of four cells are what the standard asks for; a cell of `CELL_PX` stays sharp on a phone and
prints at 1.2 mm with 203 dots an inch, well above the 0.33 mm that scanners need.
"""

from pathlib import Path

import segno

CELL_PX = 10
QUIET_CELLS = 4
KINDS = (".png", ".svg")


class UnknownPicture(ValueError):
    """The name says no kind of picture that can be written."""


def draw(text: str, file: Path) -> None:
    """Raises UnknownPicture and OSError."""
    if file.suffix.lower() not in KINDS:
        raise UnknownPicture(file)
    segno.make_qr(text, error="m").save(str(file), scale=CELL_PX, border=QUIET_CELLS)
