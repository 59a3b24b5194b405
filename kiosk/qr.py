"""A QR code as rows of dark and light, for drawing on the screen (the slip's code is made by the printer itself)."""

import segno

from kiosk.model import Matrix


def matrix(data: str) -> Matrix:
    """The code of `data`, without the quiet zone; error correction M. Empty for empty data."""
    if not data:
        return ()
    return tuple(tuple(bool(cell) for cell in row) for row in segno.make_qr(data, error="m").matrix)
