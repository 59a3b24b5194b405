"""`python -m tests.display.burst [--wav FILE]`: twenty counters call in one second; what the loudspeaker says is laid
on a time line of its own, written as a WAV file, and measured from the samples.

The announcer and the clips are the real ones; only the time that sounds take passes at once. What a sound card adds at
each start is not in it.
"""

import argparse
import array
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from display.announcer import Announcer
from display.io.clips import clips_dir, load_clips, make_clips
from display.io.hall import voices
from display.io.sayings import wanted
from display.phrases import CHIME
from display.voice import Called, Play, Played, Report, Ticked
from tests.display.displays import DISPLAY, NINE, SETTINGS, call
from tests.display.loudness import lufs
from ticketserver.sound.waves import QUIET, RATE, Samples, joined, seconds, wave_bytes

CALLS = 20
PAUSE_S = 0.15
"""A silence of this length is a gap, no part of a word."""


@dataclass
class Burst:
    """`track`: everything that was heard. `readings`: when each began and its sound; `spoken`: when each call's first
    reading was over, in seconds from the first call."""

    track: Samples
    readings: list[tuple[float, Samples]]
    spoken: list[float]
    clips: dict[str, Samples]


def burst(folder: Path, languages: tuple[str, ...] = ("zh",)) -> Burst:
    settings = replace(SETTINGS, voice=replace(SETTINGS.voice, clips_dir=str(folder), languages=languages))
    make_clips(settings)
    clips = load_clips(clips_dir(settings), wanted(settings))
    announcer = Announcer(voices(settings, DISPLAY)[0].rules)
    events: list[tuple[int, object]] = []
    for number in range(1, CALLS + 1):
        at = NINE + 50 * (number - 1)
        made = call(number, f"A{number + 11:03d}", number, at=at)
        events.append((at, Called(made)))
    readings, spoken = [], []
    now, busy_until = NINE, None
    while events or busy_until is not None or announcer.deadline() is not None:
        due = [at for at in (busy_until, announcer.deadline(), *(at for at, _ in events[:1])) if at is not None]
        now = max(now, min(due))
        if events and events[0][0] <= now:
            event = events.pop(0)[1]
        elif busy_until is not None and busy_until <= now:
            event, busy_until = Played(), None
        else:
            event = Ticked()
        for effect in announcer.handle(event, now):
            if isinstance(effect, Play):
                assert busy_until is None, "two things at once"
                sound = joined(clips[clip] for clip in effect.clips)
                readings.append(((now - NINE) / 1000, sound))
                busy_until = now + round(1000 * seconds(sound))
            elif isinstance(effect, Report):
                spoken.append((now - NINE) / 1000)
    return Burst(track_of(readings), readings, spoken, clips)


def track_of(readings: list[tuple[float, Samples]]) -> Samples:
    track = array.array("h")
    for began, sound in readings:
        track.extend([0] * max(0, round(began * RATE) - len(track)))
        track.extend(sound)
    return track


def gaps(track: Samples) -> list[float]:
    """Silences of the track that are longer than a pause, in seconds."""
    found, since = [], 0
    for place, sample in enumerate(track):
        if abs(sample) >= QUIET:
            if place - since > PAUSE_S * RATE:
                found.append((place - since) / RATE)
            since = place
    return found


def spread(sounds: list[Samples], measure: Callable[[Samples], float] = lufs) -> tuple[float, float]:
    """The quietest and the loudest of these."""
    told = [measure(sound) for sound in sounds]
    return min(told), max(told)


def words_of(clips: dict[str, Samples]) -> list[Samples]:
    return [samples for name, samples in clips.items() if name != CHIME]


def figures(made: Burst) -> list[str]:
    lengths = [seconds(sound) for _, sound in made.readings]
    silences = gaps(made.track)
    low, high = spread(words_of(made.clips))
    first, last = spread([sound for _, sound in made.readings])
    driven = sum(abs(sample) >= 32_767 for sample in made.track)
    return [
        f"calls {CALLS}, readings {len(lengths)}, whole {seconds(made.track):.1f} s",
        f"a reading {min(lengths):.2f} to {max(lengths):.2f} s; the last call is heard after {made.spoken[-1]:.1f} s",
        f"silences over {PAUSE_S} s: {len(silences)}, {min(silences):.2f} to {max(silences):.2f} s",
        f"highest sample {max(map(abs, made.track))} of 32767, at the limit {driven}",
        f"loudness of {len(made.clips) - 1} clips {low:.1f} to {high:.1f} LUFS, spread {high - low:.1f} LU",
        f"loudness of readings {first:.1f} to {last:.1f} LUFS, spread {last - first:.1f} LU",
    ]


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.display.burst")
    asked.add_argument("--wav", type=Path, help="write what is heard in Chinese there")
    wav = asked.parse_args().wav
    with tempfile.TemporaryDirectory() as folder:
        for languages in (("zh",), ("zh", "en")):
            made = burst(Path(folder) / "-".join(languages), languages)
            print("languages", *languages)
            print(*figures(made), sep="\n")
            if wav is not None and languages == ("zh",):
                wav.write_bytes(wave_bytes(made.track))


if __name__ == "__main__":
    main()
