"""The frame of BX cards: byte pairs of the document, escapes both ways, and a decoder that noise leaves usable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.bx_frame import BODY_BYTES, HOST, BxDecoder, BxFrame, encode
from hardware.codecs.checksums import crc16_arc

PING = bytes.fromhex("A5 A5 A5 A5 A5 A5 A5 A5 01 00 00 80 00 00 00 00 00 00 FE 02 05 00 A2 00 01 00 00 68 F8 5A")
DONE = bytes.fromhex("A5 A5 A5 A5 A5 A5 A5 A5 00 80 01 00 00 00 00 00 00 00 FE 02 05 00 A0 00 00 00 00 64 DC 5A")
ALL_MARKS = bytes.fromhex("A5 A6 5A 5B A5 02 5B 01")

PAIRS = [
    (PING, BxFrame(1, HOST, bytes.fromhex("A2 00 01 00 00"))),
    (DONE, BxFrame(HOST, 1, bytes.fromhex("A0 00 00 00 00"))),
    (encode(HOST, ALL_MARKS, 0xA55A), BxFrame(HOST, 0xA55A, ALL_MARKS)),
]


def heard(*pieces: bytes) -> list[BxFrame]:
    decoder = BxDecoder()
    return [frame for piece in pieces for frame in decoder.feed(piece)]


@pytest.mark.parametrize(("raw", "frame"), PAIRS)
def test_byte_pairs_both_ways(raw: bytes, frame: BxFrame) -> None:
    assert encode(frame.dst, frame.data, frame.src) == raw
    assert heard(raw) == [frame]


def test_the_marks_stand_at_the_ends_only() -> None:
    raw = encode(0xA5A5, ALL_MARKS, 0x5A5A)
    assert raw.count(0xA5) == 8
    assert raw.count(0x5A) == 1
    assert bytes.fromhex("A6 02 A6 01 5B 02 5B 01 A6 02 02 5B 01 01") in raw


@pytest.mark.parametrize(("raw", "frame"), PAIRS)
def test_split_at_every_place(raw: bytes, frame: BxFrame) -> None:
    assert heard(*(bytes([byte]) for byte in raw)) == [frame]
    for cut in range(len(raw)):
        assert heard(raw[:cut], raw[cut:]) == [frame]


@pytest.mark.parametrize("noise", [b"\x00\xff\x80", b"\x5a\x5a", b"\xa5\xa5\x01\x02", PING[:20], b"\xa6\xa6\x5b"])
def test_noise_before_between_and_after(noise: bytes) -> None:
    frames = [PAIRS[0][1], PAIRS[1][1]]
    assert heard(noise + PING + noise + DONE + noise) == frames


@pytest.mark.parametrize("place", range(8, len(DONE) - 1))
def test_a_wrong_bit_or_a_stray_byte_inside_is_no_frame(place: int) -> None:
    wrong = bytearray(DONE)
    wrong[place] ^= 0x01
    assert heard(bytes(wrong)) == []
    assert heard(DONE[:place] + b"\x11" + DONE[place:]) == []
    assert heard(DONE[:place] + DONE[place + 1 :], DONE) == [PAIRS[1][1]]


@pytest.mark.parametrize(
    "raw",
    [
        b"\xa5\x5a",
        b"\xa5" + bytes(15) + b"\x5a",
        b"\xa5\x00\xa6\x03\x00\x5a",
        b"\xa5\x00\x5b\x5a",
        # A right CRC over a length that is one too many.
        bytes.fromhex("A5 00 80 01 00 00 00 00 00 00 00 FE 02 02 00 A0") + b"\x00\x00\x5a",
    ],
)
def test_what_is_no_frame(raw: bytes) -> None:
    assert heard(raw + PING) == [PAIRS[0][1]]


def test_a_wrong_length_with_a_right_sum_is_no_frame() -> None:
    body = bytes.fromhex("00 80 01 00 00 00 00 00 00 00 FE 02 02 00 A0")
    assert heard(b"\xa5" + body + crc16_arc(body).to_bytes(2, "little") + b"\x5a") == []


def test_an_endless_frame_is_dropped_and_nothing_piles_up() -> None:
    decoder = BxDecoder()
    assert decoder.feed(b"\xa5" + b"\x11" * (BODY_BYTES + 1)) == []
    assert decoder._body is None
    assert decoder.feed(b"\x5a" + PING) == [PAIRS[0][1]]


@given(st.lists(st.binary(max_size=60), max_size=20))
def test_any_bytes_give_frames_or_nothing(pieces: list[bytes]) -> None:
    decoder = BxDecoder()
    for piece in pieces:
        decoder.feed(piece)
        assert decoder._body is None or len(decoder._body) <= BODY_BYTES
    assert decoder.feed(PING)[-1] == PAIRS[0][1]


@given(st.integers(0, 0xFFFF), st.integers(0, 0xFFFF), st.binary(max_size=200))
def test_whatever_is_framed_is_read_again(dst: int, src: int, data: bytes) -> None:
    assert heard(encode(dst, data, src)) == [BxFrame(dst, src, data)]
