"""Numbers of identity cards: which are well formed, and the birth date that stands in them.

    18 signs   region 6 · birth YYYYMMDD · order 3 · check   residents; 81 82 83: HK, Macau, Taiwan; 9: foreigners, 2023
    15 signs   three letters and twelve digits               foreigners, 2017; no check that is published

The check of an 18-sign number: its first 17 digits times `WEIGHTS`, the sum modulo 11 picks a sign of `CHECKS`. It
finds every single wrong digit and every swap of neighbours.

What can go wrong. A number that was read with one wrong bit would become another person: only a well-formed number
is used. A well-formed number may still be nobody's; nothing here can see that.
"""

import re
from datetime import date
from typing import Final

WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS: Final = "10X98765432"

_CHECKED = re.compile(r"[0-9]{17}[0-9X]")
_FOREIGN_2017 = re.compile(r"[A-Z]{3}[0-9]{12}")


def well_formed(number: str) -> bool:
    """Whether this is the number of some card."""
    if _FOREIGN_2017.fullmatch(number):
        return True
    return bool(_CHECKED.fullmatch(number)) and number[17] == _check(number) and birth_in(number) is not None


def _check(number: str) -> str:
    return CHECKS[sum(weight * int(sign) for weight, sign in zip(WEIGHTS, number[:17], strict=True)) % 11]


def birth_in(number: str) -> date | None:
    """The birth date in an 18-sign number; None where there is none or it is no day."""
    return day_of(number[6:14]) if len(number) == 18 else None


def day_of(text: str) -> date | None:
    """`YYYYMMDD` as a day; None for anything else."""
    if not (len(text) == 8 and text.isascii() and text.isdigit()):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def age_on(birth: date, today: date) -> int:
    """Whole years of age; someone born on 29 February is a year older on 1 March of other years."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
