"""The driver on lines with faults: late, split, noisy, doubled, wrong, echoing; in memory and over a real pty."""

import contextlib
import os
import pty
import random
import select
import tty
from collections.abc import Callable, Iterator

import pytest

from hardware.codecs.escpos_status import SILENT, PrinterStatus
from hardware.devices.printer import Printer
from hardware.devices.printer_parts import Outcome, PrinterSetup, PrintResult
from hardware.devices.printer_talk import ANSWER_S
from hardware.transports.escpos_link import open_printer
from hardware.transports.link import LinkDown
from hardware.transports.memory import LinkFaults, memory_pair
from tests.hardware.devices.printers import COVER_OPEN, GENERIC, NO_FONT, PAPER_OUT, SLIP, Behind, Bench, Unit

Spoil = Callable[[bytes], list[bytes]]
SETUP = PrinterSetup(GENERIC, 80, NO_FONT, 400)
HARMLESS: dict[str, Spoil] = {
    "split": lambda data: [bytes([byte]) for byte in data],
    "doubled": lambda data: [data + data],
    "noise before": lambda data: [b"\x80\xff\x91" + data],
    "a block's head before": lambda data: [b"\x5f" + data],
    "flow control between": lambda data: [b"\x13", data, b"\x11"],
}


@pytest.mark.parametrize("spoil", HARMLESS.values(), ids=HARMLESS)
def test_a_disturbed_answer_is_understood(spoil: Spoil) -> None:
    bench = Bench()
    bench.spoil = spoil
    assert bench.printer.status() == PrinterStatus()
    assert bench.printer.print_slip(SLIP).outcome is Outcome.CONFIRMED
    bench.unit.says = PAPER_OUT
    assert bench.printer.status().paper == "out"


def test_a_late_answer_is_awaited() -> None:
    bench = Bench()
    bench.delay_s = ANSWER_S - 0.05
    assert bench.printer.status() == PrinterStatus()


def test_an_answer_too_late_is_never_taken_for_the_next() -> None:
    bench = Bench(Unit(says=COVER_OPEN))
    bench.delay_s = ANSWER_S + 0.1
    assert bench.printer.status() == SILENT


@pytest.mark.parametrize("bit", [0x04, 0x08, 0x20, 0x40])
def test_one_wrong_bit_is_no_fault(bit: int) -> None:
    bench = Bench()
    bench.printer.status()
    for place in range(4):
        count = iter(range(99))
        bench.spoil = lambda data, count=count, place=place: [bytes([data[0] ^ bit * (next(count) == place)])]
        assert bench.printer.status() == PrinterStatus()


@pytest.mark.parametrize("bit", range(8))
def test_one_wrong_bit_in_the_answer_to_a_slip_confirms_nothing_and_fails_nothing(bit: int) -> None:
    bench = Bench()
    bench.printer.status()
    bench.spoil = lambda data: [data if data[0] != 0x37 else data[:3] + bytes([data[3] ^ 1 << bit]) + data[4:]]
    result = bench.printer.print_slip(SLIP)
    assert result == PrintResult(Outcome.UNKNOWN, "no_answer")


def test_a_truncated_marker_confirms_nothing() -> None:
    bench = Bench()
    bench.printer.status()
    bench.spoil = lambda data: [data[:4] if data[0] == 0x37 else data]
    assert bench.printer.print_slip(SLIP) == PrintResult(Outcome.UNKNOWN, "no_answer")


@pytest.mark.parametrize("knows", [("marker",), ("fence",), ()])
def test_an_echo_is_no_answer(knows: tuple[str, ...]) -> None:
    bench = Bench(Unit(knows=knows))
    bench.echoes = True
    expected = {("marker",): Outcome.CONFIRMED, ("fence",): Outcome.FENCED, (): Outcome.ASSUMED}[knows]
    assert bench.printer.status() == PrinterStatus()
    assert bench.printer.print_slip(SLIP) == PrintResult(expected)
    bench.unit.answers = False
    assert bench.printer.status() == SILENT
    bench.unit.answers, bench.unit.says = True, COVER_OPEN
    assert bench.printer.status().cover_open


@pytest.mark.parametrize("seed", range(20))
def test_garbage_alone_is_silence_or_a_state_but_never_a_slip(seed: int) -> None:
    chance = random.Random(seed)
    bench = Bench()
    bench.spoil = lambda data: [chance.randbytes(chance.randint(0, 6))]
    for _ in range(5):
        bench.printer.status()
    assert bench.printer.print_slip(SLIP).outcome in (Outcome.FAILED, Outcome.UNKNOWN)


def test_a_line_that_babbles_is_not_listened_to_for_ever() -> None:
    bench = Bench()
    bench.unit.take = lambda data: []  # type: ignore[method-assign]
    bench.sent.extend((0.0, b"\x00" * 64) for _ in range(100_000))
    printer = bench.printer
    opened = printer._opened()
    bench.sent.extend((0.0, b"\x00" * 64) for _ in range(100_000))
    assert opened.ask(1, 0) is None
    assert len(bench.sent) > 99_000


def test_over_a_faulty_line_in_memory_nothing_is_confirmed_that_was_not_cut() -> None:
    faults = LinkFaults(7, split=0.5, flip=0.004, noise=0.1, double=0.02)
    near, far = memory_pair(faults)
    with Behind(Unit(), far) as unit:
        printer = Printer(lambda: near, SETUP)
        confirmed = sum(printer.print_slip(SLIP).outcome is Outcome.CONFIRMED for _ in range(6))
    assert 1 <= confirmed <= len(unit.cut)
    assert min(faults.injected[kind] for kind in ("split", "noise", "double")) > 0


@pytest.fixture
def terminal() -> Iterator[tuple[int, str]]:
    master, slave = pty.openpty()
    tty.setraw(slave)
    yield master, os.ttyname(slave)
    os.close(slave)
    os.close(master)


class Master:
    """The device's end of a pseudo-terminal as a link."""

    name = "pty"

    def __init__(self, master: int) -> None:
        self._master = master
        os.set_blocking(master, False)

    def read(self, timeout_s: float, limit: int = 4096) -> bytes:
        if not select.select([self._master], [], [], timeout_s)[0]:
            return b""
        try:
            return os.read(self._master, limit)
        except OSError as error:
            raise LinkDown(str(error)) from error

    def write(self, data: bytes, timeout_s: float = 2.0) -> None:
        os.write(self._master, data)

    def close(self) -> None:
        pass


def test_over_a_pseudo_terminal(terminal: tuple[int, str]) -> None:
    master, path = terminal
    printer = Printer(lambda: open_printer(f"serial:{path}?baud=115200"), SETUP)
    with Behind(Unit(), Master(master)) as unit, contextlib.closing(printer):
        assert printer.status() == PrinterStatus()
        assert printer.print_slip(SLIP) == PrintResult(Outcome.CONFIRMED)
        unit.stops_at = PAPER_OUT
        assert printer.print_slip(SLIP) == PrintResult(Outcome.FAILED, "paper_out")
        # Its answer shows that the unit has taken what was sent before: the word to drop the rest.
        assert printer.status().paper == "out"
        unit.mend()
        assert printer.print_slip(SLIP) == PrintResult(Outcome.CONFIRMED)
    assert [slip.count(b"A012") for slip in unit.cut] == [1, 0, 1]
