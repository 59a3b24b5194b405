"""What events do to counters and to the visits they have in hand."""

from collections.abc import Callable
from typing import Any

from ticketserver.core import events as e
from ticketserver.core.evolve_visits import TransitionError, finish_services, mark, move, remember
from ticketserver.core.ids import CallId, CounterNo, Ms, VisitId
from ticketserver.core.model import DONE, OPEN, Call, Counter, Ending, Visit, VisitService
from ticketserver.core.pace import learn
from ticketserver.core.state import HallState
from ticketserver.core.terms import CounterState, Phase, StartedBy, VisitState
from ticketserver.core.transitions import COUNTER


def advance(counter: Counter, event: e.Base, at: Ms) -> None:
    """The counter's next state by the table."""
    target = COUNTER.get((counter.state, type(event)))
    if target is None:
        raise TransitionError(f"counter {counter.counter}: {counter.state} × {type(event).__name__}")
    counter.state = target
    counter.since_ms = counter.timer_base_ms = at


def release(state: HallState, counter: Counter, event: e.Base, at: Ms) -> Visit:
    """The counter lets go of its visit: IDLE, or PAUSED where that was asked for meanwhile."""
    visit = state.visits[counter.visit]
    advance(counter, event, at)
    counter.visit, counter.call = VisitId(0), None
    visit.counter = CounterNo(0)
    if counter.pause_after:
        counter.state, counter.pause_after, counter.named_released = CounterState.PAUSED, False, False
    return visit


def take(state: HallState, counter: Counter, visit: Visit, event: e.Base, at: Ms) -> None:
    """The counter takes a visit in hand."""
    if visit.state is VisitState.WAITING:
        state.leave(visit)
    move(visit, event)
    advance(counter, event, at)
    state.ready.pop(counter.counter, None)
    counter.visit, visit.counter = visit.visit_id, counter.counter
    counter.started_by, counter.started_at_ms = StartedBy.KEY, at
    visit.comeback_left, visit.checked_in, visit.expected_ms = 0, False, Ms(0)


def counter_opened(state: HallState, event: e.CounterOpened, at: Ms) -> None:
    counter = state.counters[event.counter]
    advance(counter, event, at)
    counter.due, counter.due_from_ms = False, Ms(0)
    counter.pause_after = counter.lunch_pause = False
    state.open_mask |= counter.bit
    state.due_mask &= ~counter.bit


def counter_closed(state: HallState, event: e.CounterClosed, at: Ms) -> None:
    counter = state.counters[event.counter]
    advance(counter, event, at)
    state.ready.pop(counter.counter, None)
    state.open_mask &= ~counter.bit
    counter.due, counter.due_from_ms = event.returns_at_ms > 0, event.returns_at_ms
    if counter.due:
        state.due_mask |= counter.bit
    else:
        state.due_mask &= ~counter.bit


def counter_paused(state: HallState, event: e.CounterPaused, at: Ms) -> None:
    counter = state.counters[event.counter]
    advance(counter, event, at)
    state.ready.pop(counter.counter, None)
    counter.lunch_pause, counter.named_released = event.lunch, False


def pause_asked(state: HallState, event: e.PauseAsked, at: Ms) -> None:
    counter = state.counters[event.counter]
    counter.pause_after, counter.lunch_pause = True, event.lunch


def counter_resumed(state: HallState, event: e.CounterResumed, at: Ms) -> None:
    counter = state.counters[event.counter]
    if counter.state is CounterState.PAUSED:
        advance(counter, event, at)
    counter.lunch_pause = counter.pause_after = False


def counter_ready(state: HallState, event: e.CounterReady, at: Ms) -> None:
    advance(state.counters[event.counter], event, at)
    state.ready[event.counter] = at


def ready_lapsed(state: HallState, event: e.ReadyLapsed, at: Ms) -> None:
    advance(state.counters[event.counter], event, at)
    del state.ready[event.counter]


def named_released(state: HallState, event: e.NamedReleased, at: Ms) -> None:
    state.counters[event.counter].named_released = True


def rekey(state: HallState) -> None:
    """Profiles changed: everyone who waits moves to the queue of the counters that can serve them now."""
    state.staffing.forget()
    for visit_id in [*state.place, *state.comebacks]:
        visit = state.visits[visit_id]
        state.leave(visit)
        state.enter(visit)


def profile_changed(state: HallState, event: e.ProfileChanged, at: Ms) -> None:
    state.counters[event.counter].profile = event.profile
    rekey(state)


def overflow_switched(state: HallState, event: e.OverflowSwitched, at: Ms) -> None:
    rule = state.staffing.profiles[event.profile]
    state.staffing.profiles[event.profile] = type(rule)(
        rule.profile, rule.primary, rule.together, rule.overflow, event.on
    )
    rekey(state)


def visit_called(state: HallState, event: e.VisitCalled, at: Ms) -> None:
    counter, visit = state.counters[event.counter], state.visits[event.visit_id]
    extra = event.visit_id in state.place and not state.place[event.visit_id].key.primary & counter.bit
    if event.counts:
        learn(state, visit, at)
    take(state, counter, visit, event, at)
    counter.call = Call(event.call_id, 1, at, at, event.reason, event.zone)
    state.next_call = CallId(event.call_id + 1)
    visit.held, visit.held_for = None, CounterNo(0)
    if event.counts:
        age(state, counter, visit.join_ms, extra)


def age(state: HallState, counter: Counter, join_ms: Ms, extra: bool) -> None:
    """A call by the rules: those this counter could have called instead were overtaken, comebacks let one pass.

    `extra`: an overflow visit was called, so no primary visit waited here.
    """
    lunch = state.phase is Phase.LUNCH
    for queue in state.queues.values():
        key = queue.key
        if len(queue) and (key.overflow if extra else key.primary) & counter.bit and not (lunch and key.not_at_lunch):
            queue.overtaken_by(join_ms)
    for visit_id, key in list(state.comebacks.items()):
        if (key.primary | key.overflow) & counter.bit:
            visit = state.visits[visit_id]
            if visit.comeback_left > 1:
                visit.comeback_left -= 1
            else:
                state.leave(visit)
                visit.comeback_left = 0
                state.enter(visit)


def visit_recalled(state: HallState, event: e.VisitRecalled, at: Ms) -> None:
    counter = state.counters[event.counter]
    old = running_call(counter, event)
    advance(counter, event, at)
    counter.call = Call(event.call_id, event.call_no, at, at, old.reason, old.zone)
    state.next_call = CallId(event.call_id + 1)


def running_call(counter: Counter, event: e.Base) -> Call:
    if counter.call is None:
        raise TransitionError(f"counter {counter.counter}: {type(event).__name__} without a call")
    return counter.call


def call_spoken(state: HallState, event: e.CallSpoken, at: Ms) -> None:
    call = state.counters[event.counter].call
    if call is not None and call.call_id == event.call_id:
        call.spoken_ms = at


def no_show_offered(state: HallState, event: e.NoShowOffered, at: Ms) -> None:
    call = state.counters[event.counter].call
    if call is not None:
        call.offered = True


def service_started(state: HallState, event: e.ServiceStarted, at: Ms) -> None:
    counter = state.counters[event.counter]
    move(state.visits[event.visit_id], event)
    advance(counter, event, at)
    counter.started_by, counter.started_at_ms = event.by, at


def walk_in_served(state: HallState, event: e.WalkInServed, at: Ms) -> None:
    take(state, state.counters[event.counter], state.visits[event.visit_id], event, at)


def stage_finished(state: HallState, event: e.StageFinished, at: Ms) -> None:
    counter = state.counters[event.counter]
    visit = release(state, counter, event, at)
    move(visit, event)
    finish_services(visit, event)
    visit.stages = list(event.stages)
    remember(state, counter, Ending(visit.visit_id, at, visit.stage_no, event.done, event.dropped))
    if event.stages:
        visit.state = VisitState.WAITING
        visit.stage_no += 1
        state.enter(visit)


def visit_missed(state: HallState, event: e.VisitMissed, at: Ms) -> None:
    counter = state.counters[event.counter]
    visit = release(state, counter, event, at)
    move(visit, event)
    visit.missed_at_ms, visit.missed_counter = at, event.counter
    remember(state, counter, Ending(visit.visit_id, at, visit.stage_no))


def visit_held(state: HallState, event: e.VisitHeld, at: Ms) -> None:
    visit = release(state, state.counters[event.counter], event, at)
    move(visit, event)
    visit.held = event.kind
    visit.held_for = event.counter if event.same_counter else CounterNo(0)


def visit_resumed(state: HallState, event: e.VisitResumed, at: Ms) -> None:
    visit = state.visits[event.visit_id]
    take(state, state.counters[event.counter], visit, event, at)
    visit.held, visit.held_for = None, CounterNo(0)


def visit_transferred(state: HallState, event: e.VisitTransferred, at: Ms) -> None:
    visit = release(state, state.counters[event.counter], event, at)
    move(visit, event)
    mark(visit, event.done, DONE)
    visit.services.extend(VisitService(service, 1) for service in event.added)
    visit.stages = list(event.stages)
    state.enter(visit)


def visit_requeued(state: HallState, event: e.VisitRequeued, at: Ms) -> None:
    visit = release(state, state.counters[event.counter], event, at)
    move(visit, event)
    visit.comeback_left = event.after_calls
    state.enter(visit)


def visit_reopened(state: HallState, event: e.VisitReopened, at: Ms) -> None:
    counter, visit = state.counters[event.counter], state.visits[event.visit_id]
    if event.calling:
        call = running_call(counter, event)
        move(visit, event)
        advance(counter, event, at)
        call.clock_base_ms, call.offered = at, False
        call.spoken_ms = at if call.spoken_ms else Ms(0)
        return
    ending = next(old for old in counter.endings if old.visit_id == visit.visit_id)
    counter.endings.remove(ending)
    take(state, counter, visit, event, at)
    visit.stage_no = ending.stage_no
    visit.stages = list(event.stages)
    visit.missed_at_ms = Ms(0)
    mark(visit, event.services, OPEN)


HANDLERS: dict[type[e.Base], Callable[[HallState, Any, Ms], None]] = {
    e.CounterOpened: counter_opened,
    e.CounterClosed: counter_closed,
    e.CounterPaused: counter_paused,
    e.PauseAsked: pause_asked,
    e.CounterResumed: counter_resumed,
    e.CounterReady: counter_ready,
    e.ReadyLapsed: ready_lapsed,
    e.NamedReleased: named_released,
    e.ProfileChanged: profile_changed,
    e.OverflowSwitched: overflow_switched,
    e.VisitCalled: visit_called,
    e.VisitRecalled: visit_recalled,
    e.CallSpoken: call_spoken,
    e.NoShowOffered: no_show_offered,
    e.ServiceStarted: service_started,
    e.WalkInServed: walk_in_served,
    e.StageFinished: stage_finished,
    e.VisitMissed: visit_missed,
    e.VisitHeld: visit_held,
    e.VisitResumed: visit_resumed,
    e.VisitTransferred: visit_transferred,
    e.VisitRequeued: visit_requeued,
    e.VisitReopened: visit_reopened,
}
