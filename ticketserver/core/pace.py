"""How today's waits come out beside what was said: the last waits of a group of counters correct the next estimate.

The catalogue's minutes are a year's; today's clerks, papers and gaps between two visits are today's. So each first call
by the rules of a visit that was told a wait is a sample (said, came), and

```
pace = (PRIOR + Σ came × pace it was said at) / (PRIOR + Σ said)      over the last SAMPLES waits, in thousandths
```
multiplies the work ahead in estimate.py. `PRIOR` is two hours that came as said: one odd wait moves nothing, a
morning of them does. Long waits weigh more than short ones, and the shortest say nothing. A wait that is no measure of
the counters is no sample: a priority, an appointment, a number before calling started, another stage, a break in the
hall's work (`forget_expected`).
"""

from collections.abc import Iterable, Sequence

from ticketserver.core.ids import Ms
from ticketserver.core.model import Visit
from ticketserver.core.state import HallState

SAMPLES = 24
PRIOR_MS = 7_200_000
SHORTEST_MS = 120_000
AS_SAID = 1000
LEAST, MOST = 500, 2000

Samples = Sequence[tuple[int, int]]
"""(said, came at the catalogue's pace), ms, the oldest first."""


def pace(samples: Samples) -> int:
    """Thousandths of the catalogue's time that work takes today."""
    if not samples:
        return AS_SAID
    said = PRIOR_MS + sum([each for each, _ in samples])
    came = PRIOR_MS + sum([each for _, each in samples])
    return min(MOST, max(LEAST, AS_SAID * came // said))


def expect(state: HallState, visit: Visit, wait_ms: Ms) -> None:
    """A number was issued with a wait, and waits in its queue: remember what was said, and at which pace."""
    plan = state.plan
    calling = plan is not None and visit.issued_at_ms >= plan.calling_from_ms and not state.calling_paused
    if calling and visit.weight == 1 and not visit.appointment and wait_ms >= SHORTEST_MS:
        visit.expected_ms = wait_ms
        visit.expected_pace = pace(state.samples.get(state.place[visit.visit_id].key.primary, ()))


def learn(state: HallState, visit: Visit, at: Ms) -> None:
    """The visit is about to be called by the rules; one with something expected has waited in its queue ever since."""
    if visit.expected_ms:
        key = state.place[visit.visit_id].key.primary
        sample = (visit.expected_ms, (at - visit.issued_at_ms) * visit.expected_pace // AS_SAID)
        state.samples[key] = (*state.samples.get(key, ()), sample)[-SAMPLES:]


def forget_expected(visits: Iterable[Visit]) -> None:
    """What was said to these no longer measures the counters: a break, another way through the hall."""
    for visit in visits:
        visit.expected_ms = Ms(0)
