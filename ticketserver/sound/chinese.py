"""Chinese as it is written → how it is said: numbers in words, letters by their names, pinyin for the voice.

    请到 A 0 1 2 号,8:30 开始,前面约 12 人  →  请到 A 零幺二号,八点三十分开始,前面约十二人  →  qing3 dao4 ei1 ling2 …

| written | said |
|---|---|
| a letter and signs beside it: `A012`, spaced `A 0 1 2` | sign by sign, a 1 as the hall says it (幺 or 一) |
| `8:30` `8:00` `13:05` `2:00` | 八点三十分, 八点, 十三点零五分, 两点 |
| `3-5` | 三到五 |
| `1.5` | 一点五 |
| four digits before 年 | sign by sign, 1 as 一 |
| four digits that count nothing (`4050 补贴`), five or more, a 0 first | sign by sign, 1 as the hall says it |
| `2` before a measure word | 两 |
| any other number | as a number |
| a capital letter, a letter by itself | its name |

What can go wrong: a word of small Latin letters is left to the voice, which reads it as if it were pinyin.
"""

import re
from typing import Final

LETTERS: Final = {
    "A": "ei1", "B": "bi4", "C": "xi1", "D": "di4", "E": "yi4", "F": "F", "G": "ji4", "H": "H", "I": "ai4",
    "J": "zhei4", "K": "kei4", "L": "L", "M": "M", "N": "en1", "O": "ou1", "P": "pi1", "Q": "kiu1", "R": "R",
    "S": "S", "T": "ti4", "U": "you1", "V": "wei1", "W": "W", "X": "X", "Y": "wai1", "Z": "zei4",
}  # fmt: skip
"""As letters are read in China; a letter in place of pinyin is one that the voice itself reads so."""
NUMERALS: Final = "零一二三四五六七八九"
TEN, HUNDRED, THOUSAND = "十", "百", "千"
ONE_IN_NUMBERS: Final = "幺"
PAUSES: Final = str.maketrans(dict.fromkeys(",，、:：;；—–。!！?？", ",") | dict.fromkeys("“”‘’《》()（）【】·", " "))
"""The voice rests at a comma; after a tone's digit it runs over a full stop."""
COUNTED: Final = "件处位个种次人步项点名天台份条"
"""Words before which a 2 is 两."""
NUMBERS: Final = re.compile(
    r"(?P<letter>[A-Z])(?P<spaced>(?: \d)+)(?!\d)"
    r"|(?P<hour>\d{1,2})[:：](?P<minute>\d\d)(?!\d)"
    r"|(?<!\d)(?P<low>\d{1,3})[-–~～](?P<high>\d{1,3})(?!\d)"
    r"|(?<!\d)(?P<whole>\d{1,3})\.(?P<part>\d+)"
    r"|(?<=[A-Za-z])(?P<ticket>\d+)"
    r"|(?P<year>\d{4})(?= ?年)"
    rf"|(?P<two>(?<!\d)2(?= ?[{COUNTED}]))"
    r"|(?P<code>0\d+|\d{5,}|\d{4}(?!\d| ?[元个人件次天米位]))"
    r"|(?P<value>\d+)"
)
ALONE: Final = re.compile(r"(?<![A-Za-z])[a-z](?![A-Za-z])")
SPACES: Final = re.compile(r"(?<![A-Za-z]) +| +(?![A-Za-z])")
"""Chinese has none; between Latin words they stay."""


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


def readable(text: str, one: str = ONE_IN_NUMBERS) -> str:
    """A sentence with every number in words; `one`: how a 1 is said inside a code."""

    def said(found: re.Match[str]) -> str:
        parts = found.groupdict()
        match found.lastgroup:
            case "spaced":
                return parts["letter"] + signs(parts["spaced"].replace(" ", ""), one)
            case "minute":
                return _time(int(parts["hour"]), int(parts["minute"]))
            case "high":
                return f"{in_words(int(parts['low']))}到{in_words(int(parts['high']))}"
            case "part":
                return f"{in_words(int(parts['whole']))}点{signs(parts['part'])}"
            case "two":
                return "两"
            case "year":
                return signs(found[0])
            case "ticket" | "code":
                return signs(found[0], one)
            case _:
                return in_words(int(found[0]))

    text = ALONE.sub(lambda found: found[0].upper(), NUMBERS.sub(said, text))
    return SPACES.sub("", text).translate(PAUSES)


def pinyin(text: str) -> str:
    """Chinese → `zong1 he2 chuang1 kou3`, with tones as they change in speech; other signs stay."""
    # Its dictionaries take a third of a second to load: a screen that starts has calls to show first.
    from pypinyin import Style, lazy_pinyin

    said = lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True, tone_sandhi=True)
    return " ".join(part for part in said if part.strip())


def voiced(text: str, one: str = ONE_IN_NUMBERS) -> str:
    """A sentence as on the screen → what the pinyin voice is given."""
    named = re.sub("[A-Z](?![a-z])", lambda found: f" {LETTERS[found[0]]} ", pinyin(readable(text, one)))
    return re.sub(r" (?=,)", "", " ".join(named.split()))


def _time(hour: int, minute: int) -> str:
    clock = "两点" if hour == 2 else f"{in_words(hour)}点"
    if not minute:
        return clock
    return f"{clock}{NUMERALS[0] if minute < 10 else ''}{in_words(minute)}分"
