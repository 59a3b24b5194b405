"""Widths in half characters, and where lines end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.slip_wrap import clean, in_gbk, width, wrap


@pytest.mark.parametrize(("text", "columns"), [
    ("", 0), ("A012", 4), ("综合窗口", 8), ("约 12 人", 8), ("。", 2), ("é", 2), ("α", 2),
    ("䶮", 2), ("鿍", 2), ("ñ", 1), ("đ", 1), ("⑴", 2), ("①", 2), ("☆", 2), ("❶", 2), ("😀", 2), ("n\u0303", 1),
])  # fmt: skip
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


def test_what_gbk_lacks() -> None:
    assert in_gbk("综合 A012 ,。·…")
    for character in "䶮㙦鿍𬬭€😀":
        assert not in_gbk(character)


@pytest.mark.parametrize(("text", "columns", "lines"), [
    ("", 16, [""]),
    ("a\n\nb", 16, ["a", "", "b"]),
    ("综合窗口综合窗口", 8, ["综合窗口", "综合窗口"]),
    ("综合窗口。好", 8, ["综合窗", "口。好"]),
    ("综合窗(好)", 8, ["综合窗", "(好)"]),
    ("“综合窗口”", 8, ["“综合窗", "口”"]),
    ("Calling starts at 8:30", 14, ["Calling starts", "at 8:30"]),
    ("约等 20–35 分钟", 10, ["约等 20-35", "分钟"]),
    ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
    ("a ", 4, ["a"]),
    ("abcd efgh", 4, ["abcd", "efgh"]),
    ("n\u0303o", 4, ["n\u0303o"]),
    ("Việc làm mới", 9, ["Việc làm", "mới"]),
    ("Привет друзья", 12, ["Привет", "друзья"]),
    ("예약 번호", 4, ["예약", "번호"]),
])  # fmt: skip
def test_wrap(text: str, columns: int, lines: list[str]) -> None:
    assert wrap(text, columns) == lines


def test_nothing_that_a_printer_would_obey_gets_through() -> None:
    assert clean("a\x1b@b\x10\x04\x01\tc\x7f") == "a @b    c "
    assert clean("a\u200bb\ufeff\ud800\u00a0c\u2028d") == "ab c\nd"
    assert clean("20–35") == "20-35"


@given(st.text(max_size=200), st.integers(4, 48))
def test_no_line_is_too_wide_and_no_character_lost(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == clean(text).replace("\n", "").replace(" ", "")
