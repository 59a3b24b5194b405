"""What the voice says for a call in English, as names of clips.

    Number A zero one two, window three, please                 number letter-a … digit-2 window digit-3 please
    Number A zero one two, window twenty-one, pension review    … window 20 digit-1 zone-pension-review
    Last call: A zero one two, window three                     last letter-a … digit-2 window digit-3

The names of these clips begin with `en-`; the others are the Chinese ones.
A window is said as a number up to 999 (one hundred twelve). Signs without a clip are left out, as in Chinese.
"""

from string import ascii_uppercase
from typing import Final

from ticketserver.core.ids import ZoneId
from ticketserver.wire.views_board import CallView

DIGITS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS: Final = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBERS: Final = {
    **{f"en-{value}": word for value, word in enumerate(TEENS, 10)},
    **{f"en-{10 * value}": word for value, word in enumerate(TENS, 2)},
    "en-hundred": "hundred",
}
"""Said of windows only."""
SAID: Final = {
    **{f"en-letter-{letter.lower()}": letter for letter in ascii_uppercase},
    **{f"en-digit-{value}": word for value, word in enumerate(DIGITS)},
    **NUMBERS,
    "en-number": "number",
    "en-last": "last call",
    "en-window": "window",
    "en-please": "please",
}
"""Clip → its words."""


def call_clips(call: CallView, zone: ZoneId | None) -> tuple[str, ...]:
    """One reading of a call, without chime. `zone`: the counter is called by its name."""
    where = ("en-window", *in_words(call.counter), *(() if zone is None else (f"en-zone-{zone}",)))
    if call.last:
        return ("en-last", *spelled(call.number), *where)
    return ("en-number", *spelled(call.number), *where, *(("en-please",) if zone is None else ()))


def spelled(number: str) -> tuple[str, ...]:
    """A ticket number sign by sign."""
    kinds = ((f"en-letter-{sign.lower()}", f"en-digit-{sign}") for sign in number)
    return tuple(name for names in kinds for name in names if name in SAID)


def in_words(value: int) -> tuple[str, ...]:
    """1 to 999 as clips: 21 → twenty one, 112 → one hundred twelve."""
    hundreds, rest = divmod(value, 100)
    said = (f"en-digit-{hundreds}", "en-hundred") if hundreds else ()
    if not rest:
        return said
    if rest < 10:
        return (*said, f"en-digit-{rest}")
    if rest < 20:
        return (*said, f"en-{rest}")
    return (*said, f"en-{rest - rest % 10}", *((f"en-digit-{rest % 10}",) if rest % 10 else ()))
