"""The clips that calls are put together from: which a hall needs, made once, read back whole.

    CLIPS_DIR/clips/NAME.wav      one clip
    CLIPS_DIR/clips/made          what they were made from: equal to what is wanted now, nothing is made again

A clip that the hall has recorded itself is taken from there, every other is made by its neural voice or by espeak-ng.
A recording that cannot be used costs nothing but itself; a model that fails is tried again at the next start. A clip is
written beside its place and moved there, the list last, so a power cut leaves the old clips or new ones and never half
of one. The voice `cmn-latn-pinyin` reads pinyin; Debian 12's plain `cmn` reads Chinese signs as English.
"""

import json
import logging
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from display.io.messages import both
from display.io.neural import NeuralVoice, neural_voice
from display.io.recordings import Recording, recordings
from display.io.sayings import Saying, wanted
from display.phrases import CHIME
from ticketserver.shared.settings import Settings
from ticketserver.shared.voice_settings import recordings_folder
from ticketserver.shared.whole import write_whole
from ticketserver.sound.espeak import PINYIN, NoEspeak, NotSpoken, command, spoken
from ticketserver.sound.waves import Samples, chime, read_wave, wave_bytes

log = logging.getLogger("display")

VOICES: Final = {"zh": command(PINYIN, 210), "en": command("en", 160)}
"""How each language is spoken."""
LIST = "made"
VERSION = 2
"""Counts changes of how clips are cut or the chime sounds; words and voices are in the list themselves."""


class ClipError(RuntimeError):
    """Clips cannot be made; the text says in Chinese and English what to do."""


def clips_dir(settings: Settings) -> Path:
    return Path(settings.voice.clips_dir) / "clips"


def recordings_of(settings: Settings, names: Iterable[str]) -> list[Recording]:
    """The hall's own clips, as its settings say. Raises `ClipError`."""
    folder = recordings_folder(settings)
    try:
        return recordings(folder, [CHIME, *names]) if folder is not None else []
    except OSError as error:
        raise ClipError(both("display.recordings.closed", folder=folder, detail=error.strerror or error)) from None


def make_clips(settings: Settings) -> tuple[Path, int, bool]:
    """Make the clips this hall needs; → (their folder, how many there are, whether they had to be made). Some seconds,
    or none where they are there. Raises `ClipError`."""
    said = wanted(settings)
    folder = clips_dir(settings)
    made = folder / LIST
    names = [CHIME, *said]
    try:
        own, neural = _own(settings, said), neural_voice(settings)
        stamps = [(each.name, each.stamp) for each in own]
        words = {name: saying.spoken for name, saying in said.items()}
        key = neural.key if neural is not None else []
        contents = json.dumps([VERSION, VOICES, key, stamps, words], ensure_ascii=False, indent=0)
        there = made.is_file() and all(_file(folder, each).is_file() for each in names)
        if there and made.read_text("utf-8") == contents:
            return folder, len(names), False
        folder.mkdir(parents=True, exist_ok=True)
        usable = _usable(own)
        usable = _by_model(neural, {name: each for name, each in said.items() if name not in usable}) | usable
        for name in names:
            write_whole(_file(folder, name), wave_bytes(usable.get(name) or _made(name, said)))
        if neural is None or not neural.failed:
            write_whole(made, contents.encode())
        else:
            write_whole(made, json.dumps([words], ensure_ascii=False, indent=0).encode())
    except OSError as error:
        raise ClipError(both("display.clips.folder", folder=folder, detail=error.strerror or error)) from error
    return folder, len(names), True


def _own(settings: Settings, names: Iterable[str]) -> list[Recording]:
    """None where their folder cannot be opened: a hall is not silent for want of them."""
    try:
        return recordings_of(settings, names)
    except ClipError as problem:
        log.error("%s", problem)
        return []


def _by_model(neural: NeuralVoice | None, said: Mapping[str, Saying]) -> dict[str, Samples]:
    if neural is None:
        return {}
    words = {name: each.words for name, each in said.items() if neural.speaks(each.language)}
    sounds = neural.say(words.values())
    return {name: sounds[each] for name, each in words.items() if each in sounds}


def _made(name: str, said: Mapping[str, Saying]) -> Samples:
    if name == CHIME:
        return chime()
    return synthesised(name, said[name].spoken, VOICES[said[name].language])


def _usable(own: Iterable[Recording]) -> dict[str, Samples]:
    """The recordings that are taken; of the others the log says why not."""
    taken = {}
    for each in own:
        if each.samples is None:
            log.error("%s", both(f"display.recordings.{each.problem}", file=each.file, **each.details))
        else:
            taken[each.name] = each.samples
    return taken


def load_clips(folder: Path, names: Iterable[str]) -> dict[str, Samples]:
    """The samples of these clips and the chime. Raises `OSError`, `NotOurWave`."""
    return {name: read_wave(_file(folder, name).read_bytes()) for name in (CHIME, *names)}


def synthesised(name: str, text: str, argv: tuple[str, ...]) -> Samples:
    """What espeak-ng makes of a text, as loud as every clip. `name` tells what failed. Raises `ClipError`."""
    try:
        return spoken(text, argv)
    except NoEspeak:
        raise ClipError(both("display.clips.no_espeak")) from None
    except NotSpoken as problem:
        raise ClipError(both("display.clips.failed", clip=name, detail=problem)) from None


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.wav"
