"""Sound as 16-bit samples of one channel: read, cut, put together, made.

All clips have one form (`RATE` samples a second, 16 bits, mono), so that they are put together by laying samples in
a row.
"""

import array
import io
import math
import sys
import wave
from collections.abc import Iterable
from typing import Final, TypeAlias

RATE: Final = 22_050
"""What espeak-ng makes."""
QUIET: Final = 300
"""Samples below this are silence (1 % of the range)."""
BEFORE_S, AFTER_S = 0.01, 0.025
"""Silence left around a clip: words run into each other without it."""
LOUD, LOUDEST = 3_600, 30_000
"""Loudness of a clip, and the highest sample it may have."""
FRAME_S, GATE = 0.02, 0.1
"""Parts of a clip whose power is below a tenth of the mean are pauses, and no part of how loud it is."""
STRIKES = ((784.0, 0.0), (622.3, 0.28))
"""The chime: pitches in hertz (g² and e♭²) and when each is struck, in seconds."""
CHIME_S, CHIME_FADE, CHIME_LOUD = 0.95, 5.5, 9_500

Samples: TypeAlias = "array.array[int]"


class NotOurWave(ValueError):
    """A sound of another form than ours; the text says which."""


def read_wave(data: bytes) -> Samples:
    """The samples of a WAV file. Raises `NotOurWave`."""
    try:
        with wave.open(io.BytesIO(data)) as opened:
            form = opened.getnchannels(), opened.getsampwidth(), opened.getframerate()
            frames = opened.readframes(opened.getnframes())
    except (wave.Error, EOFError) as error:
        raise NotOurWave(str(error) or "no WAV file") from None
    if form != (1, 2, RATE):
        raise NotOurWave(f"{form[0]} channels, {form[1] * 8} bits, {form[2]} Hz")
    samples = array.array("h")
    samples.frombytes(frames[: len(frames) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def wave_bytes(samples: Samples) -> bytes:
    """A WAV file of these samples."""
    ordered = array.array("h", samples)
    if sys.byteorder == "big":
        ordered.byteswap()
    made = io.BytesIO()
    with wave.open(made, "wb") as opened:
        opened.setnchannels(1)
        opened.setsampwidth(2)
        opened.setframerate(RATE)
        opened.writeframes(ordered.tobytes())
    return made.getvalue()


def trimmed(samples: Samples) -> Samples:
    """Without the silence around it, but for a little. Raises `NotOurWave` where there is nothing else."""
    loud = [place for place, sample in enumerate(samples) if abs(sample) >= QUIET]
    if not loud:
        raise NotOurWave("nothing but silence")
    return samples[max(0, loud[0] - round(BEFORE_S * RATE)) : loud[-1] + round(AFTER_S * RATE)]


def levelled(samples: Samples) -> Samples:
    """As loud as every other clip: espeak-ng says some digits half as loud as others."""
    factor = min(LOUD / loudness(samples), LOUDEST / max(map(abs, samples)))
    return array.array("h", (round(sample * factor) for sample in samples))


def loudness(samples: Samples) -> float:
    """Root mean square of what is heard, pauses left out: a word with a pause in it is as loud as one without."""
    squares = [float(sample * sample) for sample in samples]
    size = min(len(squares), round(FRAME_S * RATE))
    powers = [math.fsum(squares[at : at + size]) / size for at in range(0, len(squares) - size + 1, size)]
    gate = GATE * math.fsum(powers) / len(powers)
    heard = [power for power in powers if power >= gate]
    return math.sqrt(math.fsum(heard) / len(heard))


def at_volume(samples: Samples, percent: int) -> Samples:
    """`percent` of their loudness, 100 = as they are."""
    if percent == 100:
        return samples
    return array.array("h", (sample * percent // 100 for sample in samples))


def joined(parts: Iterable[Samples]) -> Samples:
    whole = array.array("h")
    for part in parts:
        whole.extend(part)
    return whole


def seconds(samples: Samples) -> float:
    return len(samples) / RATE


def chime() -> Samples:
    """Two struck tones that fade, each with an octave above it for a bell's colour."""
    made = []
    for place in range(round(CHIME_S * RATE)):
        value = 0.0
        for pitch, struck in STRIKES:
            passed = place / RATE - struck
            if passed > 0:
                turn = 2 * math.pi * pitch * passed
                value += math.exp(-CHIME_FADE * passed) * (math.sin(turn) + 0.25 * math.sin(2 * turn))
        made.append(round(CHIME_LOUD * value))
    fade = round(AFTER_S * RATE)
    tail = [round(sample * (fade - place) / fade) for place, sample in enumerate(made[-fade:])]
    return array.array("h", made[:-fade] + tail)
