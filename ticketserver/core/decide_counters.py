"""Decisions at a counter: open, pause, call, recall, start, finish, no-show, reopen; see `decide_sending` for the rest.

Each function gets the counter the command names. What must be judged on the state *after* these events (the call that
follows a finish, new stages after a counter closed) is left to follow-up commands: see `engine`.
"""

from ticketserver.core import commands as c
from ticketserver.core import events as e
from ticketserver.core.deadlines import clock_from, gap_ms
from ticketserver.core.decide_tickets import day_of, known, new_ticket, wanted
from ticketserver.core.dispatch import choose
from ticketserver.core.ids import CallId, Ms, ServiceId, VisitId
from ticketserver.core.model import Call, Counter, Ending, Stage, Visit
from ticketserver.core.refusal import RefusedError
from ticketserver.core.staging import NoCounterTodayError, plan_or_strand, plan_stages
from ticketserver.core.state import HallState
from ticketserver.core.terms import CallReason, CounterState, FinishedBy, Offer, Source, StartedBy, VisitState
from ticketserver.core.transitions import BUSY, FREE

Events = list[e.Event]

MAY_CHOOSE = (VisitState.WAITING, VisitState.HELD, VisitState.NO_SHOW)
MAY_REOPEN = (VisitState.WAITING, VisitState.FINISHED, VisitState.NO_SHOW)


def refuse_unless_free(counter: Counter) -> None:
    if counter.state is CounterState.CLOSED:
        raise RefusedError("counter_closed", counter.state)
    if counter.state is CounterState.PAUSED:
        raise RefusedError("counter_paused", counter.state)
    if counter.state in BUSY:
        raise RefusedError("counter_busy", counter.state)


def refuse_unless_calling_hours(state: HallState, now: Ms) -> None:
    plan = day_of(state, now)
    if now < plan.calling_from_ms:
        raise RefusedError("calling_not_started", state.phase)
    if state.calling_paused:
        raise RefusedError("calling_paused", state.phase)


def in_hand(state: HallState, counter: Counter, *allowed: CounterState) -> Visit:
    """The visit at this counter. Refused where there is none in one of the `allowed` states."""
    if counter.state is CounterState.CLOSED:
        raise RefusedError("counter_closed", counter.state)
    if counter.state not in allowed:
        raise RefusedError("nobody_in_hand" if counter.state not in BUSY else "wrong_state", counter.state)
    return state.visits[counter.visit]


def open_counter(state: HallState, command: c.OpenCounter, counter: Counter, now: Ms) -> Events:
    day_of(state, now)
    if counter.state is not CounterState.CLOSED:
        raise RefusedError("counter_open", counter.state)
    return [e.CounterOpened(counter=counter.counter)]


def close_counter(state: HallState, command: c.CloseCounter, counter: Counter, now: Ms) -> Events:
    """For today, or until an hour of today. One that was to open is closed in the same way: it does not come."""
    if counter.state is CounterState.CLOSED and not counter.due:
        raise RefusedError("counter_closed", counter.state)
    if counter.state in BUSY:
        raise RefusedError("counter_busy", counter.state)
    if command.returns_at_ms and not now < command.returns_at_ms < day_of(state, now).ends_ms:
        raise RefusedError("bad_hours", counter.state)
    return [e.CounterClosed(counter=counter.counter, returns_at_ms=command.returns_at_ms)]


def pause_counter(state: HallState, command: c.PauseCounter, counter: Counter, now: Ms) -> Events:
    if counter.state is CounterState.CLOSED:
        raise RefusedError("counter_closed", counter.state)
    if counter.state in FREE:
        return [e.CounterPaused(counter=counter.counter)]
    if counter.state in BUSY and not counter.pause_after:
        return [e.PauseAsked(counter=counter.counter)]
    return []


def resume_counter(state: HallState, command: c.ResumeCounter, counter: Counter, now: Ms) -> Events:
    if counter.state is CounterState.CLOSED:
        raise RefusedError("counter_closed", counter.state)
    if counter.state is CounterState.PAUSED or counter.pause_after:
        return [e.CounterResumed(counter=counter.counter)]
    return []


def call_next(state: HallState, command: c.CallNext, counter: Counter, now: Ms) -> Events:
    """The visit that the rules choose; with nobody waiting the counter becomes READY for the next arrival."""
    refuse_unless_free(counter)
    refuse_unless_calling_hours(state, now)
    choice = choose(state, counter, now)
    if choice is not None:
        return [called(state, counter, choice.visit, choice.reason)]
    if not state.rules.queue.ready_on_empty:
        raise RefusedError("nobody_waiting", counter.state)
    return [] if counter.state is CounterState.READY else [e.CounterReady(counter=counter.counter)]


def called(
    state: HallState, counter: Counter, visit: Visit, reason: CallReason, note: str = "", counts: bool = True
) -> e.VisitCalled:
    return e.VisitCalled(
        visit_id=visit.visit_id,
        counter=counter.counter,
        call_id=state.next_call,
        reason=reason,
        zone=visit.stages[0].zone,
        note=note,
        counts=counts,
    )


def recall(state: HallState, command: c.Recall, counter: Counter, now: Ms) -> Events:
    """While CALLING one more call; while SERVING the visit is asked to step up again."""
    visit = in_hand(state, counter, CounterState.CALLING, CounterState.SERVING)
    refuse_unless_calling_hours(state, now)
    call = counter.call
    if call is None:
        raise RefusedError("wrong_state", counter.state, "served without a call")
    if now - call.called_at_ms < state.rules.queue.same_call_ms:
        return []
    number = call.call_no + (counter.state is CounterState.CALLING)
    return [
        e.VisitRecalled(
            visit_id=visit.visit_id, counter=counter.counter, call_id=CallId(state.next_call), call_no=number
        )
    ]


def call_visit(state: HallState, command: c.CallVisit, counter: Counter, now: Ms) -> Events:
    """A chosen number, with a reason that is kept; it overtakes nobody in the sense of the cap."""
    refuse_unless_free(counter)
    refuse_unless_calling_hours(state, now)
    visit = known(state, command.visit_id)
    if visit.state not in MAY_CHOOSE:
        raise RefusedError("wrong_state", visit.state)
    refuse_unless_able(state, counter, visit)
    return [called(state, counter, visit, CallReason.CHOSEN, command.reason, counts=False)]


def refuse_unless_able(state: HallState, counter: Counter, visit: Visit) -> None:
    named = bool(visit.stages) and counter.counter in visit.stages[0].targets
    if not named and not any(state.staffing.can(counter, service) for service in visit.open_services()):
        raise RefusedError("cannot_serve_here", counter.state)


def serve_walk_in(state: HallState, command: c.ServeWalkIn, counter: Counter, now: Ms) -> Events:
    """A person without a number: this counter does what it can, the rest becomes later stages."""
    refuse_unless_free(counter)
    plan = day_of(state, now)
    services = wanted(state, command.items)
    here = tuple(s for s in services if state.staffing.can(counter, s))
    if not here:
        raise RefusedError("cannot_serve_here", counter.state)
    rest = tuple(s for s in services if s not in here)
    zone = state.staffing.services[here[0]].zone
    first = Stage(zone, here, (counter.counter,))
    try:
        stages = (first, *plan_stages(state.staffing, rest, state.today_mask))
    except NoCounterTodayError as error:
        raise RefusedError("no_counter_today", detail=error.service) from None
    asked = c.IssueTicket(token=command.token, day=plan.day, items=command.items, source=Source.CLERK)
    issued = new_ticket(state, asked, stages, Offer.NONE, now)
    served = e.WalkInServed(counter=counter.counter, visit_id=issued.visit_id, note=command.reason)
    return [issued, served]


def start_service(state: HallState, command: c.StartService, counter: Counter, now: Ms) -> Events:
    visit = in_hand(state, counter, CounterState.CALLING, CounterState.SERVING)
    if counter.state is CounterState.SERVING:
        return []
    return [e.ServiceStarted(counter=counter.counter, visit_id=visit.visit_id)]


def finish_service(state: HallState, command: c.FinishService, counter: Counter, now: Ms) -> Events:
    """Open services this counter can do are done, except those named in `not_done`; what is left is the next stage."""
    visit = in_hand(state, counter, CounterState.SERVING)
    services = visit.open_services()
    for service in command.not_done:
        if service not in services:
            raise RefusedError("not_open_here", detail=service)
    done = tuple(s for s in done_here(state, counter, visit) if s not in command.not_done)
    rest = tuple(s for s in services if s not in done and s not in command.not_done)
    return [
        e.StageFinished(
            counter=counter.counter,
            visit_id=visit.visit_id,
            done=done,
            dropped=command.not_done,
            note=command.reason,
            stages=plan_or_strand(state.staffing, rest, state.today_mask),
            by=FinishedBy.IMPLIED if command.implied else FinishedBy.KEY,
            ask_rating=command.ask_rating,
        )
    ]


def done_here(state: HallState, counter: Counter, visit: Visit) -> list[ServiceId]:
    """Open services that count as done when this counter finishes: what it can do, what it was sent, and what it
    called the visit for, whatever became of its profile since."""
    stage = visit.stages[0]
    ruled = counter.call is not None and counter.call.reason is not CallReason.CHOSEN
    sent = stage.services if stage.targets or ruled else ()
    return [s for s in visit.open_services() if s in sent or state.staffing.can(counter, s)]


def no_show_due(state: HallState, counter: Counter, call: Call, now: Ms) -> bool:
    """All calls made and the gap after the last one is over."""
    rules = state.rules.queue
    clock = clock_from(call.clock_base_ms, call.spoken_ms, rules)
    return call.call_no >= rules.calls and now >= clock + gap_ms(state.visits[counter.visit], rules)


def mark_no_show(state: HallState, command: c.MarkNoShow, counter: Counter, now: Ms) -> Events:
    visit = in_hand(state, counter, CounterState.CALLING)
    if counter.call is None or not no_show_due(state, counter, counter.call, now):
        raise RefusedError("too_early_for_no_show", counter.state)
    return [e.VisitMissed(counter=counter.counter, visit_id=visit.visit_id)]


def reopen_visit(state: HallState, command: c.ReopenVisit, counter: Counter, now: Ms) -> Events:
    """An implied start goes back to calling; an ending of the last minutes goes back to this counter."""
    if counter.state is CounterState.CLOSED:
        raise RefusedError("counter_closed", counter.state)
    window = state.rules.queue.reopen_ms
    if counter.state is CounterState.SERVING and command.visit_id in (0, counter.visit):
        if counter.started_by is not StartedBy.IMPLIED:
            raise RefusedError("counter_busy", counter.state)
        if now - counter.started_at_ms > window:
            raise RefusedError("too_late_to_reopen", counter.state)
        return [e.VisitReopened(counter=counter.counter, visit_id=counter.visit, calling=True)]
    ending = last_ending(counter, command.visit_id)
    if now - ending.at_ms > window:
        raise RefusedError("too_late_to_reopen", counter.state)
    if counter.state is CounterState.SERVING:
        raise RefusedError("counter_busy", counter.state)
    visit = state.visits[ending.visit_id]
    if visit.state not in MAY_REOPEN:
        raise RefusedError("wrong_state", visit.state)
    events: Events = []
    if counter.state is CounterState.CALLING:
        events.append(e.VisitRequeued(counter=counter.counter, visit_id=counter.visit))
    return [*events, reopened(state, counter, visit, ending)]


def last_ending(counter: Counter, visit_id: VisitId) -> Ending:
    for ending in reversed(counter.endings):
        if visit_id in (0, ending.visit_id):
            return ending
    raise RefusedError("nothing_to_reopen", counter.state)


def reopened(state: HallState, counter: Counter, visit: Visit, ending: Ending) -> e.VisitReopened:
    services = (*ending.done, *ending.dropped)
    stages = tuple(visit.stages)
    if services:
        zone = state.staffing.services[services[0]].zone
        stages = (Stage(zone, services, (counter.counter,)), *stages)
    return e.VisitReopened(counter=counter.counter, visit_id=visit.visit_id, services=services, stages=stages)
