"""The driver against the virtual printer over real lines: no old slip comes out, whatever stopped it."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hardware.codecs.escpos_status import PrinterStatus
from hardware.codecs.slip import SlipDocument, SlipFeed, SlipText
from hardware.devices.printer import Printer
from hardware.devices.printer_parts import Outcome, PrinterSetup, PrintResult
from hardware.devices.printer_profile import PrinterProfile
from hardware.transports.escpos_link import open_printer
from tests.hardware.devices.printers import DOTS, NO_FONT
from tests.hardware.serving import DEADLINE_S
from tests.hardware.sim.printer_stand import Stand, on_a_pty, on_the_net

SPEED = 400
PROFILE = PrinterProfile(DOTS, auto_status=True)
BAUD = 115200

pytestmark = pytest.mark.line


def slip(number: str) -> SlipDocument:
    """Its number first, then enough paper to be stopped on."""
    lines = (SlipText(f"{number} line {no}") for no in range(12))
    return SlipDocument((SlipText(number, size=4), *lines, SlipFeed(10), SlipText(f"{number} end")))


class Hall:
    """A driver and its virtual printer."""

    def __init__(self, stand: Stand, address: str) -> None:
        self.stand, self._address = stand, address
        self.printer = self.driver()

    def driver(self) -> Printer:
        """The kiosk's program, started anew."""
        setup = PrinterSetup(PROFILE, 80, NO_FONT, SPEED, baud=BAUD)
        return Printer(lambda: open_printer(self._address), setup)

    def state(self) -> dict[str, object]:
        return self.stand.do("state")

    def until(self, true: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + DEADLINE_S
        while not true():
            assert time.monotonic() < deadline, f"{what}: {self.state()}"

    def ready(self) -> None:
        """Looked at as the kiosk does, until the printer is well."""
        self.until(lambda: self.printer.status() == PrinterStatus(), "the printer is not ready")

    def pieces(self) -> list[str]:
        return self.stand.texts()

    def whole(self, number: str) -> int:
        """How many whole slips of a number anybody holds in the hand."""
        return sum(f"\n{number} end\n" in piece and f"{number}\n" in piece for piece in self.pieces())

    def ends(self, number: str) -> int:
        return sum(piece.count(f"{number} end") for piece in self.pieces())


@contextmanager
def hall(folder: Path, **switches: object) -> Iterator[Hall]:
    with on_a_pty(folder, BAUD, speed_mm_s=SPEED, **switches) as stand:
        made = Hall(stand, f"serial:{folder}/p1?baud={BAUD}")
        with contextlib.closing(made.printer):
            made.ready()
            yield made


class Ending:
    """A slip printed in a thread of its own."""

    def __init__(self, made: Hall, document: SlipDocument) -> None:
        self._results: list[PrintResult] = []
        self._thread = threading.Thread(target=lambda: self._results.append(made.printer.print_slip(document)))
        self._thread.start()

    def result(self) -> PrintResult:
        self._thread.join(DEADLINE_S)
        return self._results[0]


def new_roll(made: Hall) -> None:
    made.stand.do("cover open")
    made.printer.status()
    made.stand.do("new roll")
    made.printer.status()
    made.stand.do("cover close")


@pytest.mark.parametrize(("marker", "where"), [(True, 1), (True, 10), (True, 25), (True, 50), (False, 25)])
def test_paper_that_ends_in_a_slip(tmp_path: Path, marker: bool, where: int) -> None:
    with hall(tmp_path, marker=marker) as made:
        made.stand.do(f"paper out {where}")
        assert made.printer.print_slip(slip("A001")) == PrintResult(Outcome.FAILED, "paper_out")
        new_roll(made)
        made.ready()
        assert made.printer.print_slip(slip("A002")).outcome in (Outcome.CONFIRMED, Outcome.FENCED)
        assert (made.whole("A001"), made.ends("A001"), made.whole("A002")) == (0, 0, 1)
        assert made.state()["buffered_bytes"] == 0


def test_a_cover_opened_in_a_slip(tmp_path: Path) -> None:
    with hall(tmp_path, buffer_bytes=65536) as made:
        long = SlipDocument(tuple(SlipText(f"A001 line {no}") for no in range(200)))
        ending = Ending(made, long)
        made.until(lambda: bool(made.state()["printing"]), "nothing is printed")
        made.stand.do("cover open")
        assert ending.result() == PrintResult(Outcome.FAILED, "cover_open")
        # Its answer shows that the unit has heard what was sent before: the word to drop the rest.
        assert made.printer.status().cover_open
        made.stand.do("cover close")
        made.ready()
        made.printer.print_slip(slip("A002"))
        assert not any("A001 line 199" in piece for piece in made.pieces())
        assert made.whole("A002") == 1
        assert "A001" not in made.pieces()[-1]


@pytest.mark.parametrize("marker", [True, False])
def test_power_lost_in_a_slip(tmp_path: Path, marker: bool) -> None:
    with hall(tmp_path, marker=marker, buffer_bytes=65536) as made:
        ending = Ending(made, SlipDocument(tuple(SlipText(f"A001 line {no}") for no in range(200))))
        made.until(lambda: bool(made.state()["printing"]), "nothing is printed")
        made.stand.do("power off")
        assert ending.result() == PrintResult(Outcome.UNKNOWN, "silent")
        made.stand.do("power on")
        made.ready()
        assert made.printer.print_slip(slip("A002")).outcome in (Outcome.CONFIRMED, Outcome.FENCED)
        assert not any("A001 line 199" in piece for piece in made.pieces())
        assert "A001" not in made.pieces()[-1]


@pytest.mark.parametrize("cure", ["clear", "clear, feed", "clear, cover"])
def test_a_cutter_that_sticks(tmp_path: Path, cure: str) -> None:
    with hall(tmp_path) as made:
        made.stand.do("jam next")
        assert made.printer.print_slip(slip("A001")) == PrintResult(Outcome.FAILED, "cutter_error")
        made.printer.status()
        made.stand.do("clear")
        if "feed" in cure:
            made.stand.do("feed")
        elif "cover" in cure:
            made.stand.do("cover open")
            made.printer.status()
            made.stand.do("cover close")
        made.ready()
        assert made.printer.print_slip(slip("A002")).outcome is Outcome.CONFIRMED
        # The slip that stuck was taken out by hand; it does not come a second time.
        assert made.ends("A001") == 1
        assert made.whole("A002") == 1
        assert "A001" not in made.pieces()[-1]


def test_what_a_killed_kiosk_left_in_a_stopped_printer(tmp_path: Path) -> None:
    with hall(tmp_path) as made:
        made.stand.do("paper out 25")
        made.printer.print_slip(slip("A001"))
        made.printer.close()
        link = open_printer(f"serial:{tmp_path}/p1?baud={BAUD}")
        link.write(PrinterSetup(PROFILE, 80, NO_FONT, SPEED).slip(slip("A003")).data)
        made.until(lambda: int(str(made.state()["buffered_bytes"])) > 100, "nothing waits in the printer")
        link.close()
        made.printer = made.driver()
        assert made.printer.status().paper == "out"
        new_roll(made)
        made.ready()
        made.printer.print_slip(slip("A002"))
        assert (made.ends("A001"), made.ends("A003"), made.whole("A002")) == (0, 0, 1)


def test_a_cable_pulled_in_a_slip(tmp_path: Path) -> None:
    with hall(tmp_path, buffer_bytes=65536) as made:
        ending = Ending(made, SlipDocument(tuple(SlipText(f"A001 line {no}") for no in range(900))))
        made.until(lambda: bool(made.state()["printing"]), "nothing is printed")
        made.stand.do("unplug")
        assert ending.result() == PrintResult(Outcome.UNKNOWN, "link_down")
        made.stand.do("plug")
        made.ready()
        made.printer.print_slip(slip("A002"))
        assert not any("A001 line 899" in piece for piece in made.pieces())
        assert made.whole("A002") == 1
        assert "A001" not in made.pieces()[-1]


def test_a_fault_is_noticed_without_being_asked_for(tmp_path: Path) -> None:
    with hall(tmp_path) as made:
        assert made.printer.news() is False
        for command, expected in (("cover open", "cover_open"), ("cover close", ""), ("paper out", "paper_out")):
            made.stand.do(command)
            made.until(made.printer.news, f"nothing is told of {command}")
            assert made.printer.status().fault == expected


def test_a_board_that_takes_it_for_something_else(tmp_path: Path) -> None:
    with hall(tmp_path, auto_status=False) as made:
        made.stand.do("cover open")
        assert made.printer.news() is False
        assert made.printer.status().cover_open


def test_a_network_printer(tmp_path: Path) -> None:
    with on_the_net(tmp_path, speed_mm_s=SPEED) as stand:
        made = Hall(stand, f"tcp:127.0.0.1:{stand.line.port}")  # type: ignore[attr-defined]
        with contextlib.closing(made.printer):
            made.ready()
            stand.do("paper out 25")
            assert made.printer.print_slip(slip("A001")) == PrintResult(Outcome.FAILED, "paper_out")
            stand.do("power off")
            made.until(lambda: made.printer.status().silent, "it still speaks")
            stand.do("new roll")
            stand.do("power on")
            made.ready()
            assert made.printer.print_slip(slip("A002")) == PrintResult(Outcome.CONFIRMED)
            assert (made.ends("A001"), made.whole("A002")) == (0, 1)


def test_a_printer_on_usb_that_comes_back_under_another_number(tmp_path: Path) -> None:
    """The pseudo-terminal stands for /dev/usb/lpN."""
    with on_a_pty(tmp_path, BAUD, speed_mm_s=SPEED) as stand:
        made = Hall(stand, f"usb:{tmp_path}/p1")
        with contextlib.closing(made.printer):
            made.ready()
            assert made.printer.print_slip(slip("A001")) == PrintResult(Outcome.CONFIRMED)
            stand.do("unplug")
            assert made.printer.status().silent
            assert made.printer.print_slip(slip("A002")) == PrintResult(Outcome.FAILED, "link_down")
            stand.do("plug")
            made.ready()
            assert made.printer.print_slip(slip("A003")) == PrintResult(Outcome.CONFIRMED)
            assert [made.whole(number) for number in ("A001", "A002", "A003")] == [1, 0, 1]
