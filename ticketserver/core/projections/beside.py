"""What else the counters of a planned visit would do for it, so that it can be offered before a number is taken.

A service is done beside a stage where a counter that would call the stage as soon as any (one that is open, else one
that is due today) does both on one visit: neither a stop nor a later window comes with it. Over lunch a service that is
not done then would make the whole stage wait, and is left out.
"""

from collections.abc import Iterable

from ticketserver.core.ids import ServiceId
from ticketserver.core.model import Stage
from ticketserver.core.state import HallState
from ticketserver.core.terms import Phase


def done_beside(state: HallState, stages: tuple[Stage, ...], services: Iterable[ServiceId]) -> tuple[ServiceId, ...]:
    """Those of `services`, in their order, that are done beside one of the stages."""
    resting = state.not_at_lunch if state.phase is Phase.LUNCH else frozenset()
    return tuple(
        service
        for service in services
        if service in state.staffing.services
        and service not in resting
        and any(_beside(state, stage, service) for stage in stages)
    )


def _beside(state: HallState, stage: Stage, service: ServiceId) -> bool:
    primary, overflow = state.stage_masks(stage)
    able = (primary | overflow) & state.today_mask
    soonest = able & state.open_mask or able
    primary, overflow = state.staffing.masks((*stage.services, service))
    return (primary | overflow) & soonest != 0
