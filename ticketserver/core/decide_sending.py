"""Decisions about a visit that leaves a counter unfinished: hold and resume, transfer, back to the queue.

```
hold      → HELD until resumed        at the same counter only: until that closes or pauses for too long
transfer  → to a service              what is done there first, the enquiry that led here is done
          → to a zone, to a counter   named counters: until all of them close or pause for too long
requeue   → waits with its join time  some others pass first
```
"""

from ticketserver.core import commands as c
from ticketserver.core import events as e
from ticketserver.core.decide_counters import Events, done_here, in_hand, refuse_unless_able, refuse_unless_free
from ticketserver.core.decide_tickets import known
from ticketserver.core.ids import CounterNo, Ms, ServiceId
from ticketserver.core.model import Counter, Stage, Visit
from ticketserver.core.refusal import RefusedError
from ticketserver.core.staging import plan_or_strand
from ticketserver.core.state import HallState
from ticketserver.core.terms import CounterState, VisitState


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
        raise RefusedError("not_at_this_counter", visit.state, str(visit.held_for))
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
        stages = to_counters(state, visit, counter, command)
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


def to_counters(state: HallState, visit: Visit, counter: Counter, command: c.TransferVisit) -> tuple[Stage, ...]:
    """First the counters of a zone, or one counter, with what is done there and any enquiry (else with all that the
    visit stands here for), then the rest."""
    others = [o for o in state.counters.values() if o is not counter and o.bit & state.today_mask]
    if command.to_counter:
        able = [o for o in others if o.counter == command.to_counter]
    else:
        able = [o for o in others if serves_zone(state, o, command.zone)]
    if not able:
        raise RefusedError("bad_target", counter.state, command.zone or str(command.to_counter))
    services = visit.open_services()
    doing = {o.counter: state.staffing.done_by(o.profile, tuple(services)) for o in able}
    most = max(map(len, doing.values()))
    best = next(o for o in able if len(doing[o.counter]) == most)
    along = frozenset(s for s in services if state.staffing.services[s].purpose)
    sent = doing[best.counter] | along or frozenset(visit.stages[0].services)
    targets = tuple(o.counter for o in able if doing[o.counter] == doing[best.counter])
    first = Stage(command.zone or best.zone, tuple(s for s in services if s in sent), targets)
    rest = tuple(s for s in services if s not in sent)
    return (first, *plan_or_strand(state.staffing, rest, state.today_mask))


def serves_zone(state: HallState, counter: Counter, zone: str) -> bool:
    profile = state.staffing.profiles[counter.profile]
    return counter.zone == zone or any(state.staffing.services[s].zone == zone for s in profile.primary)


def requeue_visit(state: HallState, command: c.RequeueVisit, counter: Counter, now: Ms) -> Events:
    visit = in_hand(state, counter, CounterState.CALLING, CounterState.SERVING)
    after = state.rules.queue.comeback_after
    return [
        e.VisitRequeued(counter=counter.counter, visit_id=visit.visit_id, note=command.reason, after_calls=after)
    ]
