"""Clips of calls and notices, texts of announcements, each in its languages."""

from display.phrases import Voicing, call_clips
from display.said import clips_of
from display.voice import PAUSED, FreeText, VoiceRules
from tests.display.displays import announced, call

HOW = Voicing("digit-1", {}, ("zh", "en"))
RULES = VoiceRules(HOW, languages=("en", "zh"))


def test_calls_and_notices_in_the_languages_of_the_voice():
    assert clips_of(call(1), RULES) == call_clips(call(1), HOW)
    assert clips_of(PAUSED, RULES) == (PAUSED, f"en-{PAUSED}")


def test_an_announcement_in_the_halls_languages_that_it_has():
    both, chinese = announced(1, "请坐", "Sit down"), announced(2, "请坐")
    assert clips_of(both, RULES) == (FreeText("en", "Sit down"), FreeText("zh", "请坐"))
    assert clips_of(chinese, RULES) == (FreeText("zh", "请坐"),)
    assert clips_of(chinese, VoiceRules(HOW, languages=("en",))) == (FreeText("zh", "请坐"),)
