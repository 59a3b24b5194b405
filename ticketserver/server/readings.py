"""Methods that read the hall, or touch only what lives in memory: one row a method.

They read the working state, which may run ahead of the disk; the caller holds the answer back until that is durable.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from msgspec.structs import replace

from ticketserver.core import events as e
from ticketserver.core.events import Record
from ticketserver.core.ids import Ms, RequestId, ServiceId
from ticketserver.core.model import Visit
from ticketserver.core.projections.beside import done_beside
from ticketserver.core.projections.plan import plan_visit
from ticketserver.core.refusal import RefusedError
from ticketserver.core.terms import Role
from ticketserver.server import views, views_counters, views_visits
from ticketserver.server.announced import Announced
from ticketserver.server.appointments import usable
from ticketserver.server.asking import TRUSTED, Context, claim, find_visit, held_by, items
from ticketserver.server.risings import Risings
from ticketserver.server.tickets import in_whole_minutes
from ticketserver.server.views_catalogue import catalogue_view
from ticketserver.shared.settings import Settings
from ticketserver.wire import params as p
from ticketserver.wire import reports as r
from ticketserver.wire.errors import Refusal
from ticketserver.wire.views import View
from ticketserver.wire.views_hall import VisitsView
from ticketserver.wire.views_visits import AppointmentView, TicketView

ALSO_AT_MOST = 3
"""Related services that a plan names."""


class Read(NamedTuple):
    """What a reading looks at. `record` finds an accepted request of today; `announced`, `risings`: what was said."""

    context: Context
    now: Ms
    settings: Settings
    record: Callable[[RequestId], Record | None]
    announced: Announced
    risings: Risings


def get_catalogue(read: Read, asked: p.GetCatalogue) -> View:
    return catalogue_view(read.settings, read.context.asked)


def plan(read: Read, asked: p.PlanVisit) -> View:
    priority, basis = claim(read.context, asked.priority)
    chosen = items(read.context, asked.services, asked.purpose)
    state = read.context.state
    planned = plan_visit(state, chosen, priority, basis, read.now)
    also = done_beside(state, planned.stages, _related(read.settings, [item.service for item in chosen]))
    return views.plan_view(state, planned, also[:ALSO_AT_MOST], read.now)


def _related(settings: Settings, chosen: list[ServiceId]) -> list[ServiceId]:
    """What the catalogue relates to the services chosen, each once, without those themselves."""
    found = (settings.catalogue.find(code) for code in chosen)
    related = dict.fromkeys(ServiceId(code) for service in found if service for code in service.related)
    return [code for code in related if code not in chosen]


def find_request(read: Read, asked: p.FindRequest) -> View:
    """The ticket that a request led to, as it stands now."""
    record = read.record(asked.request_id)
    issued = next((each for each in record.events if isinstance(each, e.TicketIssued)), None) if record else None
    if issued is None:
        raise RefusedError(Refusal.UNKNOWN_REQUEST)
    return views.ticket_view(read.context.state, read.context.state.visits[issued.visit_id], read.now)


def ticket(read: Read, asked: p.TicketRef) -> View:
    return _told(read, find_visit(read.context, asked))


def find_ticket(read: Read, asked: p.FindTicket) -> View:
    if not asked.holder:
        return ticket(read, asked)
    return _told(read, held_by(read.context, asked.holder))


def _told(read: Read, visit: Visit) -> TicketView:
    state = read.context.state
    view = read.risings.why(state, views.ticket_view(state, visit, read.now))
    return in_whole_minutes(view) if read.context.role is Role.PHONE else view


def read_appointment(read: Read, asked: p.ReadAppointment) -> View:
    booked = usable(read.context.appointments, read.context.state, asked.appointment)
    last = booked.to_ms + read.settings.queue.appointment_late_ms
    return AppointmentView(
        services=list(booked.services), from_ms=booked.from_ms, to_ms=booked.to_ms, late=read.now > last
    )


def list_waiting(read: Read, asked: p.ListWaiting) -> View:
    counter = read.context.state.counters.get(asked.counter)
    if counter is None:
        raise RefusedError(Refusal.UNKNOWN_COUNTER)
    return views_counters.waiting_view(read.context.state, counter, asked.limit, read.now)


def list_visits(read: Read, asked: p.ListVisits) -> View:
    """A kiosk lists numbers for whoever stands there, so it is not told their check codes. Who rated whom is for
    supervisors: a clerk who knew would make the next citizen afraid to say so."""
    if asked.rated_at_most and read.context.role is not Role.SUPERVISOR:
        raise RefusedError(Refusal.NOT_ALLOWED, detail="ratings are told to supervisors only")
    found = views_visits.visits_view(read.context.state, asked, read.now)
    if read.context.role in TRUSTED:
        return found
    return VisitsView(visits=[replace(each, check_code="") for each in found.visits])


def get_wait_report(read: Read, asked: r.GetWaitReport) -> View:
    return read.announced.report()


READINGS: dict[str, Callable[[Read, Any], View]] = {
    "get_catalogue": get_catalogue,
    "plan_visit": plan,
    "read_appointment": read_appointment,
    "find_request": find_request,
    "find_ticket": find_ticket,
    "get_ticket": ticket,
    "list_waiting": list_waiting,
    "list_visits": list_visits,
    "get_wait_report": get_wait_report,
}
