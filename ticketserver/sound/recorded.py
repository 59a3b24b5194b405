"""A person's recording → a clip like every other: one channel, our rate, no silence around it, as loud as the rest.

Taken is a WAV file of whole samples (PCM), 8 to 32 bits, any number of channels, from 16 kHz up. Channels are averaged;
the rate is changed by a windowed sinc, one set of weights for each phase between the two rates, so nothing above half
of our rate folds back into what is heard. What cannot be mended is refused with its reason: a recording that was driven
too high stays harsh, one that is hardly there is mostly noise when it is made loud.
"""

import array
import io
import math
import wave
from collections.abc import Sequence
from typing import Final

from ticketserver.sound.waves import RATE, Samples, levelled, seconds, trimmed

LOWEST_RATE: Final = 16_000
HIGHEST_RATE: Final = 192_000
TOP: Final = 32_767
FAINT: Final = TOP / 60
"""A highest sample below this (-36 dB) is a microphone that was far away or not on."""
DRIVEN: Final = 4
"""So many samples in a row at the top or bottom: the peak is cut off."""
SHORTEST_S, LONGEST_S = 0.08, 12.0
ZEROS: Final = 16
"""Zero crossings of the sinc to each side."""


class BadRecording(ValueError):
    """`kind`: form, rate, faint, driven, silent, short, long; `details` fill in its sentence."""

    def __init__(self, kind: str, **details: str) -> None:
        super().__init__(kind)
        self.kind, self.details = kind, details


def recorded(data: bytes) -> Samples:
    """The clip that a WAV file holds. Raises `BadRecording`."""
    values, rate = _decoded(data)
    if not LOWEST_RATE <= rate <= HIGHEST_RATE:
        raise BadRecording("rate", rate=str(rate), least=str(LOWEST_RATE), most=str(HIGHEST_RATE))
    peak = max(map(abs, values), default=0.0)
    if peak < FAINT:
        raise BadRecording("faint" if peak else "silent")
    if _driven(values):
        raise BadRecording("driven")
    whole = array.array("h", (max(-TOP, min(TOP, round(value))) for value in resampled(values, rate)))
    # Level, cut, level anew: what is silence is told by the loudness of the words, and counts not for theirs.
    clip = levelled(trimmed(levelled(whole)))
    lasts = seconds(clip)
    if lasts < SHORTEST_S:
        raise BadRecording("short", seconds=f"{lasts:.2f}", least=f"{SHORTEST_S:g}")
    if lasts > LONGEST_S:
        raise BadRecording("long", seconds=f"{lasts:.1f}", most=f"{LONGEST_S:g}")
    return clip


def resampled(values: Sequence[float], rate: int) -> Sequence[float]:
    """The same sound at `RATE` samples a second."""
    if rate == RATE:
        return values
    step = math.gcd(rate, RATE)
    up, down = RATE // step, rate // step
    cut = min(1.0, up / down)
    reach = math.ceil(ZEROS / cut)
    weights = [_weights(phase / up, cut, reach) for phase in range(up)]
    padded = [0.0] * reach + list(values) + [0.0] * (reach + 1)
    made = []
    for place in range(len(values) * up // down):
        at, phase = divmod(place * down, up)
        made.append(math.fsum(map(float.__mul__, padded[at : at + 2 * reach + 1], weights[phase])))
    return made


def _weights(fraction: float, cut: float, reach: int) -> list[float]:
    """What each sample around a point adds to it; the point lies `fraction` behind the middle one."""
    found = []
    for place in range(-reach, reach + 1):
        distance = place - fraction
        angle = math.pi * distance * cut
        sinc = math.sin(angle) / angle if angle else 1.0
        inside = min(1.0, abs(distance) / (reach + 1))
        found.append(cut * sinc * (0.5 + 0.5 * math.cos(math.pi * inside)))
    whole = math.fsum(found)
    return [weight / whole for weight in found]


def _decoded(data: bytes) -> tuple[list[float], int]:
    """Samples of 16 bits' size, the mean of all channels, and their rate."""
    try:
        with wave.open(io.BytesIO(data)) as opened:
            channels, width, rate = opened.getnchannels(), opened.getsampwidth(), opened.getframerate()
            frames = opened.readframes(opened.getnframes())
    except (wave.Error, EOFError) as error:
        raise BadRecording("form", detail=str(error) or "no WAV file") from None
    if width == 1:
        flat = [(value - 128) * 256.0 for value in frames]
    else:
        # The two highest bytes of each sample are its 16 bits; what is below is finer than anybody hears.
        whole = len(frames) // width * width
        ends = range(width, whole + 1, width)
        flat = [float(int.from_bytes(frames[end - 2 : end], "little", signed=True)) for end in ends]
    if channels == 1:
        return flat, rate
    sums = (flat[place::channels] for place in range(channels))
    return [math.fsum(each) / channels for each in zip(*sums, strict=False)], rate


def _driven(values: Sequence[float]) -> bool:
    run = 0
    for value in values:
        run = run + 1 if abs(value) >= TOP - 1 else 0
        if run == DRIVEN:
            return True
    return False
