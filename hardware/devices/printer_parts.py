"""What a printer is told and what it tells: a slip ready to be sent, and how it ended.

| outcome | known by |
|---|---|
| confirmed | the unit repeated the slip's own token after printing it |
| fenced | the unit answered a question that stood behind the slip |
| assumed | the unit knows neither, and was without a fault before, during and after |
| failed | paper, cover, cutter or an error stopped it, or nothing was sent at all |
| unknown | silence, a lost line, or an answer that should have come and did not |
"""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from hardware.codecs.slip import SlipDocument
from hardware.codecs.slip_bytes import BAND_BYTES, encode, to_be_drawn
from hardware.codecs.slip_layout import PictureLine, lay_out
from hardware.devices.printer_profile import PrinterProfile
from hardware.devices.slip_raster import bitmap

SLACK_S: Final = 2.0
BITS_PER_BYTE: Final = 10


class Outcome(StrEnum):
    CONFIRMED = "confirmed"
    FENCED = "fenced"
    ASSUMED = "assumed"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PrintResult:
    """`detail`: what stood in the way, as a word (paper_out, cover_open, cutter_error, silent, link_down, …).
    `paper_mm`: what it took of the roll at most, no part of how it ended."""

    outcome: Outcome
    detail: str = ""
    paper_mm: float = field(default=0.0, compare=False)


@dataclass(frozen=True)
class Slip:
    """`longest`: bytes of the longest command in it that is a picture; `span_s`: the time until it must be out;
    `paper_mm`: its length, the way to the cutter included."""

    data: bytes
    longest: int
    span_s: float
    paper_mm: float


@dataclass(frozen=True)
class PrinterSetup:
    """One printer as the hall has it. `font`: a font file with Chinese for what the device has no glyphs for;
    `baud` None: a line faster than any printer."""

    profile: PrinterProfile
    paper_mm: int
    font: Path
    speed_mm_s: int = 90
    cut_s: float = 0.3
    baud: int | None = None

    def slip(self, document: SlipDocument) -> Slip:
        """The document as this printer takes it."""
        profile, dots = self.profile, self.profile.dots[self.paper_mm]
        layout = lay_out(document, dots)
        drawn = {line: bitmap(line, dots, self.font) for line in to_be_drawn(layout, profile.device_qr)}
        data = encode(layout, drawn, device_qr=profile.device_qr, select_gbk=profile.select_gbk)
        wire_s = len(data) * BITS_PER_BYTE / self.baud if self.baud else 0.0
        sizes = [len(dots.data) for dots in drawn.values()]
        sizes += [len(line.picture.data) for line in layout.lines if isinstance(line, PictureLine)]
        longest = min(max(sizes, default=0), BAND_BYTES)
        paper_s = layout.length_mm / self.speed_mm_s + self.cut_s
        return Slip(data, longest, wire_s + paper_s + SLACK_S, layout.length_mm)
