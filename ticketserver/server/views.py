"""What the wire shows of the core's state, built for one moment. Nothing here is kept and nothing decides."""

from ticketserver.core.estimate import Wait
from ticketserver.core.ids import BusinessDay, Ms, ServiceId, ZoneId
from ticketserver.core.model import Stage, Visit
from ticketserver.core.projections.board import Board, Row, told_as
from ticketserver.core.projections.plan import Plan, open_for_zone, opening, wait_in_zone, wait_of
from ticketserver.core.projections.waiting import Waiting, soon, stranded
from ticketserver.core.state import HallState
from ticketserver.core.terms import Offer, Phase, VisitState
from ticketserver.server.views_notices import announcements_view, notices_view
from ticketserver.wire.views import HoursView
from ticketserver.wire.views_board import BoardRow, BoardView, CallView, MissedRow, ZoneWaiting
from ticketserver.wire.views_visits import PlanView, StageView, TicketView, VisitService

MINUTE_MS = 60_000
ROWS = 60
"""Rows of calls that are over; no screen holds more."""
SOON = 12
MISSED = 20


def hours_view(state: HallState, next_opening: Ms) -> HoursView:
    plan = state.plan
    if plan is None:
        return HoursView(phase=Phase.NO_DAY, next_opening_ms=next_opening)
    return HoursView(
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


def stage_view(state: HallState, stage: Stage, now: Ms) -> StageView:
    from_ms, late, stranded = opening(state, stage, now)
    return StageView(
        zone=stage.zone,
        services=list(stage.services),
        open_from_ms=from_ms,
        unopened=late,
        stranded=stranded,
        rests_at_lunch=state.rests_at_lunch(stage),
    )


def services_view(visit: Visit) -> list[VisitService]:
    return [VisitService(service=s.service, quantity=s.quantity, status=s.status) for s in visit.services]


def ticket_view(
    state: HallState, visit: Visit, now: Ms, wait: Wait | None = None, offer: Offer = Offer.NONE
) -> TicketView:
    """`wait` and `offer` as an event said them; otherwise the wait of this moment."""
    wait = wait or wait_of(state, visit, now)
    stages = [stage_view(state, stage, now) for stage in visit.stages]
    call = state.counters[visit.counter].call if visit.counter else None
    plan = state.plan
    ahead_of_it = plan if visit.state is VisitState.WAITING else None
    return TicketView(
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
        counter=visit.held_for if visit.state is VisitState.HELD else visit.counter,
        stage_no=visit.stage_no,
        returns_left=max(0, state.rules.queue.max_returns - visit.returns),
        priority=visit.priority,
        priority_confirmed=visit.confirmed,
        offer=offer,
        reason=call.reason if call else None,
        held=visit.held,
        printed=visit.printed,
        call_no=call.call_no if call and visit.state is VisitState.CALLED else 0,
        calling_paused=state.calling_paused,
        lunch_from_ms=ahead_of_it.lunch_from_ms if ahead_of_it else Ms(0),
        lunch_to_ms=ahead_of_it.lunch_to_ms if ahead_of_it else Ms(0),
        ends_ms=ahead_of_it.ends_ms if ahead_of_it else Ms(0),
        rated=bool(visit.ratings),
    )


def plan_view(state: HallState, plan: Plan, also: tuple[ServiceId, ...], now: Ms) -> PlanView:
    calling = state.plan.calling_from_ms if state.plan and now < state.plan.calling_from_ms else Ms(0)
    return PlanView(
        zone=plan.stages[0].zone,
        stages=[stage_view(state, stage, now) for stage in plan.stages],
        ahead=plan.wait.ahead,
        wait_p50_ms=plan.wait.p50_ms,
        wait_p90_ms=plan.wait.p90_ms,
        calling_from_ms=calling,
        calling_paused=state.calling_paused,
        offer=plan.offer,
        also=list(also),
    )


def call_view(state: HallState, row: Row, visit: Visit) -> CallView:
    return CallView(
        call_id=row.call_id,
        visit_id=row.visit_id,
        number=visit.number,
        counter=row.counter,
        zone=row.zone,
        call_no=row.call_no,
        called_at_ms=row.called_at_ms,
        reason=row.reason,
        last=row.call_no >= state.rules.queue.calls and not row.again,
        priority=visit.weight > 1,
        spoken=row.spoken,
    )


def whole_minutes(span_ms: int) -> int:
    """Rounded up: a wait so said changes only when people would say so."""
    return -(-span_ms // MINUTE_MS) * MINUTE_MS


def zones_view(state: HallState, waiting: Waiting, now: Ms) -> list[ZoneWaiting]:
    """By zone in the hall's order."""
    lost = stranded(state)
    views = []
    for rule in state.rules.zones:
        wait = wait_in_zone(state, rule.zone, now)
        views.append(
            ZoneWaiting(
                zone=rule.zone,
                waiting=waiting.count(rule.zone),
                wait_p50_ms=whole_minutes(wait.p50_ms),
                wait_p90_ms=whole_minutes(wait.p90_ms),
                counters_open=open_for_zone(state, rule.zone),
                stranded=lost.get(rule.zone, 0),
            )
        )
    return views


def board_view(
    state: HallState, board: Board, zones: list[ZoneWaiting], hours: HoursView, now: Ms
) -> BoardView:
    return BoardView(
        hours=hours,
        rows=[
            BoardRow(call=call_view(state, row, visit), state=told_as(row, visit))
            for at, (row, visit) in enumerate(board.rows(state, now))
            if at < ROWS or visit.state is VisitState.CALLED
        ],
        soon=[visit.number for visit in soon(state, SOON)],
        missed=[
            MissedRow(number=visit.number, counter=visit.missed_counter, missed_at_ms=visit.missed_at_ms)
            for visit in board.missed(state)[:MISSED]
        ],
        zones=zones,
        announcements=announcements_view(state, now),
        notices=notices_view(state, now),
    )
