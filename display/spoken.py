"""Free text as it is to be read aloud: figures, times, ticket numbers and letters in words.

    到 3 号窗口       三        13:30   十三点三十分      A012   ei1 零幺二       12333   幺二三三三
    2 个             两        9:05    九点零五分        3-5    三到五           2026年  二零二六年        1.5  一点五

The Chinese voice reads pinyin and nothing else, so letters come out as the pinyin they are read by. Numbers up to three
figures are read as numbers, longer ones and those that begin with 0 figure by figure, with the hall's word for a 1
(幺 or 一), years always with 一. English figures are the voice's own affair, but for ticket numbers.
"""

import re
from typing import Final

from ticketserver.sound.chinese import LETTERS, NUMERALS, in_words

COUNTED: Final = "个点位名天次台份条人"
"""Words before which a 2 is 两."""
PARTS: Final = re.compile(
    r"(?P<hour>\d{1,2})[:：](?P<minute>\d{2})"
    r"|(?<!\d)(?P<low>\d{1,3})[-–~～](?P<high>\d{1,3})(?!\d)"
    r"|(?P<whole>\d{1,3})\.(?P<part>\d+)"
    r"|(?P<figures>\d+)"
    r"|(?P<letter>[A-Za-z])"
)
TICKET: Final = re.compile(r"\b([A-Z])(\d{3,4})\b")
PAUSES: Final = str.maketrans(
    {
        **dict.fromkeys("，、；：", ", "),
        **dict.fromkeys("。！？", ". "),
        **dict.fromkeys("“”‘’《》（）()", " "),
    }
)


def chinese(text: str, one_as: str) -> str:
    """`one_as`: 幺 or 一."""

    def said(found: re.Match[str]) -> str:
        parts = found.groupdict()
        if parts["hour"]:
            return _time(int(parts["hour"]), int(parts["minute"]))
        if parts["low"]:
            return f"{_number(parts['low'])}到{_number(parts['high'])}"
        if parts["whole"]:
            return f"{_number(parts['whole'])}点{_figures(parts['part'], '一')}"
        if parts["letter"]:
            return f" {LETTERS[parts['letter'].upper()]} "
        after = text[found.end() : found.end() + 1]
        before = text[max(0, found.start() - 1) : found.start()]
        return _plain(parts["figures"], before, after, one_as)

    return PARTS.sub(said, text).translate(PAUSES)


def english(text: str) -> str:
    """Ticket numbers letter by letter: `A012` → `A 0 1 2`."""
    return TICKET.sub(lambda found: " ".join(found[0]), text)


def _plain(figures: str, before: str, after: str, one_as: str) -> str:
    if after == "年" and len(figures) == 4:
        return _figures(figures, "一")
    if len(figures) > 3 or (figures[0] == "0" and len(figures) > 1) or (before.isascii() and before.isalpha()):
        return _figures(figures, one_as)
    return "两" if figures == "2" and after and after in COUNTED else _number(figures)


def _time(hour: int, minute: int) -> str:
    clock = f"{'两' if hour == 2 else _number(str(hour))}点"
    if not minute:
        return clock
    return f"{clock}{NUMERALS[0] if minute < 10 else ''}{in_words(minute)}分"


def _number(figures: str) -> str:
    return in_words(int(figures)) or NUMERALS[0]


def _figures(figures: str, one_as: str) -> str:
    return "".join(one_as if each == "1" else NUMERALS[int(each)] for each in figures)
