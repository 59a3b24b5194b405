"""The printer's own thread: slips in turn, and a look at the printer while there is nothing to print.

A look is due every two seconds, and at once when the printer has said something unasked. The window never waits for the
printer. What the thread sees is told through `tell`, from the thread itself.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import Protocol

from hardware.codecs.slip import SlipDocument
from kiosk.events import Event, Print, Printed, PrinterSeen, RollChanged
from kiosk.io.roll_keeper import RollKeeper
from kiosk.printer_look import PrinterLook
from kiosk.roll import MM_PER_M, Paper
from ticketserver.core.terms import PrintOutcome

log = logging.getLogger("kiosk")

LOOK_EVERY_S = 2.0
NEWS_EVERY_S = 0.1


class PrinterStatus(Protocol):
    """What a printer says of itself; `paper` is ok, near_end or out."""

    @property
    def paper(self) -> str: ...
    @property
    def cover_open(self) -> bool: ...
    @property
    def cutter_error(self) -> bool: ...
    @property
    def offline(self) -> bool: ...
    @property
    def silent(self) -> bool: ...


class PrintResult(Protocol):
    @property
    def outcome(self) -> str: ...
    @property
    def detail(self) -> str: ...
    @property
    def paper_mm(self) -> float: ...


class Finish(Protocol):
    @property
    def value(self) -> str: ...


class Printer(Protocol):
    """The part of `hardware.devices.printer.Printer` that is used here; `print_slip` and `status` block."""

    @property
    def finish(self) -> Finish | None: ...

    def print_slip(self, document: SlipDocument) -> PrintResult: ...

    def status(self) -> PrinterStatus: ...

    def news(self) -> bool: ...


def look_of(status: PrinterStatus) -> PrinterLook:
    """The one thing to say about a printer, the most telling first."""
    told = (
        (status.silent, PrinterLook.SILENT),
        (status.paper == "out", PrinterLook.PAPER_OUT),
        (status.cover_open, PrinterLook.COVER_OPEN),
        (status.cutter_error, PrinterLook.CUTTER),
        (status.offline, PrinterLook.OFFLINE),
        (status.paper == "near_end", PrinterLook.NEAR_END),
    )
    return next((look for true, look in told if true), PrinterLook.OK)


class PrintThread:
    """`start`, `print` any number of times, `stop`."""

    def __init__(
        self,
        printer: Printer,
        roll: RollKeeper,
        tell: Callable[[Event], None],
        failed: Callable[[Exception], None],
        every_s: float = LOOK_EVERY_S,
    ) -> None:
        """`failed` hears of an error that nothing expects; the thread has ended then, and so should the program."""
        self._printer = printer
        self._roll = roll
        self._tell = tell
        self._failed = failed
        self._every_s = every_s
        self._jobs: queue.Queue[Print | None] = queue.Queue()
        self._seen: PrinterLook | None = None
        self._due_s = 0.0
        self._thread = threading.Thread(target=self._run, name="printer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def print(self, job: Print) -> None:
        self._jobs.put(job)

    def stop(self) -> None:
        """A slip that is being printed is finished; the thread is a daemon and holds nobody up."""
        self._jobs.put(None)

    def join(self, timeout_s: float) -> None:
        self._thread.join(timeout_s)

    def _run(self) -> None:
        try:
            self._serve()
        except Exception as error:
            log.exception("the printer's thread")
            self._failed(error)

    def _serve(self) -> None:
        self._look()
        while True:
            try:
                job = self._jobs.get(timeout=min(NEWS_EVERY_S, self._every_s))
            except queue.Empty:
                if time.monotonic() >= self._due_s or self._printer.news():
                    self._look()
                continue
            if job is None:
                return
            self._print(job)

    def _print(self, job: Print) -> None:
        result = self._printer.print_slip(job.document)
        self._roll.printed(result.paper_mm)
        outcome = PrintOutcome(result.outcome)
        log.info("slip %d: %s %s", job.job, outcome.value, result.detail)
        # Told before the slip's end, so that a failed slip finds the printer's state already known.
        cause = self._look()
        self._tell(Printed(job.job, outcome, cause, result.detail))

    def _look(self) -> PrinterLook:
        status = self._printer.status()
        look = look_of(status)
        used_mm = None
        if look is not PrinterLook.SILENT:
            used_mm = self._roll.seen(Paper(status.paper), status.cover_open, look.can_print)
        if look is PrinterLook.OK and self._roll.little:
            look = PrinterLook.LOW
        if look is not self._seen:
            self._seen = look
            log.info("printer: %s", look.value or "ok")
            self._tell(PrinterSeen(look))
        if used_mm is not None:
            finish = self._printer.finish
            log.info("printer: a new roll after %.1f m", used_mm / MM_PER_M)
            self._tell(RollChanged(int(time.time() * 1000), used_mm, finish.value if finish else "none"))
        self._due_s = time.monotonic() + self._every_s
        return look
