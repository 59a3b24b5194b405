"""What a number taken now would mean, worked out as `issue_ticket` does, without taking one."""

from typing import NamedTuple

from ticketserver.core import commands as c
from ticketserver.core.decide_tickets import day_of, priority_weight, stages_for, wanted
from ticketserver.core.estimate import NOBODY, Wait, estimate
from ticketserver.core.ids import Ms, ServiceId, ZoneId
from ticketserver.core.model import Stage, Visit
from ticketserver.core.state import HallState
from ticketserver.core.terms import Basis, Offer, VisitState


class Plan(NamedTuple):
    """Stages in order, what is offered to many cases, people ahead and the wait for the first stage."""

    stages: tuple[Stage, ...]
    offer: Offer
    wait: Wait


def plan_visit(
    state: HallState, items: tuple[c.Item, ...], priority: str, basis: Basis | None, now: Ms
) -> Plan:
    """Raises RefusedError with the code that `issue_ticket` would give for the services or the priority."""
    day_of(state, now)
    stages, offer = stages_for(state, items, wanted(state, items))
    weight, _ = priority_weight(state, priority, basis)
    return Plan(stages, offer, wait_at(state, stages[0], weight, now))


def wait_at(state: HallState, stage: Stage, weight: int, now: Ms) -> Wait:
    """The wait of somebody who joins now for `stage`."""
    return estimate(state, state.key_of(stage, weight), now, NOBODY, now)


def wait_in_zone(state: HallState, zone: ZoneId, now: Ms) -> Wait:
    """The wait of somebody who joins now for the first service of the zone, in the order of the rules."""
    for rule in state.rules.services:
        if rule.zone == zone:
            return wait_at(state, Stage(zone, (ServiceId(rule.service),)), 1, now)
    return Wait(0, Ms(0), Ms(0))


def open_for_zone(state: HallState, zone: ZoneId) -> int:
    """How many open counters call somebody for a service of the zone, wherever they stand: a zone without a desk of its
    own is served by those of others."""
    able = 0
    for rule in state.rules.services:
        if rule.zone == zone:
            primary, overflow = state.staffing.masks((ServiceId(rule.service),))
            able |= primary | overflow
    return (able & state.open_mask).bit_count()


def wait_of(state: HallState, visit: Visit, now: Ms) -> Wait:
    """The wait of a visit that has a number; nothing where it does not wait."""
    if visit.state is not VisitState.WAITING:
        return Wait(0, Ms(0), Ms(0))
    return estimate(state, state.queue_key(visit), visit.join_ms, visit.visit_id, now)


class Opening(NamedTuple):
    """Whether a stage can be done: a counter for it is open; or one opens at `from_ms`; or one should be open by now
    (`late`); or none comes today (`stranded`)."""

    from_ms: Ms = Ms(0)
    late: bool = False
    stranded: bool = False


def opening(state: HallState, stage: Stage, now: Ms) -> Opening:
    primary, overflow = state.stage_masks(stage)
    able = primary | overflow
    if able & state.open_mask:
        return OPEN
    due_mask = able & state.due_mask
    if not due_mask or state.plan is None:
        return Opening(stranded=True)
    opens = Ms(0)
    for counter in state.counters.values():
        if counter.bit & due_mask:
            due = max(counter.due_from_ms, state.plan.calling_from_ms)
            if due <= now:
                return LATE
            opens = min(opens, due) if opens else due
    return Opening(opens)


OPEN, LATE = Opening(), Opening(late=True)
