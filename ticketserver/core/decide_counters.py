"""Decisions at a counter: open, pause, call, recall, start, finish, no-show, hold, transfer, reopen.

Each function gets the counter the command names. What must be judged on the state *after* these events (the call that
follows a finish, new stages after a counter closed) is left to follow-up commands: see `engine`.
"""

from ticketserver.core import commands as c
from ticketserver.core import events as e
from ticketserver.core.deadlines import clock_from, gap_ms
from ticketserver.core.decide_tickets import day_of, known
from ticketserver.core.dispatch import choose
from ticketserver.core.ids import CallId, CounterNo, Ms, ServiceId, VisitId
from ticketserver.core.model import Call, Counter, Ending, Stage, Visit
from ticketserver.core.refusal import RefusedError
from ticketserver.core.staging import plan_or_strand
from ticketserver.core.state import HallState
from ticketserver.core.terms import CallReason, CounterState, FinishedBy, StartedBy, VisitState
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
    if counter.state is CounterState.CLOSED:
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
            raise RefusedError("unknown_service", detail=service)
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
    """Open services that count as done when this counter finishes: what it can do, and what it was sent."""
    sent = visit.stages[0].services if visit.stages and visit.stages[0].targets else ()
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


def hold_visit(state: HallState, command: c.HoldVisit, counter: Counter, now: Ms) -> Events:
    visit = in_hand(state, counter, CounterState.SERVING)
    return [
        e.VisitHeld(
            counter=counter.counter, visit_id=visit.visit_id, kind=command.kind, same_counter=command.same_counter
        )
    ]


def resume_visit(state: HallState, command: c.ResumeVisit, counter: Counter, now: Ms) -> Events:
    refuse_unless_free(counter)
    visit = known(state, command.visit_id)
    if visit.state is not VisitState.HELD:
        raise RefusedError("wrong_state", visit.state)
    if visit.held_for not in (0, counter.counter) and not released(state, visit.held_for):
        raise RefusedError("not_open_here", visit.state, str(visit.held_for))
    refuse_unless_able(state, counter, visit)
    return [e.VisitResumed(counter=counter.counter, visit_id=visit.visit_id)]


def released(state: HallState, number: CounterNo) -> bool:
    """What was meant for this counter alone may go elsewhere: it closed, or paused for too long."""
    counter = state.counters[number]
    return counter.state is CounterState.CLOSED or (counter.state is CounterState.PAUSED and counter.named_released)


def transfer_visit(state: HallState, command: c.TransferVisit, counter: Counter, now: Ms) -> Events:
    visit = in_hand(state, counter, CounterState.CALLING, CounterState.SERVING)
    if sum(map(bool, (command.service, command.zone, command.to_counter))) != 1:
        raise RefusedError("bad_target", counter.state, "name a service, a zone or a counter")
    added: tuple[ServiceId, ...] = ()
    done: tuple[ServiceId, ...] = ()
    if command.service:
        added, done, stages = to_service(state, visit, counter, command.service)
    else:
        stages = (to_counters(state, visit, counter, command),)
    return [
        e.VisitTransferred(
            counter=counter.counter,
            visit_id=visit.visit_id,
            stages=stages,
            added=added,
            done=done,
            note=command.reason,
        )
    ]


def to_service(
    state: HallState, visit: Visit, counter: Counter, service: ServiceId
) -> tuple[tuple[ServiceId, ...], tuple[ServiceId, ...], tuple[Stage, ...]]:
    """(added, done, stages): the enquiry that led here is done, the stage with `service` comes first."""
    rules = state.staffing.services
    if service not in rules:
        raise RefusedError("unknown_service", detail=service)
    before = [item.service for item in visit.services]
    open_now = visit.open_services()
    if service in before and service not in open_now:
        raise RefusedError("service_twice", detail=service)
    added = () if service in open_now else (service,)
    asked = counter.state is CounterState.SERVING
    done = tuple(s for s in done_here(state, counter, visit) if asked and rules[s].purpose and s != service)
    left = (*(s for s in open_now if s not in done), *added)
    stages = plan_or_strand(state.staffing, left, state.today_mask)
    first = next(stage for stage in stages if service in stage.services)
    if not state.served_today(first):
        raise RefusedError("no_counter_today", detail=service)
    return added, done, (first, *(stage for stage in stages if stage is not first))


def to_counters(state: HallState, visit: Visit, counter: Counter, command: c.TransferVisit) -> Stage:
    """A stage of everything still open for the counters of a zone, or for one counter."""
    others = [o for o in state.counters.values() if o is not counter and o.bit & state.today_mask]
    if command.to_counter:
        able = [o for o in others if o.counter == command.to_counter]
    else:
        able = [o for o in others if serves_zone(state, o, command.zone)]
    if not able:
        raise RefusedError("bad_target", counter.state, command.zone or str(command.to_counter))
    zone = command.zone or able[0].zone
    return Stage(zone, tuple(visit.open_services()), tuple(o.counter for o in able))


def serves_zone(state: HallState, counter: Counter, zone: str) -> bool:
    profile = state.staffing.profiles[counter.profile]
    return counter.zone == zone or any(state.staffing.services[s].zone == zone for s in profile.primary)


def requeue_visit(state: HallState, command: c.RequeueVisit, counter: Counter, now: Ms) -> Events:
    visit = in_hand(state, counter, CounterState.CALLING, CounterState.SERVING)
    after = state.rules.queue.comeback_after
    return [
        e.VisitRequeued(counter=counter.counter, visit_id=visit.visit_id, note=command.reason, after_calls=after)
    ]
