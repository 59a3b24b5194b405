"""Commands as bytes, from the device reference."""

import pytest

from hardware.codecs import escpos_commands as esc
from hardware.codecs.escpos_answers import AnswerParser


@pytest.mark.parametrize(("made", "expected"), [
    (esc.INITIALISE, "1B 40"),
    (esc.CHINESE_ON, "1C 26"),
    (esc.CODE_GBK, "1B 39 00"),
    (esc.size(1, 1), "1D 21 00"),
    (esc.size(4, 4), "1D 21 33"),
    (esc.size(4, 1), "1D 21 30"),
    (esc.align("left"), "1B 61 00"),
    (esc.align("centre"), "1B 61 01"),
    (esc.align("right"), "1B 61 02"),
    (esc.bold(True), "1B 45 01"),
    (esc.inverse(True), "1D 42 01"),
    (esc.inverse(False), "1D 42 00"),
    (esc.feed(3), "1B 64 03"),
    (esc.CUT, "1D 56 42 00"),
    (esc.ask_status(4), "10 04 04"),
    (esc.DROP_BUFFERS, "10 05 02"),
    (esc.QUEUED_PAPER, "1D 72 01"),
    (esc.marker(b"1234"), "1D 28 48 06 00 30 30 31 32 33 34"),
    (esc.raster(esc.Bitmap(2, 1, b"\xf0\x0f")), "1D 76 30 00 02 00 01 00 F0 0F"),
])  # fmt: skip
def test_bytes(made: bytes, expected: str) -> None:
    assert made == bytes.fromhex(expected)


def test_a_code_longer_than_a_byte_counts() -> None:
    made = esc.qr(b"x" * 300, 6)
    assert bytes.fromhex("1D 28 6B 2F 01 31 50 30") + b"x" * 300 in made


@pytest.mark.parametrize(("data", "sent"), [("10 04", "10 0C"), ("10 05", "10 0D"), ("10 14", "10 1C")])
def test_no_picture_holds_a_command_that_is_obeyed_anywhere(data: str, sent: str) -> None:
    made = esc.raster(esc.Bitmap(4, 1, bytes.fromhex(f"FF {data} 01")))
    assert made == bytes.fromhex(f"1D 76 30 00 04 00 01 00 FF {sent} 01")


def test_a_bitmap_has_the_bytes_it_says() -> None:
    with pytest.raises(ValueError, match="2 rows of 3 bytes has 5 bytes"):
        esc.Bitmap(3, 2, b"12345")


def test_tokens_differ_and_come_round() -> None:
    tokens = [esc.token(count) for count in range(14**4)]
    assert len(set(tokens)) == 14**4
    assert esc.token(14**4) == tokens[0]


def test_no_part_of_a_token_is_an_answer() -> None:
    assert AnswerParser().feed(esc.TOKEN_ALPHABET * 2) == []
