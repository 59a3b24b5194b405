"""A wait as people are told it: always a range, in minutes, not more exact than it is.

```
span            said
up to 10 min    to the minute         2–4
above           in fives              20–35
```
The lower end is rounded down, the upper one up, and is at least one such step more.
"""

from typing import Final

MINUTE_MS: Final = 60_000
COARSE_FROM_MIN: Final = 10
COARSE_MIN: Final = 5


def minutes_said(p50_ms: int, p90_ms: int) -> tuple[int, int]:
    """(low, high) for a wait that half of all and nine of ten are called within, spans in ms."""
    low, high = _rounded(p50_ms, up=False), _rounded(p90_ms, up=True)
    return low, max(high, low + (1 if low < COARSE_FROM_MIN else COARSE_MIN))


def _rounded(span_ms: int, up: bool) -> int:
    """Whole minutes, at least 1; above ten in fives."""
    minutes = -(-span_ms // MINUTE_MS) if up else span_ms // MINUTE_MS
    if minutes > COARSE_FROM_MIN:
        minutes = -(-minutes // COARSE_MIN) * COARSE_MIN if up else minutes // COARSE_MIN * COARSE_MIN
    return max(1, minutes)
