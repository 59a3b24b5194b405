"""The hall's neural voice: clips and announcements by it where it can, by espeak-ng where it cannot."""

import json

import pytest
from msgspec.structs import replace

from display.io.clips import LIST, make_clips
from display.io.free_speech import FreeSpeech
from display.io.neural import neural_voice
from display.io.sayings import wanted
from display.voice import FreeText
from tests.display.displays import SETTINGS
from tests.ticketserver.sound.sherpas import install, model
from ticketserver.shared.voice_settings import Neural
from ticketserver.sound.waves import read_wave, seconds


@pytest.fixture
def asked(tmp_path, monkeypatch):
    return install(tmp_path / "library", monkeypatch)


@pytest.fixture
def settings(tmp_path):
    folder = model(tmp_path / "model")
    told = Neural(folder=str(folder), languages=("zh",), speaker=3)
    voice = replace(SETTINGS.voice, clips_dir=str(tmp_path / "voice"), languages=("zh", "en"), neural=told)
    return replace(SETTINGS, voice=voice)


def texts(asked):
    return [json.loads(line)[0] for line in asked.read_text("utf-8").splitlines()] if asked.exists() else []


def test_chinese_clips_are_made_by_it_and_only_once(settings, asked):
    folder, _, made = make_clips(settings)
    assert made
    chinese = {each.words for each in wanted(settings).values() if each.language == "zh"}
    assert set(texts(asked)) == chinese
    assert seconds(read_wave((folder / "last.wav").read_bytes())) == pytest.approx(0.4, abs=0.05)
    assert seconds(read_wave((folder / "en-notice-opening.wav").read_bytes())) > 1
    assert not make_clips(settings)[2]
    (folder.parent.parent / "model" / "model.onnx").write_text("another one")
    assert make_clips(settings)[2]


def test_without_the_package_espeak_speaks_and_the_next_start_tries_again(settings, asked, caplog):
    library = asked.parent / "sherpa_onnx.py"
    works = library.read_text("utf-8")
    library.write_text("raise ImportError('No module named sherpa_onnx')")
    folder, _, made = make_clips(settings)
    assert made
    assert "pip install sherpa-onnx" in caplog.text
    assert seconds(read_wave((folder / "last.wav").read_bytes())) > 1
    assert json.loads((folder / LIST).read_text("utf-8"))[-1].keys() == wanted(settings).keys()
    library.write_text(works, "utf-8")
    assert make_clips(settings)[2]
    assert seconds(read_wave((folder / "last.wav").read_bytes())) < 0.5
    assert not make_clips(settings)[2]


def test_an_announcement_is_said_by_it_once(settings, asked, tmp_path):
    speech = FreeSpeech(tmp_path / "said", "幺", neural_voice(settings))
    text = FreeText("zh", "请 A011 到 3 号窗口")
    first = speech.samples(text)
    assert texts(asked) == ["请A零幺幺到三号窗口"]
    assert speech.samples(text) == first
    assert len(texts(asked)) == 1
    assert seconds(speech.samples(FreeText("en", "Please sit down"))) > 0.5
    assert len(texts(asked)) == 1


def test_an_announcement_that_it_cannot_say_is_said_all_the_same(settings, asked, tmp_path, caplog):
    speech = FreeSpeech(tmp_path / "said", "幺", neural_voice(settings))
    assert seconds(speech.samples(FreeText("zh", "崩溃"))) > 0.3
    assert "espeak-ng" in caplog.text
    assert seconds(speech.samples(FreeText("zh", "沉默"))) > 0.3


def test_a_hall_without_a_model_has_no_such_voice():
    assert neural_voice(SETTINGS) is None
