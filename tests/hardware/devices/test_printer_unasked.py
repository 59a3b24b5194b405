"""What a printer tells unasked: probed, used to look at once, and never taken for an answer to something else."""

import pytest

from hardware.codecs.escpos_status import PrinterStatus
from hardware.devices.printer_finish import Finish
from hardware.devices.printer_parts import Outcome, PrintResult
from hardware.devices.printer_profile import PrinterProfile
from tests.hardware.devices.printers import DOTS, PAPER_OUT, SLIP, Bench, Unit

ON, OFF = b"\x1d\x61\x0e", b"\x1d\x61\x00"
WELL, OUT, OPEN = b"\x10\x00\x00\x0f", b"\x18\x00\x0c\x0f", b"\x38\x00\x00\x0f"
ASKED = PrinterProfile(DOTS, auto_status=True)


def bench(knows: tuple[str, ...] = ("marker",), answer: bytes = WELL) -> Bench:
    """A unit that answers 1D 61 0E with `answer`."""
    made = Bench(Unit(knows=knows), ASKED)
    take = made.unit.take

    def taken(data: bytes) -> list[tuple[str, bytes]]:
        answers = take(data)
        return [*answers, ("now", answer)] if ON in data and answer and made.unit.answers else answers

    made.unit.take = taken  # type: ignore[method-assign]
    return made


def says(made: Bench, data: bytes) -> None:
    made.sent.append((made.now_s, data))


def test_a_unit_that_answers_as_it_should_is_left_on_and_tells_of_changes() -> None:
    made = bench()
    assert made.printer.status() == PrinterStatus()
    assert made.unit.got.count(ON) == 1
    assert OFF not in made.unit.got
    assert made.printer.news() is False
    says(made, OUT)
    assert made.printer.news() is True
    assert made.printer.news() is False
    says(made, OUT)
    assert made.printer.news() is False
    says(made, WELL)
    assert made.printer.news() is True


@pytest.mark.parametrize("answer", [b"", b"\x12", b"\x10\x00", b"\x00", b"\x55"])
def test_a_board_that_takes_it_for_something_else_is_switched_off_and_not_believed(answer: bytes) -> None:
    made = bench(answer=answer)
    assert made.printer.status() == PrinterStatus()
    assert made.unit.got.count(OFF) == 1
    says(made, OUT)
    assert made.printer.news() is False
    assert made.printer.print_slip(SLIP) == PrintResult(Outcome.CONFIRMED)
    assert made.unit.got.count(ON) == 1


def test_a_model_that_is_not_known_for_it_is_not_asked() -> None:
    made = Bench()
    made.printer.status()
    assert b"\x1d\x61" not in made.unit.got
    assert made.printer.news() is False


def test_a_unit_whose_slips_are_told_by_a_queued_status_is_not_asked_to_tell_anything() -> None:
    made = bench(knows=("fence",))
    made.printer.status()
    assert made.printer.finish is Finish.FENCE
    assert b"\x1d\x61" not in made.unit.got


@pytest.mark.parametrize("bit", range(32))
@pytest.mark.parametrize("knows", [("marker",), ()])
def test_one_wrong_bit_in_what_is_told_ends_no_slip(bit: int, knows: tuple[str, ...]) -> None:
    made = bench(knows=knows)
    made.printer.status()
    take = made.unit.take
    wrong = bytearray(OUT)
    wrong[bit // 8] ^= 1 << bit % 8

    def taken(data: bytes) -> list[tuple[str, bytes]]:
        answers = take(data)
        if b"A012" not in data:
            return answers
        return [("now", bytes(wrong)), *(each for each in answers if each[1][0] != 0x37)]

    made.unit.take = taken  # type: ignore[method-assign]
    result = made.printer.print_slip(SLIP)
    assert result == (PrintResult(Outcome.UNKNOWN, "no_answer") if knows else PrintResult(Outcome.ASSUMED))


def test_what_is_told_between_question_and_answer_is_no_answer() -> None:
    made = bench()
    made.printer.status()
    made.unit.says = PAPER_OUT
    made.spoil = lambda data: [OUT + data]
    assert made.printer.status().paper == "out"


def test_the_wish_goes_out_with_each_slip_for_a_unit_that_lost_its_power() -> None:
    made = bench()
    made.printer.status()
    assert made.printer.print_slip(SLIP) == PrintResult(Outcome.CONFIRMED)
    assert made.unit.got.count(ON) == 2


def test_a_line_that_goes_is_news_and_without_a_line_there_is_none() -> None:
    made = bench()
    assert made.printer.news() is False
    made.printer.status()
    made.down = "bench: unplugged"
    assert made.printer.news() is True
    assert made.printer.news() is False
    made.down = ""
    assert made.printer.status() == PrinterStatus()


def test_a_line_that_babbles_is_not_listened_to_for_ever() -> None:
    made = bench()
    made.printer.status()
    made.sent.extend((0.0, b"\x80" * 64) for _ in range(10_000))
    made.printer.news()
    assert len(made.sent) > 9_000
