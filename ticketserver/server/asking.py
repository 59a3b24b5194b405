"""What a request names: who asks, the visit it is about, the services and the priority it claims.

Tickets are found by the slip's token, or by number and check code; staff may name the number or the visit alone, a
phone has nothing but the token. A reference that leads nowhere is refused as the core refuses, with a code.
"""

from collections.abc import Mapping
from hmac import compare_digest
from typing import NamedTuple

from ticketserver.core import commands as c
from ticketserver.core.ids import DeviceId, ServiceId, TicketNumber, Token, VisitId
from ticketserver.core.model import Visit
from ticketserver.core.numbering import as_printed
from ticketserver.core.refusal import RefusedError
from ticketserver.core.state import HallState
from ticketserver.core.terms import Basis, Role, VisitState
from ticketserver.server.appointments import Appointments
from ticketserver.server.daykey import KEYED
from ticketserver.wire import params as p
from ticketserver.wire.errors import Refusal

TRUSTED = frozenset({Role.CLERK, Role.GUIDE, Role.SUPERVISOR})
OVER = frozenset({VisitState.FINISHED, VisitState.CANCELLED, VisitState.EXPIRED})


class Context(NamedTuple):
    """Who asks, what the hall accepts, the state it is asked of, and what was asked for on earlier days."""

    state: HallState
    role: Role
    device: DeviceId
    bases: Mapping[str, frozenset[str]]
    phone_check_in: bool
    appointments: Appointments | None = None
    asked: Mapping[ServiceId, int] = {}


def find_visit(context: Context, ref: p.TicketRef) -> Visit:
    """Raises RefusedError: `unknown_ticket`, `wrong_check_code`, `not_allowed`."""
    state = context.state
    if ref.token:
        visit_id = state.by_token.get(Token(ref.token))
    elif context.role is Role.PHONE:
        raise RefusedError(Refusal.NOT_ALLOWED, detail="a phone needs the slip's token")
    elif ref.number:
        visit_id = state.by_number.get(as_printed(ref.number))
        if visit_id is not None and context.role not in TRUSTED:
            code = state.visits[visit_id].check_code
            if not compare_digest(code.encode(), ref.check_code.encode()):
                raise RefusedError(Refusal.WRONG_CHECK_CODE)
    elif context.role in TRUSTED or context.role is Role.BRIDGE:
        visit_id = ref.visit_id if ref.visit_id in state.visits else None
    else:
        raise RefusedError(Refusal.NOT_ALLOWED, detail="name the ticket by token, or by number and check code")
    if visit_id is None:
        raise RefusedError(Refusal.UNKNOWN_TICKET)
    return state.visits[visit_id]


def held_by(context: Context, holder: str) -> Visit:
    """The newest visit of a card's holder that is not over. Raises RefusedError: `unknown_ticket`, `not_allowed`."""
    if context.role not in KEYED:
        raise RefusedError(Refusal.NOT_ALLOWED, detail="only kiosks and guides read cards")
    for visit in reversed(context.state.visits.values()):
        if visit.holder == holder and visit.state not in OVER:
            return visit
    raise RefusedError(Refusal.UNKNOWN_TICKET)


def numbered(context: Context, number: str) -> VisitId:
    """The visit of a number that staff typed."""
    return find_visit(context, p.TicketRef(number=TicketNumber(number))).visit_id


def items(context: Context, chosen: list[p.ServiceItem], purpose: str) -> tuple[c.Item, ...]:
    """Services and purpose as one list; a purpose is checked to be one."""
    found = tuple(c.Item(item.service, item.quantity) for item in chosen)
    if not purpose:
        return found
    rule = context.state.staffing.services.get(ServiceId(purpose))
    if rule is None or not rule.purpose:
        raise RefusedError(Refusal.UNKNOWN_PURPOSE, detail=purpose[:40])
    return (*found, c.Item(rule.service))


def claim(context: Context, priority: p.PriorityClaim | None) -> tuple[str, Basis | None]:
    """A priority class of the hall, on a basis it accepts."""
    if priority is None:
        return "", None
    if priority.basis not in context.bases.get(priority.class_id, ()):
        raise RefusedError(Refusal.UNKNOWN_PRIORITY, detail=f"{priority.class_id} by {priority.basis}")
    return priority.class_id, priority.basis
