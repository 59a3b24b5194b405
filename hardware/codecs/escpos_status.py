"""The printer's state out of its status bytes.

Real-time status, one byte for each 10 04 n, always `0xx1xx10`; all well is 12:

| bit | 1 printer | 2 offline cause | 3 error | 4 paper |
|---|---|---|---|---|
| 04 | drawer | cover open | recoverable error | near its end (0C together) |
| 08 | offline | feed button held | cutter | near its end |
| 20 | waits for recovery | stopped: no paper | unrecoverable error | out (60 together) |
| 40 | feed button | error | recovers by itself: hot head | out |

Automatic status, four bytes: b1 08 offline, 20 cover, 40 feeding · b2 08 cutter, 20 unrecoverable, 40 by itself ·
b3 03 near its end, 0C out. Queued paper status: 03 near its end, 0C out, nothing else.

What can go wrong: one wrong bit. Bits that belong together and differ, or a byte without its fixed bits, make the whole
reading void (None), and it is asked for again. A printer without a near-end sensor never sets that pair.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Paper = Literal["ok", "near_end", "out"]
WELL: Final = 0x12
QUERIES: Final = (1, 2, 3, 4)
_PAIRS: Final = (0x0C, 0x60)
_QUEUED_PAPER: Final = (0x00, 0x03, 0x0C, 0x0F)


@dataclass(frozen=True)
class PrinterStatus:
    """What a printer says of itself; `silent` when it says nothing, `waits` when the host has to let it go on."""

    paper: Paper = "ok"
    cover_open: bool = False
    cutter_error: bool = False
    hot: bool = False
    error: bool = False
    offline: bool = False
    waits: bool = False
    silent: bool = False

    @property
    def fault(self) -> str:
        """What stops a slip until somebody comes, the most telling first; "" for nothing."""
        told = (
            ("paper_out", self.paper == "out"),
            ("cover_open", self.cover_open),
            ("cutter_error", self.cutter_error),
            ("error", self.error),
        )
        return next((name for name, true in told if true), "")

    @property
    def hindrance(self) -> str:
        """Why nothing can be printed now; "" when it can."""
        if self.silent:
            return "silent"
        waits = (("hot_head", self.hot), ("offline", self.offline))
        return self.fault or next((name for name, true in waits if true), "")


SILENT: Final = PrinterStatus(silent=True)


def decode_status(answers: Mapping[int, int]) -> PrinterStatus | None:
    """The state out of the bytes answered to 10 04 n, by n; a missing one counts as well. None: void."""
    if any(byte & 0x93 != WELL for byte in answers.values()):
        return None
    b1, b2, b3, b4 = (answers.get(number, WELL) for number in QUERIES)
    if any(b4 & pair not in (0, pair) for pair in _PAIRS):
        return None
    out = bool(b4 & 0x60 or b2 & 0x20)
    return PrinterStatus(
        paper="out" if out else "near_end" if b4 & 0x0C else "ok",
        cover_open=bool(b2 & 0x04),
        cutter_error=bool(b3 & 0x08),
        hot=bool(b3 & 0x40),
        error=bool(b3 & 0x24),
        offline=bool(b1 & 0x08),
        waits=bool(b1 & 0x20),
    )


def decode_auto_status(data: bytes) -> PrinterStatus:
    """The state out of the four bytes sent unasked."""
    b1, b2, b3 = data[:3]
    return PrinterStatus(
        paper="out" if b3 & 0x0C else "near_end" if b3 & 0x03 else "ok",
        cover_open=bool(b1 & 0x20),
        cutter_error=bool(b2 & 0x08),
        hot=bool(b2 & 0x40),
        error=bool(b2 & 0x20),
        offline=bool(b1 & 0x08),
    )


def is_queued_paper(byte: int) -> bool:
    """Whether a queued status can be the answer to 1D 72 01."""
    return byte in _QUEUED_PAPER
