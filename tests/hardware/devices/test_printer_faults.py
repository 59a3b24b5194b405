"""Every fault of a serial line against the printer's driver: over serial, network and USB lines to a virtual printer.

A driver passes a fault when it neither raises nor hangs, says that a slip came out only if it did, says honestly how
the printer is while the fault lasts, and works again afterwards without being made anew. A pseudo-terminal stands for
the USB node.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from hardware.codecs.escpos_status import PrinterStatus
from hardware.codecs.slip import SlipDocument, SlipFeed, SlipText
from hardware.devices.printer import Printer
from hardware.devices.printer_parts import Outcome, PrinterSetup, PrintResult
from hardware.devices.printer_profile import PrinterProfile
from hardware.transports.escpos_link import open_printer
from tests.hardware.devices.printers import DOTS, NO_FONT
from tests.hardware.line_faults import FAULTS, FaultyLine, PtyLine, TcpLine
from tests.hardware.serving import DEADLINE_S
from tests.hardware.sim.printer_stand import Stand, on_a_pty, on_the_net

pytestmark = pytest.mark.line

BAUD = 115200
SPEED = 400
HANG_S = 60.0
LATE_S = 0.1
SURE = (Outcome.CONFIRMED, Outcome.FENCED, Outcome.ASSUMED)
KINDS = ("serial", "tcp", "usb")
ANOTHER_UNITS = b"\x37\x22\x31\x31\x31\x31\x00"
HARMLESS = frozenset({"late", "split", "garbage", "doubled", "echo"})
"""Faults under which all that counts still arrives."""


@dataclass
class Bench:
    """A driver, the line with faults, and the virtual printer at its far end."""

    stand: Stand
    line: FaultyLine
    printer: Printer

    def until(self, true: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + DEADLINE_S
        while not true():
            assert time.monotonic() < deadline, f"{what}: {self.stand.do('state')}"

    def ready(self) -> None:
        self.until(lambda: self.printer.status() == PrinterStatus(), "the printer is not ready again")

    def printing(self) -> bool:
        return bool(self.stand.do("state")["printing"])

    def print_apart(self, document: SlipDocument) -> Callable[[], PrintResult]:
        """Print in a thread of its own; → how it ended."""
        results: list[PrintResult] = []
        thread = threading.Thread(target=lambda: results.append(self.printer.print_slip(document)))
        thread.start()

        def result() -> PrintResult:
            thread.join(HANG_S)
            assert results, "the driver hangs"
            return results[0]

        return result

    def whole(self, number: str) -> int:
        return sum(f"{number} first" in piece and f"{number} last" in piece for piece in self.stand.texts())


def slip(number: str, feeds: int = 1) -> SlipDocument:
    feed = [SlipFeed(40)] * feeds
    return SlipDocument((SlipText(f"{number} first", size=2), *feed, SlipText(f"{number} last")))


@contextmanager
def bench(kind: str, folder: Path) -> Iterator[Bench]:
    # A USB node has no speed: its pseudo-terminal keeps the one it was made with, and the printer takes that.
    own_baud = BAUD if kind == "serial" else None
    far = on_the_net(folder, speed_mm_s=SPEED) if kind == "tcp" else on_a_pty(folder, own_baud, speed_mm_s=SPEED)
    with far as stand, faulty(kind, folder, stand) as line:
        address = f"usb:{folder}/line" if kind == "usb" else line.address() if kind == "tcp" else line.address(BAUD)
        setup = PrinterSetup(PrinterProfile(DOTS, auto_status=True), 80, NO_FONT, SPEED, baud=BAUD)
        with contextlib.closing(Printer(lambda: open_printer(address), setup)) as printer:
            made = Bench(stand, line, printer)
            made.ready()
            yield made


def faulty(kind: str, folder: Path, stand: Stand) -> FaultyLine:
    if kind == "tcp":
        return TcpLine(("127.0.0.1", stand.line.port), stranger=ANOTHER_UNITS, late_s=LATE_S)  # type: ignore[attr-defined]
    return PtyLine(folder / "line", folder / "p1", stranger=ANOTHER_UNITS, late_s=LATE_S)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_before_a_slip(kind: str, fault: str, tmp_path: Path) -> None:
    with bench(kind, tmp_path) as made:
        with made.line.fault(fault):
            status = made.printer.status()
            result = made.print_apart(slip("A001"))()
            made.line.wait(fault)
        assert result.outcome not in SURE or made.whole("A001") == 1
        if fault in HARMLESS:
            assert (status, result) == (PrinterStatus(), PrintResult(Outcome.CONFIRMED))
        elif fault != "flipped":
            assert status.silent
            assert result.outcome is Outcome.FAILED
        made.ready()
        assert made.print_apart(slip("A002"))() == PrintResult(Outcome.CONFIRMED)
        assert made.whole("A001") == (result.outcome is Outcome.CONFIRMED)
        assert made.whole("A002") == 1


IN_A_SLIP = [("serial", fault) for fault in FAULTS]
IN_A_SLIP += [(kind, fault) for kind in ("tcp", "usb") for fault in ("silence", "split", "unplug", "blocked")]


@pytest.mark.parametrize(("kind", "fault"), IN_A_SLIP)
def test_a_fault_in_a_slip(kind: str, fault: str, tmp_path: Path) -> None:
    with bench(kind, tmp_path) as made:
        ended = made.print_apart(slip("A001", feeds=3))
        made.until(made.printing, "nothing is printed")
        with made.line.fault(fault):
            result = ended()
        # It is out once the paper stands still, told or not.
        made.until(lambda: not made.printing(), "it does not end")
        assert result.outcome not in SURE or made.whole("A001") == 1
        if fault in HARMLESS:
            assert result == PrintResult(Outcome.CONFIRMED)
        else:
            assert result.outcome in (Outcome.UNKNOWN, Outcome.CONFIRMED)
        made.ready()
        assert made.print_apart(slip("A002"))() == PrintResult(Outcome.CONFIRMED)
        assert made.whole("A001") <= 1
        assert made.whole("A002") == 1
        assert "A001" not in made.stand.texts()[-1]


@pytest.mark.parametrize("fault", sorted(HARMLESS))
def test_paper_that_ends_behind_a_bad_line_is_still_told(fault: str, tmp_path: Path) -> None:
    with bench("serial", tmp_path) as made, made.line.fault(fault):
        made.stand.do("paper out 20")
        assert made.print_apart(slip("A001", feeds=3))() == PrintResult(Outcome.FAILED, "paper_out")
        assert made.printer.status().paper == "out"
        made.stand.do("new roll")
        made.ready()
        assert made.print_apart(slip("A002"))() == PrintResult(Outcome.CONFIRMED)
        assert (made.whole("A001"), made.whole("A002")) == (0, 1)
