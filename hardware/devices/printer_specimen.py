"""A slip that is no ticket, to see whether a printer prints what it is told: marks, sizes, Chinese, columns, a QR code.

It says the same each time, so a session with it can be played back; and nothing on it could be taken for a number.
"""

from typing import Final

from hardware.codecs.slip import SlipColumns, SlipDocument, SlipFeed, SlipQr, SlipRule, SlipText

SIZES: Final = (1, 2)
GLYPHS: Final = "国家 综合窗口 0123456789"
CODE: Final = "TEST 0123456789"
QR_DOTS: Final = 6


def specimen_slip(mark: str) -> SlipDocument:
    """`mark` is the word for a test in the hall's language."""
    sizes = (SlipText(GLYPHS[: 8 // size], size=size, align="centre") for size in SIZES)
    return SlipDocument(
        (*sizes, SlipRule(), SlipText(GLYPHS), SlipColumns("ABC", "xyz"), SlipQr(CODE, QR_DOTS), SlipFeed(1)), mark=mark
    )
