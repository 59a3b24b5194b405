"""The tables of the hall: visit states × events, counter states × events, counter states × keys.

`evolve` moves a visit or counter only along these tables; a pair that is missing is a broken invariant, not a
refusal (refusals are decided before). The diagrams and the key table in docs/states.md are made from them.

```
WAITING ─call→ CALLED ─start→ SERVING ─finish→ FINISHED        CALLED ─no-show→ NO_SHOW ─check-in→ WAITING
   ↑              └──────requeue, transfer──────┘ └─hold→ HELD ─resume→ SERVING
   └── next stage: StageFinished with stages left
```
"""

from ticketserver.core import events as e
from ticketserver.core.terms import CounterState as C
from ticketserver.core.terms import Key
from ticketserver.core.terms import VisitState as V

VISIT: dict[tuple[V, type[e.Base]], V] = {
    (V.WAITING, e.VisitCalled): V.CALLED,
    (V.WAITING, e.VisitCancelled): V.CANCELLED,
    (V.WAITING, e.WalkInServed): V.SERVING,
    (V.CALLED, e.ServiceStarted): V.SERVING,
    (V.CALLED, e.VisitMissed): V.NO_SHOW,
    (V.CALLED, e.VisitTransferred): V.WAITING,
    (V.CALLED, e.VisitRequeued): V.WAITING,
    (V.SERVING, e.StageFinished): V.FINISHED,
    (V.SERVING, e.VisitHeld): V.HELD,
    (V.SERVING, e.VisitTransferred): V.WAITING,
    (V.SERVING, e.VisitRequeued): V.WAITING,
    (V.SERVING, e.VisitReopened): V.CALLED,
    (V.HELD, e.VisitResumed): V.SERVING,
    (V.HELD, e.VisitCancelled): V.CANCELLED,
    (V.HELD, e.VisitCalled): V.CALLED,
    (V.NO_SHOW, e.VisitCheckedIn): V.WAITING,
    (V.NO_SHOW, e.VisitCancelled): V.CANCELLED,
    (V.NO_SHOW, e.VisitCalled): V.CALLED,
    (V.NO_SHOW, e.VisitReopened): V.SERVING,
    (V.FINISHED, e.VisitReopened): V.SERVING,
    (V.WAITING, e.VisitReopened): V.SERVING,
}
"""A finished stage with stages left leads to WAITING; the day's end to EXPIRED or FINISHED from any live state."""

COUNTER: dict[tuple[C, type[e.Base]], C] = {
    (C.CLOSED, e.CounterOpened): C.IDLE,
    (C.CLOSED, e.CounterClosed): C.CLOSED,
    (C.IDLE, e.CounterClosed): C.CLOSED,
    (C.READY, e.CounterClosed): C.CLOSED,
    (C.PAUSED, e.CounterClosed): C.CLOSED,
    (C.IDLE, e.CounterPaused): C.PAUSED,
    (C.READY, e.CounterPaused): C.PAUSED,
    (C.PAUSED, e.CounterResumed): C.IDLE,
    (C.IDLE, e.CounterReady): C.READY,
    (C.READY, e.ReadyLapsed): C.IDLE,
    (C.IDLE, e.VisitCalled): C.CALLING,
    (C.READY, e.VisitCalled): C.CALLING,
    (C.CALLING, e.VisitRecalled): C.CALLING,
    (C.SERVING, e.VisitRecalled): C.SERVING,
    (C.CALLING, e.ServiceStarted): C.SERVING,
    (C.IDLE, e.WalkInServed): C.SERVING,
    (C.READY, e.WalkInServed): C.SERVING,
    (C.IDLE, e.VisitResumed): C.SERVING,
    (C.READY, e.VisitResumed): C.SERVING,
    (C.IDLE, e.VisitReopened): C.SERVING,
    (C.READY, e.VisitReopened): C.SERVING,
    (C.PAUSED, e.VisitReopened): C.SERVING,
    (C.SERVING, e.VisitReopened): C.CALLING,
    (C.SERVING, e.StageFinished): C.IDLE,
    (C.CALLING, e.VisitMissed): C.IDLE,
    (C.SERVING, e.VisitHeld): C.IDLE,
    (C.CALLING, e.VisitTransferred): C.IDLE,
    (C.SERVING, e.VisitTransferred): C.IDLE,
    (C.CALLING, e.VisitRequeued): C.IDLE,
    (C.SERVING, e.VisitRequeued): C.IDLE,
}
"""Where IDLE follows a visit and a pause was asked for meanwhile, the counter goes on to PAUSED."""

FREE = frozenset({C.IDLE, C.READY})
BUSY = frozenset({C.CALLING, C.SERVING})
ENDED = frozenset({V.FINISHED, V.CANCELLED, V.EXPIRED})

KEYS: dict[C, dict[Key, str]] = {
    C.CLOSED: {Key.NEXT: "open_and_call", Key.PAUSE: "nothing"},
    C.PAUSED: {Key.NEXT: "resume_and_call", Key.PAUSE: "resume"},
    C.IDLE: {Key.NEXT: "call", Key.PAUSE: "pause"},
    C.READY: {Key.NEXT: "call", Key.PAUSE: "pause"},
    C.CALLING: {
        Key.NEXT: "next_while_calling",
        Key.RECALL: "recall",
        Key.START: "start",
        Key.FINISH: "no_show",
        Key.PAUSE: "pause_after",
        Key.REDIRECT: "redirect",
    },
    C.SERVING: {
        Key.NEXT: "finish_and_call",
        Key.RECALL: "recall",
        Key.START: "same",
        Key.FINISH: "finish",
        Key.RATING: "finish_and_rate",
        Key.PAUSE: "pause_after",
        Key.REDIRECT: "redirect",
    },
}
"""hall-rules section 6; a pair that is missing beeps."""
