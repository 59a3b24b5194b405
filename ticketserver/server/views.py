"""What the wire shows of the core's state, built for one moment. Nothing here is kept and nothing decides."""

from ticketserver.core.deadlines import clock_from
from ticketserver.core.decide_counters import done_here
from ticketserver.core.dispatch import reachable, reason_for
from ticketserver.core.estimate import Wait
from ticketserver.core.ids import BusinessDay, CallId, CounterNo, Ms, TicketNumber, VisitId, ZoneId
from ticketserver.core.model import Call, Counter, Stage, Visit
from ticketserver.core.projections.board import Board, Row
from ticketserver.core.projections.plan import Plan, open_from, wait_in_zone, wait_of
from ticketserver.core.projections.waiting import Waiting, soon, stranded, waiting_for
from ticketserver.core.queues import Entry
from ticketserver.core.state import HallState
from ticketserver.core.terms import CallReason, Offer, Phase, VisitState
from ticketserver.wire import views as v

MINUTE_MS = 60_000
ROWS = 60
"""Rows of calls that are over; no screen holds more."""
SOON = 12
MISSED = 20


def hours_view(state: HallState, next_opening: Ms) -> v.HoursView:
    plan = state.plan
    if plan is None:
        return v.HoursView(phase=Phase.NO_DAY, next_opening_ms=next_opening)
    return v.HoursView(
        phase=state.phase,
        day=plan.day,
        numbers_from_ms=plan.numbers_from_ms,
        calling_from_ms=plan.calling_from_ms,
        last_number_ms=plan.last_number_ms,
        ends_ms=plan.ends_ms,
        lunch_from_ms=plan.lunch_from_ms,
        lunch_to_ms=plan.lunch_to_ms,
        calling_paused=state.calling_paused,
        next_opening_ms=next_opening,
        not_at_lunch=list(plan.not_at_lunch),
    )


def stage_view(state: HallState, stage: Stage, now: Ms) -> v.StageView:
    return v.StageView(
        zone=stage.zone,
        services=list(stage.services),
        open_from_ms=open_from(state, stage, now),
        stranded=not state.served_today(stage),
    )


def services_view(visit: Visit) -> list[v.VisitService]:
    return [v.VisitService(service=s.service, quantity=s.quantity, status=s.status) for s in visit.services]


def ticket_view(
    state: HallState, visit: Visit, now: Ms, wait: Wait | None = None, offer: Offer = Offer.NONE
) -> v.TicketView:
    """`wait` and `offer` as an event said them; otherwise the wait of this moment."""
    wait = wait or wait_of(state, visit, now)
    stages = [stage_view(state, stage, now) for stage in visit.stages]
    call = state.counters[visit.counter].call if visit.counter else None
    plan = state.plan
    return v.TicketView(
        visit_id=visit.visit_id,
        number=visit.number,
        check_code=visit.check_code,
        day=plan.day if plan else BusinessDay(""),
        state=visit.state,
        zone=visit.stages[0].zone if visit.stages else ZoneId(""),
        services=services_view(visit),
        stages=stages,
        issued_at_ms=visit.issued_at_ms,
        ahead=wait.ahead,
        wait_p50_ms=wait.p50_ms,
        wait_p90_ms=wait.p90_ms,
        calling_from_ms=plan.calling_from_ms if plan and now < plan.calling_from_ms else Ms(0),
        counter=visit.counter,
        stage_no=visit.stage_no,
        returns_left=max(0, state.rules.queue.max_returns - visit.returns),
        priority=visit.priority,
        priority_confirmed=visit.confirmed,
        offer=offer,
        reason=call.reason if call else None,
        held=visit.held,
        printed=visit.printed,
    )


def plan_view(state: HallState, plan: Plan, now: Ms) -> v.PlanView:
    calling = state.plan.calling_from_ms if state.plan and now < state.plan.calling_from_ms else Ms(0)
    return v.PlanView(
        zone=plan.stages[0].zone,
        stages=[stage_view(state, stage, now) for stage in plan.stages],
        ahead=plan.wait.ahead,
        wait_p50_ms=plan.wait.p50_ms,
        wait_p90_ms=plan.wait.p90_ms,
        calling_from_ms=calling,
        offer=plan.offer,
    )


def call_view(state: HallState, row: Row, visit: Visit) -> v.CallView:
    return v.CallView(
        call_id=row.call_id,
        visit_id=row.visit_id,
        number=visit.number,
        counter=row.counter,
        zone=row.zone,
        call_no=row.call_no,
        called_at_ms=row.called_at_ms,
        reason=row.reason,
        last=row.call_no >= state.rules.queue.calls,
        priority=visit.weight > 1,
        spoken=row.spoken,
    )


def zones_view(state: HallState, waiting: Waiting, now: Ms) -> list[v.ZoneWaiting]:
    """By zone in the hall's order. Waits are rounded up to minutes: they change only when people would say so."""
    lost = stranded(state)
    views = []
    for rule in state.rules.zones:
        wait = wait_in_zone(state, rule.zone, now)
        counters = [c for c in state.counters.values() if c.zone == rule.zone and c.bit & state.open_mask]
        views.append(
            v.ZoneWaiting(
                zone=rule.zone,
                waiting=waiting.count(rule.zone),
                wait_p50_ms=-(-wait.p50_ms // MINUTE_MS) * MINUTE_MS,
                wait_p90_ms=-(-wait.p90_ms // MINUTE_MS) * MINUTE_MS,
                counters_open=len(counters),
                stranded=lost.get(rule.zone, 0),
            )
        )
    return views


def board_view(
    state: HallState, board: Board, zones: list[v.ZoneWaiting], hours: v.HoursView, notices: list[str], now: Ms
) -> v.BoardView:
    return v.BoardView(
        hours=hours,
        rows=[
            v.BoardRow(call=call_view(state, row, visit), state=visit.state)
            for at, (row, visit) in enumerate(board.rows(state, now))
            if at < ROWS or visit.state is VisitState.CALLED
        ],
        soon=[visit.number for visit in soon(state, SOON)],
        missed=[
            v.MissedRow(number=visit.number, counter=visit.missed_counter, missed_at_ms=visit.missed_at_ms)
            for visit in board.missed(state)[:MISSED]
        ],
        zones=zones,
        notices=notices,
    )


def counter_visit(state: HallState, counter: Counter, visit: Visit) -> v.CounterVisit:
    here = done_here(state, counter, visit)
    return v.CounterVisit(
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


def counter_view(state: HallState, counter: Counter, now: Ms) -> v.CounterView:
    visit = state.visits[counter.visit] if counter.visit else None
    call: Call | None = counter.call
    oldest = now - state.rules.queue.reopen_ms
    return v.CounterView(
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


def waiting_view(state: HallState, counter: Counter, limit: int, now: Ms) -> v.WaitingView:
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
    return v.WaitingView(counter=counter.counter, waiting=waiting_for(state, counter), rows=rows)


def waiting_row(visit: Visit, reason: CallReason, overtaken: int, not_before: bool) -> v.WaitingRow:
    return v.WaitingRow(
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


def visits_view(state: HallState, states: list[str], number: str, limit: int, now: Ms) -> v.VisitsView:
    """Newest first. `number` is a part of the number; no states means all."""
    found: list[Visit] = []
    for visit in reversed(state.visits.values()):
        if (not states or visit.state in states) and number.upper() in visit.number:
            found.append(visit)
            if len(found) == limit:
                break
    return v.VisitsView(visits=[ticket_view(state, visit, now) for visit in found])


def done_view(state: HallState, number: CounterNo, visit_id: VisitId) -> v.VisitDone:
    """Where a counter (0 = none) and a visit (0 = the one in hand, if any) stand."""
    counter = state.counters.get(number)
    visit = state.visits.get((counter.visit if counter else VisitId(0)) or visit_id)
    call = counter.call if counter and counter.visit else None
    return v.VisitDone(
        counter=number,
        counter_state=counter.state if counter else None,
        visit_id=visit.visit_id if visit else VisitId(0),
        number=visit.number if visit else TicketNumber(""),
        visit_state=VisitState(visit.state) if visit else None,
        call_id=call.call_id if call else CallId(0),
        reason=call.reason if call else None,
    )
