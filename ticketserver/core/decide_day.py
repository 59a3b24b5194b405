"""Decisions about the hall itself: its day, its clock, its staff, its deadlines, and what READY counters get."""

from ticketserver.core import commands as c
from ticketserver.core import events as e
from ticketserver.core.deadlines import phase_at
from ticketserver.core.decide_counters import called, no_show_due, refuse_unless_calling_hours
from ticketserver.core.decide_tickets import day_of
from ticketserver.core.dispatch import choose
from ticketserver.core.ids import Ms
from ticketserver.core.model import Counter, DayPlan
from ticketserver.core.refusal import RefusedError
from ticketserver.core.state import HallState
from ticketserver.core.terms import CounterState, NoShowBy, Phase, StartedBy, VisitState
from ticketserver.core.transitions import BUSY, FREE

Events = list[e.Event]

LIVE_OUTSIDE = (VisitState.WAITING, VisitState.HELD, VisitState.NO_SHOW)
LIVE_AT_COUNTER = (VisitState.CALLED, VisitState.SERVING)


def open_day(state: HallState, command: c.OpenDay, now: Ms) -> Events:
    """A later day than the one before; a day still open is ended first."""
    events: Events = []
    if state.plan is not None:
        if command.plan.day <= state.plan.day:
            raise RefusedError("wrong_day", state.plan.day, command.plan.day)
        if state.phase is not Phase.ENDED:
            events = [e.PhaseChanged(phase=Phase.ENDED), day_ended(state, state.plan)]
    opened = e.DayOpened(
        rules=command.rules, plan=command.plan, next_visit=state.next_visit, next_call=state.next_call
    )
    return [*events, opened]


def day_ended(state: HallState, plan: DayPlan) -> e.DayEnded:
    visits = state.visits.values()
    return e.DayEnded(
        day=plan.day,
        expired=tuple(v.visit_id for v in visits if v.state in LIVE_OUTSIDE),
        finished=tuple(v.visit_id for v in visits if v.state in LIVE_AT_COUNTER),
    )


def resume_hall(state: HallState, command: c.ResumeHall, now: Ms) -> Events:
    return [e.HallResumed()]


def set_hours(state: HallState, command: c.SetHours, now: Ms) -> Events:
    plan = day_of(state, now)
    last = command.last_number_ms or plan.last_number_ms
    ends = command.ends_ms or plan.ends_ms
    if ends <= now or not plan.numbers_from_ms <= last <= ends:
        raise RefusedError("bad_hours", state.phase)
    changed = DayPlan(
        plan.day,
        plan.numbers_from_ms,
        plan.calling_from_ms,
        last,
        ends,
        plan.lunch_from_ms,
        plan.lunch_to_ms,
        plan.not_at_lunch,
    )
    paused = state.calling_paused if command.calling_paused is None else command.calling_paused
    if changed == plan and paused == state.calling_paused:
        return []
    return [e.HoursChanged(plan=changed, calling_paused=paused)]


def set_profile(state: HallState, command: c.SetProfile, counter: Counter, now: Ms) -> Events:
    day_of(state, now)
    if command.profile not in state.staffing.profiles:
        raise RefusedError("unknown_profile", detail=command.profile)
    if counter.profile == command.profile:
        return []
    return [e.ProfileChanged(counter=counter.counter, profile=command.profile)]


def set_overflow(state: HallState, command: c.SetOverflow, now: Ms) -> Events:
    day_of(state, now)
    rule = state.staffing.profiles.get(command.profile)
    if rule is None:
        raise RefusedError("unknown_profile", detail=command.profile)
    if rule.overflow_on == command.on:
        return []
    return [e.OverflowSwitched(profile=command.profile, on=command.on)]


def report_spoken(state: HallState, command: c.ReportSpoken, now: Ms) -> Events:
    """The first report of the running call counts; a call that is over, or already spoken, changes nothing."""
    if command.call_id >= state.next_call or command.call_id < 1:
        raise RefusedError("unknown_call", detail=str(command.call_id))
    for counter in state.counters.values():
        if counter.call is not None and counter.call.call_id == command.call_id:
            if counter.call.spoken_ms:
                return []
            return [e.CallSpoken(call_id=command.call_id, counter=counter.counter, shown=command.shown)]
    return []


def wake(state: HallState, command: c.Wake, now: Ms) -> Events:
    """One due step of the day or of one counter; the engine asks again until nothing is due."""
    if state.plan is not None and state.phase is not Phase.ENDED:
        phase = phase_at(state.plan, now)
        if phase is not state.phase:
            return phase_events(state, state.plan, phase)
    due = [counter for counter in state.counters.values() if 0 < counter.deadline_ms <= now]
    if not due:
        return []
    return counter_due(state, min(due, key=lambda counter: (counter.deadline_ms, counter.counter)), now)


def phase_events(state: HallState, plan: DayPlan, phase: Phase) -> Events:
    events: Events = [e.PhaseChanged(phase=phase)]
    if phase is Phase.ENDED:
        return [*events, day_ended(state, plan)]
    for counter in state.counters.values():
        number = counter.counter
        if phase is Phase.LUNCH and not counter.stays_at_lunch:
            if counter.state in FREE:
                events.append(e.CounterPaused(counter=number, lunch=True))
            elif counter.state in BUSY and not counter.pause_after:
                events.append(e.PauseAsked(counter=number, lunch=True))
        elif state.phase is Phase.LUNCH and counter.lunch_pause:
            events.append(e.CounterResumed(counter=number))
    return events


def counter_due(state: HallState, counter: Counter, now: Ms) -> Events:
    """What a counter's deadline leads to; see the table in `deadlines`."""
    number, rules = counter.counter, state.rules.queue
    if counter.state is CounterState.READY:
        return [e.ReadyLapsed(counter=number)]
    if counter.state is CounterState.PAUSED:
        return [e.NamedReleased(counter=number)]
    visit, call = counter.visit, counter.call
    if call is not None and not call.offered and no_show_due(state, counter, call, now):
        if rules.auto_no_show and counter.has_start_key:
            return [e.VisitMissed(counter=number, visit_id=visit, by=NoShowBy.AUTO)]
        return [e.NoShowOffered(counter=number, visit_id=visit)]
    return [e.ServiceStarted(counter=number, visit_id=visit, by=StartedBy.IMPLIED)]


def match_ready(state: HallState, command: c.MatchReady, now: Ms) -> Events:
    """The counter that has been READY longest and can serve somebody who waits."""
    try:
        refuse_unless_calling_hours(state, now)
    except RefusedError:
        return []
    for number in state.ready:
        counter = state.counters[number]
        choice = choose(state, counter, now)
        if choice is not None:
            return [called(state, counter, choice.visit, choice.reason)]
    return []
