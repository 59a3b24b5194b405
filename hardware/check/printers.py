"""Slip printers: is the line there, does the unit answer, what is in its way, which way it tells of a finished slip.

Nothing is printed. On the way the unit's buffers are emptied, as the driver does on each opened line.
"""

import json
import time
from collections.abc import Callable
from functools import partial

from hardware.check.links import Opener, in_use, no_link
from hardware.check.parts import Ask, Finding, Named, Trial, Word, note, reason, well, wrong
from hardware.devices.printer import Printer
from hardware.devices.printer_finish import Finish
from hardware.devices.printer_setup import printer_setup
from hardware.transports.escpos_link import baud_of, open_printer
from hardware.transports.link import Link
from ticketserver.shared import settings as tables
from ticketserver.shared.device_values import printer_model
from ticketserver.shared.local import run_dir
from ticketserver.shared.settings import Settings

OF_THE_CHECK = ("hot_head", "error")
"""Faults that no program reports by these names, so that the words stand here."""


def tests(ask: Ask) -> list[Trial]:
    return [Trial((printer.id,), printer.link, partial(_test, ask, printer)) for printer in ask.settings.printer]


def make(
    settings: Settings,
    printer: tables.Printer,
    open_link: Callable[[], Link],
    clock: Callable[[], float] = time.monotonic,
) -> Printer:
    """The driver as the kiosk has it, over any link."""
    # What the device has no glyphs for is drawn with the typeface that the kiosk has made.
    font = run_dir(settings) / "fonts" / "NotoSansCJKsc-Regular.otf"
    model = printer_model(settings, printer)
    setup = printer_setup(model, printer.paper_mm, printer.speed_mm_s, font, baud_of(printer.link))
    return Printer(open_link, setup, clock)


def _test(ask: Ask, printer: tables.Printer) -> list[Finding]:
    name = printer.id
    if used := in_use(ask, printer.link, (name,)):
        return used
    opener = Opener(open_printer)
    driver = make(ask.settings, printer, partial(opener, printer.link))
    try:
        status = driver.status()
    finally:
        driver.close()
    if status.silent:
        if problem := opener.problems.get(printer.link):
            return [no_link(name, printer.link, problem)]
        return [wrong(name, "printer.silent", link=printer.link)]
    if status.hindrance:
        of_check = status.hindrance in OF_THE_CHECK
        why = Word(f"check.printer.{status.hindrance}") if of_check else reason(status.hindrance)
        return [wrong(name, "printer.fault", why=why)]
    model = printer_model(ask.settings, printer)
    values = {"model": Named(model.name_zh, model.name_en), "paper_mm": printer.paper_mm}
    finish = driver.finish or Finish.NONE
    found = [well(name, "printer.well", **values)] if status.paper == "ok" else []
    if status.paper == "near_end":
        found.append(note(name, "printer.fault", why=reason("paper_near_end")))
    told = well if finish is not Finish.NONE else note
    return [*found, told(name, f"printer.finish_{finish.value}"), *_roll(ask.settings, printer)]


def _roll(settings: Settings, printer: tables.Printer) -> list[Finding]:
    """What the kiosk on this machine has counted of the roll; nothing where there is none."""
    try:
        kept = json.loads((run_dir(settings) / "printers" / f"{printer.id}.roll").read_bytes())
        used_m = float(kept["used_mm"]) / 1000
    except (OSError, ValueError, LookupError, TypeError):
        return []
    return [well(printer.id, "printer.roll", used_m=f"{used_m:.1f}", roll_m=f"{printer.roll_m:g}")]
