"""docs/states.md, made from the core's own tables: what a visit, a counter and a key of a call box can do.

The arrows are `transitions.VISIT` and `transitions.COUNTER`; what those tables leave to words (a stage with stages
left, the end of the day) is drawn from the constants that the core decides with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from ticketserver.core import events as e
from ticketserver.core.decide_day import LIVE_AT_COUNTER, LIVE_OUTSIDE
from ticketserver.core.model import QueueRules
from ticketserver.core.terms import CounterState, Key, VisitState
from ticketserver.core.transitions import COUNTER, ENDED, KEYS, VISIT
from ticketserver.shared.texts import load_texts

Arrow = tuple[str, str, str]
"""(from, what happened, to)"""

RULES = QueueRules()
KEY_ACTIONS = {
    "open_and_call": "open (in calling hours), call",
    "resume_and_call": "resume, call",
    "call": "call, else READY",
    "next_while_calling": "within {same} s of the call: the same reply; calls left: recall; "
    "none left and {gap} s over: no-show, call; before that it beeps",
    "finish_and_call": "finish, call (one decision)",
    "finish_and_rate": "finish, ask for the rating",
    "finish": "finish",
    "recall": "recall",
    "start": "SERVING",
    "same": "the same reply",
    "nothing": "–",
    "no_show": "no-show, once all calls are made and {gap} s are over; before that it beeps",
    "pause": "PAUSED",
    "pause_after": "PAUSED after this visit",
    "resume": "resume",
    "redirect": "transfer to the counter's target; without one it beeps",
}
SPOKEN = {"same": RULES.same_call_ms // 1000, "gap": RULES.gap_ms // 1000}

PAGE = """# States and keys

Made from `ticketserver/core/transitions.py` by `python -m tests.architecture.pages --write`; a test fails when
this page is stale. What is not drawn cannot happen: an event that meets a state without an arrow stops the
process before anything is committed.

## A visit

{visit}

A visit starts WAITING ({waiting}) when its ticket is issued, and keeps number, join time and what overtook it
through every stage. It has ended in {ended}; only reopening leads back, at the same counter, within {reopen}
minutes.

{visit_words}

## A counter

{counter}

Where an arrow leads from a visit to IDLE and a pause was asked for meanwhile, the counter goes on to PAUSED.
The end of the day closes every counter. A recall in SERVING asks the person to step up again. A counter that
was to open today and does not come is closed from CLOSED.

{counter_words}

## Keys of a call box

{keys}

A press that beeps changes nothing. A press never skips a person, and every step that a press implies can be
reopened at the same counter for {reopen} minutes. At a counter whose box has no start key, CALLING becomes
SERVING {implied} s after the call was last spoken. With a priority mark the time after a call is {gap_priority}
s instead of {gap}. Seconds and minutes are the defaults of `hall.toml`."""


def words(event: type[e.Base]) -> str:
    """VisitCheckedIn → visit checked in"""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", event.__name__).lower()


def visit_arrows() -> list[Arrow]:
    arrows = [(state.name, words(event), to.name) for (state, event), to in VISIT.items()]
    arrows.append((VisitState.SERVING.name, "stage finished (stages left)", VisitState.WAITING.name))
    arrows += [(state.name, "day ended", VisitState.EXPIRED.name) for state in LIVE_OUTSIDE]
    return arrows + [(state.name, "day ended", VisitState.FINISHED.name) for state in LIVE_AT_COUNTER]


def counter_arrows() -> list[Arrow]:
    return [(state.name, words(event), to.name) for (state, event), to in COUNTER.items()]


def diagram(first: str, arrows: Iterable[Arrow], ended: Iterable[str] = ()) -> str:
    """One arrow a pair of states, with everything that leads along it."""
    labels: dict[tuple[str, str], list[str]] = {}
    for state, label, to in arrows:
        labels.setdefault((state, to), []).append(label)
    lines = [f"    [*] --> {first}"]
    lines += [f"    {state} --> {to}: {', '.join(what)}" for (state, to), what in labels.items()]
    lines += [f"    {state} --> [*]" for state in ended]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def vocabulary(states: type[StrEnum], term: str) -> str:
    chinese = load_texts("zh")
    return " · ".join(f"{state.name} {chinese(f'terms.{term}.{state.value}')}" for state in states)


def key_table() -> str:
    chinese = load_texts("zh")
    columns = list(CounterState)
    rows = ["| key | 键 | " + " | ".join(state.name for state in columns) + " |", "|---|---|" + "---|" * len(columns)]
    for key in Key:
        cells = [KEY_ACTIONS[KEYS[state][key]].format(**SPOKEN) if key in KEYS[state] else "beep" for state in columns]
        rows.append(f"| `{key.value}` | {chinese(f'terms.key.{key.value}')} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def page() -> str:
    ended = [state for state in VisitState if state in ENDED]
    return PAGE.format(
        visit=diagram(VisitState.WAITING.name, visit_arrows(), [state.name for state in ended]),
        visit_words=vocabulary(VisitState, "visit_state"),
        waiting=load_texts("zh")("terms.visit_state.waiting"),
        ended=", ".join(state.name for state in ended),
        counter=diagram(CounterState.CLOSED.name, counter_arrows()),
        counter_words=vocabulary(CounterState, "counter_state"),
        keys=key_table(),
        reopen=RULES.reopen_ms // 60_000,
        implied=RULES.implied_start_ms // 1000,
        gap=RULES.gap_ms // 1000,
        gap_priority=RULES.gap_priority_ms // 1000,
    )
