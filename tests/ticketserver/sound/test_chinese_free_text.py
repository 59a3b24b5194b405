"""What staff type for the voice: figures, times, ranges, numbers, letters, in whatever punctuation."""

import pytest

from ticketserver.sound.chinese import readable, voiced


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("到3号窗口", "到三号窗口"),
        ("到 12 号窗口", "到十二号窗口"),
        ("有2个人", "有两个人"),
        ("2号窗口,2", "二号窗口,二"),
        ("2点到3点", "两点到三点"),
        ("102室", "一百零二室"),
        ("0分", "零分"),
        ("05栋", "零五栋"),
        ("请拨12333", "请拨幺二三三三"),
        ("2021年1月12日", "二零二一年一月十二日"),
        ("2021人", "二千零二十一人"),
        ("12:00停", "十二点停"),
        ("2:05和13：30", "两点零五分和十三点三十分"),
        ("3-5号窗口", "三到五号窗口"),
        ("0571-87654321", "零五七幺-八七六五四三二幺"),
        ("1.15元", "一点一五元"),
        ("请，快。停！好、", "请,快,停,好,"),
        ("请用 Wi Fi 上网", "请用Wi Fi上网"),
    ],
)
def test_chinese(text, said):
    assert readable(text) == said


def test_a_ticket_number_is_read_sign_by_sign_and_letters_as_they_are_read_in_china():
    assert readable("请A012号") == readable("请 A 0 1 2 号") == "请A零幺二号"
    assert voiced("请A012号").split() == ["qing3", "ei1", "ling2", "yao1", "er4", "hao4"]
    assert voiced("b 口").split() == ["bi4", "kou3"]


def test_the_halls_word_for_a_one():
    assert readable("12333,A011", "一") == "一二三三三,A零一一"
    assert voiced("12333", "一") == "yi1 er4 san1 san1 san1"
