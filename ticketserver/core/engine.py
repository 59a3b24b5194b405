"""One command, one decision: decide, evolve, follow up, check.

```
command ─decide→ events ─evolve→ state ─follow-ups→ … ─READY counters matched→ invariants ─→ all events of the decision
```
All events of a decision are journalled together or not at all. The state has moved when `run` returns; the caller lets
nothing of it out before the journal has it. A Rejection leaves the state as it was.
"""

from ticketserver.core import commands as c
from ticketserver.core import events as e
from ticketserver.core.decide import decide
from ticketserver.core.evolve import evolve
from ticketserver.core.ids import Ms
from ticketserver.core.invariants import check
from ticketserver.core.refusal import Rejection
from ticketserver.core.state import HallState

MATCH = c.MatchReady()


def run(state: HallState, command: c.Command, now: Ms) -> list[e.Event] | Rejection:
    """Decides `command` at `now` and moves `state`. Returns the events (none = nothing to change) or the Rejection.

    `now` earlier than the last decision counts as that moment: the hall's time never runs back.
    Raises InvariantError, TransitionError or KeyError where the core is broken; the state must then be thrown away.
    """
    now = max(now, state.now)
    first = decide(state, command, now)
    if isinstance(first, Rejection):
        return first
    events = list(first.events)
    for event in first.events:
        evolve(state, event, now)
    _follow(state, list(first.then), events, now)
    if state.ready and state.waiting and events:
        _follow(state, [MATCH], events, now)
    check(state, events)
    return events


def _follow(state: HallState, follow: list[c.Command], events: list[e.Event], now: Ms) -> None:
    while follow:
        decision = decide(state, follow.pop(0), now)
        if not isinstance(decision, Rejection):
            for event in decision.events:
                evolve(state, event, now)
            events.extend(decision.events)
            follow.extend(decision.then)


def replay(state: HallState, record: e.Record) -> None:
    """Applies one decision of the journal. Raises as `run` where the journal does not fit."""
    for event in record.events:
        evolve(state, event, record.at_ms)
