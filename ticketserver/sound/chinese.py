"""Chinese as it is written → how it is said: numbers in words, letters by their names, pinyin for the voice.

    请到 A 0 1 2 号,8:30 开始,前面约 12 人  →  请到 A 零幺二号,八点三十分开始,前面约十二人  →  qing3 dao4 ei1 ling2 …

| written | said |
|---|---|
| a letter and signs beside it, spaced: `A 0 1 2` | sign by sign, 1 as 幺 |
| `8:30` `8:00` `13:05` | 八点三十分, 八点, 十三点零五分 |
| four digits that count nothing (`2026 年`, `4050 补贴`), five or more | sign by sign, 1 as 一 |
| `2` before a measure word | 两 |
| any other number | as a number |
| a capital letter | its name |

What can go wrong: a word of small Latin letters is left to the voice, which reads it as if it were pinyin.
"""

import re
from typing import Final

from pypinyin import Style, lazy_pinyin

LETTERS: Final = {
    "A": "ei1", "B": "bi4", "C": "xi1", "D": "di4", "E": "yi4", "F": "F", "G": "ji4", "H": "H", "I": "ai4",
    "J": "zhei4", "K": "kei4", "L": "L", "M": "M", "N": "en1", "O": "ou1", "P": "pi1", "Q": "kiu1", "R": "R",
    "S": "S", "T": "ti4", "U": "you1", "V": "wei1", "W": "W", "X": "X", "Y": "wai1", "Z": "zei4",
}  # fmt: skip
"""As letters are read in China; a letter in place of pinyin is one that the voice itself reads so."""
NUMERALS: Final = "零一二三四五六七八九"
TEN, HUNDRED, THOUSAND = "十", "百", "千"
ONE_IN_NUMBERS: Final = "幺"
WORDED: Final = 4
"""Numbers of more signs are codes, and said sign by sign."""
PAUSES: Final = str.maketrans(dict.fromkeys(",、:;—–。!?", ",") | dict.fromkeys("“”‘’()【】·", " "))
"""The voice rests at a comma; after a tone's digit it runs over a full stop."""
TICKET: Final = re.compile(r"[A-Z](?: \d)+(?!\d)")
CLOCK: Final = re.compile(r"(\d{1,2}):(\d\d)(?!\d)")
CODE: Final = re.compile(r"(?<!\d)\d{4}(?!\d| ?[元个人件次天米位])")
TWO: Final = re.compile(r"(?<!\d)2(?= ?[件处位个种次人步项])")


def in_words(value: int) -> str:
    """0 to 9999 as it is spoken: 12 → 十二, 20 → 二十, 105 → 一百零五, 110 → 一百一十, 2026 → 二千零二十六."""
    if value == 0:
        return NUMERALS[0]
    said, gap = "", False
    for unit, name in ((1000, THOUSAND), (100, HUNDRED), (10, TEN), (1, "")):
        digit = value // unit % 10
        if digit:
            one_ten = name == TEN and digit == 1 and not said
            said += (NUMERALS[0] if gap and said else "") + ("" if one_ten else NUMERALS[digit]) + name
        gap = not digit
    return said


def signs(number: str, one: str = NUMERALS[1]) -> str:
    """Digit by digit; other signs stay."""
    return "".join((one if sign == "1" else NUMERALS[int(sign)]) if sign.isdecimal() else sign for sign in number)


def readable(text: str) -> str:
    """A sentence with every number in words."""
    text = TICKET.sub(lambda found: signs(found[0].replace(" ", ""), ONE_IN_NUMBERS), text)
    text = CLOCK.sub(lambda found: _time(int(found[1]), int(found[2])), text)
    text = TWO.sub("两", CODE.sub(lambda found: signs(found[0]), text))
    text = re.sub(r"\d+", lambda found: in_words(int(found[0])) if len(found[0]) <= WORDED else signs(found[0]), text)
    return text.replace(" ", "").translate(PAUSES)


def pinyin(text: str) -> str:
    """Chinese → `zong1 he2 chuang1 kou3`, with tones as they change in speech; other signs stay."""
    said = lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True, tone_sandhi=True)
    return " ".join(part for part in said if part.strip())


def voiced(text: str) -> str:
    """A sentence as on the screen → what the pinyin voice is given."""
    named = re.sub("[A-Z](?![a-z])", lambda found: f" {LETTERS[found[0]]} ", pinyin(readable(text)))
    return re.sub(r" (?=,)", "", " ".join(named.split()))


def _time(hour: int, minute: int) -> str:
    if not minute:
        return f"{in_words(hour)}点"
    return f"{in_words(hour)}点{NUMERALS[0] if minute < 10 else ''}{in_words(minute)}分"
