"""UB485: every frame of the device's document byte by byte, and a decoder that any noise leaves usable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.leds import Led
from hardware.codecs.ub485 import (
    ADDRESSES,
    GAP_MS,
    Decoder,
    Frame,
    address_frame,
    display_frame,
    led_frame,
    poll_frame,
)


def h(text: str) -> bytes:
    return bytes.fromhex(text)


def heard(*pieces: bytes) -> list[Frame]:
    decoder = Decoder()
    return [frame for piece in pieces for frame in decoder.feed(piece, 0)]


@pytest.mark.parametrize(
    ("led", "quiet", "beeping"),
    [
        (Led.OFF, "01 20 30 07", "01 20 37 07"),
        (Led.RED, "01 20 31 07", "01 20 38 07"),
        (Led.GREEN, "01 20 32 07", "01 20 39 07"),
        (Led.RED_FAST, "01 20 33 07", "01 20 3A 07"),
        (Led.GREEN_BLINK, "01 20 34 07", "01 20 3B 07"),
        (Led.RED_BLINK, "01 20 35 07", "01 20 3C 07"),
        (Led.GREEN_SLOW, "01 20 36 07", "01 20 3D 07"),
    ],
)
def test_led_frames(led: Led, quiet: str, beeping: str) -> None:
    assert led_frame(0x20, led) == h(quiet)
    assert led_frame(0x20, led, beep=True) == h(beeping)


@pytest.mark.parametrize(
    ("text", "blink", "frame"),
    [
        ("A12", False, "01 FE 20 41 31 32 07"),
        ("A012", True, "01 FE 21 30 31 32 07"),
        ("7", False, "01 FE 20 20 20 37 07"),
        ("", False, "01 FE 20 20 20 20 07"),
        ("号\t~", False, "01 FE 20 20 20 7E 07"),
    ],
)
def test_display_frames(text: str, blink: bool, frame: str) -> None:
    assert display_frame(0xFE, text, blink=blink) == h(frame)


def test_poll_and_address_frames() -> None:
    assert poll_frame(0x20) == h("04 20 07")
    assert address_frame(0x20, 0xFE) == h("03 20 FE 07")


@pytest.mark.parametrize("address", [0x1F, 0xFF, -1])
def test_an_address_outside_the_range_is_refused(address: int) -> None:
    for make in (poll_frame, lambda a: led_frame(a, Led.RED), lambda a: display_frame(a, "1")):
        with pytest.raises(ValueError, match="allowed 0x20 to 0xfe"):
            make(address)
    with pytest.raises(ValueError, match="allowed"):
        address_frame(0x20, address)


@pytest.mark.parametrize("key", [0x31, 0x32, 0x33, 0x34])
def test_keys(key: int) -> None:
    raw = bytes([1, 0x20, key, 7])
    assert heard(raw) == [Frame(raw, 0x20, key)]


@pytest.mark.parametrize(
    "raw",
    [
        "01 20 30 07",
        "01 20 35 07",
        "01 20 3D 07",
        "01 20 20 41 31 32 07",
        "01 20 7F FF 20 31 07",
        "04 20 07",
        "03 20 FE 07",
    ],
)
def test_frames_that_only_a_host_says(raw: str) -> None:
    assert heard(h(raw)) == [Frame(h(raw), 0x20, None)]


@pytest.mark.parametrize(
    "garbage",
    [
        "00 FF",  # driver switching on
        "01",  # a start that leads nowhere
        "01 20 31",  # truncated
        "01 20 31 31",  # wrong length, then a display frame that never ends
        "01 20 31 31 31 31 31",  # a display frame without its end
        "01 20 2F 07",  # no such light
        "01 20 1F 41 31 32 07",  # no such blink
        "01 1F 31 07",  # no such address
        "03 20 1F 07",
        "03 20 30 08",
        "04 20 08",
        "04 FF 07",
    ],
)
def test_a_key_survives_what_came_before_it(garbage: str) -> None:
    key = h("01 21 31 07")
    assert heard(h(garbage), key)[-1] == Frame(key, 0x21, 0x31)
    assert all(frame.key is None or frame.address == 0x21 for frame in heard(h(garbage), key))


def test_two_keys_in_one_read_and_one_key_in_four() -> None:
    one, two = h("01 20 31 07"), h("01 21 34 07")
    assert [(f.address, f.key) for f in heard(one + two)] == [(0x20, 0x31), (0x21, 0x34)]
    assert [(f.address, f.key) for f in heard(*(bytes([b]) for b in one + two))] == [(0x20, 0x31), (0x21, 0x34)]


def test_half_a_frame_does_not_wait_for_its_end_for_ever() -> None:
    decoder = Decoder()
    assert decoder.feed(h("01 20 31"), 1000) == []
    assert decoder.feed(h("07"), 1000 + GAP_MS + 1) == []
    assert decoder.feed(h("01 20 31"), 2000) == []
    assert [f.key for f in decoder.feed(h("07"), 2000 + GAP_MS)] == [0x31]


addresses = st.sampled_from(ADDRESSES)
frames = st.one_of(
    st.builds(lambda a, k: bytes([1, a, k, 7]), addresses, st.integers(0x31, 0x34)),
    st.builds(led_frame, addresses, st.sampled_from(Led)),
    st.builds(lambda a, t, b: display_frame(a, t, blink=b), addresses, st.text(max_size=5), st.booleans()),
    st.builds(poll_frame, addresses),
    st.builds(address_frame, addresses, addresses),
)


@given(st.lists(frames, max_size=8), st.data())
def test_any_split_gives_the_same_frames(sent: list[bytes], data: st.DataObject) -> None:
    line = b"".join(sent)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(line)), max_size=6)))
    pieces = [line[a:b] for a, b in zip([0, *cuts], [*cuts, len(line)], strict=True)]
    assert [frame.raw for frame in heard(*pieces)] == sent


@given(st.binary(max_size=60), frames)
def test_noise_never_raises_and_after_a_pause_the_next_frame_is_heard(noise: bytes, frame: bytes) -> None:
    decoder = Decoder()
    decoder.feed(noise, 0)
    assert [f.raw for f in decoder.feed(frame, GAP_MS + 1)] == [frame]
