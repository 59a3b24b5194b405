"""The printer driver in hand-moved time: outcomes, faults of the printer, nothing old coming out."""

import pytest

from hardware.codecs.escpos_status import SILENT, PrinterStatus
from hardware.devices.printer_finish import Finish
from hardware.devices.printer_parts import Outcome, PrinterSetup, PrintResult
from hardware.devices.printer_profile import PrinterProfile
from hardware.transports.link import LinkDown
from tests.hardware.devices.printers import (
    COVER_OPEN,
    CUTTER,
    DOTS,
    GENERIC,
    HOT,
    NEAR_END,
    NO_FONT,
    PAPER_OUT,
    SLIP,
    Bench,
    BenchLink,
    Unit,
)

DROP = b"\x10\x05\x02"
NUMBER = b"A012"


@pytest.mark.parametrize(("knows", "outcome"), [
    (("marker", "fence"), Outcome.CONFIRMED),
    (("fence",), Outcome.FENCED),
    ((), Outcome.ASSUMED),
])  # fmt: skip
def test_a_slip_is_known_to_be_out_as_well_as_the_unit_can_tell(knows: tuple[str, ...], outcome: Outcome) -> None:
    bench = Bench(Unit(knows=knows))
    assert bench.printer.print_slip(SLIP) == PrintResult(outcome)
    assert bench.printer.print_slip(SLIP) == PrintResult(outcome)
    assert [NUMBER in slip for slip in bench.unit.cut] == [True, True]


def test_the_way_is_found_out_once_and_again_after_silence() -> None:
    bench = Bench()
    bench.printer.status()
    bench.printer.status()
    assert bench.unit.got.count(b"\x1d\x28\x48") == 1
    assert b"\x1d\x72" not in bench.unit.got
    bench.unit.answers = False
    assert bench.printer.status() == SILENT
    bench.unit.answers, bench.unit.knows = True, ("fence",)
    bench.printer.status()
    assert bench.printer.print_slip(SLIP) == PrintResult(Outcome.FENCED)


STATES = [
    (PAPER_OUT, PrinterStatus(paper="out", offline=True), "paper_out"),
    (COVER_OPEN, PrinterStatus(cover_open=True, offline=True), "cover_open"),
    (CUTTER, PrinterStatus(cutter_error=True, offline=True), "cutter_error"),
    (HOT, PrinterStatus(hot=True, offline=True), "hot_head"),
    ("1A 1A 12 12", PrinterStatus(offline=True), "offline"),
]


@pytest.mark.parametrize(("says", "status", "word"), STATES)
def test_each_fault_is_seen_nothing_is_printed_and_it_heals(says: str, status: PrinterStatus, word: str) -> None:
    bench = Bench(Unit(says=says))
    assert bench.printer.status() == status
    assert bench.printer.print_slip(SLIP) == PrintResult(Outcome.FAILED, word)
    assert NUMBER not in bench.unit.got
    bench.unit.mend()
    assert bench.printer.status() == PrinterStatus()
    assert bench.printer.print_slip(SLIP).outcome is Outcome.CONFIRMED


def test_paper_near_its_end_prints() -> None:
    bench = Bench(Unit(says=NEAR_END))
    assert bench.printer.status() == PrinterStatus(paper="near_end")
    assert bench.printer.print_slip(SLIP).outcome is Outcome.CONFIRMED


@pytest.mark.parametrize(
    ("says", "word"), [(PAPER_OUT, "paper_out"), (COVER_OPEN, "cover_open"), (CUTTER, "cutter_error")]
)
@pytest.mark.parametrize("knows", [("marker",), ("fence",), ()])
def test_a_fault_in_the_middle_fails_and_the_old_slip_never_comes_out(
    says: str, word: str, knows: tuple[str, ...]
) -> None:
    bench = Bench(Unit(knows=knows))
    bench.printer.status()
    bench.unit.stops_at = says
    assert bench.printer.print_slip(SLIP) == PrintResult(Outcome.FAILED, word)
    assert bench.printer.status().fault == word
    # With a jammed cutter nothing is dropped before somebody opens the cover and closes it again.
    bench.unit.says = "1A 56 1A 12" if says == CUTTER else says
    bench.printer.status()
    bench.unit.says = says
    bench.printer.status()
    assert NUMBER in bench.unit.dropped[0]
    bench.unit.mend()
    assert bench.printer.status() == PrinterStatus()
    # What hung out of the printer is cut off.
    assert [NUMBER in slip for slip in bench.unit.cut] == [False]
    assert bench.printer.print_slip(SLIP).outcome in (Outcome.CONFIRMED, Outcome.FENCED, Outcome.ASSUMED)
    assert [slip.count(NUMBER) for slip in bench.unit.cut] == [0, 1]


def test_what_a_crash_left_in_the_printer_is_dropped_before_the_first_slip() -> None:
    bench = Bench(Unit(says=PAPER_OUT, waiting=b"\x1b\x40\x1c\x26 old"))
    bench.printer.status()
    assert bench.unit.dropped == [b"\x1b\x40\x1c\x26 old"]
    bench.unit.mend()
    bench.printer.print_slip(SLIP)
    assert not any(b"old" in slip for slip in bench.unit.cut)


def test_the_knife_moves_only_after_somebody_acted_and_never_under_an_open_cover() -> None:
    bench = Bench(Unit(says=CUTTER))
    for says, expected in (
        (CUTTER, 0), ("1A 56 1A 12", 0), (CUTTER, 1), (CUTTER, 1), ("3A 52 1A 12", 2), ("3A 52 1A 12", 2), (CUTTER, 2),
    ):  # fmt: skip
        bench.unit.says = says
        assert bench.printer.status().cutter_error
        assert bench.unit.got.count(DROP) == expected, says


def test_silence_before_prints_nothing_and_heals() -> None:
    bench = Bench(Unit(answers=False))
    before_s = bench.now_s
    assert bench.printer.print_slip(SLIP) == PrintResult(Outcome.FAILED, "silent")
    assert bench.now_s - before_s < 3
    assert NUMBER not in bench.unit.got
    bench.unit.answers = True
    assert bench.printer.status() == PrinterStatus()
    assert bench.printer.print_slip(SLIP).outcome is Outcome.CONFIRMED


def quiet_from_the_slip_on(bench: Bench) -> None:
    """The unit loses its power while it prints."""
    take = bench.unit.take

    def taken(data: bytes) -> list[tuple[str, bytes]]:
        answers = take(data)
        if NUMBER in data:
            bench.unit.answers = False
            return []
        return answers

    bench.unit.take = taken  # type: ignore[method-assign]


@pytest.mark.parametrize("knows", [("marker",), ("fence",), ()])
def test_silence_in_the_middle_is_unknown(knows: tuple[str, ...]) -> None:
    bench = Bench(Unit(knows=knows))
    bench.printer.status()
    quiet_from_the_slip_on(bench)
    assert bench.printer.print_slip(SLIP) == PrintResult(Outcome.UNKNOWN, "silent")


def test_a_unit_back_from_a_power_cut_is_not_assumed_to_have_printed() -> None:
    bench = Bench(Unit(knows=()))
    bench.printer.status()
    quiet_from_the_slip_on(bench)
    back_s, take = bench.now_s + 2.0, bench.unit.take

    def taken(data: bytes) -> list[tuple[str, bytes]]:
        if bench.now_s > back_s:
            bench.unit.answers = True
        return take(data)

    bench.unit.take = taken  # type: ignore[method-assign]
    assert bench.printer.print_slip(SLIP) == PrintResult(Outcome.UNKNOWN, "silent")


def test_an_answer_that_should_come_and_does_not_is_unknown() -> None:
    bench = Bench()
    bench.printer.status()
    bench.unit.knows = ()
    assert bench.printer.print_slip(SLIP) == PrintResult(Outcome.UNKNOWN, "no_answer")
    bench.unit.knows = ("marker",)
    assert bench.printer.print_slip(SLIP).outcome is Outcome.CONFIRMED


def test_a_hot_head_that_does_not_cool_in_time_fails() -> None:
    bench = Bench()
    bench.printer.status()
    bench.unit.stops_at = HOT
    assert bench.printer.print_slip(SLIP) == PrintResult(Outcome.FAILED, "hot_head")


def test_an_offline_marker_confirms_nothing() -> None:
    bench = Bench()
    bench.printer.status()
    bench.spoil = lambda data: [data.replace(b"\x37\x22", b"\x37\x23")]
    assert bench.printer.print_slip(SLIP) == PrintResult(Outcome.UNKNOWN, "no_answer")


def test_another_slips_marker_confirms_nothing() -> None:
    bench = Bench()
    bench.printer.status()
    bench.spoil = lambda data: [data[:2] + b"1111" + data[6:] if data[0] == 0x37 else data]
    assert bench.printer.print_slip(SLIP) == PrintResult(Outcome.UNKNOWN, "no_answer")


def test_an_unasked_status_makes_the_driver_look() -> None:
    bench = Bench(Unit(knows=()))
    bench.printer.status()
    bench.unit.stops_at = PAPER_OUT
    bench.spoil = lambda data: [data if data != b"\x7e" else b"\x18\x00\x0c\x0f\x7e"]
    assert bench.printer.print_slip(SLIP) == PrintResult(Outcome.FAILED, "paper_out")


def test_the_time_waited_is_that_of_the_wire_the_paper_and_two_seconds() -> None:
    bench = Bench(Unit(knows=()), baud=9600)
    bench.printer.status()
    before_s = bench.now_s
    bench.printer.print_slip(SLIP)
    expected_s = 130 * 10 / 9600 + 67 / 90 + 2
    assert expected_s - 0.3 < bench.now_s - before_s < expected_s + 0.5


def test_a_line_that_cannot_be_opened_is_silence_and_told_once(caplog: pytest.LogCaptureFixture) -> None:
    bench = Bench()
    bench.down = "bench: cannot open the port"
    assert [bench.printer.status() for _ in range(3)] == [SILENT] * 3
    assert bench.printer.print_slip(SLIP) == PrintResult(Outcome.FAILED, "link_down")
    assert caplog.text.count("cannot open the port") == 1
    bench.down = ""
    assert bench.printer.status() == PrinterStatus()


def test_a_port_that_goes_and_returns_is_opened_again() -> None:
    bench = Bench()
    bench.printer.status()
    bench.down = "bench: gone"
    assert bench.printer.status() == SILENT
    bench.down = ""
    assert bench.printer.status() == PrinterStatus()
    assert bench.opened == 2
    assert bench.printer.print_slip(SLIP).outcome is Outcome.CONFIRMED
    bench.printer.close()
    bench.printer.close()
    assert bench.printer.status() == PrinterStatus()
    assert bench.opened == 3


def test_a_line_lost_in_the_middle_is_unknown_and_its_rest_swallowed() -> None:
    bench = Bench()
    bench.printer.status()
    bench.blocks = True
    assert bench.printer.print_slip(SLIP) == PrintResult(Outcome.UNKNOWN, "link_down")
    assert bench.unit.got.count(DROP + bytes(256) + b"\x1b\x40") == 2
    bench.blocks = False
    assert bench.printer.print_slip(SLIP).outcome is Outcome.CONFIRMED


def test_a_writer_blocked_by_a_printer_without_paper_has_failed() -> None:
    bench = Bench()
    bench.printer.status()
    bench.blocks = True
    look = bench._open

    def opened():  # type: ignore[no-untyped-def]
        bench.unit.says = PAPER_OUT
        return look()

    bench.printer._open_link = opened
    assert bench.printer.print_slip(SLIP) == PrintResult(Outcome.FAILED, "paper_out")


def test_a_model_that_prints_the_question_as_text_is_not_asked_for_the_marker() -> None:
    bench = Bench(Unit(), PrinterProfile(DOTS, marker=False))
    assert bench.printer.finish is None
    assert bench.printer.print_slip(SLIP) == PrintResult(Outcome.FENCED)
    assert bench.printer.finish is Finish.FENCE
    assert b"\x1d\x28\x48" not in bench.unit.got


def test_what_a_slip_takes_of_the_roll_is_told_and_what_was_not_sent_takes_nothing() -> None:
    bench = Bench()
    assert 60 < bench.printer.print_slip(SLIP).paper_mm < 75
    bench.unit.says = PAPER_OUT
    assert bench.printer.print_slip(SLIP).paper_mm == 0
    bench.unit.mend()
    bench.printer.status()
    bench.unit.stops_at = PAPER_OUT
    assert bench.printer.print_slip(SLIP).paper_mm > 60


def test_the_cut_is_waited_for_as_well() -> None:
    short, long = (PrinterSetup(GENERIC, 80, NO_FONT, 90, cut_s).slip(SLIP).span_s for cut_s in (0.3, 1.0))
    assert long - short == pytest.approx(0.7)


class PortWithPaper(BenchLink):
    """A USB port that says beside the data whether there is paper."""

    empty = False

    def paper_empty(self) -> bool:
        return self.empty


def test_a_unit_silent_without_paper_is_asked_through_its_port() -> None:
    bench = Bench(Unit(answers=False))
    port = PortWithPaper(bench)
    bench.printer._open_link = lambda: port
    assert bench.printer.status() == SILENT
    port.empty = True
    assert bench.printer.status() == PrinterStatus(paper="out", offline=True)
    assert bench.printer.print_slip(SLIP) == PrintResult(Outcome.FAILED, "paper_out")
    assert NUMBER not in bench.unit.got
    port.empty, bench.unit.answers = False, True
    assert bench.printer.status() == PrinterStatus()
    assert bench.printer.print_slip(SLIP).outcome is Outcome.CONFIRMED


def test_a_port_that_takes_no_data_is_asked_too() -> None:
    bench = Bench(Unit(answers=False))
    port = PortWithPaper(bench)
    port.empty = True

    def refuse(data: bytes, timeout_s: float = 2.0) -> None:
        raise LinkDown("usb: the printer took no data")

    port.write = refuse  # type: ignore[method-assign]
    bench.printer._open_link = lambda: port
    assert bench.printer.status() == PrinterStatus(paper="out", offline=True)
