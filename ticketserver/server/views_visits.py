"""Lists of visits, and how they were rated: what staff ask for, and supervisors alone."""

from itertools import chain

from msgspec.structs import replace

from ticketserver.core.ids import Ms, ServiceId
from ticketserver.core.model import DONE, Visit
from ticketserver.core.numbering import as_printed, signs
from ticketserver.core.state import HallState
from ticketserver.server.views import services_view, ticket_view
from ticketserver.wire.params import ListVisits
from ticketserver.wire.views_hall import VisitsView
from ticketserver.wire.views_visits import TicketView, VisitService


def visits_view(state: HallState, asked: ListVisits, now: Ms) -> VisitsView:
    """Newest first, before all the one whose whole number was asked for. Ratings are told where they are asked for."""
    found: list[TicketView] = []
    meant = state.by_number.get(as_printed(asked.number))
    first = [state.visits[meant]] if meant is not None else []
    for visit in chain(first, (each for each in reversed(state.visits.values()) if each.visit_id != meant)):
        if _is_asked_for(visit, asked):
            view = ticket_view(state, visit, now)
            found.append(replace(view, services=_rated(visit)) if asked.rated_at_most else view)
            if len(found) == asked.limit:
                break
    return VisitsView(visits=found)


def _is_asked_for(visit: Visit, asked: ListVisits) -> bool:
    if asked.states and visit.state not in asked.states:
        return False
    if signs(asked.number) not in visit.number and as_printed(asked.number) != visit.number:
        return False
    if visit.issued_at_ms < asked.from_ms or (asked.to_ms and visit.issued_at_ms >= asked.to_ms):
        return False
    if asked.services and all(item.service not in asked.services for item in visit.services):
        return False
    return not asked.rated_at_most or any(level <= asked.rated_at_most for level in visit.ratings.values())


def _rated(visit: Visit) -> list[VisitService]:
    """What was done with its rating; one for the whole visit counts for each service without its own."""
    whole = visit.ratings.get(ServiceId(""), 0)
    return [
        replace(each, rating=visit.ratings.get(each.service, whole) if each.status == DONE else 0)
        for each in services_view(visit)
    ]
