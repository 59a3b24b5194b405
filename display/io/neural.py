"""The hall's neural voice, where it has one: sentences of its languages; of what it cannot say, the log tells why.

Whatever fails leaves the sentence to espeak-ng: a hall is never silent for want of a model.
"""

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from display.io.messages import both
from ticketserver.shared.settings import Settings
from ticketserver.shared.voice_settings import model_folder
from ticketserver.sound.neural import NoNeural, said_by_model, stamp
from ticketserver.sound.waves import Samples

log = logging.getLogger("display")


class NeuralVoice:
    """One model and one of its voices."""

    def __init__(self, folder: Path, speaker: int, languages: tuple[str, ...]) -> None:
        self._folder, self._speaker, self._languages = folder, speaker, languages
        self.failed = False

    def speaks(self, language: str) -> bool:
        return language in self._languages

    @property
    def key(self) -> list[Any]:
        """What its sounds depend on."""
        return [str(self._folder), self._speaker, stamp(self._folder)]

    def say(self, sentences: Iterable[str]) -> dict[str, Samples]:
        """Those that it said; `failed` when it could say none at all."""
        try:
            said = said_by_model(list(sentences), self._folder, self._speaker)
        except NoNeural as problem:
            self.failed = True
            log.error("%s", both(f"display.neural.{problem.kind}", folder=self._folder, detail=problem))
            return {}
        self.failed = False
        return said


def neural_voice(settings: Settings) -> NeuralVoice | None:
    told = settings.voice.neural
    return NeuralVoice(model_folder(settings, told), told.speaker, told.languages) if told is not None else None
