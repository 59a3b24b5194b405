"""The clip bank: what espeak-ng makes of it, measured; made once, whole, and again when the hall changes."""

import array
import os
import shutil
from dataclasses import replace as replace_field

import pytest
from msgspec.structs import replace

from display import phrases_en
from display.io.clips import LIST, ClipError, clips_dir, load_clips, make_clips
from display.io.hall import voices
from display.io.sayings import wanted
from display.phrases import CHIME, call_clips
from tests.display.displays import SETTINGS, call
from ticketserver.sound.waves import LOUD, RATE, joined, loudness, seconds, wave_bytes

READING_S = 3.1, 3.8
"""devices.md, section 7: one reading of a call to a plain window."""
SPECIALIST_S = 5.6
"""The longest name of the sample hall, at a window of two digits."""


ENGLISH_S = 2.8, 4.2


@pytest.fixture(scope="module")
def bank(tmp_path_factory):
    settings = settings_in(tmp_path_factory.mktemp("voice"), languages=("zh", "en"))
    make_clips(settings)
    return load_clips(clips_dir(settings), wanted(settings))


def settings_in(folder, **voice):
    return replace(SETTINGS, voice=replace(SETTINGS.voice, clips_dir=str(folder), **voice))


def test_every_phrase_of_the_hall_has_a_clip(bank):
    how = replace_field(voices(SETTINGS, SETTINGS.display[0])[0].rules.how, languages=("zh", "en"))
    for counter in SETTINGS.counter:
        for series in SETTINGS.series:
            for last in (False, True):
                clips = call_clips(call(1, f"{series.prefix}0123456789", counter.number, last=last), how)
                assert set(clips) <= bank.keys()
    assert {f"zone-{zone.id}" for zone in SETTINGS.zone} <= bank.keys()
    assert {"notice-opening", "notice-cut-off", "notice-paused", CHIME} <= bank.keys()
    assert {"en-notice-opening", "en-notice-cut-off", "en-notice-paused"} <= bank.keys()


def test_only_the_languages_letters_and_numbers_of_the_hall_are_made():
    chinese = wanted(SETTINGS)
    assert {saying.language for saying in chinese.values()} == {"zh"}
    assert "letter-z" not in chinese
    both = wanted(settings_in(SETTINGS.voice.clips_dir, languages=("en", "zh")))
    assert chinese.keys() < both.keys()
    assert "en-letter-z" not in both
    assert {"en-30", "en-digit-9", "en-11"} <= both.keys()
    assert not {"en-90", "en-hundred"} & both.keys()
    assert both["en-zone-pension-review"] == ("en", "Pension review", "Pension review")
    assert chinese["last"] == ("zh", "号,最后一次呼叫,请到", "hao4, zui4 hou4 yi2 ci4 hu1 jiao4, qing3 dao4")
    assert chinese["digit-1"] == ("zh", "幺", "yao1")


def test_an_english_reading_lasts_no_longer_than_a_chinese_one(bank):
    every = [
        seconds(joined(bank[name] for name in phrases_en.call_clips(call(1, f"A{number:03d}", counter), None)))
        for number in range(7, 1000, 31)
        for counter in range(1, 21)
    ]
    assert ENGLISH_S[0] < min(every)
    assert max(every) < ENGLISH_S[1]


def test_a_recording_of_the_halls_own_is_played_and_a_bad_one_costs_only_itself(tmp_path, caplog):
    own = tmp_path / "recorded"
    own.mkdir()
    settings = settings_in(tmp_path / "voice", recordings=str(own))
    folder, count, _ = make_clips(settings)
    made = load_clips(folder, wanted(settings))
    (own / "Ten.WAV").write_bytes(wave_bytes(array.array("h", [0] * RATE + [9_000, -9_000] * 4_000 + [0] * RATE)))
    (own / "hundred.wav").write_bytes(b"no sound")
    (own / "notes.txt").write_text("not a sound")
    assert make_clips(settings) == (folder, count, True)
    mixed = load_clips(folder, wanted(settings))
    assert mixed["ten"] != made["ten"]
    assert loudness(mixed["ten"]) == pytest.approx(LOUD, rel=0.01)
    assert {name for name in made if made[name] != mixed[name]} == {"ten"}
    assert "hundred.wav" in caplog.text
    assert make_clips(settings) == (folder, count, False)
    shutil.rmtree(own)
    assert make_clips(settings)[2]
    assert load_clips(folder, wanted(settings)) == made
    assert "voice.recordings" in caplog.text


def test_no_clip_is_silent_or_clipped(bank):
    for name, samples in bank.items():
        peak = max(map(abs, samples))
        assert 5_000 < peak < 32_000, (name, peak)
        assert name == CHIME or 0.85 * LOUD < loudness(samples) < 1.01 * LOUD, (name, loudness(samples))
        assert 0.08 < seconds(samples) < 5, (name, seconds(samples))


def test_a_reading_lasts_as_long_as_people_can_follow(bank):
    """Every number of three digits of every letter, at every plain window of the hall."""
    rules = voices(SETTINGS, SETTINGS.display[0])[0].rules
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
    rules = voices(SETTINGS, SETTINGS.display[0])[0].rules
    every = [seconds(joined(bank[name] for name in call_clips(call(1, "C012", counter.number), rules.how)))
             for counter in SETTINGS.counter if counter.number > 20]  # fmt: skip
    assert READING_S[1] < min(every)
    assert max(every) < SPECIALIST_S


def test_the_cut_off_says_the_halls_minutes(tmp_path):
    assert "er4 shi2 fen1" in wanted(settings_in(tmp_path, cutoff_notice_minutes=20))["notice-cut-off"].spoken
    assert "notice-cut-off" not in wanted(settings_in(tmp_path, cutoff_notice_minutes=0))


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
    assert (made, count) == (True, len(wanted(settings)) + 1)
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
