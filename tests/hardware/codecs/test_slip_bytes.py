"""Slips as bytes."""

import pytest

from hardware.codecs.escpos_commands import Bitmap
from hardware.codecs.slip import SlipDocument, SlipFeed, SlipItem, SlipPicture, SlipQr, SlipRule, SlipText
from hardware.codecs.slip_bytes import BAND_BYTES, bands, encode, to_be_drawn
from hardware.codecs.slip_layout import Layout, lay_out

HEAD, CUT = "1B 40 1C 26", "1D 56 42 00"
QR = (
    "1D 28 6B 04 00 31 41 32 00 1D 28 6B 03 00 31 43 06 1D 28 6B 03 00 31 45 31"
    " 1D 28 6B 05 00 31 50 30 68 69 1D 28 6B 03 00 31 51 30"
)


def layout(*items: SlipItem, mark: str = "") -> Layout:
    return lay_out(SlipDocument(items, mark), 384)


@pytest.mark.parametrize(("item", "body"), [
    (SlipText("A1"), "41 31 0A"),
    (SlipText("号。"), "BA C5 A1 A3 0A"),
    (SlipText(""), "0A"),
    (SlipText("A", size=4, bold=True, align="centre"), "1B 61 01 1D 21 33 1B 45 01 41 0A"),
    (SlipText("A", align="right"), "1B 61 02 41 0A"),
    (SlipRule(), "1D 21 30" + " A9 A4" * 4 + " 0A"),
    (SlipFeed(3), "1B 64 03"),
    (SlipQr("hi", 6), f"1B 64 01 1B 61 01 {QR} 1B 64 01"),
    (SlipPicture(2, 1, b"\xF0\x0F"), "1B 61 01 1D 76 30 00 02 00 01 00 F0 0F"),
])  # fmt: skip
def test_each_item_as_bytes(item: SlipItem, body: str) -> None:
    assert encode(layout(item), {}) == bytes.fromhex(f"{HEAD} {body} {CUT}")


def test_only_what_changes_is_sent() -> None:
    slip = layout(SlipText("a", size=2, bold=True), SlipText("b", size=2, bold=True), SlipText("c"), mark="X")
    mark = "1B 61 01 1D 21 11 1D 42 01 20 58 20 0A 1B 64 01"
    rest = "1B 61 00 1B 45 01 1D 42 00 61 0A 62 0A 1D 21 00 1B 45 00 63 0A"
    assert encode(slip, {}) == bytes.fromhex(f"{HEAD} {mark} {rest} {CUT}")


def test_a_board_in_another_code_is_told_gbk() -> None:
    assert encode(layout(), {}, select_gbk=True) == bytes.fromhex(f"1B 40 1B 39 00 1C 26 {CUT}")


def test_drawn_lines_go_out_as_dots_from_the_left_edge() -> None:
    slip = layout(SlipText("号", align="centre"), SlipText("䶮", align="centre"), SlipText("号", align="centre"))
    [line] = to_be_drawn(slip)
    assert line is slip.lines[1]
    data = encode(slip, {line: Bitmap(1, 2, b"\x80\x01")})
    body = "1B 61 01 BA C5 0A 1B 61 00 1D 76 30 00 01 00 02 00 80 01 1B 61 01 BA C5 0A"
    assert data == bytes.fromhex(f"{HEAD} {body} {CUT}")


def test_a_code_is_drawn_for_boards_that_cannot() -> None:
    slip = layout(SlipQr("hi", 6), SlipText("a"), SlipRule())
    assert to_be_drawn(slip) == []
    [line] = to_be_drawn(slip, device_qr=False)
    data = encode(slip, {line: Bitmap(1, 1, b"\xff")}, device_qr=False)
    body = f"1B 64 01 1D 76 30 00 01 00 01 00 FF 1B 64 01 61 0A 1D 21 30{' A9 A4' * 4} 0A"
    assert data == bytes.fromhex(f"{HEAD} {body} {CUT}")


def test_a_line_without_its_dots_is_never_left_out() -> None:
    with pytest.raises(KeyError):
        encode(layout(SlipText("䶮")), {})


def test_no_byte_of_a_text_is_a_command() -> None:
    data = encode(layout(SlipText("\x1b@\x10\x05\x02\x1d号")), {})
    assert data == bytes.fromhex(f"{HEAD} 20 40 20 20 20 20 BA C5 0A {CUT}")


def test_large_dots_go_out_in_bands_that_a_small_buffer_holds() -> None:
    data = bytes(range(256)) * 48
    parts = bands(Bitmap(48, 256, data))
    assert [part.rows for part in parts] == [42] * 6 + [4]
    assert b"".join(part.data for part in parts) == data
    assert max(len(part.data) for part in parts) <= BAND_BYTES
    assert [part.rows for part in bands(Bitmap(BAND_BYTES + 1, 2, bytes(2 * BAND_BYTES + 2)))] == [1, 1]
    picture = encode(layout(SlipPicture(48, 256, data)), {})
    assert picture.count(b"\x1d\x76\x30\x00\x30\x00\x2a\x00") == 6
    assert len(picture) == 4 + 3 + 7 * 8 + len(data) + 4
