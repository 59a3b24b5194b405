"""What the keeper of the clip bank is told: the list, what is wrong, the sheet to record from."""

import shutil

import pytest
from msgspec.structs import replace

from display.__main__ import main
from display.io.bank_list import Bank
from display.io.clips import clips_dir, make_clips
from display.io.sayings import wanted
from tests.display.displays import SETTINGS
from tests.ticketserver.sound.test_recorded import file, word
from ticketserver.shared.texts import HERE


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("voice")
    make_clips(replace(SETTINGS, voice=replace(SETTINGS.voice, clips_dir=str(folder))))
    return folder


@pytest.fixture
def settings(made, tmp_path):
    (tmp_path / "own").mkdir()
    voice = replace(SETTINGS.voice, clips_dir=str(made), recordings=str(tmp_path / "own"))
    return replace(SETTINGS, voice=voice)


def test_the_list_tells_of_each_clip_where_it_comes_from(settings, tmp_path):
    (tmp_path / "own" / "ten.wav").write_bytes(file(word(44_100)))
    lines = list(Bank(settings).list())
    assert str(tmp_path / "own") in lines[0]
    rows = {line.split()[0]: line for line in lines[1:]}
    assert rows.keys() == {f"{name}.wav" for name in ("chime", *wanted(settings))}
    assert "录音 recorded" in rows["ten.wav"]
    assert "十" in rows["ten.wav"]
    assert "合成 made" in rows["please.wav"]
    assert "请" in rows["please.wav"]
    assert "chime" in rows["chime.wav"]


def test_without_clips_it_says_what_to_run(settings, tmp_path):
    empty = replace(settings, voice=replace(settings.voice, clips_dir=str(tmp_path / "none"), recordings=""))
    lines = list(Bank(empty).list())
    assert "make-clips" in lines[-1]
    assert "voice.recordings" in lines[0]
    assert sum("没有 missing" in line for line in lines) == len(wanted(empty)) + 1


BAD = {
    "tne.wav": (file(word(44_100)), "no clip of this name"),
    "ten.wav": (b"text", "PCM 16 bit"),
    "no.wav": (file(word(8_000), 8_000), "16000 to 192000 Hz"),
    "do.wav": (file(word(44_100, loud=0.01)), "closer to the microphone"),
    "to.wav": (file([1.0] * 44_100), "lower level"),
    "please.wav": (file([0.0] * 9_000), "no sound"),
    "last.wav": (file([0.0] * 900 + [0.5, -0.5] * 100), "lasts 0.0"),
    "hundred.wav": (file(word(16_000, lasts=13), 16_000), "at most"),
}


def test_each_bad_recording_is_told_in_both_languages_with_what_to_do(settings, tmp_path):
    for name, (data, _) in BAD.items():
        (tmp_path / "own" / name).write_bytes(data)
    (tmp_path / "own" / "window.wav").mkdir()
    bank = Bank(settings)
    told = {line.split(".wav")[0].rsplit("/", 1)[1]: line for line in bank.wrong}
    assert told.keys() == {*(name.removesuffix(".wav") for name in BAD), "window"}
    for name, (_, words) in BAD.items():
        assert words in told[name.removesuffix(".wav")]
        assert len(told[name.removesuffix(".wav")].splitlines()) == 2
    assert "cannot be read" in told["window"]
    assert list(bank.check())[1:] == bank.wrong


def test_the_commands(settings, tmp_path, capsys, made):
    sample = HERE.parent / "sample"
    config = tmp_path / "hall.toml"
    shutil.copy(sample / "catalogue.toml", tmp_path)
    text = (sample / "hall.toml").read_text("utf-8")
    config.write_text(text.replace("[voice]\n", f'[voice]\nrecordings = "own"\nclips_dir = "{made}"\n'), "utf-8")
    assert main(["clips", "--config", str(config), "--sheet"]) == 0
    sheet = capsys.readouterr().out
    assert "last.wav" in sheet
    assert "号,最后一次呼叫,请到" in sheet
    assert main(["clips", "--config", str(config)]) == 0
    assert "window.wav" in capsys.readouterr().out
    assert main(["clips", "--config", str(config), "--check"]) == 0
    assert "All 0 recordings" in capsys.readouterr().out
    (tmp_path / "own" / "ten.wav").write_bytes(b"")
    assert main(["clips", "--config", str(config), "--check"]) == 1
    assert "ten.wav" in capsys.readouterr().out
    shutil.rmtree(tmp_path / "own")
    assert main(["clips", "--config", str(config)]) == 2
    assert "voice.recordings" in capsys.readouterr().err
    assert clips_dir(settings).is_dir()
