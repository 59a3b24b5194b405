"""When the core next wants to be woken, and what each deadline of a counter means.

The hall's day gives one deadline (the next change of phase), a counter at most one at a time:

```
CALLING  calls left or no-show offered, box without start key → clock + implied_start: service is implied
CALLING  last call made, not offered yet                       → clock + gap: no-show is offered (or made, where set)
READY    → since + ready_lapse                                 PAUSED → since + named_fallback, once
clock = when the call was spoken, at the latest unspoken_ms after it was made
```
After a restart every clock starts again from then, so nothing expires while the hall was dark.
"""

from ticketserver.core.ids import Ms
from ticketserver.core.model import Counter, DayPlan, QueueRules, Visit
from ticketserver.core.state import HallState
from ticketserver.core.terms import CounterState, Phase


def clock_from(call_base: Ms, spoken: Ms, rules: QueueRules) -> Ms:
    """Where the no-show clock of a call starts, ms."""
    return spoken or Ms(call_base + rules.unspoken_ms)


def gap_ms(visit: Visit, rules: QueueRules) -> Ms:
    """Time to come after a call: longer with a priority mark."""
    return rules.gap_priority_ms if visit.priority else rules.gap_ms


def counter_deadline(state: HallState, counter: Counter) -> Ms:
    """The counter's own deadline, 0 = none."""
    rules = state.rules.queue
    if counter.state is CounterState.CALLING and counter.call is not None:
        call = counter.call
        clock = clock_from(call.clock_base_ms, call.spoken_ms, rules)
        implied = Ms(0) if counter.has_start_key else Ms(clock + rules.implied_start_ms)
        if call.call_no < rules.calls or call.offered:
            return implied
        offer = Ms(clock + gap_ms(state.visits[counter.visit], rules))
        return min(offer, implied) if implied else offer
    if counter.state is CounterState.READY:
        return Ms(counter.timer_base_ms + rules.ready_lapse_ms)
    if counter.state is CounterState.PAUSED and not counter.named_released:
        return Ms(counter.timer_base_ms + rules.named_fallback_ms)
    return Ms(0)


def phase_at(plan: DayPlan, now: Ms) -> Phase:
    """Where the hall stands in its day."""
    if now >= plan.ends_ms:
        return Phase.ENDED
    if now < plan.numbers_from_ms:
        return Phase.BEFORE_NUMBERS
    if now < plan.calling_from_ms:
        return Phase.BEFORE_CALLING
    if plan.lunch_from_ms <= now < plan.lunch_to_ms:
        return Phase.LUNCH
    return Phase.CUT_OFF if now >= plan.last_number_ms else Phase.CALLING


def phase_deadline(state: HallState) -> Ms:
    """When the phase changes next, 0 = never."""
    plan = state.plan
    if plan is None or state.phase in (Phase.ENDED, Phase.NO_DAY):
        return Ms(0)
    if phase_at(plan, state.now) is not state.phase:
        return state.now
    times = (
        plan.numbers_from_ms,
        plan.calling_from_ms,
        plan.lunch_from_ms,
        plan.lunch_to_ms,
        plan.last_number_ms,
        plan.ends_ms,
    )
    return min((time for time in times if time > state.now), default=Ms(0))


def next_deadline(state: HallState) -> Ms | None:
    """The moment at which the server must send `Wake`, or None. A moment in the past means now."""
    phase = phase_deadline(state)
    counter = state.timers[0][0] if state.timers else Ms(0)
    return min((time for time in (phase, counter) if time), default=None)
