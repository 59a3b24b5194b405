"""The printer's thread: slips in turn, changes told once, the state known before a slip's end, the roll counted."""

import queue
from dataclasses import dataclass
from enum import Enum

import pytest

from hardware.codecs.slip import SlipDocument
from kiosk.events import Print, Printed, PrinterSeen, RollChanged
from kiosk.io.print_thread import PrintThread, look_of
from kiosk.io.roll_keeper import RollKeeper
from kiosk.printer_look import PrinterLook
from kiosk.roll import RollLimits
from ticketserver.core.terms import PrintOutcome

SLIP = SlipDocument(items=())
WAIT_S = 30


@dataclass
class Status:
    paper: str = "ok"
    cover_open: bool = False
    cutter_error: bool = False
    offline: bool = False
    silent: bool = False


@dataclass
class Result:
    outcome: str
    detail: str = ""
    paper_mm: float = 100.0


class Finish(Enum):
    MARKER = "marker"


LOOKS = [
    (Status(), PrinterLook.OK),
    (Status(paper="near_end"), PrinterLook.NEAR_END),
    (Status(paper="out", offline=True), PrinterLook.PAPER_OUT),
    (Status(cover_open=True, offline=True), PrinterLook.COVER_OPEN),
    (Status(cutter_error=True, offline=True), PrinterLook.CUTTER),
    (Status(offline=True), PrinterLook.OFFLINE),
    (Status(paper="out", silent=True), PrinterLook.SILENT),
]


@pytest.mark.parametrize(("status", "look"), LOOKS)
def test_the_most_telling_thing_is_said(status, look):
    assert look_of(status) is look
    assert look.can_print == (look in (PrinterLook.OK, PrinterLook.NEAR_END, PrinterLook.LOW))


class Printer:
    """Prints what it is told; every status asked for is one of a script, the last for ever."""

    def __init__(self, *states):
        self.states = list(states)
        self.printed = []
        self.result = Result("confirmed")
        self.finish = None
        self.said = queue.Queue()

    def news(self):
        try:
            return self.said.get_nowait()
        except queue.Empty:
            return False

    def status(self):
        return self.states.pop(0) if len(self.states) > 1 else self.states[0]

    def print_slip(self, document):
        self.printed.append(document)
        return self.result


@pytest.fixture
def told():
    return queue.Queue()


@pytest.fixture
def start(told, tmp_path):
    started = []

    def starting(printer, every_s=60.0, roll_m=50.0):
        roll = RollKeeper(tmp_path, "printer1", RollLimits(roll_m, 0.1, counted=True))
        thread = PrintThread(printer, roll, told.put, told.put, every_s)
        thread.start()
        started.append(thread)
        return thread

    yield starting
    for thread in started:
        thread.stop()
        thread.join(WAIT_S)


def test_what_the_printer_is_at_the_start_is_told(told, start):
    thread = start(Printer(Status(silent=True)))
    assert told.get(timeout=WAIT_S) == PrinterSeen(PrinterLook.SILENT)
    thread.stop()
    thread.join(WAIT_S)


def test_slips_are_printed_in_turn_and_told_with_what_was_wrong(told, start):
    printer = Printer(Status(), Status(), Status(paper="out"))
    thread = start(printer)
    assert told.get(timeout=WAIT_S) == PrinterSeen(PrinterLook.OK)
    thread.print(Print(1, SLIP))
    assert told.get(timeout=WAIT_S) == Printed(1, PrintOutcome.CONFIRMED)
    printer.result = Result("failed", "paper_out")
    thread.print(Print(2, SLIP))
    assert told.get(timeout=WAIT_S) == PrinterSeen(PrinterLook.PAPER_OUT)
    assert told.get(timeout=WAIT_S) == Printed(2, PrintOutcome.FAILED, PrinterLook.PAPER_OUT, "paper_out")
    assert printer.printed == [SLIP, SLIP]
    thread.stop()
    thread.join(WAIT_S)


def test_a_change_while_nothing_is_printed_is_seen_and_told_once(told, start):
    thread = start(Printer(Status(), Status(cover_open=True), Status(cover_open=True), Status()), every_s=0.01)
    seen = [told.get(timeout=WAIT_S) for _ in range(3)]
    assert seen == [PrinterSeen(PrinterLook.OK), PrinterSeen(PrinterLook.COVER_OPEN), PrinterSeen(PrinterLook.OK)]
    thread.stop()
    thread.join(WAIT_S)
    assert told.empty()


def test_an_error_that_nothing_expects_is_told_and_ends_the_thread(told, start, caplog):
    printer = Printer(Status())
    thread = start(printer)
    assert told.get(timeout=WAIT_S) == PrinterSeen(PrinterLook.OK)
    printer.result = Result("no such outcome")
    thread.print(Print(1, SLIP))
    assert isinstance(told.get(timeout=WAIT_S), ValueError)
    thread.join(WAIT_S)
    assert "the printer's thread" in caplog.text


def test_what_the_printer_says_unasked_is_looked_at_before_the_next_look_is_due(told, start):
    printer = Printer(Status(), Status(paper="out", offline=True))
    start(printer, every_s=3600)
    assert told.get(timeout=WAIT_S) == PrinterSeen(PrinterLook.OK)
    printer.said.put(True)
    assert told.get(timeout=WAIT_S) == PrinterSeen(PrinterLook.PAPER_OUT)


def test_the_paper_of_each_slip_is_counted_until_the_roll_is_low(told, start):
    thread = start(Printer(Status()), roll_m=0.3)
    assert told.get(timeout=WAIT_S) == PrinterSeen(PrinterLook.OK)
    thread.print(Print(1, SLIP))
    assert told.get(timeout=WAIT_S) == Printed(1, PrintOutcome.CONFIRMED)
    thread.print(Print(2, SLIP))
    assert told.get(timeout=WAIT_S) == PrinterSeen(PrinterLook.LOW)
    assert told.get(timeout=WAIT_S) == Printed(2, PrintOutcome.CONFIRMED, PrinterLook.LOW)


def test_a_new_roll_is_told_with_what_a_slip_about_it_says(told, start):
    printer = Printer(Status(), Status(), Status(paper="out", offline=True), Status())
    printer.finish = Finish.MARKER
    thread = start(printer, every_s=3600)
    assert told.get(timeout=WAIT_S) == PrinterSeen(PrinterLook.OK)
    thread.print(Print(1, SLIP))
    assert told.get(timeout=WAIT_S) == Printed(1, PrintOutcome.CONFIRMED)
    printer.said.put(True)
    assert told.get(timeout=WAIT_S) == PrinterSeen(PrinterLook.PAPER_OUT)
    printer.said.put(True)
    assert told.get(timeout=WAIT_S) == PrinterSeen(PrinterLook.OK)
    changed = told.get(timeout=WAIT_S)
    assert (changed.used_mm, changed.finish) == (100.0, "marker")


def test_a_silent_printer_tells_nothing_of_its_roll(told, start):
    printer = Printer(Status(paper="out", offline=True), Status(silent=True), Status())
    start(printer, every_s=3600)
    assert told.get(timeout=WAIT_S) == PrinterSeen(PrinterLook.PAPER_OUT)
    printer.said.put(True)
    assert told.get(timeout=WAIT_S) == PrinterSeen(PrinterLook.SILENT)
    printer.said.put(True)
    assert told.get(timeout=WAIT_S) == PrinterSeen(PrinterLook.OK)
    changed = told.get(timeout=WAIT_S)
    assert isinstance(changed, RollChanged)
    assert changed.finish == "none"
