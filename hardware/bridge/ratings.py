"""What the rating pads at the counters do: no I/O, no clock, no threads.

When a counter ends with a visit, its pads ask: the light is green and the number shown, for `rating_ms` or until the
next visit is being served there. Not until the next is called: the former citizen still gathers their papers while
the next one walks up, and only who sits down takes the pad's place over. No press is no rating, never a good one.

| a press | what happens |
|---|---|
| the first for this visit | one rating for each service done here; the pads stop asking; one beep when it is taken |
| the same level again | nothing: a bounce, or an impatient finger |
| another level, or nothing to rate | two beeps: not taken |

One rating a service, and not one for the whole visit, since a visit may end at one counter and go on at another, which
is rated by itself. What the server refuses or cannot be told beeps twice: nothing was done here (papers missing, sent
elsewhere), or the services are rated already.

Several counters, each with pads of its own; pads of one counter ask together. A visit that ended while the server was
away is asked for by the time since then. What a pad was told before this process started is not known: it asks for
nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from hardware.bridge.logic import NOTICE_BEEPS, REFUSED_BEEPS, BoxId, ShowBox
from hardware.bridge.looks import Led, Look
from ticketserver.core.terms import CounterState
from ticketserver.wire.views_counters import CounterView, CounterVisit

RATING_MS: Final = 60_000
LEVELS: Mapping[str, int] = {f"level_{level}": level for level in range(1, 6)}
"""What a pad's key means → 5 very satisfied … 1 very dissatisfied."""


@dataclass(frozen=True)
class SendRating:
    """Tell the server; send again with the same id after a reconnect, until answered. `service` "": the whole visit."""

    request_id: str
    counter: int
    visit_id: int
    service: str
    level: int


PadEffect = SendRating | ShowBox


@dataclass
class _Asked:
    """The visit that a counter's pads ask about. `level` 0: not pressed yet."""

    visit: CounterVisit
    until_ms: int
    level: int = 0
    pressed: BoxId | None = None
    unanswered: set[str] = field(default_factory=set)
    taken: bool = False


class RatingLogic:
    """All pads of one bridge. `pads`: pad → public counter number. `boot_id` as of `BridgeLogic`."""

    def __init__(self, boot_id: str, pads: Mapping[BoxId, int], rating_ms: int = RATING_MS) -> None:
        self._boot_id = boot_id
        self._pads = dict(pads)
        self._rating_ms = rating_ms
        self._serving: dict[int, CounterVisit] = {}
        self._asked: dict[int, _Asked] = {}
        self._lost_ms: int | None = None

    def start(self) -> list[PadEffect]:
        """What the pads show before the server was ever reached."""
        return [self._show(pad) for pad in self._pads]

    def connected(self, views: Iterable[CounterView], now_ms: int) -> list[PadEffect]:
        """The snapshot after a connect or resync."""
        since_ms = now_ms if self._lost_ms is None else self._lost_ms
        self._lost_ms = None
        effects = [effect for view in views for effect in self._changed(view, since_ms)]
        return [*effects, *self.tick(now_ms)]

    def counter_changed(self, view: CounterView, now_ms: int) -> list[PadEffect]:
        return [*self._changed(view, now_ms), *self.tick(now_ms)]

    def disconnected(self, now_ms: int) -> None:
        """What the pads ask stays; who is being served is known as of now."""
        if self._lost_ms is None:
            self._lost_ms = now_ms

    def pressed(self, pad: BoxId, key: str, count: int, now_ms: int) -> list[PadEffect]:
        """A debounced press of a key that means a level; `count` is the pad's own, growing with every press."""
        effects = self.tick(now_ms)
        level, counter = LEVELS.get(key, 0), self._pads[pad]
        asked = self._asked.get(counter)
        if asked is not None and asked.level and asked.level == level:
            return effects
        if asked is None or asked.level or not level:
            return [*effects, self._show(pad, REFUSED_BEEPS)]
        asked.level, asked.pressed = level, pad
        request_id = f"{self._boot_id}-{pad.bus}-{pad.address:02x}-{count}"
        for place, service in enumerate(asked.visit.here or [""]):
            send = SendRating(f"{request_id}-{place}", counter, asked.visit.visit_id, service, level)
            asked.unanswered.add(send.request_id)
            effects.append(send)
        return [*effects, *self._show_all(counter)]

    def answered(self, request_id: str) -> list[PadEffect]:
        """The server took a rating."""
        return self._settled(request_id, taken=True)

    def refused(self, request_id: str) -> list[PadEffect]:
        """The server refused a rating, or it could not be delivered in time."""
        return self._settled(request_id, taken=False)

    def tick(self, now_ms: int) -> list[PadEffect]:
        """Stop asking where the time is over at `now_ms`."""
        over = [counter for counter, asked in self._asked.items() if now_ms >= asked.until_ms]
        return [effect for counter in over for effect in self._close(counter)]

    def next_deadline_ms(self) -> int | None:
        """When `tick` next has something to do; None when no pad asks."""
        return min((asked.until_ms for asked in self._asked.values()), default=None)

    def _changed(self, view: CounterView, ended_ms: int) -> list[PadEffect]:
        """A counter's state, and the time at which a visit that it no longer serves has ended."""
        counter = view.counter
        if counter not in self._pads.values():
            return []
        before = self._serving.pop(counter, None)
        if view.state is CounterState.SERVING and view.visit is not None:
            self._serving[counter] = view.visit
            return self._close(counter)
        if before is None:
            return []
        self._asked[counter] = _Asked(before, ended_ms + self._rating_ms)
        return self._show_all(counter)

    def _settled(self, request_id: str, *, taken: bool) -> list[PadEffect]:
        """One beep with the first rating that was taken, two when the last of them was not and none was."""
        for asked in self._asked.values():
            if request_id not in asked.unanswered or asked.pressed is None:
                continue
            asked.unanswered.discard(request_id)
            if taken and not asked.taken:
                asked.taken = True
                return [self._show(asked.pressed, NOTICE_BEEPS)]
            if not asked.unanswered and not asked.taken:
                return [self._show(asked.pressed, REFUSED_BEEPS)]
        return []

    def _close(self, counter: int) -> list[PadEffect]:
        asked = self._asked.pop(counter, None)
        return [] if asked is None or asked.level else self._show_all(counter)

    def _show_all(self, counter: int) -> list[PadEffect]:
        return [self._show(pad) for pad, at in self._pads.items() if at == counter]

    def _show(self, pad: BoxId, beeps: int = 0) -> ShowBox:
        asked = self._asked.get(self._pads[pad])
        look = Look() if asked is None or asked.level else Look(Led.GREEN, asked.visit.number)
        return ShowBox(pad, look, beeps)
