"""What the wire shows of counters and of those who wait for them, as boxes, panels and consoles see it."""

from ticketserver.core.deadlines import clock_from
from ticketserver.core.decide_counters import done_here
from ticketserver.core.dispatch import reachable, reason_for
from ticketserver.core.ids import CallId, Ms, TicketNumber
from ticketserver.core.model import Call, Counter, Visit
from ticketserver.core.projections.waiting import waiting_for
from ticketserver.core.queues import Entry
from ticketserver.core.state import HallState
from ticketserver.core.terms import CallReason
from ticketserver.server.views import services_view
from ticketserver.wire.views_counters import CounterView, CounterVisit, WaitingRow, WaitingView


def counter_visit(state: HallState, counter: Counter, visit: Visit) -> CounterVisit:
    here = done_here(state, counter, visit)
    return CounterVisit(
        visit_id=visit.visit_id,
        number=visit.number,
        services=services_view(visit),
        here=here,
        elsewhere=[service for service in visit.open_services() if service not in here],
        issued_at_ms=visit.issued_at_ms,
        priority=visit.priority,
        priority_basis=visit.basis,
        priority_confirmed=visit.confirmed,
        on_behalf=visit.on_behalf,
        employers=visit.employers,
        papers=visit.held,
    )


def counter_view(state: HallState, counter: Counter, now: Ms) -> CounterView:
    visit = state.visits[counter.visit] if counter.visit else None
    call: Call | None = counter.call
    oldest = now - state.rules.queue.reopen_ms
    return CounterView(
        counter=counter.counter,
        state=counter.state,
        zone=counter.zone,
        profile=counter.profile,
        waiting=waiting_for(state, counter),
        number=visit.number if visit else TicketNumber(""),
        call_id=call.call_id if call else CallId(0),
        calls_made=call.call_no if call else 0,
        called_at_ms=call.called_at_ms if call else Ms(0),
        clock_from_ms=clock_from(call.clock_base_ms, call.spoken_ms, state.rules.queue) if call else Ms(0),
        no_show_offered=call.offered if call else False,
        pause_after=counter.pause_after,
        due_from_ms=counter.due_from_ms,
        visit=counter_visit(state, counter, visit) if visit else None,
        reopenable=[state.visits[each.visit_id].number for each in reversed(counter.endings) if each.at_ms >= oldest],
    )


def waiting_view(state: HallState, counter: Counter, limit: int, now: Ms) -> WaitingView:
    """In the order of credit, those whose cap is reached first; comebacks that let others pass stand last."""
    queues = reachable(state, counter)
    cap = state.rules.queue.cap
    ranked: list[tuple[bool, int, Entry]] = []
    for queue in queues:
        for join_ms, visit_id in queue.first(limit):
            late = queue.claim(join_ms, visit_id) < cap
            ranked.append((late, -queue.key.weight * (now - join_ms), (join_ms, visit_id)))
    rows = []
    for _, _, (join_ms, visit_id) in sorted(ranked)[:limit]:
        visit = state.visits[visit_id]
        claim = state.place[visit_id].claim(join_ms, visit_id)
        reason = reason_for(state, queues, visit)
        rows.append(waiting_row(visit, reason, claim, False))
    for visit_id, key in state.comebacks.items():
        if (key.primary | key.overflow) & counter.bit and len(rows) < limit:
            visit = state.visits[visit_id]
            rows.append(waiting_row(visit, reason_for(state, queues, visit), 0, visit.comeback_left > 0))
    return WaitingView(counter=counter.counter, waiting=waiting_for(state, counter), rows=rows)


def waiting_row(visit: Visit, reason: CallReason, overtaken: int, not_before: bool) -> WaitingRow:
    return WaitingRow(
        visit_id=visit.visit_id,
        number=visit.number,
        services=services_view(visit),
        zone=visit.stages[0].zone,
        joined_at_ms=visit.join_ms,
        reason=reason,
        priority=visit.priority if visit.weight > 1 else "",
        overtaken=overtaken,
        not_before=not_before,
    )
