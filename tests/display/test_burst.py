"""Twenty calls in one second, from the samples of what is heard: nothing at once, no holes, nothing clipped, even."""

from itertools import pairwise

import pytest

from tests.display.burst import CALLS, PAUSE_S, burst, figures, gaps, spread, track_of, words_of
from tests.display.loudness import lufs
from ticketserver.sound.waves import LOUDEST, RATE, Samples, at_volume, joined, seconds

LONGEST_S = 4.9
"""A reading in Chinese with its chime; in English it takes less."""
PAUSE_MS = 1_000


@pytest.fixture(scope="module", params=[("zh",), ("zh", "en")], ids="-".join)
def made(request, tmp_path_factory):
    return request.param, burst(tmp_path_factory.mktemp("voice"), request.param)


def test_everybody_is_heard_one_after_another(made):
    languages, made = made
    assert len(made.spoken) == CALLS
    assert made.spoken[-1] < CALLS * LONGEST_S * len(languages)
    for (began, sound), (later, _) in pairwise(made.readings):
        assert -0.002 < later - began - seconds(sound) < PAUSE_MS / 1000 + 0.01


def test_there_are_no_holes_but_the_pause_before_a_second_reading(made):
    _, made = made
    again = len(made.readings) - CALLS
    silences = gaps(made.track)
    assert len(silences) == again > 0
    assert all(PAUSE_MS / 1000 <= silence < PAUSE_MS / 1000 + 0.1 for silence in silences)


def test_nothing_is_clipped(made):
    _, made = made
    assert max(map(abs, made.track)) <= LOUDEST


def test_all_clips_and_all_readings_are_equally_loud(made):
    _, made = made
    low, high = spread(words_of(made.clips))
    assert high - low < 3.0
    low, high = spread([sound for _, sound in made.readings])
    assert high - low < 0.8


def test_the_measures_measure(made):
    _, made = made
    sound: Samples = made.readings[0][1]
    assert lufs(sound) - lufs(at_volume(sound, 50)) == pytest.approx(6.02, abs=0.1)
    assert gaps(track_of([(0.0, sound), (10.0, sound)]))[-1] == pytest.approx(10 - seconds(sound), abs=0.2)
    assert gaps(joined([sound])) == []
    assert seconds(track_of([(1.0, sound)])) == pytest.approx(1 + seconds(sound), abs=1 / RATE)
    assert f"silences over {PAUSE_S} s" in figures(made)[2]
