"""Who watches which ticket, and what each of them was told last.

A thousand phones watch a thousand tickets, so a note goes to those who watch its ticket and looks at nobody else. Waits
are told in whole minutes: a phone hears of a change when a person would say it otherwise. Tickets are looked at a few
at a time, so that a press of a call box does not wait for all the phones in the hall. What happened to a ticket itself
(it is called) comes before what moved around it (fewer are ahead): a call is never behind a thousand waits.
"""

from collections.abc import Iterable
from itertools import chain, islice

from msgspec.structs import replace

from ticketserver.core.ids import Ms, VisitId
from ticketserver.core.model import Visit
from ticketserver.core.state import HallState
from ticketserver.server import views
from ticketserver.server.peers import Subscriber
from ticketserver.server.risings import Risings
from ticketserver.wire.views_visits import TicketView

AT_ONCE = 10
"""Tickets looked at in one turn: a few ms of work."""


class Tickets:
    """`renew` makes the next look at a ticket count as news; a snapshot of it was just built for somebody."""

    def __init__(self, risings: Risings) -> None:
        self._risings = risings
        self._watching: dict[VisitId, set[Subscriber]] = {}
        self._told: dict[VisitId, TicketView] = {}
        self._due: dict[VisitId, None] = {}
        self._first: dict[VisitId, None] = {}

    @property
    def unfinished(self) -> bool:
        """Whether tickets are left to look at."""
        return bool(self._due or self._first)

    def watch(self, peer: Subscriber) -> None:
        """From now on the peer is told of its `visit`, where it has one."""
        if peer.visit:
            self._watching.setdefault(peer.visit, set()).add(peer)

    def forget(self, peer: Subscriber) -> None:
        peers = self._watching.get(peer.visit)
        if peers is not None:
            peers.discard(peer)
            if not peers:
                del self._watching[peer.visit]
                self._told.pop(peer.visit, None)

    def renew(self, visit_id: VisitId) -> None:
        self._told.pop(visit_id, None)

    def watching(self, visit_id: VisitId) -> Iterable[Subscriber]:
        return self._watching.get(visit_id, ())

    def look(self) -> None:
        """All that are watched are due, the oldest first; who is due from before comes before them."""
        self._due |= dict.fromkeys(sorted(self._watching))

    def changed(self, state: HallState, touched: Iterable[VisitId], now: Ms) -> list[tuple[VisitId, TicketView]]:
        """Of the next few, those that look different from what was told last; first those that something happened
        to."""
        self._first |= dict.fromkeys(each for each in touched if each in self._watching)
        found = []
        others = (each for each in self._due if each not in self._first)
        for visit_id in list(islice(chain(self._first, others), AT_ONCE)):
            self._first.pop(visit_id, None)
            self._due.pop(visit_id, None)
            visit = state.visits.get(visit_id)
            if visit is None or visit_id not in self._watching:
                continue
            view = self.view(state, visit, now)
            if view != self._told.get(visit_id):
                self._told[visit_id] = view
                found.append((visit_id, view))
        return found

    def view(self, state: HallState, visit: Visit, now: Ms) -> TicketView:
        """A ticket as a watcher sees it."""
        return in_whole_minutes(self._risings.why(state, views.ticket_view(state, visit, now)))


def in_whole_minutes(ticket: TicketView) -> TicketView:
    """The same with its waits rounded up: a phone hears the same on its line and without one."""
    p50_ms, p90_ms = views.whole_minutes(ticket.wait_p50_ms), views.whole_minutes(ticket.wait_p90_ms)
    return replace(ticket, wait_p50_ms=p50_ms, wait_p90_ms=p90_ms)
