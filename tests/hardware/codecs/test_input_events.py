"""Input events of a keypad: the kernel's records byte by byte, split, damaged and lost."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.input_events import EVENT_BYTES, GAP_MS, KEY_NAMES, Decoder, KeyEvent


def record(kind: int, code: int, value: int, sec: int = 1_795_631_982, usec: int = 654_321) -> bytes:
    return struct.pack("<QQHHi", sec, usec, kind, code, value)


REPORT = record(0, 0, 0)


def key(code: int, value: int) -> bytes:
    """What the kernel hands over for one edge of a key of a USB keypad: scan code, key, report."""
    return record(4, 4, 0x70058) + record(1, code, value) + REPORT


def heard(*pieces: bytes) -> list[KeyEvent]:
    decoder = Decoder()
    return [event for piece in pieces for event in decoder.feed(piece, 0)]


def test_one_record_by_its_bytes() -> None:
    raw = bytes.fromhex("6E 2B 07 6B 00 00 00 00 F1 FB 09 00 00 00 00 00 01 00 60 00 01 00 00 00")
    assert raw == record(1, 96, 1)
    assert heard(raw) == [KeyEvent("KPENTER", True)]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        *zip((82, 79, 80, 81, 75, 76, 77, 71, 72, 73), (f"KP{digit}" for digit in range(10)), strict=True),
        (96, "KPENTER"),
        (78, "KPPLUS"),
        (74, "KPMINUS"),
        (55, "KPASTERISK"),
        (98, "KPSLASH"),
        (83, "KPDOT"),
        (69, "NUMLOCK"),
        (14, "BACKSPACE"),
        (28, "ENTER"),
        (140, "KEY140"),
    ],
)
def test_every_key_down_repeated_and_up(code: int, name: str) -> None:
    down, up = KeyEvent(name, True), KeyEvent(name, False)
    assert heard(key(code, 1), key(code, 2), key(code, 2), key(code, 0)) == [down, up]


def test_a_record_in_any_two_pieces_is_one_event() -> None:
    raw = key(79, 1)
    assert heard(*(bytes([byte]) for byte in raw)) == [KeyEvent("KP1", True)]
    for cut in range(len(raw)):
        assert heard(raw[:cut], raw[cut:]) == [KeyEvent("KP1", True)]


@pytest.mark.parametrize(
    "what", [REPORT, record(4, 4, 0x70058), record(17, 0, 1), record(2, 0, -3), record(0x14, 0, 250)]
)
def test_what_is_no_key_means_nothing(what: bytes) -> None:
    assert heard(what) == []


def test_what_was_down_when_the_kernel_lost_events_counts_as_let_go() -> None:
    lost = record(0, 3, 0)
    assert heard(key(79, 1), key(80, 1), key(79, 0), key(81, 1), lost, lost) == [
        KeyEvent("KP1", True),
        KeyEvent("KP2", True),
        KeyEvent("KP1", False),
        KeyEvent("KP3", True),
        KeyEvent("KP2", False),
        KeyEvent("KP3", False),
    ]


def test_a_release_without_its_press_is_told_all_the_same() -> None:
    """The keypad may have been opened while a finger was on it."""
    assert heard(key(79, 0)) == [KeyEvent("KP1", False)]


@pytest.mark.parametrize(
    "wrong",
    [
        record(1, 79, 3),
        record(1, 79, -1),
        record(1, 0x300, 1),
        record(0x20, 79, 1),
        record(1, 79, 1, usec=1_000_000),
        record(1, 79, 1, sec=1 << 40),
    ],
)
def test_a_damaged_record_is_no_key_and_the_next_one_is_heard(wrong: bytes) -> None:
    decoder = Decoder()
    assert decoder.feed(wrong + key(80, 1), 0) == [KeyEvent("KP2", True)]
    assert decoder.dropped == EVENT_BYTES


def test_noise_before_a_record_is_dropped() -> None:
    for noise in (b"\x00", b"\xff", b"\x00\xff\x80", bytes(range(200, 223))):
        decoder = Decoder()
        assert decoder.feed(noise + key(80, 1), 0) == [KeyEvent("KP2", True)]
        assert decoder.dropped == len(noise)


def test_half_a_record_does_not_wait_for_its_end_for_ever() -> None:
    decoder = Decoder()
    raw = record(1, 79, 1)
    assert decoder.feed(raw[:20], 1000) == []
    assert decoder.feed(raw[20:], 1000 + GAP_MS + 1) == []
    assert decoder.feed(raw[:20], 2000 + GAP_MS) == []
    assert decoder.feed(raw[20:], 2000 + 2 * GAP_MS) == [KeyEvent("KP1", True)]
    assert decoder.dropped == 24


@given(
    st.lists(st.tuples(st.sampled_from(list(KEY_NAMES)), st.integers(0, 2)), max_size=8),
    st.integers(0, 1 << 32),
    st.integers(0, 999_999),
    st.data(),
)
def test_any_split_gives_the_same_keys(edges: list[tuple[int, int]], sec: int, usec: int, data: st.DataObject) -> None:
    line = b"".join(record(1, code, value, sec, usec) + REPORT for code, value in edges)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(line)), max_size=6)))
    pieces = [line[a:b] for a, b in zip([0, *cuts], [*cuts, len(line)], strict=True)]
    assert heard(*pieces) == [KeyEvent(KEY_NAMES[code], value == 1) for code, value in edges if value != 2]


@given(st.lists(st.binary(max_size=200), max_size=5), st.sampled_from(list(KEY_NAMES)))
def test_noise_never_raises_is_held_in_bounds_and_after_a_pause_the_next_key_is_heard(
    noise: list[bytes], code: int
) -> None:
    decoder = Decoder()
    for piece in noise:
        decoder.feed(piece, 0)
        assert len(decoder._pending) < EVENT_BYTES
    assert decoder.feed(record(1, code, 1), GAP_MS + 1) == [KeyEvent(KEY_NAMES[code], True)]
