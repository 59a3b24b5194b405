"""Commands and answers of scanner modules byte by byte, between scanned texts and noise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.gm65 import GAP_MS, READ_SPEED, SAVE, TRIGGER, Answer, Splitter

DONE = bytes.fromhex("02 00 00 01 00 33 31")


def split(*pieces: bytes, at_ms: int = 0) -> tuple[bytes, list[Answer]]:
    splitter, text, answers = Splitter(), b"", []
    for piece in pieces:
        more, found = splitter.feed(piece, at_ms)
        text += more
        answers += found
    return text, answers


@pytest.mark.parametrize(
    ("made", "frame"),
    [
        (TRIGGER, "7E 00 08 01 00 02 01 AB CD"),
        (SAVE, "7E 00 09 01 00 00 00 DE C8"),
        (READ_SPEED, "7E 00 07 01 00 2A 02 D8 0F"),
    ],
)
def test_commands(made: bytes, frame: str) -> None:
    assert made == bytes.fromhex(frame)


def test_write_accepted() -> None:
    assert split(DONE) == (b"", [Answer(0, b"\0")])


def test_an_unchecked_answer() -> None:
    assert split(DONE[:-2] + b"\xab\xcd") == (b"", [Answer(0, b"\0")])


def test_split_at_every_place_between_texts() -> None:
    stream = b"token\r\n" + DONE + b"A012\r" + DONE
    for place in range(len(stream) + 1):
        assert split(stream[:place], stream[place:]) == (b"token\r\nA012\r", [Answer(0, b"\0")] * 2)


def test_a_wrong_sum_is_no_answer() -> None:
    text, answers = split(DONE[:-1] + b"\x30" + DONE)
    assert answers == [Answer(0, b"\0")]
    assert b"\x02" not in text


def test_a_start_that_is_none_gives_the_text_behind_it_back() -> None:
    splitter = Splitter()
    assert splitter.feed(b"\x02\x00\x00\xffA012", 0) == (b"", [])
    assert splitter.feed(b"", GAP_MS) == (b"", [])
    assert splitter.feed(b"", GAP_MS + 1) == (b"\0\0\xffA012", [])
    assert splitter.feed(b"\r", 10 * GAP_MS) == (b"\r", [])


def test_commands_that_come_back_are_no_text() -> None:
    assert split(READ_SPEED + DONE + b"A0", TRIGGER + SAVE, b"12\r") == (b"A012\r", [Answer(0, b"\0")])


def test_a_tilde_is_text() -> None:
    splitter = Splitter()
    assert splitter.feed(b"/~a~", 0) == (b"/~a", [])
    assert splitter.feed(b"", GAP_MS + 1) == (b"~", [])


def test_a_lone_start_byte() -> None:
    splitter = Splitter()
    assert splitter.feed(b"\x02", 0) == (b"", [])
    assert splitter.feed(b"A", 1) == (b"A", [])


@given(st.lists(st.tuples(st.binary(max_size=300), st.integers(0, 500))))
def test_any_bytes(pieces: list[tuple[bytes, int]]) -> None:
    splitter, now = Splitter(), 0
    for piece, later in pieces:
        now += later
        splitter.feed(piece, now)
        assert len(splitter._held) < 6 + 255 + 2
    for _ in range(300):
        now += GAP_MS + 1
        splitter.feed(b"", now)
    assert splitter.feed(DONE, now) == (b"", [Answer(0, b"\0")])
