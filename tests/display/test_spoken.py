"""Free text as it is read aloud: figures, times, numbers, letters."""

import pytest

from display.spoken import chinese, english


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("到3号窗口", "到三号窗口"),
        ("到 12 号窗口", "到 十二 号窗口"),
        ("有2个人", "有两个人"),
        ("2号窗口,2", "二号窗口,二"),
        ("2点到3点", "两点到三点"),
        ("102室", "一百零二室"),
        ("0分", "零分"),
        ("05栋", "零五栋"),
        ("请拨12333", "请拨幺二三三三"),
        ("2021年1月12日", "二零二一年一月十二日"),
        ("2021人", "二零二幺人"),
        ("12:00停", "十二点停"),
        ("2:05和13：30", "两点零五分和十三点三十分"),
        ("3-5号窗口", "三到五号窗口"),
        ("0571-87654321", "零五七幺-八七六五四三二幺"),
        ("1.15元", "一点一五元"),
        ("请，快。停！好、", "请, 快. 停. 好, "),
    ],
)
def test_chinese(text, said):
    assert chinese(text, "幺") == said


def test_a_ticket_number_is_read_sign_by_sign_and_letters_as_they_are_read_in_china():
    assert chinese("请A012号", "幺").split() == ["请", "ei1", "零幺二号"]
    assert chinese("b 口", "幺").split() == ["bi4", "口"]


def test_the_halls_word_for_a_one():
    assert chinese("12333", "一") == "一二三三三"


def test_english():
    assert english("A012, go to counter 12 at 1:30") == "A 0 1 2, go to counter 12 at 1:30"
