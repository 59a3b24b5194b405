"""Chinese as it is said: numbers, times and letters in words, and pinyin for the voice."""

import pytest

from ticketserver.sound.chinese import LETTERS, in_words, pinyin, readable, voiced


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "零"), (1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一"), (99, "九十九"), (100, "一百"),
     (105, "一百零五"), (110, "一百一十"), (111, "一百一十一"), (120, "一百二十"), (999, "九百九十九"), (1000, "一千"),
     (1005, "一千零五"), (1050, "一千零五十"), (1100, "一千一百"), (2026, "二千零二十六"), (9999, "九千九百九十九")],
)  # fmt: skip
def test_a_number_is_said_as_people_say_it(value, words):
    assert in_words(value) == words


def test_no_two_numbers_are_said_alike():
    said = [in_words(value) for value in range(10_000)]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("您的号码 A 0 1 2,正在打印", "您的号码A零幺二,正在打印"),
        ("8:30 开始叫号", "八点三十分开始叫号"),
        ("12:00 到 13:05", "十二点到十三点零五分"),
        ("2011 年起,2 件事,2 号窗口,12 件", "二零一一年起,两件事,二号窗口,十二件"),
        ("每人每年 3600 元", "每人每年三千六百元"),
        ("4050 补贴 1200 个", "四零五零补贴一千二百个"),
        ("12345", "幺二三四五"),
        ("“灵活就业”有几种?(一)", " 灵活就业 有几种, 一 "),
    ],
)
def test_what_is_written_is_said(written, said):
    assert readable(written) == said


def test_letters_have_their_names_and_words_stay():
    assert voiced("打 SBK") == f"da3 S {LETTERS['B']} kei4"
    assert voiced("号码 A 0 1 2。请") == "hao4 ma3 ei1 ling2 yao1 er4, qing3"
    assert "English" in voiced("点 English 换英文")


def test_names_are_read_as_in_speech():
    assert pinyin("养老审核窗口") == "yang3 lao3 shen3 he2 chuang1 kou3"
    assert pinyin("还有十五分钟停止取号") == "hai2 you3 shi2 wu3 fen1 zhong1 ting2 zhi3 qu3 hao4"
