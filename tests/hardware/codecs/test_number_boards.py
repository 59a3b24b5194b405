"""Number boards: the bytes of each frame, and the ear for the one that answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.number_boards import SunpnAnswer, SunpnDecoder, digit_board, sunpn, ub485_board

ANSWER = bytes.fromhex("2A 00 78 03 01 A6 0A")
SAID = SunpnAnswer(info=1, value=888, colour=0)
FULL_OF_MARKS = bytes.fromhex("2A 02 2A 0A 2A 8A 0A")
MARKS_SAID = SunpnAnswer(info=0x2A, value=0x0A2A, colour=2)


def heard(*pieces: bytes) -> list[SunpnAnswer]:
    decoder = SunpnDecoder()
    return [answer for piece in pieces for answer in decoder.feed(piece)]


def test_digit_board_frames() -> None:
    assert digit_board(5, 999) == bytes.fromhex("05 03 E7 EF")
    assert digit_board(255, 65535) == bytes.fromhex("FF FF FF FD")


def test_sunpn_frames() -> None:
    assert sunpn(1, 888, 0) == bytes.fromhex("3A 00 78 03 01 B6 0A")
    assert sunpn(2, 12, 2) == bytes.fromhex("3A 02 0C 00 02 4A 0A")


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("A012", "01 21 41 30 31 32 07"),
        ("请A1", "01 21 C7 EB 41 31 07"),
        ("    ", "01 21 20 20 20 20 07"),
        ("A\x07\x01B", "01 21 41 20 20 42 07"),
        ("é", "01 21 A8 A6 07"),
        ("😀", "01 21 3F 07"),
    ],
)
def test_ub485_frames(text: str, data: str) -> None:
    assert ub485_board(0x21, text) == bytes.fromhex(data)


@pytest.mark.parametrize(("raw", "said"), [(ANSWER, SAID), (FULL_OF_MARKS, MARKS_SAID)])
def test_answers_split_at_every_place(raw: bytes, said: SunpnAnswer) -> None:
    assert heard(*(bytes([byte]) for byte in raw)) == [said]
    for cut in range(len(raw)):
        assert heard(raw[:cut], raw[cut:]) == [said]


@pytest.mark.parametrize("noise", [b"\x00\xff", b"\x2a", b"\x2a\x2a\x00", ANSWER[:6], sunpn(1, 888, 0), b"\x0a"])
def test_noise_before_between_and_after(noise: bytes) -> None:
    assert heard(noise + ANSWER + noise + ANSWER + noise) == [SAID, SAID]


@pytest.mark.parametrize("place", range(len(ANSWER)))
def test_a_wrong_bit_is_no_answer(place: int) -> None:
    wrong = bytearray(ANSWER)
    wrong[place] ^= 0x10
    assert heard(bytes(wrong)) == []
    assert heard(bytes(wrong) + ANSWER) == [SAID]


def test_the_echo_of_a_question_is_no_answer() -> None:
    assert heard(sunpn(1, 888, 0) + ANSWER) == [SAID]
    assert heard(sunpn(1, 888, 0)) == []


@given(st.lists(st.binary(max_size=20), max_size=20))
def test_any_bytes_give_answers_or_nothing(pieces: list[bytes]) -> None:
    decoder = SunpnDecoder()
    for piece in pieces:
        decoder.feed(piece)
        assert len(decoder._pending) < len(ANSWER)
    # What noise left behind is over with the second answer at the latest.
    assert decoder.feed(ANSWER + ANSWER)[-1] == SAID
