"""Our own bytes taken out of what is heard."""

from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.echo import EchoFilter


def sent(data: str) -> EchoFilter:
    echo = EchoFilter()
    echo.sent(bytes.fromhex(data))
    return echo


def test_an_echo_is_taken_out_and_the_answer_stays() -> None:
    assert sent("10 04 01").heard(bytes.fromhex("10 04 01 16")) == b"\x16"


def test_an_echo_may_come_in_pieces_and_over_several_writes() -> None:
    echo = sent("10 04 01")
    assert echo.heard(b"\x10") == b""
    echo.sent(b"\x10\x04\x02")
    assert echo.heard(b"\x04\x01\x10\x04") == b""
    assert echo.heard(b"\x02\x12") == b"\x12"
    assert echo.heard(b"\x10\x04") == b"\x10\x04"


def test_what_only_begins_like_ours_is_heard_after_all() -> None:
    assert sent("10 04 01").heard(b"\x12") == b"\x12"
    echo = sent("10 04 01")
    assert echo.heard(b"\x10") == b""
    assert echo.heard(b"\x00\x00\x0f") == b"\x10\x00\x00\x0f"
    echo = sent("10 04 01")
    assert echo.heard(b"\x10") == b""
    assert echo.quiet() == b"\x10"
    assert echo.quiet() == b""


@given(st.lists(st.binary(min_size=1, max_size=9), max_size=9), st.binary(max_size=9), st.data())
def test_any_echo_in_any_pieces_leaves_the_answer(writes: list[bytes], answer: bytes, data: st.DataObject) -> None:
    echo = EchoFilter()
    for write in writes:
        echo.sent(write)
    stream = b"".join(writes) + answer
    heard = b""
    while stream:
        cut = data.draw(st.integers(1, len(stream)))
        heard += echo.heard(stream[:cut])
        stream = stream[cut:]
    assert heard == answer
