"""Lines of Chinese and English, broken where a reader would."""

import pytest

from ticketserver.window.wrap import pieces, wrap


def measure(piece):
    """A Chinese sign is two wide, others one."""
    return sum(1 if sign.isascii() else 2 for sign in piece)


def test_words_stay_whole_and_marks_stay_where_they_belong():
    assert pieces("到 A012,等。") == ["到", " ", "A012,", "等。"]
    assert pieces("点“我已有号”补打(10:30–11:00)。") == [
        "点", "“我", "已", "有", "号”", "补", "打", "(10:30–11:00)。",
    ]  # fmt: skip
    assert pieces("Việc làm, Ёлка") == ["Việc", " ", "làm,", " ", "Ёлка"]
    assert pieces("时间:2019 年") == ["时", "间:", "2019", " ", "年"]
    assert pieces("a\nb  c") == ["a", "\n", "b", "  ", "c"]


CASES = [
    ("这 2 件事在一个窗口就能办完。", 12, "这 2 件事在\n一个窗口就能\n办完。"),
    ("再来。", 4, "再\n来。"),
    ("one two three", 8, "one two\nthree"),
    ("甲\n\n乙", 10, "甲\n\n乙"),
    ("", 10, ""),
    ("养老金资格认证", 12, "养老金资格\n认证"),
    ("请到 21 号", 8, "请到\n21 号"),
    ("养老金资格认证。", 13, "养老金资格\n认证。"),
    ("甲AB-CD-EF 乙", 10, "甲AB-CD-EF\n乙"),
    ("甲AB-CD 乙", 8, "甲\nAB-CD 乙"),
    ("AB-CD-EF乙", 8, "AB-CD-EF\n乙"),
]


@pytest.mark.parametrize(("text", "width", "lines"), CASES)
def test_no_line_is_wider_than_the_place(text, width, lines):
    assert wrap(text, width, measure)[0] == lines


def test_the_widest_piece_tells_when_type_must_shrink():
    assert wrap("Unemployment now", 6, measure) == ("Unemployment\nnow", 12)


def test_by_sense_a_line_ends_after_a_sentence_or_a_comma():
    text = "您今天来办什么?几件事可以一起选,只取一个号"
    assert wrap(text, 36, measure)[0] == "您今天来办什么?几件事可以一起选,只取\n一个号"
    assert wrap(text, 36, measure, by_sense=True)[0] == "您今天来办什么?几件事可以一起选,\n只取一个号"
    assert wrap(text, 28, measure, by_sense=True)[0] == "您今天来办什么?\n几件事可以一起选,只取一个号"
    assert wrap("没有标点的长长的一句话在这里", 10, measure, by_sense=True)[0].count("\n") == 2


def test_a_sign_that_would_stand_alone_takes_what_follows_the_comma_with_it():
    assert wrap("说不清,取咨询号", 14, measure)[0] == "说不清,取咨\n询号"
    assert wrap("说不清,取咨询号", 14, measure, by_sense=True)[0] == "说不清,\n取咨询号"
