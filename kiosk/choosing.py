"""What a person chooses: tiles, categories, search, basket, and the plan of the visit before a number is taken."""

from collections.abc import Callable

from kiosk.counts import first_count
from kiosk.desk import Desk
from kiosk.joins import with_present
from kiosk.most_used import MostUsed, group_of
from kiosk.state import CHOOSING, MOST_SERVICES, Refusal, Reply, Step, Visit
from ticketserver.core.ids import ServiceId
from ticketserver.core.terms import Basis
from ticketserver.wire.params import PlanVisit, PriorityClaim, ServiceItem
from ticketserver.wire.views_visits import PlanView

TYPED_AT_MOST = 32
PLAN_GIVE_UP_S = 4.0
PLAN_AGE_MS = 10_000
ASIDE = frozenset({Step.NO_SLIP, Step.PRIORITY, Step.NEEDS})
"""Beside the confirm screen: the way back is to it."""


class Choosing:
    """Taps on the choosing screens. The names of the methods are those of the taps."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._most_used = MostUsed(desk)
        self.checked_first: Callable[[], bool] = lambda: False  # whether a precheck comes before (prechecks.py)

    def group(self, group_id: str) -> None:
        if group_of(self._desk, group_id) is not None:
            self._desk.visit.group = group_id
            self._desk.visit.came_from = self._desk.visit.step
            self._desk.go(Step.LISTING)

    def situations(self, _: str) -> None:
        """By what happened to a person, instead of by what the service is called."""
        self._desk.go(Step.SITUATIONS)

    def search(self, _: str) -> None:
        self._desk.visit.typed = ""
        self._desk.go(Step.SEARCH)

    def key(self, sign: str) -> None:
        visit = self._desk.visit
        visit.typed = (visit.typed + sign)[:TYPED_AT_MOST]

    def delete(self, _: str) -> None:
        self._desk.visit.typed = self._desk.visit.typed[:-1]

    def clear(self, _: str) -> None:
        self._desk.visit.typed = ""

    def toggle(self, code: str) -> None:
        """Put a service in the basket or take it out."""
        basket = self._desk.visit.basket
        if code in basket:
            del basket[code]
        elif code in self._desk.hall.services and len(basket) < MOST_SERVICES:
            basket[code] = first_count(self._desk, code)

    def afresh(self, _: str) -> None:
        """As if nobody had chosen anything, card and priority among it; language and looks stay with who reads them."""
        self._desk.visit = Visit(aloud=self._desk.visit.aloud)
        self._desk.go(Step.HOME)

    def enquiry(self, _: str) -> None:
        self.purpose("enquiry")

    def purpose(self, purpose: str) -> None:
        """A visit without a known service; what was chosen before stays for the way back."""
        if purpose in self._desk.hall.purposes:
            self._desk.visit.purpose = purpose
            self._confirm()

    def done(self, _: str) -> None:
        if self._desk.visit.basket:
            self._desk.visit.purpose = ""
            if not self.checked_first():
                self._confirm()

    def add(self, _: str) -> None:
        self._desk.visit.purpose = ""
        self._desk.go(Step.HOME)

    def priority(self, _: str) -> None:
        self._desk.go(Step.PRIORITY)

    def claim(self, priority: str) -> None:
        """Say that one belongs to a priority class, or (empty) to none."""
        if not priority or priority in self._desk.claimable:
            self._desk.visit.priority = priority
            self._desk.go(Step.CONFIRM)
            self.plan()

    def remove(self, code: str) -> None:
        """Leave a service out; with nothing left there is nothing to confirm."""
        visit = self._desk.visit
        visit.basket.pop(code, None)
        if visit.basket:
            self._desk.go(Step.CONFIRM)
            self.plan()
        else:
            self._desk.go(Step.HOME)

    def back(self, _: str) -> None:
        """One step towards the first screen."""
        visit = self._desk.visit
        if visit.step in ASIDE:
            self._desk.go(Step.CONFIRM)
        elif visit.step is Step.CONFIRM:
            visit.purpose = ""
            self._desk.go(visit.came_from)
        elif visit.step is Step.LISTING and visit.came_from in (Step.SEARCH, Step.SITUATIONS):
            self._desk.go(visit.came_from)
        else:
            self._desk.go(Step.HOME)

    def plan(self) -> None:
        """Ask what a number would mean now."""
        visit = self._desk.visit
        visit.plan, visit.planned, visit.problem = None, False, ""
        self._ask_plan()

    def refresh(self) -> None:
        """People come and go while somebody reads: what stands there is asked for again, and stays until then."""
        self._most_used.look()
        visit = self._desk.visit
        if visit.step is Step.CONFIRM and visit.planned and self._desk.now_ms - visit.planned_ms >= PLAN_AGE_MS:
            self._ask_plan()

    def _ask_plan(self) -> None:
        visit = self._desk.visit
        visit.planned_ms = self._desk.now_ms
        asked = self._wanted()
        self._desk.ask_for_visit("plan_visit", asked, lambda reply: self._planned(asked, reply), PLAN_GIVE_UP_S)

    def _wanted(self) -> PlanVisit:
        visit = self._desk.visit
        services, priority = with_present(self._desk, items(visit.basket, visit.purpose)), claim(self._desk)
        return PlanVisit(services=services, purpose=visit.purpose, priority=priority)

    def _confirm(self) -> None:
        visit = self._desk.visit
        if visit.step not in ASIDE:
            visit.came_from = visit.step if visit.step in CHOOSING else Step.HOME
        self._desk.go(Step.CONFIRM)
        self.plan()

    def _planned(self, asked: PlanVisit, reply: Reply) -> None:
        """Only the plan of what is chosen now counts. Without an answer a number can be taken all the same."""
        visit = self._desk.visit
        if asked != self._wanted():
            return
        visit.planned = True
        if isinstance(reply, PlanView):
            visit.plan, visit.also, visit.problem = reply, tuple(reply.also), ""
        elif isinstance(reply, Refusal):
            visit.problem = reply.code


def items(basket: dict[str, int], purpose: str) -> list[ServiceItem]:
    """The basket as the wire wants it; a purpose has no services."""
    if purpose:
        return []
    return [ServiceItem(ServiceId(code), quantity) for code, quantity in basket.items()]


def claim(desk: Desk) -> PriorityClaim | None:
    """A priority, by the card where that has shown it, else on the person's own word; the window sees the proof."""
    if not desk.visit.priority:
        return None
    return PriorityClaim(desk.visit.priority, Basis.CARD if desk.priority_by_card else Basis.DECLARED)
