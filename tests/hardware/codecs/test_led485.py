"""LED-485 boards: registers and lines of text byte by byte, what seven segments can show, and the ear for words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs import led485
from hardware.codecs.led485 import LineDecoder, asked, line, query, segments, shown, text, value
from hardware.codecs.modbus import Answer, Request, rtu
from hardware.codecs.modbus_rtu import RtuDecoder

WORD = b"$001,LED485-4#"


@pytest.mark.parametrize(
    ("request_", "data"),
    [
        (value(1, 1234), "01 06 00 00 04 D2 0B 57"),
        (value(1, -1), "01 06 00 00 FF FF 88 7A"),
        (text(1, "A012"), "01 10 00 70 00 02 04 41 30 31 32 74 FD"),
        (text(2, "012"), "02 10 00 70 00 02 04 20 30 31 32 64 45"),
        (text(1, "😀A"), "01 10 00 70 00 01 02 3F 41 7C A0"),
        (segments(1, b"\x40\x40\x40"), "01 10 00 80 00 02 04 00 40 40 40 CA 2B"),
    ],
)
def test_registers(request_: Request, data: str) -> None:
    assert rtu(request_) == bytes.fromhex(data)


@pytest.mark.parametrize(
    ("frame", "answer"),
    [
        (rtu(text(1, "A012")), "01 10 00 70 00 02 40 13"),
        (rtu(value(1, 1234)), "01 06 00 00 04 D2 0B 57"),
    ],
)
def test_a_frame_of_ours_says_which_answer_it_waits_for(frame: bytes, answer: str) -> None:
    ear = RtuDecoder()
    assert ear.ask(asked(frame)) == frame
    assert ear.feed(bytes.fromhex(answer)) == Answer()


def test_lines_of_text() -> None:
    assert line(1, "TEXT") == b"$001,TEXT#"
    assert line(17, "A012") == b"$017,A012#"
    assert line(1, "1#2$3&4,5\n") == b"$001,1 2 3 4 5 #"
    assert query(1, "model") == b"$001,02&"
    assert query(1, "version") == b"$001,03&"


@pytest.mark.parametrize(
    ("said", "seen"),
    [("A012", "A012"), ("K012", " 012"), ("kMvwX9", "     9"), ("--", "--"), ("A号1", "A 1"), ("A.1", "A 1")],
)
def test_what_seven_segments_show(said: str, seen: str) -> None:
    assert shown(said) == seen


def heard(*pieces: bytes, own: bytes = b"") -> list[int]:
    decoder = LineDecoder()
    decoder.sent(own)
    return [board for piece in pieces for board in decoder.feed(piece)]


def test_words_split_at_every_place() -> None:
    assert heard(*(bytes([byte]) for byte in WORD)) == [1]
    for cut in range(len(WORD)):
        assert heard(WORD[:cut], WORD[cut:]) == [1]


@pytest.mark.parametrize("noise", [b"\x00\xff", b"$", b"$00", b"$1,A#", b"#&", b"$001A#", b"\xa4\xa0"])
def test_noise_before_between_and_after(noise: bytes) -> None:
    assert heard(noise + WORD + noise + WORD + noise) == [1, 1]


def test_our_own_lines_are_no_words_of_a_board() -> None:
    own = line(1, "A012") + query(1, "model")
    assert heard(own + WORD, own=own) == [1]
    assert heard(own, own=own) == []
    assert heard(b"$002,V1.0\r\n", own=own) == [2]


@given(st.lists(st.binary(max_size=40), max_size=20))
def test_any_bytes_give_words_or_nothing(pieces: list[bytes]) -> None:
    decoder = LineDecoder()
    for piece in pieces:
        decoder.feed(piece)
        assert len(decoder._pending) <= led485._WORD_BYTES
    assert decoder.feed(b"#" + WORD)[-1] == 1
