"""Scanned texts: every way they end, what they are written in, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.scan_text import SAME_MS, STALE_MS, TEXT_BYTES, Repeats, ScanDecoder

TOKEN = "AbCdEfGhIjKlMnOpQrStUv"


def scanned(*pieces: bytes) -> list[str]:
    decoder = ScanDecoder(None)
    return [text for piece in pieces for text in decoder.feed(piece, 0)]


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
@pytest.mark.parametrize("prefix", [b"", b"]Q1", b"]C0"])
def test_line_ends_and_prefixes_split_anywhere(end: bytes, prefix: bytes) -> None:
    stream = (prefix + TOKEN.encode() + end) * 2
    for place in range(len(stream) + 1):
        assert scanned(stream[:place], stream[place:]) == [TOKEN, TOKEN]


@pytest.mark.parametrize("silence_ms", [50, 500])
def test_silence_ends_a_text(silence_ms: int) -> None:
    decoder = ScanDecoder(silence_ms)
    assert decoder.feed(TOKEN[:9].encode(), 1000) == []
    assert decoder.feed(TOKEN[9:].encode(), 1000 + silence_ms - 1) == []
    assert decoder.due(1000 + 2 * silence_ms - 2) == []
    assert decoder.due(1000 + 2 * silence_ms - 1) == [TOKEN]
    assert decoder.due(9999) == []


def test_a_text_that_silence_ended_comes_before_the_next_bytes() -> None:
    decoder = ScanDecoder(50)
    assert decoder.feed(b"one", 0) == []
    assert decoder.feed(b"two\r", 50) == ["one", "two"]
    assert decoder.feed(b"", 60) == []


def test_a_line_whose_end_was_lost_does_not_stand_before_the_next() -> None:
    decoder = ScanDecoder(None)
    assert decoder.feed(b"A0", 0) == []
    assert decoder.feed(b"12", STALE_MS - 1) == []
    assert decoder.due(2 * STALE_MS - 2) == []
    assert decoder.feed(b"C001\r", 2 * STALE_MS - 1) == ["C001"]
    assert decoder.dropped == 1


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_chinese(encoding: str) -> None:
    assert scanned("预约码甲乙".encode(encoding) + b"\r") == ["预约码甲乙"]


@pytest.mark.parametrize("noise", [b"\0", b"\xff", b"\0\xff\0"])
def test_noise_around_a_text(noise: bytes) -> None:
    assert scanned(noise + TOKEN.encode() + noise + b"\r") == [TOKEN]
    assert scanned(noise + b"\r") == []


@pytest.mark.parametrize("raw", [b"\xff\xfe\xfdab\xff\xfex", b"ab\x01cd", b"ab\x7fcd", "a\x85".encode()[:1] + b"\x02"])
def test_what_is_no_text_is_dropped(raw: bytes) -> None:
    decoder = ScanDecoder(50)
    assert decoder.feed(raw + b"\r" + TOKEN.encode() + b"\r", 0) == [TOKEN]
    assert decoder.dropped == 1


def test_too_long_is_dropped_whole() -> None:
    decoder = ScanDecoder(50)
    assert decoder.feed(b"a" * TEXT_BYTES + b"\r", 0) == ["a" * TEXT_BYTES]
    assert decoder.feed(b"a" * (TEXT_BYTES + 1), 0) == []
    assert decoder.feed(b"\rA\r", 0) == ["A"]
    assert decoder.dropped == 1


def test_the_same_code_within_a_second_is_one_scan() -> None:
    repeats = Repeats()
    assert repeats.new("a", 0)
    assert not repeats.new("a", SAME_MS)
    assert not repeats.new("a", 2 * SAME_MS)
    assert repeats.new("b", 2 * SAME_MS)
    assert repeats.new("a", 2 * SAME_MS)
    assert repeats.new("a", 3 * SAME_MS + 1)
    assert "a" not in repr(vars(repeats)).replace("_last_ms", "").replace("_last", "")


@given(st.lists(st.tuples(st.binary(max_size=4000), st.integers(0, 2000))), st.sampled_from([50, None]))
def test_any_bytes(pieces: list[tuple[bytes, int]], silence_ms: int | None) -> None:
    decoder, now = ScanDecoder(silence_ms), 0
    for piece, later in pieces:
        now += later
        assert all(0 < len(text) <= TEXT_BYTES for text in decoder.feed(piece, now))
        assert len(decoder._text) <= TEXT_BYTES
    decoder.due(now + STALE_MS)
    assert decoder.feed(b"A\r", now + STALE_MS) == ["A"]
