"""What the people of a day came for: how many visits asked for each service, with a number or added to one later.

A visit counts once for a service, however many cases it brings, and also where it was cancelled: it was asked for all
the same. Nothing of a visit itself is kept.
"""

from collections.abc import Iterable

from ticketserver.core import events as e
from ticketserver.core.ids import BusinessDay, ServiceId

Asked = dict[ServiceId, int]

WATCHED: frozenset[type[e.Base]] = frozenset({e.TicketIssued, e.ServicesAdded, e.DayEnded, e.DayOpened})
"""Decisions without one of these need not be fed."""


class Demand:
    """A read model of the open day: it is fed each decision, also by a replay."""

    def __init__(self) -> None:
        self._asked: Asked = {}

    def apply(self, events: Iterable[e.Event]) -> tuple[BusinessDay, Asked] | None:
        """Takes in one decision; the day that ended with it and its figures."""
        ended = None
        for event in events:
            match event:
                case e.TicketIssued() | e.ServicesAdded():
                    for service, _ in event.items:
                        self._asked[service] = self._asked.get(service, 0) + 1
                case e.DayEnded(day=day):
                    ended, self._asked = (day, self._asked), {}
                case e.DayOpened():
                    self._asked = {}
        return ended
