"""Which taps count where. A tap that is not in the table for the present step is of a screen that has gone."""

from typing import Final

from kiosk.controls import SWITCHES
from kiosk.desk import Desk
from kiosk.events import Tap
from kiosk.state import BUSY, CHECKING, CHOOSING, NEEDS_SERVER, SUMS, Step

SETTLE_MS: Final = 350
"""The second touch of a trembling hand must not press what has just appeared, nor take back what was just done."""

EVERYWHERE: Final = frozenset(Step) - BUSY
ALLOWED: Final = {
    **dict.fromkeys((*SWITCHES, "aloud_again", "continue", "help", "home"), EVERYWHERE),
    "group": frozenset({Step.HOME, Step.SITUATIONS, Step.SEARCH}), "situations": frozenset({Step.HOME}),
    "purpose": frozenset({Step.SEARCH}),
    "search": frozenset({Step.HOME, Step.LISTING}),
    "enquiry": NEEDS_SERVER - {Step.CONFIRM, Step.NO_SLIP, Step.TICKET},
    "toggle": frozenset({Step.LISTING, Step.SEARCH}), "afresh": frozenset({Step.HOME}),
    "done": frozenset({Step.HOME, Step.SITUATIONS, Step.LISTING, Step.SEARCH}),
    "key": frozenset({Step.SEARCH}), "delete": frozenset({Step.SEARCH}), "clear": frozenset({Step.SEARCH}),
    "back": CHOOSING - CHECKING - SUMS - {Step.HOME},
    "add": frozenset({Step.CONFIRM}), "more": frozenset({Step.CONFIRM}),
    "less": frozenset({Step.CONFIRM}), "remove": frozenset({Step.CONFIRM}), "take": frozenset({Step.CONFIRM}),
    **dict.fromkeys(("needs", "employers", "people", "also"), frozenset({Step.CONFIRM})),
    "priority": frozenset({Step.CONFIRM}), "claim": frozenset({Step.PRIORITY}),
    "take_without_slip": frozenset({Step.NO_SLIP}),
    "came_out": frozenset({Step.UNSURE}), "not_out": frozenset({Step.UNSURE}),
    "print_again": frozenset({Step.KEEP, Step.TICKET}), "print_offered": frozenset({Step.OFFER}),
    "write_for_me": frozenset({Step.KEEP}),
    "end": frozenset({Step.DONE, Step.KEEP, Step.OFFER, Step.MESSAGE, Step.TICKET}),
    "have_number": CHOOSING, "missing": frozenset({Step.FIND}), "field": frozenset({Step.FIND}),
    "sign": frozenset({Step.FIND}), "rub": frozenset({Step.FIND}), "find": frozenset({Step.FIND}),
    "find_back": frozenset({Step.FIND}),
    "check_in": frozenset({Step.TICKET}), "cancel": frozenset({Step.TICKET}), "cancel_yes": frozenset({Step.TICKET}),
    "cancel_no": frozenset({Step.TICKET}),
    **dict.fromkeys(("booking_key", "booking_delete", "booking_clear", "booking_find"), frozenset({Step.BOOKING})),
    "have_booking": frozenset({Step.HOME}),
    "pension": frozenset({Step.LISTING}), "pension_back": SUMS,
    **dict.fromkeys(("pension_field", "pension_sign", "pension_rub", "pension_next"), frozenset({Step.PENSION})),
    "add_to": frozenset({Step.TICKET}), "join": frozenset({Step.CONFIRM}),
    "answer": frozenset({Step.CHECK}), "check_back": CHECKING, "check_on": frozenset({Step.CHECKED}),
    "check_drop": frozenset({Step.CHECKED}), "check_print": frozenset({Step.CHECKED}),
}  # fmt: skip
# While a language is chosen nothing else is, as while the server is away.
WHILE_SHUT: Final = {
    "away": frozenset({*SWITCHES, "aloud_again", "continue", "home"}),
    "closed": frozenset({*SWITCHES, "aloud_again", "continue", "help", "home", "have_number"}),
}
BASKET: Final = frozenset({"add", "more", "less", "remove", "back", "employers", "people", "also"})
"""What was booked stays as it is."""
UNDOING: Final = frozenset({"toggle", *SWITCHES})
"""Taps that a second touch would undo."""


def allowed(desk: Desk, tap: Tap) -> bool:
    if desk.visit.busy or desk.visit.step not in ALLOWED.get(tap.name, frozenset()):
        return False
    if desk.now_ms - desk.step_ms < SETTLE_MS:
        return False
    if tap.name in UNDOING and tap == desk.last_tap and desk.now_ms - desk.last_tap_ms < SETTLE_MS:
        return False
    if desk.visit.appointment and desk.visit.step is Step.CONFIRM and tap.name in BASKET:
        return False
    shut = "away" if desk.visit.choosing_language else desk.shut
    return not shut or tap.name in WHILE_SHUT[shut]
