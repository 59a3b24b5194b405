"""A slip printer's setup, made of what a hall's models say of its kind and what the hall says of this one."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Protocol

from hardware.devices.printer_parts import PrinterSetup
from hardware.devices.printer_profile import PrinterProfile


class PrinterKind(Protocol):
    """The values of a kind of printer. `dots` across, by the paper's width in mm; `marker`: "probe"
    where the unit may be asked for the completion marker; `asb`: 1D 61 switches on what its name says."""

    @property
    def dots(self) -> Mapping[Literal["58", "80"], int]: ...
    @property
    def qr(self) -> bool: ...
    @property
    def select_gbk(self) -> bool: ...
    @property
    def marker(self) -> str: ...
    @property
    def asb(self) -> bool: ...
    @property
    def speed_mm_s(self) -> int: ...
    @property
    def cut_s(self) -> float: ...


def dots_across(kind: PrinterKind) -> dict[int, int]:
    """By the paper's width in mm."""
    return {int(width_mm): dots for width_mm, dots in kind.dots.items()}


def printer_setup(kind: PrinterKind, paper_mm: int, speed_mm_s: int, font: Path, baud: int | None) -> PrinterSetup:
    """`speed_mm_s` 0: its kind's. `font` draws what the device has no glyphs for. `baud` None: a line faster than any
    printer."""
    profile = PrinterProfile(dots_across(kind), kind.qr, kind.select_gbk, kind.marker == "probe", kind.asb)
    return PrinterSetup(profile, paper_mm, font, speed_mm_s or kind.speed_mm_s, kind.cut_s, baud)
