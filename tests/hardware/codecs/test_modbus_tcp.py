"""Modbus over TCP: questions and answers with their heads, and streams that went wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.modbus import Answer, read_bits, write_coil
from hardware.codecs.modbus_tcp import TcpDecoder

READ = read_bits(1, 2, 0, 8)
GOOD = bytes.fromhex("00 01 00 00 00 04 01 02 01 05")
CLOSED = Answer(bits=(True, False, True, *[False] * 5))


def heard(*pieces: bytes) -> list[Answer]:
    decoder = TcpDecoder()
    decoder.ask(READ)
    return [answer for piece in pieces if (answer := decoder.feed(piece)) is not None]


def test_question_and_answer_of_the_document() -> None:
    assert TcpDecoder().ask(READ) == bytes.fromhex("00 01 00 00 00 06 01 02 00 00 00 08")
    assert heard(GOOD) == [CLOSED]
    assert heard(bytes.fromhex("00 01 00 00 00 03 01 82 0B")) == [Answer(refusal=0x0B)]


def test_questions_are_counted_round() -> None:
    decoder = TcpDecoder()
    heads = [decoder.ask(READ)[:2] for _ in range(0x10001)]
    assert (heads[0], heads[0xFFFE], heads[0xFFFF], heads[0x10000]) == (b"\0\1", b"\xff\xff", b"\0\0", b"\0\1")


def test_split_at_every_place() -> None:
    for cut in range(1, len(GOOD)):
        assert heard(GOOD[:cut], GOOD[cut:]) == [CLOSED]


@pytest.mark.parametrize(
    "other",
    [
        "00 00 00 00 00 04 01 02 01 FF",  # late: an earlier question's
        "00 01 00 00 00 04 02 02 01 FF",  # another unit's
        "00 01 00 00 00 04 01 01 01 FF",  # another function's
        "00 01 00 00 00 05 01 02 02 FF FF",  # of another length
        "00 01 00 00 00 03 01 82 00",  # refused for no reason
        "48 54 54 50 2F 31",  # no Modbus at all
        "00 01 00 01 00 04 01 02 01",  # another protocol
        "00 01 00 00 00 01 01",  # too short to be a frame
    ],
)
def test_what_is_no_answer_is_passed_by(other: str) -> None:
    assert heard(bytes.fromhex(other)) == []
    assert heard(bytes.fromhex(other) + GOOD) == [CLOSED]


def test_an_answer_counts_once_and_a_late_one_never() -> None:
    decoder = TcpDecoder()
    assert decoder.feed(GOOD) is None
    decoder.ask(READ)
    assert decoder.feed(GOOD + GOOD) == CLOSED
    assert not decoder.stray
    assert decoder.feed(GOOD) is None
    on = decoder.ask(write_coil(1, 0, True))
    assert decoder.feed(GOOD) is None
    assert decoder.feed(on) == Answer()
    decoder.feed(GOOD[:4])
    assert decoder.stray


@given(st.lists(st.binary(max_size=300), max_size=8))
def test_any_bytes_are_survived_and_few_are_kept(pieces: list[bytes]) -> None:
    decoder = TcpDecoder()
    decoder.ask(READ)
    for piece in pieces:
        decoder.feed(piece)
        assert len(decoder._heard) < 6 + 254
