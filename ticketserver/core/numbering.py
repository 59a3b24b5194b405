"""Ticket numbers: a series prefix and digits, three first, then four; never a wrap, never a reuse in the business day.

```
A001 … A999 A1000 …      a leading digit works the same: 1001 … 1999 11000 …
```
A visit keeps its number through every zone and stage. The check code is four digits drawn from the slip's token,
so that nobody can work it out from the number.
"""

from hashlib import sha256

from ticketserver.core.ids import SeriesPrefix, TicketNumber, Token


def ticket_number(prefix: SeriesPrefix, count: int) -> TicketNumber:
    """`count` runs from 1 within the series and day."""
    return TicketNumber(f"{prefix}{count:03d}")


def check_code(token: Token) -> str:
    """Four digits, the same for the same token."""
    return f"{int.from_bytes(sha256(token.encode()).digest()[:4]) % 10_000:04d}"
