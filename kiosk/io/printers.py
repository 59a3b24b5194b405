"""A printer of hall.toml as its driver and its roll are made: values out of its own lines and its model."""

from pathlib import Path

from hardware.devices.printer_parts import PrinterSetup
from hardware.devices.printer_profile import PrinterProfile
from kiosk.io.hall import dots_of
from kiosk.io.roll_keeper import RollKeeper
from kiosk.roll import RollLimits
from ticketserver.shared.device_values import printer_model
from ticketserver.shared.devices import Printer
from ticketserver.shared.local import run_dir
from ticketserver.shared.settings import Settings


def setup_of(settings: Settings, printer: Printer, font: Path, baud: int | None) -> PrinterSetup:
    """`font` draws what the device has no glyphs for. `baud` None: a line faster than any printer."""
    model = printer_model(settings, printer)
    profile = PrinterProfile(
        dots_of(settings, printer),
        device_qr=model.qr,
        select_gbk=model.select_gbk,
        marker=model.marker == "probe",
        auto_status=model.asb,
    )
    speed_mm_s = printer.speed_mm_s or model.speed_mm_s
    return PrinterSetup(profile, printer.paper_mm, font, speed_mm_s, model.cut_s, baud)


def rolls_dir(settings: Settings) -> Path:
    """Where this machine keeps what it knows of its printers' rolls."""
    return run_dir(settings) / "printers"


def roll_of(settings: Settings, printer: Printer) -> RollKeeper:
    """What this machine knows of the roll in a printer."""
    sensor = printer_model(settings, printer).near_end_sensor
    limits = RollLimits(printer.roll_m, printer.warn_m, counted=not sensor)
    return RollKeeper(rolls_dir(settings), printer.id, limits)
