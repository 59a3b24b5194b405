"""Taps on the confirm screen about what was chosen: how many cases, for whom, and what to bring, one more service.

| | counted | starts at | goes with it |
|---|---|---|---|
| an employer's service | its cases, one by one | one for each employer | – |
| employers | once for the visit | 1 | services whose cases nobody counted by hand have one for each |
| 替几个人办 | once for the visit | 0: for oneself | every service for persons has a case for each of them |

The wait and the batch counter go by the cases, so each change asks for the plan anew.
"""

from collections.abc import Set

from kiosk.choosing import Choosing
from kiosk.counts import MOST_CASES, counted, first_count
from kiosk.desk import Desk
from kiosk.related import offered
from kiosk.state import Step

STEPS = {"more": 1, "less": -1}


class Confirming:
    """The names of the methods are those of the taps."""

    def __init__(self, desk: Desk, choosing: Choosing) -> None:
        self._desk = desk
        self._choosing = choosing

    def needs(self, _: str) -> None:
        """What to bring for each service."""
        self._desk.go(Step.NEEDS)

    def also(self, code: str) -> None:
        """One more service, as if it had been chosen before 选好了: what is asked about it first is asked now."""
        desk = self._desk
        if code in offered(desk, 0):
            desk.visit.basket[code] = first_count(desk, code)
            desk.go(desk.visit.came_from)
            self._choosing.done("")

    def more(self, code: str) -> None:
        self._count(code, 1)

    def less(self, code: str) -> None:
        self._count(code, -1)

    def _count(self, code: str, change: int) -> None:
        visit = self._desk.visit
        if code in visit.basket and 1 <= visit.basket[code] + change <= MOST_CASES:
            visit.basket[code] += change
            visit.by_hand.add(code)
            self._choosing.plan()

    def employers(self, change: str) -> None:
        visit = self._desk.visit
        after = visit.employers + STEPS.get(change, 0)
        if 1 <= after <= MOST_CASES:
            visit.employers = after
            self._follow(counted(self._desk) - visit.by_hand)

    def people(self, change: str) -> None:
        visit = self._desk.visit
        after = visit.people + STEPS.get(change, 0)
        if 0 <= after <= MOST_CASES:
            if not (visit.people and after):
                # Other buttons stand where the finger is: as another screen, it takes no touch at first.
                self._desk.go(Step.CONFIRM)
            visit.people = after
            self._follow(visit.basket.keys() - counted(self._desk))

    def _follow(self, codes: Set[str]) -> None:
        for code in codes:
            self._desk.visit.basket[code] = first_count(self._desk, code)
        self._choosing.plan()
