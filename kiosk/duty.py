"""The duty menu: what whoever looks after the machine can do at its screen, behind a PIN.

```
held ─▶ PIN ─┬ right ─▶ MENU ─▶ HEALTH / LOG / ABOUT / RESTART ─▶ MENU
             ├ wrong ─▶ PIN, after a wait that grows
             └ none set, or not readable ─▶ NO_PIN: how to set one
```
It lies over everything, also over the closed hall and the lost server, and knows nothing of the visit below, which ends
when the PIN was right. It does not open while a number is asked for or printed. Nobody touches it: it closes.

What can go wrong: a person who guesses (duty_pin.py), an answer that comes when the menu has closed (dropped), a card
or a code that is read while it is open (dropped: it is nobody's visit).
"""

from collections.abc import Callable
from typing import Final

from kiosk.controls import SWITCHES
from kiosk.desk import Desk
from kiosk.duty_events import LogRead, PinChecked, RollSaid, Told
from kiosk.duty_menu import DutyMenu
from kiosk.duty_pin import DutyPin
from kiosk.duty_state import SERVER, Page
from kiosk.events import Event, LinkLost, LinkUp, Printed, PrinterSeen, Started, Tapped, Ticked
from kiosk.reading_events import CardSeen, CardUnread, InputSeen, Scanned
from kiosk.speaking import Speaking
from kiosk.taps import SETTLE_MS

KEYS: Final = frozenset({"duty_sign", "duty_rub"})
"""These may follow each other faster than a page that has just appeared takes a touch."""
PIN_IDLE_MS: Final = 30_000
IDLE_MS: Final = 120_000


class Duty:
    """`handle` every event that the flow gets, before the flow does."""

    def __init__(self, desk: Desk, speaking: Speaking, end_visit: Callable[[], None]) -> None:
        self._desk = desk
        self._pin = DutyPin(desk, end_visit)
        self._menu = DutyMenu(desk, speaking.louder)

    def handle(self, event: Event) -> bool:
        """Whether the event is all for this part."""
        match event:
            case Tapped(tap):
                return self._tapped(tap.name, tap.value)
            case Ticked():
                self._ticked()
            case Scanned() | CardSeen() | CardUnread():
                return bool(self._desk.machine.duty.page)
            case Printed():
                self._menu.printed(event)
            case _ if isinstance(event, Told):
                self._told(event)
                return True
            case _:
                self._noted(event)
        return False

    def _tapped(self, name: str, value: str) -> bool:
        desk, state = self._desk, self._desk.machine.duty
        if not state.page and name != "duty":
            # A page of the menu that has just gone.
            return name.startswith("duty")
        if name in SWITCHES:
            return False
        if name.startswith("duty") and (name == "duty") != bool(state.page):
            desk.touched_ms = desk.now_ms
            if name in KEYS or desk.now_ms - state.page_ms >= SETTLE_MS:
                part = self._pin if hasattr(self._pin, name) else self._menu
                getattr(part, name)(value)
        return True

    def _ticked(self) -> None:
        state = self._desk.machine.duty
        limit_ms = PIN_IDLE_MS if state.page in (Page.PIN, Page.NO_PIN) else IDLE_MS
        if state.page and self._desk.now_ms - self._desk.touched_ms >= limit_ms:
            self._menu.duty_close("")

    def _told(self, told: Told) -> None:
        state = self._desk.machine.duty
        match told:
            case PinChecked(verdict):
                self._pin.checked(verdict)
            case RollSaid(done):
                state.note = "roll_done" if done else "roll_failed"
            case LogRead(lines):
                state.lines = lines
            case _:
                state.about = told.rows

    def _noted(self, event: Event) -> None:
        """Since when something stands as it does."""
        desk, since_ms = self._desk, self._desk.machine.duty.since_ms
        match event:
            case Started():
                for name in (SERVER, desk.hall.printer):
                    since_ms.setdefault(name, desk.now_ms)
            case PrinterSeen():
                since_ms[desk.hall.printer] = desk.now_ms
            case InputSeen():
                since_ms[event.device] = desk.now_ms
            case LinkUp() if not desk.machine.connected:
                since_ms[SERVER] = desk.now_ms
            case LinkLost() if desk.machine.connected:
                since_ms[SERVER] = desk.now_ms
            case _:
                pass
