"""Free text to sound, as it is asked for: espeak-ng says it, once for each text.

    CLIPS_DIR/said/HASH.wav      a text that was said; the newest `KEPT` stay

A text takes a tenth of a second or two, and comes from its file when it is said again. It is as loud as the clips.
"""

import hashlib
import threading
from pathlib import Path
from typing import Final

from display.io.clips import VOICES, synthesised, write_whole
from display.voice import FreeText
from ticketserver.sound.chinese import voiced
from ticketserver.sound.english import readable
from ticketserver.sound.waves import Samples, read_wave, wave_bytes

KEPT: Final = 100


class FreeSpeech:
    """`one_as`: how the hall says a 1 in a number, 幺 or 一."""

    def __init__(self, folder: Path, one_as: str) -> None:
        self._folder = folder
        self._one_as = one_as
        self._lock = threading.Lock()

    def samples(self, text: FreeText) -> Samples:
        """One after another, for loudspeakers that ask at once. Raises `ClipError`, `OSError`, `NotOurWave`."""
        with self._lock:
            return self._samples(text)

    def _samples(self, text: FreeText) -> Samples:
        argv, said = self._said(text)
        name = hashlib.sha256("\0".join((*argv, said)).encode()).hexdigest()[:32]
        file = self._folder / f"{name}.wav"
        if file.is_file():
            file.touch()
            return read_wave(file.read_bytes())
        made = synthesised(text.text, said, argv)
        self._folder.mkdir(parents=True, exist_ok=True)
        for old in sorted(self._folder.glob("*.wav"), key=lambda each: each.stat().st_mtime)[: -KEPT + 1]:
            old.unlink()
        write_whole(file, wave_bytes(made))
        return made

    def _said(self, text: FreeText) -> tuple[tuple[str, ...], str]:
        """The command, and the words as it reads them well; `--`: a text may begin with a dash."""
        if text.language == "zh":
            return (*VOICES["zh"], "--"), voiced(text.text, self._one_as)
        return (*VOICES["en"], "--"), readable(text.text)
