"""Calls in English: every window, every sign, and the three forms of a call."""

import pytest

from display.phrases import Voicing, call_clips, notice_clips, one_clip
from display.phrases_en import SAID, in_words, spelled
from tests.display.displays import call

HOW = Voicing(one_clip("幺"), {21: "pension-review"}, ("en",))

CALLS = [
    ("A012", 3, False, "number letter-a digit-0 digit-1 digit-2 window digit-3 please"),
    ("A012", 21, False, "number letter-a digit-0 digit-1 digit-2 window 20 digit-1 zone-pension-review"),
    ("A012", 3, True, "last letter-a digit-0 digit-1 digit-2 window digit-3"),
    ("C007", 21, True, "last letter-c digit-0 digit-0 digit-7 window 20 digit-1 zone-pension-review"),
    ("1001", 112, False, "number digit-1 digit-0 digit-0 digit-1 window digit-1 hundred 12 please"),
]


@pytest.mark.parametrize(("number", "counter", "last", "clips"), CALLS)
def test_a_call_is_read_like_this(number, counter, last, clips):
    said = call_clips(call(1, number, counter, last=last), HOW)
    assert " ".join(clip.removeprefix("en-") for clip in said) == clips


WINDOWS = {
    1: "one", 10: "ten", 11: "eleven", 19: "nineteen", 20: "twenty", 21: "twenty one", 99: "ninety nine",
    100: "one hundred", 101: "one hundred one", 110: "one hundred ten", 115: "one hundred fifteen",
    120: "one hundred twenty", 999: "nine hundred ninety nine",
}  # fmt: skip


@pytest.mark.parametrize(("value", "words"), WINDOWS.items())
def test_a_window_is_said_as_a_number(value, words):
    assert " ".join(SAID[clip] for clip in in_words(value)) == words


def test_every_window_is_said_like_no_other():
    said = [in_words(value) for value in range(1, 1000)]
    assert len(set(said)) == 999
    assert set().union(*said) <= SAID.keys()


def test_a_sign_without_a_clip_is_left_out():
    assert spelled("A-0z1") == ("en-letter-a", "en-digit-0", "en-letter-z", "en-digit-1")


def test_languages_follow_one_another_in_the_halls_order():
    made = call(1, "A012", 3)
    chinese, english = (call_clips(made, Voicing("digit-1", {}, (each,))) for each in ("zh", "en"))
    assert call_clips(made, Voicing("digit-1", {}, ("zh", "en"))) == chinese + english
    assert call_clips(made, Voicing("digit-1", {}, ("en", "zh"))) == english + chinese
    assert notice_clips("notice-paused", Voicing("digit-1", {}, ("en", "zh"))) == ("en-notice-paused", "notice-paused")
