"""How many modules wide a QR code is, so that a layout knows its size before anybody draws it.

Model 2, byte mode, error correction M (ISO/IEC 18004, table 7): the smallest version that holds the bytes is taken,
by printers and by drawing libraries alike. Version v is 17 + 4·v modules wide, and needs four empty modules around.
What can go wrong: more bytes than fit a code that a phone still reads from a slip; they are refused.
"""

from typing import Final

# Bytes that versions 1, 2, 3 … hold at level M.
CAPACITIES: Final = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213)
MOST_BYTES: Final = CAPACITIES[-1]
QUIET_MODULES: Final = 4


def modules(length: int) -> int:
    """Modules along one side, without the quiet zone, for `length` bytes; `ValueError` beyond `MOST_BYTES`."""
    for version, capacity in enumerate(CAPACITIES, 1):
        if length <= capacity:
            return 17 + 4 * version
    raise ValueError(f"QR code of {length} bytes: at most {MOST_BYTES}")
