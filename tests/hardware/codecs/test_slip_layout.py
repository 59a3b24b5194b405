"""Slips set for 58 mm and 80 mm paper."""

import pytest

from hardware.codecs.slip import SlipColumns, SlipDocument, SlipFeed, SlipItem, SlipPicture, SlipQr, SlipRule, SlipText
from hardware.codecs.slip_layout import FeedLine, Line, PictureLine, QrLine, RuleLine, TextLine, lay_out

DOTS = {58: 384, 80: 576}


def lines(*items: SlipItem, mark: str = "", paper_mm: int = 58) -> tuple[Line, ...]:
    return lay_out(SlipDocument(items, mark), DOTS[paper_mm]).lines


def texts(*items: SlipItem, paper_mm: int = 58) -> list[str]:
    return [line.text for line in lines(*items, paper_mm=paper_mm) if isinstance(line, TextLine)]


@pytest.mark.parametrize(("paper_mm", "characters"), [(58, 16), (80, 24)])
def test_a_line_has_16_or_24_chinese_characters(paper_mm: int, characters: int) -> None:
    assert texts(SlipText("号" * 50), paper_mm=paper_mm)[0] == "号" * characters
    assert texts(SlipText("号" * 50, size=2), paper_mm=paper_mm)[0] == "号" * (characters // 2)
    assert texts(SlipText("x" * 99), paper_mm=paper_mm)[0] == "x" * (2 * characters)


def test_a_text_keeps_its_looks() -> None:
    assert lines(SlipText("A012", size=4, bold=True, align="centre")) == (TextLine("A012", 4, True, align="centre"),)


def test_columns_share_a_line_where_they_fit() -> None:
    assert texts(SlipColumns("取号", "校验码 4821")) == ["取号" + " " * 17 + "校验码 4821"]
    assert lines(SlipColumns("2026-11-23 09:41 取号", "校验码 4821")) == (
        TextLine("2026-11-23 09:41 取号"),
        TextLine("校验码 4821", align="right"),
    )
    assert texts(SlipColumns("x" * 20, "y" * 11)) == ["x" * 20 + " " + "y" * 11]
    assert texts(SlipColumns("x" * 20, "y" * 12)) == ["x" * 20, "y" * 12]
    assert texts(SlipColumns("a\nb", "c\x1bd")) == ["a b" + " " * 26 + "c d"]


def test_a_mark_stands_above_all_in_white_on_black() -> None:
    mark = TextLine(" 补打 ", 2, inverse=True, align="centre")
    assert lines(SlipText("x"), mark="补打") == (mark, FeedLine(1), TextLine("x"))


def test_rules_and_feeds() -> None:
    assert lines(SlipRule(), SlipFeed(2)) == (RuleLine(4), FeedLine(2))
    assert lines(SlipRule(), paper_mm=80) == (RuleLine(6),)


def test_a_code_has_white_around_it_and_fits() -> None:
    assert lines(SlipQr("x" * 22, 6)) == (FeedLine(1), QrLine(b"x" * 22, 6, 25), FeedLine(1))
    assert lines(SlipQr("x" * 213, 16)) == (FeedLine(1), QrLine(b"x" * 213, 5, 57), FeedLine(1))
    assert lines(SlipQr("x", 16), paper_mm=80) == (FeedLine(3), QrLine(b"x", 16, 21), FeedLine(3))


def test_only_lines_the_device_has_no_glyphs_for_are_drawn() -> None:
    drawn = [line.drawn for line in lines(SlipText("䶮城大厅"), SlipText("大厅")) if isinstance(line, TextLine)]
    assert drawn == [True, False]


def test_the_length_of_paper() -> None:
    items = (SlipText("A012", size=4), SlipText("a"), SlipRule(), SlipFeed(2), SlipQr("x", 6))
    assert lay_out(SlipDocument(items), 384).length_mm == (96 + 30 + 30 + 60 + 30 + 126 + 30 + 160) / 8
    assert TextLine("A012", 4).width_dots == 192


def test_a_picture_keeps_its_dots_or_loses_both_edges() -> None:
    small = SlipPicture(2, 2, b"\x01\x02\x03\x04")
    assert lay_out(SlipDocument((small,)), 16).lines == (PictureLine(small),)
    assert lay_out(SlipDocument((small,)), 384).length_mm == (2 + 160) / 8
    wide = SlipPicture(4, 2, b"\x01\x02\x03\x04\x05\x06\x07\x08")
    assert lay_out(SlipDocument((wide,)), 16).lines == (PictureLine(SlipPicture(2, 2, b"\x02\x03\x06\x07")),)
