"""The printer's thread: slips in turn, changes told once, the state known before a slip's end."""

import queue
from dataclasses import dataclass

import pytest

from hardware.codecs.slip import SlipDocument
from kiosk.events import Print, Printed, PrinterSeen
from kiosk.io.print_thread import PrintThread, look_of
from kiosk.printer_look import PrinterLook
from ticketserver.core.terms import PrintOutcome

SLIP = SlipDocument(items=())
WAIT_S = 5


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
    assert look.can_print == (look in (PrinterLook.OK, PrinterLook.NEAR_END))


class Printer:
    """Prints what it is told; every status asked for is one of a script, the last for ever."""

    def __init__(self, *states):
        self.states = list(states)
        self.printed = []
        self.result = Result("confirmed")

    def status(self):
        return self.states.pop(0) if len(self.states) > 1 else self.states[0]

    def print_slip(self, document):
        self.printed.append(document)
        return self.result


@pytest.fixture
def told():
    return queue.Queue()


def start(printer, told, every_s=60.0):
    thread = PrintThread(printer, told.put, told.put, every_s)
    thread.start()
    return thread


def test_what_the_printer_is_at_the_start_is_told(told):
    thread = start(Printer(Status(silent=True)), told)
    assert told.get(timeout=WAIT_S) == PrinterSeen(PrinterLook.SILENT)
    thread.stop()
    thread.join(WAIT_S)


def test_slips_are_printed_in_turn_and_told_with_what_was_wrong(told):
    printer = Printer(Status(), Status(), Status(paper="out"))
    thread = start(printer, told)
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


def test_a_change_while_nothing_is_printed_is_seen_and_told_once(told):
    thread = start(Printer(Status(), Status(cover_open=True), Status(cover_open=True), Status()), told, every_s=0.01)
    seen = [told.get(timeout=WAIT_S) for _ in range(3)]
    assert seen == [PrinterSeen(PrinterLook.OK), PrinterSeen(PrinterLook.COVER_OPEN), PrinterSeen(PrinterLook.OK)]
    thread.stop()
    thread.join(WAIT_S)
    assert told.empty()


def test_an_error_that_nothing_expects_is_told_and_ends_the_thread(told, caplog):
    printer = Printer(Status())
    thread = start(printer, told)
    assert told.get(timeout=WAIT_S) == PrinterSeen(PrinterLook.OK)
    printer.result = Result("no such outcome")
    thread.print(Print(1, SLIP))
    assert isinstance(told.get(timeout=WAIT_S), ValueError)
    thread.join(WAIT_S)
    assert "the printer's thread" in caplog.text
