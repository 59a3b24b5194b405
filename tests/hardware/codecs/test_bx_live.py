"""What BX cards are told, against the maker's bytes: ping, clock, live text with its check vector, answers."""

from datetime import datetime

import pytest

from hardware.codecs import bx_frame
from hardware.codecs.bx_live import DELETE_ALL, PING, LiveArea, answer_of, live_text, marked_text, set_clock

CHECK_VECTOR = bytes.fromhex(
    "A3 06 02 00 00 00 01 2C 00 00 00 00 0C 00 40 00 0C 00 01 0A 01 02 00 00 00 00 01 01 01 00 17 02 11 00 00 00"
    "5C 46 4F 30 30 30 54 45 4D 50 45 52 3A 32 31 A1 E6"
)


def test_the_check_vector_of_live_text() -> None:
    text = marked_text("TEMPER:21℃", "FO000")
    area = LiveArea(64, 12, text, y=12, line_gap=10, run_mode=1, timeout_s=2, speed=0x17)
    assert live_text(area, answer=False) == CHECK_VECTOR
    assert bx_frame.encode(1, CHECK_VECTOR)[-3:] == bytes.fromhex("82 DA 5A")


def test_a_panel_that_answers_wraps_and_clears_itself() -> None:
    data = live_text(LiveArea(128, 32, b"x", several_lines=True, timeout_s=300, effect=9, number=2), answer=True)
    assert data == bytes.fromhex(
        "A3 06 01 00 00 00 01 1C 00 00 00 00 00 00 80 00 20 00 02 00 02 2C 01 00 00 00 02 02 09 00 00 02 01 00 00 00 78"
    )


def test_ping_and_delete() -> None:
    assert bx_frame.encode(1, PING)[-10:] == bytes.fromhex("05 00 A2 00 01 00 00 68 F8 5A")
    assert bytes.fromhex("A3 06 01 02 00 FF 00") == DELETE_ALL
    assert bx_frame.encode(1, DELETE_ALL)[-3:] == bytes.fromhex("67 CC 5A")


def test_the_clock_in_bcd() -> None:
    # 25 November 2026 is a Wednesday.
    assert set_clock(datetime(2026, 11, 25, 18, 39, 7)) == bytes.fromhex("A2 03 01 08 00 26 20 11 25 18 39 07 03")


@pytest.mark.parametrize(
    ("text", "font", "colour", "data"),
    [
        ("请 A012 号", "", None, "C7 EB 20 41 30 31 32 20 BA C5"),
        ("A1", "FO001", 2, "5C 46 4F 30 30 31 5C 43 32 41 31"),
        ("A\\C1\nB", "", None, "41 A3 DC 43 31 20 42"),
        ("😀", "", None, "3F"),
    ],
)
def test_text_with_marks(text: str, font: str, colour: int | None, data: str) -> None:
    assert marked_text(text, font, colour) == bytes.fromhex(data)


@pytest.mark.parametrize(
    ("data", "meaning"), [("A0 00 00 00 00", "done"), ("A1 05", "refused"), ("A2 00", "other"), ("", "other")]
)
def test_answers(data: str, meaning: str) -> None:
    assert answer_of(bytes.fromhex(data)) == meaning
