"""Samples: read, cut, joined, and the chime."""

import array
import io
import wave

import pytest

from ticketserver.sound.waves import (
    AFTER_S,
    BEFORE_S,
    RATE,
    NotOurWave,
    chime,
    joined,
    levelled,
    read_wave,
    seconds,
    trimmed,
    wave_bytes,
)


def tone(*samples):
    return array.array("h", samples)


def test_a_wave_comes_back_as_it_was():
    samples = tone(0, 1, -1, 32_767, -32_768)
    assert read_wave(wave_bytes(samples)) == samples


def other_wave(channels, width, rate):
    made = io.BytesIO()
    with wave.open(made, "wb") as opened:
        opened.setnchannels(channels)
        opened.setsampwidth(width)
        opened.setframerate(rate)
        opened.writeframes(bytes(channels * width))
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [(other_wave(2, 2, RATE), "2 channels"), (other_wave(1, 1, RATE), "8 bits"), (other_wave(1, 2, 8_000), "8000 Hz"),
     (b"", "no WAV file"), (b"RIFF0000JUNK", "WAVE"), (b"hello, not a sound at all", "RIFF")],
)  # fmt: skip
def test_another_sound_is_refused(data, says):
    with pytest.raises(NotOurWave, match=says):
        read_wave(data)


def test_silence_around_a_clip_is_cut():
    loud = tone(*[5_000] * RATE)
    cut = trimmed(joined([tone(*[0] * RATE), loud, tone(*[10] * RATE)]))
    assert seconds(cut) == pytest.approx(1 + BEFORE_S + AFTER_S, abs=0.001)
    with pytest.raises(NotOurWave, match="silence"):
        trimmed(tone(*[299] * 100))


def test_clips_are_equally_loud_and_none_is_clipped():
    quiet, loud = levelled(tone(*[900, -900] * 500)), levelled(tone(*[20_000, -20_000] * 500))
    assert max(quiet) == max(loud)
    sharp = levelled(tone(30_100, *[10] * 5_000))
    assert max(sharp) == 30_000


def test_the_chime_is_loud_not_clipped_and_ends_in_silence():
    made = chime()
    assert 0.8 < seconds(made) < 1.2
    assert 8_000 < max(map(abs, made)) < 24_000
    assert max(map(abs, made[-20:])) < 100
