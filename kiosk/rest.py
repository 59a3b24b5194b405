"""The screen's rest: when nobody has been there for a while it shows a quiet picture that moves, so nothing burns in.

| hall | rests after |
|---|---|
| open | `rest_after` without anybody |
| closed, no day, server never reached | one minute, or `rest_after` where that is shorter |
| opens | wakes |

Only the first screen as the next person should find it can rest: nobody's choice is hidden by it. Any touch, card or
code wakes it; that touch presses nothing, and the next one only once the screen has been seen (`SETTLE_MS`, taps.py).
"""

from typing import Final

from kiosk.desk import Desk
from kiosk.events import Event, Tapped, Ticked, Touched
from kiosk.reading_events import CardSeen, CardUnread, Scanned
from kiosk.state import CLOSED
from kiosk.timeouts import untouched

CLOSED_REST_MS: Final = 60_000


class Rest:
    """`handle` every event that the flow gets, before the flow does."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._was_closed = True
        self._opened_ms = 0

    def handle(self, event: Event) -> bool:
        """Whether the event is all for this part: a tap on a screen that rests."""
        machine = self._desk.machine
        match event:
            case Ticked():
                self._ticked()
            case Tapped() | Touched() | Scanned() | CardSeen() | CardUnread() if machine.resting:
                self._wake()
                return isinstance(event, Tapped)
            case _:
                pass
        return False

    def _wake(self) -> None:
        desk = self._desk
        desk.machine.resting = False
        desk.touched_ms = desk.step_ms = desk.now_ms

    def _ticked(self) -> None:
        desk = self._desk
        closed = desk.phase in CLOSED
        if self._was_closed and not closed:
            self._opened_ms = desk.now_ms
        self._was_closed = closed
        after_ms = desk.hall.rest_after_ms
        if closed:
            after_ms = min(after_ms, CLOSED_REST_MS)
        alone_ms = desk.now_ms - max(desk.touched_ms, self._opened_ms)
        calm = untouched(desk) and not desk.machine.duty.page
        desk.machine.resting = calm and bool(after_ms) and alone_ms >= after_ms
