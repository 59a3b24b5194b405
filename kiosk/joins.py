"""The number that a person has already, to which what is chosen would be added (adding.py)."""

from kiosk.desk import Desk
from ticketserver.core.terms import VisitState
from ticketserver.wire.params import ServiceItem
from ticketserver.wire.views_visits import TicketView


def joins(desk: Desk) -> TicketView | None:
    """The number that was found for it, or the waiting one of the card's holder."""
    visit = desk.visit
    if visit.appointment:
        return None
    if visit.adding:
        return visit.ticket
    return visit.own if visit.own is not None and visit.own.state is VisitState.WAITING else None


def with_present(desk: Desk, services: list[ServiceItem]) -> list[ServiceItem]:
    """What the number is for already, and then these: together they make its stages."""
    into = joins(desk)
    return [*(ServiceItem(each.service, each.quantity) for each in into.services), *services] if into else services
