"""The clip bank: what espeak-ng makes of it, measured; made once, whole, and again when the hall changes."""

import math
import os
import shutil

import pytest
from msgspec.structs import replace

from display.io.clips import LIST, ClipError, clips_dir, load_clips, make_clips, wanted
from display.io.hall import voice_rules
from display.phrases import CHIME, SAID, call_clips
from tests.display.displays import SETTINGS, call
from ticketserver.shared.texts import load_texts
from ticketserver.sound.waves import joined, seconds

CHINESE = load_texts("zh")
READING_S = 3.1, 3.8
"""devices.md, section 7: one reading of a call to a plain window."""
SPECIALIST_S = 5.6
"""The longest name of the sample hall, at a window of two digits."""


@pytest.fixture(scope="module")
def bank(tmp_path_factory):
    settings = settings_in(tmp_path_factory.mktemp("voice"))
    make_clips(settings)
    return load_clips(clips_dir(settings), wanted(settings, CHINESE))


def settings_in(folder, **voice):
    return replace(SETTINGS, voice=replace(SETTINGS.voice, clips_dir=str(folder), **voice))


def loudness(samples):
    return math.sqrt(sum(sample * sample for sample in samples) / len(samples))


def test_every_phrase_of_the_hall_has_a_clip(bank):
    rules = voice_rules(SETTINGS, SETTINGS.display[0])
    for counter in SETTINGS.counter:
        for last in (False, True):
            clips = call_clips(call(1, "A0123456789", counter.number, last=last), rules.how)
            assert set(clips) <= bank.keys()
    assert {f"zone-{zone.id}" for zone in SETTINGS.zone} <= bank.keys()
    assert {"notice-opening", "notice-cut-off", "notice-paused", CHIME} <= bank.keys()


def test_no_clip_is_silent_or_clipped(bank):
    for name, samples in bank.items():
        peak = max(map(abs, samples))
        assert 5_000 < peak < 32_000, (name, peak)
        assert loudness(samples) > 900, name
        assert 0.08 < seconds(samples) < 5, (name, seconds(samples))


def test_a_reading_lasts_as_long_as_people_can_follow(bank):
    """Every number of three digits of every letter, at every plain window of the hall."""
    rules = voice_rules(SETTINGS, SETTINGS.display[0])
    lasts = {name: seconds(samples) for name, samples in bank.items()}
    every = {
        (letter, number, counter): sum(map(lasts.get, call_clips(call(1, f"{letter}{number:03d}", counter), rules.how)))
        for letter in "ACFHLR" for number in range(1, 1000) for counter in range(1, 21)
    }  # fmt: skip
    inside = [call for call, length in every.items() if READING_S[0] <= length <= READING_S[1]]
    assert min(every.values()) >= READING_S[0] - 0.1
    assert max(every.values()) <= READING_S[1] + 0.2
    assert len(inside) > 0.95 * len(every)


def test_a_specialists_name_takes_longer_and_not_too_long(bank):
    rules = voice_rules(SETTINGS, SETTINGS.display[0])
    every = [seconds(joined(bank[name] for name in call_clips(call(1, "C012", counter.number), rules.how)))
             for counter in SETTINGS.counter if counter.number > 20]  # fmt: skip
    assert READING_S[1] < min(every)
    assert max(every) < SPECIALIST_S


def test_the_cut_off_says_the_halls_minutes(tmp_path):
    assert "er4 shi2 fen1" in wanted(settings_in(tmp_path, cutoff_notice_minutes=20), CHINESE)["notice-cut-off"]
    assert "notice-cut-off" not in wanted(settings_in(tmp_path, cutoff_notice_minutes=0), CHINESE)


def espeak(tmp_path, monkeypatch, script):
    """Another espeak-ng, which counts how often it is asked."""
    bin_dir = tmp_path / "bin"
    bin_dir.mkdir()
    program = bin_dir / "espeak-ng"
    program.write_text(f"#!/bin/sh\necho . >> {tmp_path}/asked\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{bin_dir}:{os.environ['PATH']}")


def asked(tmp_path):
    file = tmp_path / "asked"
    return len(file.read_text().splitlines()) if file.exists() else 0


def test_a_second_time_makes_nothing_and_a_change_makes_all(tmp_path, monkeypatch):
    espeak(tmp_path, monkeypatch, f'exec {shutil.which("espeak-ng")} "$@"')
    settings = settings_in(tmp_path / "voice")
    folder, count, made = make_clips(settings)
    assert (made, count) == (True, len(SAID) + len(SETTINGS.zone) + 3 + 1)
    assert asked(tmp_path) == count - 1
    assert make_clips(settings) == (folder, count, False)
    assert asked(tmp_path) == count - 1
    (folder / "ten.wav").unlink()
    assert make_clips(settings)[2]
    assert make_clips(replace(settings, voice=replace(settings.voice, cutoff_notice_minutes=10)))[2]
    assert [file.name for file in folder.glob(".*")] == []


def test_a_broken_maker_is_told_and_leaves_no_list(tmp_path, monkeypatch):
    espeak(tmp_path, monkeypatch, "echo no voice >&2; exit 3")
    settings = settings_in(tmp_path / "voice")
    with pytest.raises(ClipError, match=r"letter-a.*no voice") as told:
        make_clips(settings)
    assert "没有生成片段" in str(told.value)
    assert not (clips_dir(settings) / LIST).exists()


def test_a_maker_without_sound_is_told(tmp_path, monkeypatch):
    espeak(tmp_path, monkeypatch, "true")
    with pytest.raises(ClipError, match="no WAV file"):
        make_clips(settings_in(tmp_path / "voice"))


def test_without_a_maker_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ClipError, match="apt-get install -y espeak-ng"):
        make_clips(settings_in(tmp_path / "voice"))


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "voice").write_text("a file")
    with pytest.raises(ClipError, match=r"voice\.clips_dir"):
        make_clips(settings_in(tmp_path / "voice"))
