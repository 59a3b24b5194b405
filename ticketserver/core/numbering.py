"""Ticket numbers: a series prefix and digits, three first, then four; never a wrap, never a reuse in the business day.

```
A001 … A999 A1000 …      a leading digit works the same: 1001 … 1999 11000 …
```
A visit keeps its number through every zone and stage. The check code is four digits drawn from the slip's token,
so that nobody can work it out from the number.

People type a number as they say it. What they mean is the one number with this prefix and count, since none is printed
with more zeros than it needs:

| typed | means |
|---|---|
| `A011`, `a011`, `A11`, `a 11`, `A-11`, full-width signs | A011 |
| `A1000` | A1000 |
| `1012`, `112` where the series is 1 | 1012 |
"""

import re
from hashlib import sha256
from typing import Final
from unicodedata import normalize

from ticketserver.core.ids import SeriesPrefix, TicketNumber, Token

_TYPED: Final = re.compile(r"([A-Z1-9])([0-9]{1,5})")


def ticket_number(prefix: SeriesPrefix, count: int) -> TicketNumber:
    """`count` runs from 1 within the series and day."""
    return TicketNumber(f"{prefix}{count:03d}")


def check_code(token: Token) -> str:
    """Four digits, the same for the same token."""
    return f"{int.from_bytes(sha256(token.encode()).digest()[:4]) % 10_000:04d}"


def signs(typed: str) -> str:
    """The letters and digits of what somebody typed for a number, or for a part of one."""
    return re.sub(r"[\s-]", "", normalize("NFKC", typed)).upper()


def as_printed(typed: str) -> TicketNumber:
    """The number that somebody means; what cannot be one stays as it is."""
    found = _TYPED.fullmatch(signs(typed))
    return ticket_number(SeriesPrefix(found[1]), int(found[2])) if found else TicketNumber(signs(typed))
