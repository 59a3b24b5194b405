"""The 21-key box's frame: made and read byte by byte, and a decoder that any noise leaves usable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.keys21 import DATA_BYTES, GAP_MS, Decoder, Frame, frame


def h(text: str) -> bytes:
    return bytes.fromhex(text)


def heard(*pieces: bytes) -> list[Frame]:
    decoder = Decoder()
    return [found for piece in pieces for found in decoder.feed(piece, 0)]


KEY = h("FF 68 03 03 68 05 01 0B 11 16")
"""Box 5, command 1, data 0B: 05 + 01 + 0B = 11."""

FRAMES = [
    (KEY, Frame(KEY, 0x05, 0x01, b"\x0b")),
    (h("FF 68 02 02 68 00 04 04 16"), Frame(h("FF 68 02 02 68 00 04 04 16"), 0, 4, b"")),
    (
        h("FF 68 06 06 68 FE 03 41 30 31 32 D5 16"),
        Frame(h("FF 68 06 06 68 FE 03 41 30 31 32 D5 16"), 0xFE, 3, b"A012"),
    ),
    # Its content looks like heads and ends of frames.
    (
        h("FF 68 05 05 68 FF 68 FF 68 16 E4 16"),
        Frame(h("FF 68 05 05 68 FF 68 FF 68 16 E4 16"), 0xFF, 0x68, h("FF 68 16")),
    ),
]


@pytest.mark.parametrize(("raw", "what"), FRAMES)
def test_byte_pairs_both_ways(raw: bytes, what: Frame) -> None:
    assert frame(what.address, what.command, what.data) == raw
    assert heard(raw) == [what]


@pytest.mark.parametrize(("raw", "what"), FRAMES)
def test_split_at_every_place(raw: bytes, what: Frame) -> None:
    assert heard(*(bytes([byte]) for byte in raw)) == [what]
    for cut in range(len(raw)):
        assert heard(raw[:cut], raw[cut:]) == [what]


@pytest.mark.parametrize(
    "garbage",
    [
        "00 FF",  # driver switching on
        "68 FF FF",
        "FF 68",
        "FF 68 03 03 68 05 01 0B 11",  # truncated
        "FF 68 22 22 68 01 02",  # a head whose rest never comes
        "FF 68 03 04 68 05 01 0B 11 16",  # the two lengths differ
        "FF 68 01 01 68 05 05 16",  # too short for address and command
        "FF 68 23 23 68 05",  # longer than these boxes say
        "FF 68 03 03 69 05 01 0B 11 16",
        "FF 68 03 03 68 05 01 0B 12 16",  # wrong sum
        "FF 68 03 03 68 05 01 0B 11 17",  # wrong end
    ],
)
def test_a_frame_survives_what_came_before_it_and_what_follows(garbage: str) -> None:
    decoder = Decoder()
    assert [found for piece in (h(garbage), KEY) for found in decoder.feed(piece, 0)] == [FRAMES[0][1]]
    assert decoder.dropped == len(h(garbage))
    assert heard(KEY + h(garbage) + KEY) == [FRAMES[0][1]] * 2


def test_any_wrong_bit_is_no_frame_and_harms_the_next_one_never() -> None:
    for place in range(8 * len(KEY)):
        wrong = bytearray(KEY)
        wrong[place // 8] ^= 1 << place % 8
        assert heard(bytes(wrong), KEY) == [FRAMES[0][1]]


def test_noise_inside_a_frame_costs_that_frame_only() -> None:
    for place in range(1, len(KEY)):
        assert heard(KEY[:place] + b"\xa5" + KEY[place:] + KEY) == [FRAMES[0][1]]


def test_half_a_frame_does_not_wait_for_its_end_for_ever() -> None:
    decoder = Decoder()
    assert decoder.feed(KEY[:-1], 1000) == []
    assert decoder.feed(KEY[-1:], 1000 + GAP_MS + 1) == []
    assert decoder.dropped == len(KEY)
    assert decoder.feed(KEY[:-1], 2000) == []
    assert decoder.feed(KEY[-1:], 2000 + GAP_MS) == [FRAMES[0][1]]


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ((256, 1, b""), "address 256: allowed 0 to 255"),
        ((-1, 1, b""), "address -1"),
        ((1, 256, b""), "command 256: allowed 0 to 255"),
        ((1, 1, bytes(DATA_BYTES + 1)), "data of 33 bytes: at most 32"),
    ],
)
def test_what_fits_no_frame_is_refused(parts: tuple[int, int, bytes], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        frame(*parts)


bytes_of_a_box = st.integers(0, 255)
frames = st.builds(frame, bytes_of_a_box, bytes_of_a_box, st.binary(max_size=8))


@given(st.lists(frames, max_size=6), st.data())
def test_any_split_gives_the_same_frames(sent: list[bytes], data: st.DataObject) -> None:
    line = b"".join(sent)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(line)), max_size=6)))
    pieces = [line[a:b] for a, b in zip([0, *cuts], [*cuts, len(line)], strict=True)]
    assert [found.raw for found in heard(*pieces)] == sent


@given(st.lists(st.binary(max_size=80) | frames, max_size=6), frames)
def test_noise_never_raises_is_held_in_bounds_and_leaves_the_next_frame(noise: list[bytes], sent: bytes) -> None:
    decoder = Decoder()
    for piece in noise:
        for found in decoder.feed(piece, 0):
            assert frame(found.address, found.command, found.data) == found.raw
        assert len(decoder._pending) < DATA_BYTES + 9
    assert [found.raw for found in decoder.feed(sent, 0)][-1:] == [sent]
