"""Recordings of every form become clips; what cannot be mended is refused with its reason."""

import array
import io
import math
import wave

import pytest

from ticketserver.sound.recorded import BadRecording, recorded, resampled
from ticketserver.sound.waves import AFTER_S, BEFORE_S, LOUD, RATE, loudness, seconds, wave_bytes


def word(rate, pitch=440.0, lasts=0.5, loud=0.3):
    """A tone between two silences, from -1 to 1."""
    silence = [0.0] * (rate // 4)
    return silence + [loud * math.sin(2 * math.pi * pitch * at / rate) for at in range(round(rate * lasts))] + silence


def file(values, rate=44_100, width=2, channels=1):
    made = io.BytesIO()
    top = 256**width // 2 - 1
    with wave.open(made, "wb") as opened:
        opened.setnchannels(channels)
        opened.setsampwidth(width)
        opened.setframerate(rate)
        ints = (round(value * top) for value in values for _ in range(channels))
        opened.writeframes(
            b"".join(
                (each + 128).to_bytes(1, "little") if width == 1 else each.to_bytes(width, "little", signed=True)
                for each in ints
            )
        )
    return made.getvalue()


def power_at(samples, pitch):
    """How much of a pitch is in it, as the height of its wave."""
    turn = 2 * math.pi * pitch / RATE
    real = sum(sample * math.cos(turn * at) for at, sample in enumerate(samples))
    unreal = sum(sample * math.sin(turn * at) for at, sample in enumerate(samples))
    return 2 * math.hypot(real, unreal) / len(samples)


@pytest.mark.parametrize(
    ("rate", "width", "channels"),
    [(16_000, 2, 1), (22_050, 1, 1), (22_050, 2, 2), (32_000, 2, 1), (44_100, 2, 2), (48_000, 3, 1), (96_000, 4, 2)],
)
def test_every_form_becomes_the_same_clip(rate, width, channels):
    clip = recorded(file(word(rate), rate, width, channels))
    assert seconds(clip) == pytest.approx(0.5 + BEFORE_S + AFTER_S, abs=0.01)
    assert loudness(clip) == pytest.approx(LOUD, rel=0.01)
    assert power_at(clip, 440) > 0.9 * LOUD * math.sqrt(2)


def test_what_is_too_high_for_our_rate_does_not_fold_back():
    """15 kHz at 48 kHz would be heard as 7050 Hz."""
    tone = [10_000 * math.sin(2 * math.pi * 15_000 * at / 48_000) for at in range(24_000)]
    middle = resampled(tone, 48_000)[1_000:-1_000]
    assert power_at(middle, RATE - 15_000) < 100
    assert max(map(abs, middle)) < 100


def test_a_pitch_keeps_its_height_and_place():
    tone = [10_000 * math.sin(2 * math.pi * 1_000 * at / 48_000) for at in range(48_000)]
    ours = resampled(tone, 48_000)
    assert len(ours) == RATE
    expected = [10_000 * math.sin(2 * math.pi * 1_000 * at / RATE) for at in range(RATE)]
    assert max(abs(one - other) for one, other in zip(ours[100:-100], expected[100:-100], strict=True)) < 50


def test_a_word_as_loud_as_another_however_it_was_recorded():
    near, far = recorded(file(word(44_100, loud=0.9))), recorded(file(word(44_100, loud=0.03)))
    assert loudness(near) == pytest.approx(loudness(far), rel=0.02)


def test_silence_inside_a_clip_does_not_make_it_louder():
    rate = 44_100
    one = word(rate)
    assert loudness(recorded(file(one + one, rate))) == pytest.approx(LOUD, rel=0.01)


REFUSED = [
    (b"hello", "form"),
    (b"", "form"),
    (file(word(44_100))[:30], "form"),
    (file(word(11_025), 11_025), "rate"),
    (file(word(44_100, loud=0.01)), "faint"),
    (file([0.0] * 44_100), "silent"),
    (file([]), "silent"),
    (file([max(-1.0, min(1.0, 3 * value)) for value in word(44_100, loud=0.9)]), "driven"),
    (file([0.0] * 4_000 + [0.5, -0.5] * 100 + [0.0] * 4_000), "short"),
    (file(word(16_000, lasts=13), 16_000), "long"),
]


@pytest.mark.parametrize(("data", "kind"), REFUSED, ids=[kind for _, kind in REFUSED])
def test_what_cannot_be_mended_is_refused(data, kind):
    with pytest.raises(BadRecording) as refused:
        recorded(data)
    assert refused.value.kind == kind


def test_a_clip_of_our_own_form_is_taken_as_it_is():
    clip = array.array("h", (round(5_000 * math.sin(at / 8)) for at in range(RATE // 2)))
    assert seconds(recorded(wave_bytes(clip))) == pytest.approx(0.5, abs=0.01)
