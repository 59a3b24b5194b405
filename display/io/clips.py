"""The clips that calls are put together from: which a hall needs, made once by espeak-ng, read back whole.

    CLIPS_DIR/clips/NAME.wav      one clip
    CLIPS_DIR/clips/made          what they were made from: equal to what is wanted now, nothing is made again

A clip is written beside its place and moved there, the list last, so a power cut leaves the old clips or new ones and
never half of one. The voice `cmn-latn-pinyin` reads pinyin; Debian 12's plain `cmn` reads Chinese signs as English.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from display.phrases import CHIME, SAID, zone_clip
from display.voice import CUT_OFF, OPENING, PAUSED
from ticketserver.core.ids import ZoneId
from ticketserver.shared.settings import Settings
from ticketserver.shared.texts import Texts, load_texts
from ticketserver.sound.chinese import in_words, pinyin
from ticketserver.sound.espeak import PINYIN, NoEspeak, NotSpoken, command, spoken
from ticketserver.sound.waves import Samples, chime, read_wave, wave_bytes

ESPEAK: Final = command(PINYIN, 210)
LIST = "made"
VERSION = 1
"""Counts changes of how clips are cut or the chime sounds; pinyin and voice are in the list themselves."""


class ClipError(RuntimeError):
    """Clips cannot be made; the text says in Chinese and English what to do."""


def clips_dir(settings: Settings) -> Path:
    return Path(settings.voice.clips_dir) / "clips"


def wanted(settings: Settings, chinese: Texts) -> dict[str, str]:
    """Clip → pinyin: the fixed ones, the hall's zones, its notices. The chime has none."""
    minutes = settings.voice.cutoff_notice_minutes
    notices = {
        OPENING: chinese("display.notice.opening"),
        PAUSED: chinese("display.notice.paused"),
        **({CUT_OFF: chinese("display.notice.cut_off", minutes=in_words(minutes))} if minutes else {}),
    }
    zones = {zone_clip(ZoneId(zone.id)): zone.name_zh for zone in settings.zone}
    return SAID | {clip: pinyin(text) for clip, text in (zones | notices).items()}


def make_clips(settings: Settings) -> tuple[Path, int, bool]:
    """Make the clips this hall needs; → (their folder, how many there are, whether they had to be made). Some seconds,
    or none where they are there. Raises `ClipError`."""
    said = wanted(settings, load_texts("zh"))
    folder = clips_dir(settings)
    contents = json.dumps([VERSION, ESPEAK, said], ensure_ascii=False, indent=0)
    made = folder / LIST
    names = [CHIME, *said]
    if made.is_file() and made.read_text("utf-8") == contents and all(_file(folder, name).is_file() for name in names):
        return folder, len(names), False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(_file(folder, CHIME), wave_bytes(chime()))
        for name, text in said.items():
            _write(_file(folder, name), wave_bytes(_spoken(name, text)))
        _write(made, contents.encode())
    except OSError as error:
        raise ClipError(_both("display.clips.folder", folder=folder, detail=error.strerror or error)) from error
    return folder, len(names), True


def load_clips(folder: Path, names: Mapping[str, str]) -> dict[str, Samples]:
    """The samples of these clips and the chime. Raises `OSError`, `NotOurWave`."""
    return {name: read_wave(_file(folder, name).read_bytes()) for name in (CHIME, *names)}


def _spoken(name: str, text: str) -> Samples:
    """What espeak-ng makes of a clip's pinyin, without silence around it, as loud as the others.
    Raises `ClipError`."""
    try:
        return spoken(text, ESPEAK)
    except NoEspeak:
        raise ClipError(_both("display.clips.no_espeak")) from None
    except NotSpoken as problem:
        raise ClipError(_both("display.clips.failed", clip=name, detail=problem)) from None


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.wav"


def _write(file: Path, data: bytes) -> None:
    """Whole or not at all."""
    beside = file.with_name(f".{file.name}.part")
    with beside.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(file)


def _both(key: str, **values: object) -> str:
    return "\n".join(load_texts(language)(key, **values) for language in ("zh", "en"))
