"""The clip bank as its keeper sees it: what there is, what is wrong with the hall's own recordings, what to record.

    list     name.wav · recorded / made / missing · seconds · words
    check    only the recordings that cannot be used, each with what to do
    sheet    name.wav · words, for whoever speaks them

The list tells how the bank would be made now: a recording put there since is counted before it is heard.
"""

from collections.abc import Iterator

from display.io.clips import clips_dir, recordings_of
from display.io.messages import both
from display.io.sayings import wanted
from display.phrases import CHIME
from ticketserver.shared.settings import Settings
from ticketserver.shared.texts import load_texts
from ticketserver.shared.voice_settings import recordings_folder
from ticketserver.sound.waves import NotOurWave, Samples, read_wave, seconds


class Bank:
    """What the hall wants and what is there. Raises `ClipError` where the recordings' folder cannot be read."""

    def __init__(self, settings: Settings) -> None:
        self._said = wanted(settings)
        self._folder = clips_dir(settings)
        self._recordings = recordings_folder(settings) or both("display.recordings.nowhere").replace("\n", " ")
        own = recordings_of(settings, self._said)
        self._taken = {each.name: each.samples for each in own if each.samples is not None}
        self.wrong = [
            both(f"display.recordings.{each.problem}", file=each.file, **each.details) for each in own if each.problem
        ]

    def list(self) -> Iterator[str]:
        clips = {name: self._samples(name) for name in (CHIME, *self._said)}
        own, count = len(self._taken), len(clips)
        yield both("display.recordings.heading", count=count, own=own, folder=self._recordings)
        for name, samples in clips.items():
            kind = "recorded" if name in self._taken else "made" if samples else "missing"
            lasts = f"{seconds(samples):5.2f} s" if samples else ""
            yield f"{name + '.wav':34}{_row(kind):16}{lasts:9}{self._words(name)}"
        missing = sum(not samples for samples in clips.values())
        if missing:
            yield both("display.recordings.not_made", count=missing)

    def check(self) -> Iterator[str]:
        if self.wrong:
            yield both("display.recordings.wrong", count=len(self.wrong))
            yield from self.wrong
        else:
            yield both("display.recordings.well", own=len(self._taken))

    def sheet(self) -> Iterator[str]:
        yield both("display.recordings.sheet")
        for name, saying in self._said.items():
            yield f"{name + '.wav':34}{saying.words}"

    def _samples(self, name: str) -> "Samples | None":
        """The recording, or the clip that was made; None where there is neither."""
        if name in self._taken:
            return self._taken[name]
        try:
            return read_wave((self._folder / f"{name}.wav").read_bytes())
        except (OSError, NotOurWave):
            return None

    def _words(self, name: str) -> str:
        return _row("chime") if name == CHIME else self._said[name].words


def _row(key: str) -> str:
    return " ".join(load_texts(language)(f"display.recordings.row_{key}") for language in ("zh", "en"))
