"""What a hall's voice says, clip by clip: the words, and what a voice is given to speak them."""

from collections.abc import Mapping
from typing import NamedTuple

from display import phrases, phrases_en
from display.phrases import in_language, zone_clip
from display.voice import CUT_OFF, OPENING, PAUSED
from ticketserver.core.ids import ZoneId
from ticketserver.shared.settings import Settings
from ticketserver.shared.texts import load_texts
from ticketserver.sound.chinese import in_words, voiced


class Saying(NamedTuple):
    """A clip's `words`, and what the voice of its `language` is given to say them (`spoken`)."""

    language: str
    words: str
    spoken: str


def wanted(settings: Settings) -> dict[str, Saying]:
    """What this hall's voice says, clip by clip, in its languages: the fixed ones, the hall's zones, its notices. The
    chime says nothing."""
    found: dict[str, Saying] = {}
    for language in settings.voice.languages:
        said = _needed(settings, phrases.SAID if language == "zh" else phrases_en.SAID)
        said |= {
            in_language(zone_clip(ZoneId(each.id)), language): each.name_zh if language == "zh" else each.area_en
            for each in settings.zone
        }
        said |= _notices(settings, language)
        for clip, words in said.items():
            spelt = phrases.SPOKEN.get(clip) or voiced(words) if language == "zh" else words
            found[clip] = Saying(language, words, spelt)
    return found


def _needed(settings: Settings, said: Mapping[str, str]) -> dict[str, str]:
    """Without letters that begin no number of this hall, and English numbers that no counter has."""
    letters = {f"letter-{series.prefix.lower()}" for series in settings.series}
    numbers = {clip for each in settings.counter for clip in phrases_en.in_words(each.number)}
    return {
        clip: words
        for clip, words in said.items()
        if ("letter-" not in clip or clip.removeprefix("en-") in letters)
        and (clip not in phrases_en.NUMBERS or clip in numbers)
    }


def _notices(settings: Settings, language: str) -> dict[str, str]:
    """The notices of the hall's hours, the cut-off only where it is told."""
    texts, minutes = load_texts(language), settings.voice.cutoff_notice_minutes
    told = {OPENING: texts("display.notice.opening"), PAUSED: texts("display.notice.paused")}
    if minutes:
        said = in_words(minutes) if language == "zh" else minutes
        told[CUT_OFF] = texts("display.notice.cut_off", minutes=said)
    return {in_language(notice, language): words for notice, words in told.items()}
