"""What the bridge between call boxes and server decides: no I/O, no clock, no threads.

A press becomes one `press_key` request. Its id is made of the bridge's boot id, the box and the box's own count of
presses, so that sending it again, after a lost reply or a reconnect, is the same request to the server.

| a box's press while another of it is unanswered | what happens |
|---|---|
| the same key | nothing: a bounce, or an impatient finger; the first press stands for both |
| another key | two beeps: not taken |

A press unanswered for `TOO_OLD_MS` is given up with two beeps: a clerk who saw nothing happen for so long has done
something else, and a call out of the blue would hurt. Its late answer changes nothing; the light shows the state.

Beeps: two for a press refused or given up; one when a READY counter gets a visit, and one when a no-show is offered.
Lights (looks.py) follow the server's state only, never a press.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from hardware.bridge.looks import NO_SERVER, Look, calls_for_the_clerk, look_of
from ticketserver.core.terms import KeyOutcome
from ticketserver.wire.views_counters import CounterView

TOO_OLD_MS: Final = 5_000
REFUSED_BEEPS: Final = 2
NOTICE_BEEPS: Final = 1


class BoxId(NamedTuple):
    """A box: which bus (its place in the settings, from 0) and the address there."""

    bus: int
    address: int


@dataclass(frozen=True)
class SendPress:
    """Ask the server; send again with the same id after a reconnect, until answered or `TOO_OLD_MS` old."""

    request_id: str
    counter: int
    key: str


@dataclass(frozen=True)
class ShowBox:
    """Let a box show this from now on and beep so often, once."""

    box: BoxId
    look: Look
    beeps: int = 0


Effect = SendPress | ShowBox


@dataclass(frozen=True)
class _Unanswered:
    request_id: str
    key: str
    pressed_ms: int


class BridgeLogic:
    """All boxes of one bridge. `counters`: box → public counter number; several boxes may share a counter.

    `boot_id` (at least 8 letters or digits) differs at every start of the process.
    """

    def __init__(self, boot_id: str, counters: Mapping[BoxId, int]) -> None:
        self._boot_id = boot_id
        self._counters = dict(counters)
        self._views: dict[int, CounterView] = {}
        self._online = False
        self._unanswered: dict[BoxId, _Unanswered] = {}

    def start(self) -> list[Effect]:
        """What the boxes show before the server was ever reached."""
        return self._show_all()

    def pressed(self, box: BoxId, key: str, count: int, now_ms: int) -> list[Effect]:
        """A debounced press; `count` is the box's own, growing with every press."""
        effects = self.tick(now_ms)
        before = self._unanswered.get(box)
        if before is not None:
            return effects if before.key == key else [*effects, self._refusal(box)]
        request_id = f"{self._boot_id}-{box.bus}-{box.address:02x}-{count}"
        self._unanswered[box] = _Unanswered(request_id, key, now_ms)
        return [*effects, SendPress(request_id, self._counters[box], key)]

    def answered(self, request_id: str, outcome: KeyOutcome) -> list[Effect]:
        """The server's answer to a press."""
        box = self._forget(request_id)
        if box is None or outcome is not KeyOutcome.BEEP:
            return []
        return [self._refusal(box)]

    def refused(self, request_id: str) -> list[Effect]:
        """The server refused the request itself, or it could not be delivered in time."""
        box = self._forget(request_id)
        return [] if box is None else [self._refusal(box)]

    def tick(self, now_ms: int) -> list[Effect]:
        """Give up the presses that are too old at `now_ms`."""
        old = [box for box, press in self._unanswered.items() if now_ms - press.pressed_ms >= TOO_OLD_MS]
        for box in old:
            del self._unanswered[box]
        return [self._refusal(box) for box in old]

    def next_deadline_ms(self) -> int | None:
        """When `tick` next has something to do; None when nothing is unanswered."""
        return min((press.pressed_ms + TOO_OLD_MS for press in self._unanswered.values()), default=None)

    def connected(self, views: Iterable[CounterView]) -> list[Effect]:
        """The snapshot after a connect or resync: all lights anew, nothing beeps for what is past."""
        self._online = True
        self._views = {view.counter: view for view in views}
        return self._show_all()

    def counter_changed(self, view: CounterView) -> list[Effect]:
        before = self._views.get(view.counter)
        self._views[view.counter] = view
        beeps = NOTICE_BEEPS if calls_for_the_clerk(before, view) else 0
        return [
            ShowBox(box, self._look(box), beeps) for box, counter in self._counters.items() if counter == view.counter
        ]

    def disconnected(self) -> list[Effect]:
        self._online = False
        return self._show_all()

    def _forget(self, request_id: str) -> BoxId | None:
        for box, press in self._unanswered.items():
            if press.request_id == request_id:
                del self._unanswered[box]
                return box
        return None

    def _refusal(self, box: BoxId) -> ShowBox:
        return ShowBox(box, self._look(box), REFUSED_BEEPS)

    def _show_all(self) -> list[Effect]:
        return [ShowBox(box, self._look(box)) for box in self._counters]

    def _look(self, box: BoxId) -> Look:
        return look_of(self._views.get(self._counters[box])) if self._online else NO_SERVER
