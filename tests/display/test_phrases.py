"""What is said for a call: numbers digit by digit, windows as numbers, specialists by name."""

import pytest

from display.phrases import CHIME, CLIP_OF, SAID, Voicing, call_clips, in_words, one_clip, spelled, zone_clip
from tests.display.displays import call

HOW = Voicing(one_clip("幺"), {21: "pension-review"})

NUMBERS = {
    1: "一", 2: "二", 9: "九", 10: "十", 11: "十一", 12: "十二", 19: "十九", 20: "二十", 21: "二十一",
    30: "三十", 99: "九十九", 100: "一百", 101: "一百零一",
    109: "一百零九", 110: "一百一十", 111: "一百一十一", 112: "一百一十二",
    120: "一百二十", 200: "二百", 205: "二百零五", 215: "二百一十五", 310: "三百一十", 900: "九百", 999: "九百九十九",
}  # fmt: skip


@pytest.mark.parametrize(("value", "words"), NUMBERS.items())
def test_a_window_is_said_as_a_number(value, words):
    assert in_words(value) == words


def heard(words):
    """A number in words as a listener understands it."""
    value = digit = 0
    for word in words:
        if word == "百":
            value, digit = value + digit * 100, 0
        elif word == "十":
            value, digit = value + (digit or 1) * 10, 0
        else:
            digit = "零一二三四五六七八九".index(word)
    return value + digit


def test_every_window_is_understood_and_none_like_another():
    said = [in_words(value) for value in range(1, 1000)]
    assert [heard(words) for words in said] == list(range(1, 1000))
    assert len(set(said)) == 999


def test_every_window_and_every_number_has_its_clips():
    for counter in range(1, 1000):
        assert set(call_clips(call(1, "A012", counter), HOW)) <= SAID.keys() | {zone_clip("pension-review")}
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        assert spelled(f"{letter}0123456789", HOW)[0] == f"letter-{letter.lower()}"
    assert set(CLIP_OF.values()) <= SAID.keys()
    assert CHIME not in SAID


CALLS = [
    ("A012", 3, False, "please letter-a digit-0 digit-1 digit-2 to digit-3 window"),
    ("A012", 21, False,
     "please letter-a digit-0 digit-1 digit-2 to digit-2 ten digit-yi no zone-pension-review do"),
    ("A012", 3, True, "letter-a digit-0 digit-1 digit-2 last digit-3 window-last"),
    ("C007", 21, True, "letter-c digit-0 digit-0 digit-7 last digit-2 ten digit-yi no zone-pension-review"),
    ("1001", 112, False,
     "please digit-1 digit-0 digit-0 digit-1 to digit-yi hundred digit-yi ten digit-2 window"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "counter", "last", "clips"), CALLS)
def test_a_call_is_read_like_this(number, counter, last, clips):
    assert " ".join(call_clips(call(1, number, counter, last=last), HOW)) == clips


def test_a_one_is_said_as_the_hall_likes_it():
    how = Voicing(one_clip("一"), {})
    assert spelled("A1017", how) == ("letter-a", "digit-yi", "digit-0", "digit-yi", "digit-7")
    assert call_clips(call(1, "A011", 1), how).count("digit-yi") == 3


def test_a_sign_without_a_clip_is_left_out():
    assert spelled("A-0yi1", HOW) == ("letter-a", "digit-0", "digit-1")
