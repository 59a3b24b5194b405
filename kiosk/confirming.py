"""Taps on the confirm screen about what was chosen: how many cases, and what to bring."""

from kiosk.choosing import Choosing
from kiosk.desk import Desk
from kiosk.state import Step

CASES_AT_MOST = 500


class Confirming:
    """The names of the methods are those of the taps."""

    def __init__(self, desk: Desk, choosing: Choosing) -> None:
        self._desk = desk
        self._choosing = choosing

    def needs(self, _: str) -> None:
        """What to bring for each service."""
        self._desk.go(Step.NEEDS)

    def more(self, code: str) -> None:
        self._count(code, 1)

    def less(self, code: str) -> None:
        self._count(code, -1)

    def _count(self, code: str, change: int) -> None:
        basket = self._desk.visit.basket
        if code in basket and 1 <= basket[code] + change <= CASES_AT_MOST:
            basket[code] += change
            self._choosing.plan()
