"""A new roll proves itself: flow, printer's thread and driver with a virtual printer, also over restarts."""

import contextlib
import queue
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hardware.devices.printer import Printer
from hardware.devices.printer_parts import PrinterSetup
from hardware.devices.printer_profile import PrinterProfile
from hardware.transports.escpos_link import open_printer
from kiosk.events import Event, Print, PrinterSeen
from kiosk.flow import Flow
from kiosk.io.print_thread import PrintThread
from kiosk.io.roll_keeper import RollKeeper, say_changed
from kiosk.printer_look import PrinterLook
from kiosk.roll import RollLimits
from tests.hardware.devices.printers import NO_FONT
from tests.hardware.serving import DEADLINE_S
from tests.hardware.sim.printer_stand import Stand, on_a_pty
from tests.kiosk.kiosks import HALL, TEXTS, TOKEN, local

BAUD = 115200
LIMITS = RollLimits(50.0, 5.0, counted=True)
TEST = "测试"


class Kiosk:
    """One start of the kiosk's program, without its window and its server."""

    def __init__(self, folder: Path) -> None:
        setup = PrinterSetup(PrinterProfile({80: 576}, auto_status=True), 80, NO_FONT, 400, baud=BAUD)
        self.printer = Printer(lambda: open_printer(f"serial:{folder}/p1?baud={BAUD}"), setup)
        self.events: queue.Queue[Event] = queue.Queue()
        roll = RollKeeper(folder / "printers", "printer1", LIMITS)
        self.thread = PrintThread(self.printer, roll, self.events.put, self.fail)
        self.flow = Flow(HALL, TEXTS, local, lambda: ("request", TOKEN))
        self.looks: list[PrinterLook] = []

    def fail(self, error: Exception) -> None:
        raise error

    def until(self, true: Callable[[], bool], what: str) -> None:
        """Let the flow have what the thread tells, until it has come to this."""
        deadline = time.monotonic() + DEADLINE_S
        while not true():
            assert time.monotonic() < deadline, what
            with contextlib.suppress(queue.Empty):
                event = self.events.get(timeout=0.02)
                if isinstance(event, PrinterSeen):
                    self.looks.append(event.look)
                for effect in self.flow.handle(event, 0):
                    if isinstance(effect, Print):
                        self.thread.print(effect)

    def until_seen(self, look: PrinterLook) -> None:
        self.until(lambda: self.looks[-1:] == [look], f"{look} is not seen after {self.looks}")


@contextmanager
def kiosk(folder: Path) -> Iterator[Kiosk]:
    made = Kiosk(folder)
    made.thread.start()
    try:
        yield made
    finally:
        made.thread.stop()
        made.thread.join(DEADLINE_S)
        made.printer.close()


def proofs(stand: Stand) -> list[str]:
    return [piece for piece in stand.texts() if TEST in piece]


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    with on_a_pty(tmp_path, BAUD, speed_mm_s=400) as made:
        yield made


def change_the_roll(stand: Stand, running: Kiosk) -> None:
    stand.do("paper out")
    running.until_seen(PrinterLook.PAPER_OUT)
    stand.do("cover open")
    stand.do("new roll")
    running.until_seen(PrinterLook.COVER_OPEN)
    stand.do("cover close")
    running.until_seen(PrinterLook.OK)


def test_after_paper_out_and_a_new_roll_one_slip_marked_as_a_test_comes_out(tmp_path: Path, stand: Stand) -> None:
    with kiosk(tmp_path) as running:
        running.until_seen(PrinterLook.OK)
        change_the_roll(stand, running)
        running.until(lambda: bool(proofs(stand)), "no test slip")
        [printed] = proofs(stand)
        assert "新纸卷,打印正常" in printed
        assert "时间:20" in printed
        assert "上一卷已打印:0.0 米" in printed
        assert "出票确认:每张都能确认" in printed
        change_the_roll(stand, running)
        running.until(lambda: len(proofs(stand)) == 2, "no second test slip")
    assert "上一卷已打印:0.1 米" in proofs(stand)[1]


def test_a_roll_changed_while_the_kiosk_was_off_is_proved_at_its_start_and_once(tmp_path: Path, stand: Stand) -> None:
    with kiosk(tmp_path) as running:
        running.until_seen(PrinterLook.OK)
        stand.do("paper out")
        running.until_seen(PrinterLook.PAPER_OUT)
    stand.do("power off")
    stand.do("new roll")
    stand.do("power on")
    for _ in range(2):
        with kiosk(tmp_path) as running:
            running.until(lambda: bool(proofs(stand)), "no test slip")
            running.until_seen(PrinterLook.OK)
    assert len(proofs(stand)) == 1


def test_a_roll_that_somebody_says_is_new_is_proved_within_the_next_look(tmp_path: Path, stand: Stand) -> None:
    with kiosk(tmp_path) as running:
        running.until_seen(PrinterLook.OK)
        say_changed(tmp_path / "printers", "printer1")
        running.until(lambda: bool(proofs(stand)), "no test slip")


def test_a_look_inside_prints_nothing(tmp_path: Path, stand: Stand) -> None:
    with kiosk(tmp_path) as running:
        running.until_seen(PrinterLook.OK)
        stand.do("cover open")
        running.until_seen(PrinterLook.COVER_OPEN)
        stand.do("cover close")
        running.until_seen(PrinterLook.OK)
    assert stand.texts() == []
