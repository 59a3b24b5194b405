"""The PIN before the duty menu: typed on the screen, checked outside the flow, and slower with every wrong one.

| wrong PINs so far | 1 | 2 | 3 | 4 | … | from 8 on |
|---|---|---|---|---|---|---|
| none is taken for | 5 s | 10 s | 20 s | 40 s | doubled | 10 min |

The count ends with a right PIN or with the program; whoever can start the program again can do what the menu can.
What can go wrong: an answer about a PIN that comes when the pad has gone (dropped).
"""

from collections.abc import Callable
from typing import Final

from kiosk.desk import Desk
from kiosk.duty_events import CheckPin, PinVerdict
from kiosk.duty_state import DutyState, Page
from kiosk.state import BUSY

PIN_MOST: Final = 8
FIRST_WAIT_MS: Final = 5_000
LONGEST_WAIT_MS: Final = 600_000


def wait_after(wrong: int) -> int:
    """How long no PIN is taken after so many wrong ones."""
    return min(LONGEST_WAIT_MS, FIRST_WAIT_MS << min(wrong - 1, 10))


class DutyPin:
    """The taps of the pad and the answers about what was typed."""

    def __init__(self, desk: Desk, end_visit: Callable[[], None]) -> None:
        self._desk = desk
        self._end_visit = end_visit

    @property
    def _state(self) -> DutyState:
        return self._desk.machine.duty

    def duty(self, _: str) -> None:
        """Somebody knows how the menu is opened."""
        if self._desk.visit.step not in BUSY:
            self._state.go(Page.PIN, self._desk.now_ms)
            self._desk.effects.append(CheckPin(""))

    def duty_sign(self, sign: str) -> None:
        state = self._state
        if self._takes_keys() and len(state.typed) < PIN_MOST:
            state.typed += sign

    def duty_rub(self, _: str) -> None:
        if self._takes_keys():
            self._state.typed = self._state.typed[:-1]

    def duty_enter(self, _: str) -> None:
        state = self._state
        if self._takes_keys() and state.typed:
            state.checking = True
            self._desk.effects.append(CheckPin(state.typed))

    def _takes_keys(self) -> bool:
        state = self._state
        return state.page is Page.PIN and not state.checking and self._desk.now_ms >= state.wait_until_ms

    def checked(self, verdict: PinVerdict) -> None:
        """The answer about what was typed, or about whether there is a PIN at all."""
        state, now_ms = self._state, self._desk.now_ms
        if state.page is not Page.PIN:
            return
        if verdict in (PinVerdict.UNSET, PinVerdict.UNREADABLE):
            state.go(Page.NO_PIN, now_ms)
            state.unreadable = verdict is PinVerdict.UNREADABLE
        elif state.checking and verdict is PinVerdict.RIGHT:
            state.wrong = 0
            self._end_visit()
            state.go(Page.MENU, now_ms)
        elif state.checking:
            state.wrong += 1
            state.wait_until_ms = now_ms + wait_after(state.wrong)
            state.go(Page.PIN, now_ms)
