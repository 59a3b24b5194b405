"""A printer of hall.toml as its driver and its roll are made: values out of its own lines and its model."""

from pathlib import Path

from hardware.devices.printer_parts import PrinterSetup
from hardware.devices.printer_setup import printer_setup
from kiosk.io.roll_keeper import RollKeeper
from kiosk.roll import RollLimits
from ticketserver.shared.device_values import printer_model
from ticketserver.shared.devices import Printer
from ticketserver.shared.local import run_dir
from ticketserver.shared.settings import Settings


def setup_of(settings: Settings, printer: Printer, font: Path, baud: int | None) -> PrinterSetup:
    """`font` draws what the device has no glyphs for. `baud` None: a line faster than any printer."""
    return printer_setup(printer_model(settings, printer), printer.paper_mm, printer.speed_mm_s, font, baud)


def rolls_dir(settings: Settings) -> Path:
    """Where this machine keeps what it knows of its printers' rolls."""
    return run_dir(settings) / "printers"


def roll_of(settings: Settings, printer: Printer) -> RollKeeper:
    """What this machine knows of the roll in a printer."""
    sensor = printer_model(settings, printer).near_end_sensor
    limits = RollLimits(printer.roll_m, printer.warn_m, counted=not sensor)
    return RollKeeper(rolls_dir(settings), printer.id, limits)
