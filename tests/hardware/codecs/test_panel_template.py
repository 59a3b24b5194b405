"""Panels by template: fields, bytes, check sums and encodings, and every template that cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.panel_template import PanelTemplate, encode


def sent(frame: str, encoding: str = "gbk", checksum: str = "", address: int = 3, text: str = "请 A012 号") -> bytes:
    return encode(PanelTemplate(frame, encoding, checksum), address, number="A012", text=text, counter="12")


@pytest.mark.parametrize(
    ("frame", "data"),
    [
        ("$B{address},{number}#", b"$B3,A012#"),
        ("{counter}:{number}\\r\\n", b"12:A012\r\n"),
        ("\\x02{address_byte}{number}\\x03", b"\x02\x03A012\x03"),
        ("\\\\\\t\\xFF{text}", b"\\\t\xff" + "请 A012 号".encode("gbk")),
    ],
)
def test_fields_and_bytes(frame: str, data: bytes) -> None:
    assert sent(frame) == data


@pytest.mark.parametrize(
    ("frame", "checksum", "data"),
    [
        ("\\x02{sum_from}{number}{sum}\\x03", "sum8", b"\x02A012\xd4\x03"),
        ("{number}{sum_hex}", "xor8", b"A01272"),
        ("{sum_from}123456789{sum}{sum_from}{number}", "crc16-modbus", b"123456789\x4b\x37A012"),
        ("123456789{sum_low}{number}", "crc16-arc", b"123456789\x3d\xbbA012"),
        ("123456789{sum_hex}{number}", "crc16-arc", b"123456789BB3DA012"),
    ],
)
def test_check_sums(frame: str, checksum: str, data: bytes) -> None:
    assert sent(frame, checksum=checksum) == data


def test_encodings() -> None:
    assert sent("{text}", "utf-8") == "请 A012 号".encode()
    assert sent("{text}", "ascii") == b"? A012 ?"
    assert sent("请{number}", "gbk") == "请A012".encode("gbk")


def test_a_control_character_in_a_name_cannot_end_the_frame() -> None:
    assert sent("\\x02{text}\\x03", text="A\x03\nB") == b"\x02A  B\x03"


@pytest.mark.parametrize(
    ("frame", "encoding", "checksum", "says"),
    [
        ("{number}", "latin", "", "encoding 'latin': allowed ascii, gbk, utf-8"),
        ("{number}{sum}", "gbk", "md5", "check sum 'md5': allowed sum8"),
        ("{colour}{number}", "gbk", "", "field {colour}: allowed number, text"),
        ("{}{number}", "gbk", "", "field {}: allowed"),
        ("\\q{number}", "gbk", "", "a stray '\\\\'"),
        ("{number", "gbk", "", "a stray '{'"),
        ("\\x0{number}", "gbk", "", "a stray '\\\\'"),
        ("hello", "gbk", "", "neither {number} nor {text}"),
        ("{number}{sum}", "gbk", "", "needs both its kind and {sum}"),
        ("{number}", "gbk", "sum8", "needs both its kind and {sum}"),
    ],
)
def test_what_is_refused(frame: str, encoding: str, checksum: str, says: str) -> None:
    with pytest.raises(ValueError) as refused:
        PanelTemplate(frame, encoding, checksum)
    assert says in str(refused.value)


@given(st.text(), st.text(), st.sampled_from(["ascii", "gbk", "utf-8"]))
def test_any_text_gives_bytes_between_the_marks(number: str, text: str, encoding: str) -> None:
    template = PanelTemplate("\\x02{number}{text}{counter}{address}\\x03", encoding)
    frame = encode(template, 1, number=number, text=text, counter="1")
    assert frame[0] == 0x02
    assert frame.index(0x03) == len(frame) - 1
