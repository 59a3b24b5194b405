"""A scanner that plays keyboard, event by event."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.keyboard_text import GAP_MS, TEXT_SIGNS, KeyboardText

CODES = {
    sign: first + place
    for first, row in ((2, "1234567890-="), (16, "qwertyuiop"), (30, "asdfghjkl;"), (44, "zxcvbnm,./"))
    for place, sign in enumerate(row)
}
SHIFTED = {":": 39, "_": 12, "?": 53}
ENTER, SHIFT = 28, 42


def event(code: int, value: int, kind: int = 1, at_ms: int = 0) -> bytes:
    return struct.pack("<qqHHi", 1_700_000_000 + at_ms // 1000, at_ms % 1000 * 1000, kind, code, value)


def at(record: bytes, at_ms: int) -> bytes:
    """The same records, seen by the kernel then."""
    stamp = struct.pack("<qq", 1_700_000_000 + at_ms // 1000, at_ms % 1000 * 1000)
    return b"".join(stamp + record[place + 16 : place + 24] for place in range(0, len(record), 24))


def strokes(text: str, enter: int = ENTER, shift: int = SHIFT) -> list[bytes]:
    keys: list[bytes] = []
    for sign in text:
        code = SHIFTED.get(sign) or CODES[sign.lower()]
        held = sign.isupper() or sign in SHIFTED
        keys += [event(shift, 1)] * held + [event(code, 1) + event(0, 0, 0), event(code, 0)] + [event(shift, 0)] * held
    return [*keys, event(enter, 1), event(enter, 0)]


def typed(keys: list[bytes], gap_ms: int = 5) -> list[str]:
    keyboard, now, texts = KeyboardText(), 1000, []
    for key in keys:
        now += gap_ms
        texts += keyboard.feed(at(key, now), now)
    return texts


@pytest.mark.parametrize("enter", [28, 96])
@pytest.mark.parametrize("shift", [42, 54])
def test_a_code(enter: int, shift: int) -> None:
    text = "https://hall.example/t/AbC-d_Z0?"
    assert typed(strokes(text, enter, shift)) == [text]


def test_split_at_every_place() -> None:
    stream = b"".join(strokes("Ab0") + strokes("c"))
    for place in range(len(stream) + 1):
        keyboard = KeyboardText()
        assert keyboard.feed(stream[:place], 1000) + keyboard.feed(stream[place:], 1005) == ["Ab0", "c"]


def test_a_machine_that_was_busy_reads_the_whole_code() -> None:
    """Its keys came in one burst, and are heard in two."""
    keys, keyboard = strokes("a012"), KeyboardText()
    for place, key in enumerate(keys[:-2]):
        assert keyboard.feed(at(key, place), 1000 + place + (place > 3) * 10 * GAP_MS) == []
    assert keyboard.feed(at(keys[-2], len(keys)), 3000) == ["a012"]


def test_a_clock_that_is_set_in_the_middle_of_a_code_costs_nothing() -> None:
    keyboard = KeyboardText()
    assert keyboard.feed(at(event(30, 1), 10_000_000), 1000) == []
    assert keyboard.feed(at(event(48, 1), 0), 1005) == []
    assert keyboard.feed(at(event(ENTER, 1), 5), 1010) == ["ab"]


def test_the_number_pad_and_the_signs() -> None:
    codes = [82, 79, 80, 81, 75, 76, 77, 71, 72, 73, 83, 74, 78, 55, 98, 57, 41, 43, 26, 27, 40]
    assert typed([event(code, 1) for code in [*codes, 96]]) == ["0123456789.-+*/ `\\[]'"]


def test_repeats_of_the_system_are_no_keys() -> None:
    assert typed([event(30, 1), event(30, 2), event(30, 2), event(30, 0), event(28, 1)]) == ["a"]


def test_a_person_is_too_slow() -> None:
    assert typed(strokes("a012"), gap_ms=GAP_MS) == []
    assert typed(strokes("a012"), gap_ms=GAP_MS // 2 - 1) == ["a012"]


def test_enter_alone_and_unknown_keys_give_nothing() -> None:
    assert typed([event(code, 1) for code in (ENTER, 1, 200, ENTER)]) == []
    assert KeyboardText().due(10_000) == []


def test_what_stood_before_a_pause_is_not_part_of_the_code() -> None:
    keyboard = KeyboardText()
    assert keyboard.feed(event(30, 1), 1000) == []
    assert keyboard.feed(event(48, 1, at_ms=GAP_MS), 1000 + GAP_MS) == []
    assert keyboard.feed(event(ENTER, 1, at_ms=GAP_MS + 1), 1001 + GAP_MS) == ["b"]


def test_too_long_is_dropped_whole() -> None:
    keyboard = KeyboardText()
    longest = event(30, 1) * TEXT_SIGNS
    assert keyboard.feed(longest + event(ENTER, 1), 0) == ["a" * TEXT_SIGNS]
    assert keyboard.feed(longest + event(30, 1) * 2 + event(ENTER, 1) + event(48, 1) + event(ENTER, 1), 0) == ["b"]
    assert keyboard.dropped == 1


@given(
    st.lists(
        st.tuples(
            st.one_of(st.binary(max_size=60), st.builds(event, st.integers(0, 255), st.integers(0, 2))),
            st.integers(0, 200),
        )
    )
)
def test_any_bytes(pieces: list[tuple[bytes, int]]) -> None:
    keyboard, now = KeyboardText(), 0
    for piece, later in pieces:
        now += later
        keyboard.feed(piece, now)
        assert len(keyboard._signs) <= TEXT_SIGNS
    now += 1000
    keyboard.feed(event(42, 0) + event(54, 0), now)
    assert keyboard.feed(event(30, 1, at_ms=1000) + event(ENTER, 1, at_ms=1000), now) == ["a"]
