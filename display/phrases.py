"""What the voice says for a call, as names of clips that are played one after another.

    请 A 零幺二号,到 三 号窗口办理                 please  letter-a digit-0 digit-1 digit-2  to   digit-3  window
    请 A 零幺二号,到 二十一 号养老审核窗口办理      … to  digit-2 ten digit-yi  no zone-pension-review do
    A 零幺二号,最后一次呼叫,请到 三 号窗口          letter-a … digit-2  last  digit-3  window-last

A ticket number is said digit by digit, a 1 in it as the hall likes it (幺 or 一); a window is said as a number up to
999. `SAID` gives the words of every fixed clip, for whoever records them; the maker of clips gets their pinyin. Names
of zones and the hall's notices are the hall's own words. The same in English: `phrases_en`, with clips named `en-…`.

What can go wrong: a number with a sign that has no clip. Series are letters and digits, checked when hall.toml is read;
any other sign is left out rather than the call not be heard.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from display import phrases_en as en
from ticketserver.core.ids import CounterNo, ZoneId
from ticketserver.sound.chinese import HUNDRED, LETTERS, NUMERALS, TEN, in_words
from ticketserver.wire.views_board import CallView

CHIME: Final = "chime"
SAID: Final = {
    **{f"letter-{letter.lower()}": letter for letter in LETTERS},
    **{f"digit-{value}": "幺" if value == 1 else numeral for value, numeral in enumerate(NUMERALS)},
    "digit-yi": "一",
    "ten": TEN,
    "hundred": HUNDRED,
    "please": "请",
    "to": "号,到",
    "window": "号窗口办理",
    "no": "号",
    "do": "办理",
    "last": "号,最后一次呼叫,请到",
    "window-last": "号窗口",
}
SPOKEN: Final = {"last": "hao4, zui4 hou4 yi2 ci4 hu1 jiao4, qing3 dao4"}
"""Pinyin with the tones of speech, where a dictionary has others (一次 is yi2 ci4)."""

CLIP_OF: Final = {
    **{numeral: f"digit-{'yi' if value == 1 else value}" for value, numeral in enumerate(NUMERALS)},
    TEN: "ten",
    HUNDRED: "hundred",
}


@dataclass(frozen=True)
class Voicing:
    """How this hall speaks: `one` names the clip for a 1 in a ticket number, `specialist` the zones of those counters
    that are called by their zone's name. `languages` of calls and the hall's notices, in this order."""

    one: str
    specialist: Mapping[CounterNo, ZoneId]
    languages: tuple[str, ...] = ("zh",)


def call_clips(call: CallView, how: Voicing) -> tuple[str, ...]:
    """One reading of a call in every language, without chime."""
    zone = how.specialist.get(call.counter)
    said = {"zh": _chinese(call, zone, how), "en": en.call_clips(call, zone)}
    return tuple(clip for language in how.languages for clip in said[language])


def notice_clips(notice: str, how: Voicing) -> tuple[str, ...]:
    """A notice of the hall in every language."""
    return tuple(in_language(notice, language) for language in how.languages)


def _chinese(call: CallView, zone: ZoneId | None, how: Voicing) -> tuple[str, ...]:
    number = spelled(call.number, how)
    window = tuple(CLIP_OF[numeral] for numeral in in_words(call.counter))
    where = ("window",) if zone is None else ("no", zone_clip(zone), "do")
    if call.last:
        end = ("window-last",) if zone is None else ("no", zone_clip(zone))
        return (*number, "last", *window, *end)
    return ("please", *number, "to", *window, *where)


def spelled(number: str, how: Voicing) -> tuple[str, ...]:
    """A ticket number sign by sign."""
    names = (f"letter-{sign.lower()}" if sign in LETTERS else f"digit-{sign}" for sign in number)
    return tuple(how.one if name == "digit-1" else name for name in names if name in SAID)


def one_clip(one_as: str) -> str:
    """The clip for `voice.one_as` (幺 or 一)."""
    return CLIP_OF["一"] if one_as == "一" else "digit-1"


def zone_clip(zone: ZoneId) -> str:
    return f"zone-{zone}"


def in_language(clip: str, language: str) -> str:
    """The clip that says the same in this language."""
    return clip if language == "zh" else f"{language}-{clip}"
