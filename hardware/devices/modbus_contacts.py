"""From readings of a contact, and of what its module remembers of it, to signals: down, up, missed.

A plain module tells how the contact is at the moment of reading. One that remembers also tells closings that no reading
met; both ways of learning of one press must not make two of it.

| contact before → now | fresh closings remembered | signals |
|---|---|---|
| open → open | none | – |
| open → open | some | missed, a press each: nobody saw it closed |
| open → closed | its own | down |
| closed → open | bounce | up |
| closed → closed | bounce | – |
| not known → any | any | –: the first reading only learns |

Latches see every bounce, so what they remember beside a contact that was seen closed is bounce, and they are cleared
only once the contact has been open for `SETTLE_MS`: then the bounce of both ends is in the press that was counted.
Counters stand behind the module's own filter (set it to 20 ms or more), so on a slow bus each further step is a press,
as far as a finger can do it in the time (`REPEAT_MS`). A memory is read just before its contacts: a closing between
the two readings is seen first and remembered later, which `_owed` keeps in mind. No I/O and no clock here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

SETTLE_MS: Final = 30
JAMMED_MS: Final = 2_000
REPEAT_MS: Final = 300
MOST_STEPS: Final = 1_000
"""More steps between two readings than this are a counter that began anew."""
_ROUND: Final = 1 << 32


@dataclass
class Contact:
    """One contact; `filtered` where its closings are counted without their bounce."""

    filtered: bool = False
    closed: bool | None = None
    moved_ms: int = 0
    _read_ms: int = 0
    _owed: int = 0

    def read(self, closed: bool, fresh: int, now_ms: int) -> list[str]:
        """One reading, with the closings remembered since the last → signals down, up, missed."""
        was, self.closed = self.closed, closed
        room = (now_ms - self._read_ms) // REPEAT_MS
        self._read_ms = now_ms
        if was is None:
            self.moved_ms = now_ms
            return []
        paid = min(fresh, self._owed)
        fresh, self._owed = fresh - paid, 0
        if closed and not was:
            self._owed = 0 if fresh else 1
            missed = min(max(fresh - 1, 0), room) if self.filtered else 0
        elif was:
            missed = min(fresh, room) if self.filtered else 0
        else:
            missed = min(fresh, 1 + room) if now_ms - self.moved_ms >= REPEAT_MS else 0
        signals = ["missed"] * missed
        if closed != was:
            signals.append("down" if closed else "up")
        if signals:
            self.moved_ms = now_ms
        return signals

    def is_settled(self, now_ms: int) -> bool:
        """Whether its latch may be cleared: open long enough, or closed so long that others must not wait for it."""
        return now_ms - self.moved_ms >= (JAMMED_MS if self.closed else SETTLE_MS)


class Latches:
    """What latches remembered that has not been cleared yet."""

    def __init__(self, count: int) -> None:
        self._seen = [False] * count

    def fresh(self, latched: Sequence[bool]) -> list[int]:
        """Closings since the last reading. A latch that was seen and not cleared since is the same closing."""
        fresh = [int(now and not before) for before, now in zip(self._seen, latched, strict=True)]
        self._seen = list(latched)
        return fresh

    def may_clear(self, contacts: Sequence[Contact], now_ms: int) -> bool:
        """Whether there is something to clear and nothing that would be lost or come twice by it."""
        latched = [contact for contact, seen in zip(contacts, self._seen, strict=True) if seen]
        return bool(latched) and all(contact.is_settled(now_ms) for contact in latched)

    def cleared(self) -> None:
        """The module confirmed that it cleared them."""
        self._seen = [False] * len(self._seen)


class Counters:
    """What 32-bit counters stood at when they were read last."""

    def __init__(self) -> None:
        self._last: list[int] | None = None

    def fresh(self, registers: Sequence[int]) -> list[int]:
        """Closings since the last reading; none at the first, and none where a counter began anew."""
        now = [high << 16 | low for high, low in zip(registers[::2], registers[1::2], strict=True)]
        before, self._last = self._last or now, now
        steps = [(new - old) % _ROUND for old, new in zip(before, now, strict=True)]
        return [step if step <= MOST_STEPS else 0 for step in steps]
