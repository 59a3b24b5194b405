"""The loudspeakers of a display made ready: clips, free speech, and whether a sound comes out."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from display.io.clips import ClipError, clips_dir, load_clips, make_clips
from display.io.free_speech import FreeSpeech
from display.io.hall import Voice
from display.io.neural import neural_voice
from display.io.sayings import wanted
from display.io.sound import Health, Speaker
from ticketserver.shared.settings import Settings
from ticketserver.sound.waves import NotOurWave, Samples

log = logging.getLogger("display")


async def speakers_of(
    settings: Settings, speaking: Sequence[Voice], told: Callable[[Health, int], None]
) -> list[Speaker]:
    """One for each voice. `told` hears of the health of each, by its place among them."""
    clips = await asyncio.to_thread(clips_of, settings)
    folder = Path(settings.voice.clips_dir)
    say = FreeSpeech(folder / "said", settings.voice.one_as, neural_voice(settings)).samples
    speakers = [
        Speaker(
            clips,
            each.loudspeaker.device,
            folder / "unheard",
            partial(_of_place, told, place),
            say,
            each.loudspeaker.volume_percent,
        )
        for place, each in enumerate(speaking)
    ]
    await asyncio.gather(*(speaker.probe() for speaker in speakers))
    return speakers


def clips_of(settings: Settings) -> dict[str, Samples]:
    """The hall's clips, made where they are missing; none, with the reason in the log, where that cannot be done."""
    try:
        make_clips(settings)
        return load_clips(clips_dir(settings), wanted(settings))
    except (ClipError, OSError, NotOurWave) as problem:
        log.error("%s", problem)
        return {}


def _of_place(told: Callable[[Health, int], None], place: int, health: Health) -> None:
    told(health, place)
