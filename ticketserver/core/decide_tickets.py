"""Decisions about tickets: take a number, add a service, come back, cancel, confirm a priority, rate, report paper."""

from ticketserver.core import commands as c
from ticketserver.core import events as e
from ticketserver.core.deadlines import phase_at
from ticketserver.core.estimate import NOBODY, estimate
from ticketserver.core.ids import Ms, ServiceId, VisitId
from ticketserver.core.model import DONE, Counter, DayPlan, Stage, Visit
from ticketserver.core.numbering import check_code, ticket_number
from ticketserver.core.refusal import RefusedError
from ticketserver.core.staging import NoCounterTodayError, plan_or_strand, plan_stages
from ticketserver.core.state import HallState
from ticketserver.core.terms import Basis, Offer, Phase, Source, VisitState

Events = list[e.Event]

MAY_ADD = (VisitState.WAITING, VisitState.CALLED, VisitState.SERVING, VisitState.HELD, VisitState.NO_SHOW)
MAY_CANCEL = (VisitState.WAITING, VisitState.HELD, VisitState.NO_SHOW)


def issue_ticket(state: HallState, command: c.IssueTicket, now: Ms) -> Events:
    plan = day_of(state, now)
    if command.day != plan.day:
        raise RefusedError("wrong_day", plan.day, command.day)
    if now < plan.numbers_from_ms:
        raise RefusedError("not_yet_open", state.phase)
    if now >= plan.last_number_ms:
        raise RefusedError("cut_off", state.phase)
    services = wanted(state, command.items)
    stages, offer = stages_for(state, command.items, services)
    return [new_ticket(state, command, stages, offer, now)]


def day_of(state: HallState, now: Ms) -> DayPlan:
    """The open day. Refused before the first day and after the last number was called."""
    if state.plan is None:
        raise RefusedError("no_day", state.phase)
    if state.phase is Phase.ENDED or phase_at(state.plan, now) is Phase.ENDED:
        raise RefusedError("day_over", state.phase)
    return state.plan


def wanted(
    state: HallState, items: tuple[c.Item, ...], already: tuple[ServiceId, ...] = ()
) -> tuple[ServiceId, ...]:
    """The services asked for, checked: known, each once, at least one."""
    services = tuple(item.service for item in items)
    if not services:
        raise RefusedError("nothing_chosen")
    seen = list(already)
    for service in services:
        if service not in state.staffing.services:
            raise RefusedError("unknown_service", detail=service)
        if service in seen:
            raise RefusedError("service_twice", detail=service)
        seen.append(service)
    return services


def stages_for(
    state: HallState, items: tuple[c.Item, ...], services: tuple[ServiceId, ...]
) -> tuple[tuple[Stage, ...], Offer]:
    """Stages for a new visit, and what is offered to one with many cases (hall-rules, section 3)."""
    try:
        stages = plan_stages(state.staffing, services, state.today_mask)
    except NoCounterTodayError as error:
        raise RefusedError("no_counter_today", detail=error.service) from None
    rules = state.rules.queue
    if sum(item.quantity for item in items) <= rules.batch_cases:
        return stages, Offer.NONE
    primary, overflow = state.staffing.masks(stages[0].services)
    able = (primary | overflow) & state.today_mask
    batch = tuple(number for number in rules.batch_counters if state.counters[number].bit & able)
    if not batch:
        return stages, Offer.LATER_SLOT
    return (Stage(stages[0].zone, stages[0].services, batch), *stages[1:]), Offer.BATCH_COUNTER


def new_ticket(
    state: HallState, command: c.IssueTicket, stages: tuple[Stage, ...], offer: Offer, now: Ms
) -> e.TicketIssued:
    """The event of a new number with everything the reply says."""
    _unused(state, command)
    weight, confirmed = priority_weight(state, command.priority, command.basis)
    booked = command.appointment_ms > 0 and now <= last_moment(state, command)
    join = command.appointment_ms if booked else now
    wait = estimate(state, state.key_of(stages[0], weight), join, NOBODY, now)
    items = tuple((item.service, item.quantity) for item in command.items)
    if command.source is not Source.CLERK and state.plan is not None and state.rules.queue.capacity_cutoff:
        ready = now + wait.p50_ms + state.staffing.load_ms(items)
        if ready > state.plan.ends_ms:
            raise RefusedError("capacity_reached", state.phase)
    prefix = state.staffing.series[stages[0].zone]
    return e.TicketIssued(
        visit_id=state.next_visit,
        number=ticket_number(prefix, state.issued.get(prefix, 0) + 1),
        token=command.token,
        check_code=check_code(command.token),
        source=command.source,
        items=items,
        stages=stages,
        join_ms=join,
        weight=weight,
        device=command.device,
        employers=command.employers,
        on_behalf=command.on_behalf,
        priority=command.priority,
        basis=command.basis,
        confirmed=confirmed,
        holder=command.holder,
        appointment=booked,
        offer=offer,
        ahead=wait.ahead,
        wait_p50_ms=wait.p50_ms,
        wait_p90_ms=wait.p90_ms,
        booking=command.booking,
        note=command.note,
    )


def _unused(state: HallState, command: c.IssueTicket) -> None:
    """A token stands for one number, and so does an appointment, unless its number was cancelled."""
    if command.token in state.by_token:
        raise RefusedError("token_reused")
    earlier = state.by_booking.get(command.booking)
    if earlier is not None and state.visits[earlier].state is not VisitState.CANCELLED:
        raise RefusedError("appointment_used")


def last_moment(state: HallState, command: c.IssueTicket) -> Ms:
    """Until when an appointment counts; later it is a walk-in."""
    until = max(command.appointment_ms, command.appointment_until_ms)
    return Ms(until + state.rules.queue.appointment_late_ms)


def priority_weight(state: HallState, priority: str, basis: Basis | None) -> tuple[int, bool]:
    """(weight, confirmed). A declared claim weighs nothing until it is confirmed, where the hall says so."""
    if not priority:
        return 1, False
    if priority not in state.staffing.weights:
        raise RefusedError("unknown_priority", detail=priority)
    confirmed = basis in (Basis.CARD, Basis.SEEN)
    if not confirmed and state.rules.queue.declared_needs_confirm:
        return 1, False
    return state.staffing.weights[priority], confirmed


def add_services(state: HallState, command: c.AddServices, now: Ms) -> Events:
    day_of(state, now)
    visit = known(state, command.visit_id)
    if visit.state not in MAY_ADD:
        raise RefusedError("wrong_state", visit.state)
    new = wanted(state, command.items, tuple(item.service for item in visit.services))
    services = (*visit.open_services(), *new)
    if visit.counter:
        stages = stages_at(state, visit, state.counters[visit.counter], services)
    else:
        stages = plan_or_strand(state.staffing, services, state.today_mask)
    for stage in stages[1:] if visit.counter else stages:
        if not state.served_today(stage) and not set(new).isdisjoint(stage.services):
            raise RefusedError("no_counter_today", detail=",".join(stage.services))
    items = tuple((item.service, item.quantity) for item in command.items)
    return [e.ServicesAdded(visit_id=visit.visit_id, items=items, stages=stages)]


def stages_at(
    state: HallState, visit: Visit, counter: Counter, services: tuple[ServiceId, ...]
) -> tuple[Stage, ...]:
    """Stages of a visit in hand: what is done here first, then the rest."""
    current = visit.stages[0]
    here = tuple(s for s in services if s in current.services or state.staffing.can(counter, s))
    rest = tuple(s for s in services if s not in here)
    now_here = Stage(current.zone, here, current.targets)
    return (now_here, *plan_or_strand(state.staffing, rest, state.today_mask))


def known(state: HallState, visit_id: VisitId) -> Visit:
    visit = state.visits.get(visit_id)
    if visit is None:
        raise RefusedError("unknown_ticket", detail=str(visit_id))
    return visit


def check_in(state: HallState, command: c.CheckIn, now: Ms) -> Events:
    day_of(state, now)
    visit = known(state, command.visit_id)
    if visit.state is not VisitState.NO_SHOW:
        raise RefusedError("wrong_state", visit.state)
    rules = state.rules.queue
    if visit.returns >= rules.max_returns:
        raise RefusedError("no_returns_left", visit.state)
    stages = plan_or_strand(state.staffing, tuple(visit.open_services()), state.today_mask)
    return [e.VisitCheckedIn(visit_id=visit.visit_id, after_calls=rules.comeback_after, stages=stages)]


def cancel_ticket(state: HallState, command: c.CancelTicket, now: Ms) -> Events:
    visit = known(state, command.visit_id)
    if visit.state not in MAY_CANCEL:
        raise RefusedError("wrong_state", visit.state)
    return [e.VisitCancelled(visit_id=visit.visit_id, reason=command.reason)]


def confirm_priority(state: HallState, command: c.ConfirmPriority, now: Ms) -> Events:
    visit = known(state, command.visit_id)
    if not visit.priority:
        raise RefusedError("no_priority", visit.state)
    if command.confirmed and visit.confirmed:
        return []
    weight = state.staffing.weights[visit.priority] if command.confirmed else 1
    return [e.PriorityConfirmed(visit_id=visit.visit_id, confirmed=command.confirmed, weight=weight)]


def rate_visit(state: HallState, command: c.RateVisit, now: Ms) -> Events:
    visit = known(state, command.visit_id)
    done = [item.service for item in visit.services if item.status == DONE]
    if not done:
        raise RefusedError("wrong_state", visit.state)
    if command.service and command.service not in done:
        raise RefusedError("unknown_service", detail=command.service)
    if command.service in visit.ratings:
        raise RefusedError("already_rated", visit.state)
    return [e.VisitRated(visit_id=visit.visit_id, level=command.level, service=command.service)]


def report_print(state: HallState, command: c.ReportPrint, now: Ms) -> Events:
    visit = known(state, command.visit_id)
    return [
        e.PrintReported(
            visit_id=visit.visit_id, outcome=command.outcome, detail=command.detail, reprint=command.reprint
        )
    ]
