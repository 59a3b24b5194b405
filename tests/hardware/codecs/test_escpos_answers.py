"""The sorting of answers: every kind, split anywhere, among noise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.escpos_answers import (
    BLOCK_BYTES,
    Answer,
    AnswerParser,
    AutoStatus,
    Marker,
    Queued,
    RealTime,
)

WHOLE: list[tuple[str, list[Answer]]] = [
    ("12", [RealTime(0x12)]),
    ("1A", [RealTime(0x1A)]),
    ("7E", [RealTime(0x7E)]),
    ("11 13", []),
    ("37 22 31 33 35 39 00", [Marker(b"1359", True)]),
    ("37 23 31 33 35 39 00", [Marker(b"1359", False)]),
    ("37 25 31 33 35 39 00", []),
    ("37 22 31 00", []),
    ("5F 45 50 53 4F 4E 00", []),
    ("5F 37 22 31 33 35 39 00", [Marker(b"1359", True)]),
    ("10 00 00 0F", [AutoStatus(bytes.fromhex("10 00 00 0F"))]),
    ("3C 00 0C 6F", [AutoStatus(bytes.fromhex("3C 00 0C 6F"))]),
    ("00", [Queued(0)]),
    ("0F", [Queued(0x0F)]),
    ("80 91 FF", []),
]


@pytest.mark.parametrize(("data", "answers"), WHOLE)
def test_each_kind(data: str, answers: list[Answer]) -> None:
    parser = AnswerParser()
    assert parser.feed(bytes.fromhex(data)) == answers
    assert parser.quiet() == []


@given(st.lists(st.sampled_from(WHOLE), max_size=8), st.data())
def test_any_split_gives_the_same(parts: list[tuple[str, list[Answer]]], data: st.DataObject) -> None:
    stream = b"".join(bytes.fromhex(part) for part, _ in parts)
    parser = AnswerParser()
    heard: list[Answer] = []
    while stream:
        cut = data.draw(st.integers(1, len(stream)))
        heard += parser.feed(stream[:cut])
        stream = stream[cut:]
    assert heard == [answer for _, answers in parts for answer in answers]


@given(st.lists(st.binary(max_size=40) | st.none(), max_size=30))
def test_nothing_raises_and_little_is_held(pieces: list[bytes | None]) -> None:
    parser = AnswerParser()
    for piece in pieces:
        if piece is None:
            parser.quiet()
        else:
            parser.feed(piece)
        assert len(parser._held) < BLOCK_BYTES
    parser.quiet()
    assert parser._held == b""
    assert parser.feed(b"\x12") == [RealTime(0x12)]


@given(st.binary(max_size=60))
def test_after_any_noise_and_quiet_an_answer_is_heard(noise: bytes) -> None:
    parser = AnswerParser()
    parser.feed(noise)
    parser.quiet()
    assert parser.feed(bytes.fromhex("37 22 51 53 55 57 00 16")) == [Marker(b"QSUW", True), RealTime(0x16)]


def test_a_block_that_breaks_its_rules_was_none() -> None:
    parser = AnswerParser()
    assert parser.feed(bytes.fromhex("5F 12")) == [RealTime(0x12)]
    assert parser.feed(bytes.fromhex("37 22 31 1A")) == [Queued(0x22), RealTime(0x1A)]
    assert parser.feed(b"\x5f" + b"\x31" * (BLOCK_BYTES - 2)) == []
    assert parser.feed(b"\x31\x12") == [RealTime(0x12)]


def test_an_automatic_status_cut_short_does_not_swallow_the_next_answer() -> None:
    parser = AnswerParser()
    assert parser.feed(bytes.fromhex("10 00")) == []
    assert parser.feed(bytes.fromhex("12")) == [Queued(0), RealTime(0x12)]


def test_what_is_held_when_the_line_goes_quiet_is_sorted_anew() -> None:
    parser = AnswerParser()
    assert parser.feed(bytes.fromhex("5F 32")) == []
    assert parser.quiet() == [RealTime(0x32)]
    assert parser.feed(bytes.fromhex("14 00 00")) == []
    assert parser.quiet() == [Queued(0), Queued(0)]
    assert parser.quiet() == []
