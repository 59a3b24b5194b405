"""The line box: templates as data, every line ending, every check sum, bad lines dropped whole."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.checksums import CHECKSUMS
from hardware.codecs.line_box import GAP_MS, LINE_BYTES, LineDecoder, Signal, encode
from hardware.codecs.line_format import LineFormat

PLAIN = LineFormat(
    receive={
        "press": "K{address}:{key}",
        "down": "D{address}:{key}",
        "up": "U{address}:{key}",
        "alive": "OK {address}",
    },
    send={"led": "L{address}:{led}", "show": "T{address}:{text}", "beep": "B{address}", "ping": "P{address}"},
)


def heard(spoken: LineFormat, *pieces: bytes) -> list[Signal]:
    decoder = LineDecoder(spoken)
    return [signal for piece in pieces for signal in decoder.feed(piece, 0)]


@pytest.mark.parametrize(
    ("line", "signal"),
    [
        (b"K20:NEXT", Signal("press", 0x20, "NEXT")),
        (b"Dfe:1", Signal("down", 0xFE, "1")),
        (b"U0A:F_2", Signal("up", 0x0A, "F_2")),
        (b"OK 21", Signal("alive", 0x21, "")),
        (b"\x00\xffK20:NEXT", Signal("press", 0x20, "NEXT")),
    ],
)
@pytest.mark.parametrize("ending", [b"\r", b"\n", b"\r\n", b"\n\r\n\n"])
def test_a_line_with_any_ending(line: bytes, signal: Signal, ending: bytes) -> None:
    assert heard(PLAIN, line + ending) == [signal]
    assert heard(PLAIN, *(bytes([b]) for b in line + ending)) == [signal]
    for cut in range(len(line)):
        assert heard(PLAIN, line[:cut], line[cut:] + ending) == [signal]


@pytest.mark.parametrize(
    "line", [b"K2:NEXT", b"K20:", b"xK20:NEXT", b"K20:NEXT ", b"K2\x80:A", b"\xd9\xa120:NEXT", b"L20:red"]
)
def test_a_line_that_fits_nothing_is_dropped_and_counted(line: bytes) -> None:
    decoder = LineDecoder(PLAIN)
    assert decoder.feed(line + b"\r\nK21:GO\r\n", 0) == [Signal("press", 0x21, "GO")]
    assert decoder.dropped == 1


def test_noise_alone_is_no_line() -> None:
    decoder = LineDecoder(PLAIN)
    assert decoder.feed(b"\x00\xff\r\n\r\n", 0) == []
    assert decoder.dropped == 0


@pytest.mark.parametrize("noise", [b"\x00", b"\xff", b"?", b"\r", b"\xe8\xaf"])
def test_noise_inside_a_line_costs_at_most_that_line_and_makes_none(noise: bytes) -> None:
    line = b"K20:NEXT\r\n"
    for place in range(1, len(line) - 2):
        heard_then = heard(PLAIN, line[:place] + noise + line[place:], b"K21:GO\r\n")
        assert heard_then[-1] == Signal("press", 0x21, "GO")
        # A line end in the middle of a key is a shorter key: only a check sum can tell.
        assert len(heard_then) == (2 if noise == b"\r" and place > 4 else 1)


@pytest.mark.parametrize("noise", [b"\x00\xff", b"\xff\xff\xff"])
def test_noise_behind_a_line_costs_nothing(noise: bytes) -> None:
    assert heard(PLAIN, b"K20:N\r\n" + noise + b"K21:N\r\n") == [Signal("press", 0x20, "N"), Signal("press", 0x21, "N")]


def test_a_torn_line_does_not_take_the_next_one_with_it() -> None:
    decoder = LineDecoder(PLAIN)
    assert decoder.feed(b"K20:NE", 1000) == []
    assert decoder.feed(b"XT\r\n", 1000 + GAP_MS) == [Signal("press", 0x20, "NEXT")]
    assert decoder.feed(b"K20:NE", 5000) == []
    assert decoder.feed(b"K21:GO\r\n", 5001 + GAP_MS) == [Signal("press", 0x21, "GO")]
    assert decoder.dropped == 1
    assert decoder.feed(b"\x00", 8000) == []
    assert decoder.feed(b"K" * 2 * LINE_BYTES, 9000) == []
    assert decoder.feed(b"K21:GO\r\n", 10_000) == [Signal("press", 0x21, "GO")]
    assert decoder.dropped == 2


def test_an_endless_line_is_dropped_whole_and_held_in_bounds() -> None:
    decoder = LineDecoder(PLAIN)
    assert decoder.feed(b"K20:" + b"N" * 10 * LINE_BYTES + b"\nK20:N\n", 0) == [Signal("press", 0x20, "N")]
    assert decoder.dropped == 1
    long_key = b"N" * (LINE_BYTES - 4)
    assert heard(PLAIN, b"K20:" + long_key + b"\n") == [Signal("press", 0x20, long_key.decode())]


@pytest.mark.parametrize(
    ("checksum", "line"),
    [("sum8", b"K20:N*35"), ("xor8", b"K20:N*3D"), ("crc16-modbus", b"K20:N*2D1C"), ("crc16-arc", b"K20:N*2D38")],
)
def test_check_sums(checksum: str, line: bytes) -> None:
    spoken = replace(PLAIN, checksum=checksum)
    good = [Signal("press", 0x20, "N")]
    assert heard(spoken, line + b"\r") == good
    assert heard(spoken, line.lower().replace(b"k20:n", b"K20:N") + b"\r") == good
    for at in range(len(line)):
        wrong = bytearray(line)
        wrong[at] ^= 0x01
        assert heard(spoken, bytes(wrong) + b"\r") == []
    assert heard(spoken, b"K20:N\r") == []


def test_utf8_lines() -> None:
    spoken = replace(PLAIN, encoding="utf-8", receive={"press": "键{key}@{address}"})
    assert heard(spoken, "\x00键A@20\n".encode()) == [Signal("press", 0x20, "A")]
    assert heard(spoken, b"\xc3(\n") == []
    assert encode(spoken, "show", 0x20, text="请 A012") == "T20:请 A012\r\n".encode()


def test_what_is_sent() -> None:
    assert encode(PLAIN, "led", 0x20, led="R") == b"L20:R\r\n"
    assert encode(PLAIN, "beep", 0xFE) == b"BFE\r\n"
    assert encode(replace(PLAIN, ending="\r"), "ping", 0x0A) == b"P0A\r"
    assert encode(replace(PLAIN, send={}), "led", 0x20, led="R") is None
    assert encode(PLAIN, "show", 0x20, text="A\r\n1号") == b"T20:A  1?\r\n"
    assert encode(replace(PLAIN, checksum="sum8", ending="\n"), "ping", 0x20) == b"P20*B2\n"


@given(
    st.sampled_from(["", *CHECKSUMS]),
    st.integers(0, 255),
    st.from_regex(r"[A-Za-z0-9_]{1,9}", fullmatch=True),
    st.data(),
)
def test_any_split_of_any_line_is_heard_once(checksum: str, address: int, key: str, data: st.DataObject) -> None:
    spoken = replace(PLAIN, checksum=checksum, send={"led": "K{address}:{led}"})
    line = encode(spoken, "led", address, led=key)
    assert line is not None
    cut = data.draw(st.integers(0, len(line)))
    assert heard(spoken, line[:cut], line[cut:]) == [Signal("press", address, key)]


PIECES = st.binary(max_size=400) | st.sampled_from([b"K20:", b"N", b"*35", b"\r", b"\n", b"\x00", "键".encode()])


@given(st.sampled_from(["", *CHECKSUMS]), st.sampled_from(["ascii", "utf-8"]), st.lists(PIECES, max_size=8))
def test_noise_never_raises_is_held_in_bounds_and_the_next_line_is_heard(
    checksum: str, encoding: str, noise: list[bytes]
) -> None:
    spoken = replace(PLAIN, checksum=checksum, encoding=encoding, send={"led": "K{address}:{led}"})
    decoder = LineDecoder(spoken)
    for piece in noise:
        decoder.feed(piece, 0)
        assert len(decoder._line) <= LINE_BYTES
    line = encode(spoken, "led", 0x20, led="N")
    assert line is not None
    assert decoder.feed(b"\n" + line, 0)[-1] == Signal("press", 0x20, "N")


@given(st.sampled_from(["ascii", "utf-8"]), st.text(max_size=40))
def test_whatever_is_shown_is_one_line(encoding: str, text: str) -> None:
    line = encode(replace(PLAIN, encoding=encoding, ending="\n"), "show", 0x20, text=text)
    assert line is not None
    assert line.endswith(b"\n")
    assert not any(byte in b"\r\n" for byte in line[:-1])
