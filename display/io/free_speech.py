"""Free text to sound, as it is asked for: the hall's neural voice says it, or espeak-ng, once for each text.

    CLIPS_DIR/said/HASH.wav      a text that was said; the newest `KEPT` stay

A text takes a tenth of a second or two, and comes from its file when it is said again. It is as loud as the clips.
"""

import hashlib
import json
import threading
from pathlib import Path
from typing import Final

from display.io.clips import VOICES, synthesised
from display.io.neural import NeuralVoice
from display.voice import FreeText
from ticketserver.shared.whole import write_whole
from ticketserver.sound import chinese, english
from ticketserver.sound.waves import Samples, read_wave, wave_bytes

KEPT: Final = 100


class FreeSpeech:
    """`one_as`: how the hall says a 1 in a number, 幺 or 一."""

    def __init__(self, folder: Path, one_as: str, neural: NeuralVoice | None = None) -> None:
        self._folder = folder
        self._neural = neural
        self._one_as = one_as
        self._lock = threading.Lock()

    def samples(self, text: FreeText) -> Samples:
        """One after another, for loudspeakers that ask at once. Raises `ClipError`, `OSError`, `NotOurWave`."""
        with self._lock:
            return self._samples(text)

    def _samples(self, text: FreeText) -> Samples:
        if self._neural is not None and self._neural.speaks(text.language):
            words = chinese.readable(text.text, self._one_as) if text.language == "zh" else english.readable(text.text)
            key = (json.dumps(self._neural.key), words)
            if (kept := self._kept(key)) is not None:
                return kept
            if (made := self._neural.say([words]).get(words)) is not None:
                return self._keep(key, made)
        argv, said = self._said(text)
        return self._kept((*argv, said)) or self._keep((*argv, said), synthesised(text.text, said, argv))

    def _kept(self, key: tuple[str, ...]) -> "Samples | None":
        file = self._file(key)
        if not file.is_file():
            return None
        file.touch()
        return read_wave(file.read_bytes())

    def _file(self, key: tuple[str, ...]) -> Path:
        return self._folder / f"{hashlib.sha256(chr(0).join(key).encode()).hexdigest()[:32]}.wav"

    def _keep(self, key: tuple[str, ...], made: Samples) -> Samples:
        self._folder.mkdir(parents=True, exist_ok=True)
        for old in sorted(self._folder.glob("*.wav"), key=lambda each: each.stat().st_mtime)[: -KEPT + 1]:
            old.unlink()
        write_whole(self._file(key), wave_bytes(made))
        return made

    def _said(self, text: FreeText) -> tuple[tuple[str, ...], str]:
        """The command, and the words as it reads them well; `--`: a text may begin with a dash."""
        if text.language == "zh":
            return (*VOICES["zh"], "--"), chinese.voiced(text.text, self._one_as)
        return (*VOICES["en"], "--"), english.readable(text.text)
