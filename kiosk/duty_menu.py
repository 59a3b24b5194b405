"""The entries of the duty menu: what each does when it is tapped, and what is told of it afterwards."""

from collections.abc import Callable
from typing import Final

from kiosk.desk import Desk
from kiosk.duty_events import ReadAbout, ReadLog, Restart, SayRoll
from kiosk.duty_slip import trial_slip
from kiosk.duty_state import DutyState, Page
from kiosk.events import Print, Printed
from kiosk.printing import CAME_OUT

ENTRIES: Final = ("roll", "test", "health", "log", "about", "restart")
"""In the order in which they stand; each has a method `do_…` here, and `…` and `…_hint` in the texts `kiosk.duty`."""
LOG_ROWS: Final = 8
"""Of the log on one page."""


class DutyMenu:
    """`louder`: the voice, so many steps. `duty_do` an entry; the rest are the taps of the pages behind them."""

    def __init__(self, desk: Desk, louder: Callable[[int], None]) -> None:
        self._desk = desk
        self._louder = louder

    @property
    def _state(self) -> DutyState:
        return self._desk.machine.duty

    def duty_do(self, entry: str) -> None:
        if self._state.page is Page.MENU and entry in ENTRIES:
            getattr(self, f"do_{entry}")()

    def do_roll(self) -> None:
        """The word that `python -m kiosk roll` leaves too; the printer's thread takes it up."""
        self._desk.effects.append(SayRoll())

    def do_test(self) -> None:
        """A slip marked 测试, once the last one has come to its end."""
        desk, state = self._desk, self._state
        if state.note != "test_printing":
            state.job, state.note = desk.next_job(), "test_printing"
            at_ms = desk.server_ms if desk.machine.ever_connected else 0
            document = trial_slip(desk.words_in(desk.hall.languages[0]), desk.hall.kiosk, at_ms)
            desk.effects.append(Print(state.job, document))

    def printed(self, event: Printed) -> None:
        state = self._state
        if event.job == state.job:
            state.note = "test_done" if event.outcome in CAME_OUT else "test_failed"
            state.cause = event.cause

    def do_health(self) -> None:
        self._state.go(Page.HEALTH, self._desk.now_ms)

    def do_log(self) -> None:
        self._state.go(Page.LOG, self._desk.now_ms)
        self._desk.effects.append(ReadLog())

    def do_about(self) -> None:
        self._state.go(Page.ABOUT, self._desk.now_ms)
        self._desk.effects.append(ReadAbout())

    def duty_louder(self, steps: str) -> None:
        self._louder(int(steps))
        self._state.note = "volume"

    def do_restart(self) -> None:
        self._state.go(Page.RESTART, self._desk.now_ms)

    def duty_restart(self, _: str) -> None:
        if self._state.page is Page.RESTART:
            self._desk.effects.append(Restart())

    def duty_turn(self, pages: str) -> None:
        """So many pages of the log back, or (negative) forth."""
        state = self._state
        state.back = min(last_page(state), max(0, state.back + int(pages)))

    def duty_back(self, _: str) -> None:
        if self._state.page in (Page.PIN, Page.NO_PIN):
            self.duty_close("")
        else:
            self._state.go(Page.MENU, self._desk.now_ms)

    def duty_close(self, _: str) -> None:
        """Nothing of what was read stays behind; what lay below takes no touch at first, as another screen."""
        self._state.go(Page.NONE, self._desk.now_ms)
        self._state.lines, self._state.about = (), ()
        self._desk.step_ms = self._desk.now_ms


def last_page(state: DutyState) -> int:
    """The oldest page of the log, counted from 0."""
    return max(0, len(state.lines) - 1) // LOG_ROWS
