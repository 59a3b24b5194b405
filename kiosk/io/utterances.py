"""Sentences as sound: made by espeak-ng, kept as WAV files so that what is read often is there at once.

    FOLDER/<hash of program, voice and text>.wav      the newest `KEPT` of them

Files are named by a hash and made of what stands on the screen without what is private, so the folder tells nobody who
was here. A disk that takes nothing costs some milliseconds a sentence and is told once.
"""

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ticketserver.sound.chinese import voiced
from ticketserver.sound.espeak import PINYIN, command, spoken
from ticketserver.sound.waves import NotOurWave, Samples, read_wave, wave_bytes

log = logging.getLogger("kiosk")

SPEEDS: Final = {"zh": 190, "en": 155}
"""Words a minute; slower than calls are spoken, for people who hear the screen for the first time."""
SPEED: Final = 150
VERSION: Final = 1
"""Counts changes of how sentences are made ready or cut."""
KEPT: Final = 300
PRUNED_EVERY: Final = 50


@dataclass(frozen=True)
class Tongue:
    """How a language is spoken: a voice of espeak-ng, words a minute."""

    voice: str
    speed: int


def tongues(more: Mapping[str, str]) -> dict[str, Tongue]:
    """Chinese, English, and `more`: language → voice."""
    spoken_here = {"zh": PINYIN, "en": "en", **more}
    return {language: Tongue(voice, SPEEDS.get(language, SPEED)) for language, voice in spoken_here.items()}


class Utterances:
    """Used by one thread at a time."""

    def __init__(self, folder: Path, tongues: Mapping[str, Tongue]) -> None:
        self._folder = folder
        self._tongues = tongues
        self._made = 0
        self._failing = False

    @property
    def languages(self) -> frozenset[str]:
        return frozenset(self._tongues)

    def samples(self, sentence: str, language: str) -> Samples:
        """The sentence as sound. Raises `NoEspeak`, `NotSpoken`."""
        tongue = self._tongues[language]
        text = voiced(sentence) if tongue.voice == PINYIN else sentence
        argv = command(tongue.voice, tongue.speed)
        file = self._folder / f"{hashlib.sha256(repr((VERSION, argv, text)).encode()).hexdigest()[:32]}.wav"
        try:
            kept = read_wave(file.read_bytes())
            file.touch()
            return kept
        except (OSError, NotOurWave):
            made = spoken(text, argv)
        self._keep(file, made)
        return made

    def _keep(self, file: Path, samples: Samples) -> None:
        beside = file.with_suffix(".part")
        try:
            if self._made % PRUNED_EVERY == 0:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._prune()
            self._made += 1
            beside.write_bytes(wave_bytes(samples))
            beside.replace(file)
        except OSError as error:
            if not self._failing:
                log.warning("sentences cannot be kept in %s: %s", self._folder, error)
            self._failing = True

    def _prune(self) -> None:
        files = sorted(self._folder.glob("*.wav"), key=lambda file: file.stat().st_mtime_ns)
        for old in files[: -KEPT + PRUNED_EVERY]:
            old.unlink()
