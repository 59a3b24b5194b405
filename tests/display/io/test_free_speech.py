"""Free text made to sound by the real espeak-ng, once for each text; and what fails."""

import subprocess

import pytest

from display.io import free_speech
from display.io.clips import ClipError
from display.io.free_speech import FreeSpeech
from display.voice import FreeText
from ticketserver.sound.waves import LOUD, loudness, seconds

CHINESE = FreeText("zh", "请 A012 号的同志到导办台,您的身份证在这里")
ENGLISH = FreeText("en", "A012, please come to the help desk")


@pytest.fixture
def speech(tmp_path):
    return FreeSpeech(tmp_path / "said", "幺")


@pytest.mark.parametrize("text", [CHINESE, ENGLISH])
def test_a_text_is_said_as_loud_as_the_clips(speech, text):
    samples = speech.samples(text)
    assert 1.5 < seconds(samples) < 8
    assert 0.85 * LOUD < loudness(samples) < 1.01 * LOUD


def test_the_same_text_is_made_once(speech, tmp_path, monkeypatch):
    first = speech.samples(CHINESE)
    assert len(list((tmp_path / "said").iterdir())) == 1

    def never(*_args, **_kwargs):
        raise AssertionError("made again")

    monkeypatch.setattr(subprocess, "run", never)
    assert speech.samples(CHINESE) == first


def test_the_hall_that_says_its_ones_otherwise_gets_another_sound(speech, tmp_path):
    assert speech.samples(CHINESE) != FreeSpeech(tmp_path / "said", "一").samples(CHINESE)


def test_only_the_newest_are_kept(speech, tmp_path, monkeypatch):
    monkeypatch.setattr(free_speech, "KEPT", 2)
    for word in "一二三":
        speech.samples(FreeText("zh", word))
    assert len(list((tmp_path / "said").iterdir())) == 2


def test_a_text_that_looks_like_an_option_is_said(speech):
    assert seconds(speech.samples(FreeText("en", "--help, said the clerk"))) > 0.8


def test_what_has_no_sound_fails_in_a_sentence(speech):
    with pytest.raises(ClipError, match="espeak-ng"):
        speech.samples(FreeText("zh", "……"))
