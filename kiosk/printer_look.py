"""What a person can be told about the printer."""

from enum import StrEnum


class PrinterLook(StrEnum):
    """A printer's state as far as it matters to a person; the value is the health reason that is reported. `NEAR_END`
    is the sensor's word, `LOW` that of the metres printed."""

    OK = ""
    NEAR_END = "paper_near_end"
    LOW = "paper_low"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter_error"
    OFFLINE = "offline"
    SILENT = "silent"

    @property
    def can_print(self) -> bool:
        return self in (PrinterLook.OK, PrinterLook.NEAR_END, PrinterLook.LOW)
