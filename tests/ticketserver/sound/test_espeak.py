"""Speech made on this machine: measured where the program is real, told where it fails."""

import math

import pytest

from ticketserver.sound import espeak
from ticketserver.sound.chinese import voiced
from ticketserver.sound.espeak import PINYIN, NoEspeak, NotSpoken, command, spoken
from ticketserver.sound.waves import seconds

CHINESE = "您今天来办什么?几件事可以一起选,只取一个号"
ENGLISH = "What do you need today? Choose several things; take one number"


@pytest.mark.parametrize(("text", "voice"), [(voiced(CHINESE), PINYIN), (ENGLISH, "en")])
def test_a_sentence_is_heard_whole_and_unclipped(text, voice):
    samples = spoken(text, command(voice, 180))
    assert 3 < seconds(samples) < 7
    assert 5_000 < max(map(abs, samples)) <= 30_000
    assert math.sqrt(sum(sample * sample for sample in samples) / len(samples)) > 900


def program(tmp_path, monkeypatch, script):
    file = tmp_path / "espeak-ng"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("echo no voice >&2; exit 3", "no voice"),
        ("exit 3", "exit 3"),
        ("true", "no WAV file"),
        ("exec sleep 600", "timed out"),
    ],
)
def test_what_goes_wrong_is_told(tmp_path, monkeypatch, script, told):
    monkeypatch.setattr(espeak, "LIMIT_S", 0.3 if told == "timed out" else 60)
    program(tmp_path, monkeypatch, script)
    with pytest.raises(NotSpoken, match=told):
        spoken("hello", command("en", 180))


def test_an_unknown_voice_is_told():
    with pytest.raises(NotSpoken, match="voice does not exist"):
        spoken("hello", command("qqx", 180))


def test_a_program_that_cannot_be_started_is_told(tmp_path, monkeypatch):
    (tmp_path / "espeak-ng").write_bytes(b"\x7fELF")
    (tmp_path / "espeak-ng").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotSpoken, match="format"):
        spoken("hello", command("en", 180))


def test_without_the_program_it_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoEspeak):
        spoken("hello", command("en", 180))
