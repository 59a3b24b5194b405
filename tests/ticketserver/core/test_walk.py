"""Long busy days by seed, with the machine's own moves: deep where Hypothesis, which likes it short, stays shallow.

A failure prints its seed; the same moves as short a story as can be are then found with `test_machine`.
"""

from collections import Counter
from random import Random

import pytest

from tests.ticketserver.core.test_machine import CARES, HallMachine, services
from ticketserver.core import events as e
from ticketserver.core.terms import Basis, HoldKind, Key, Phase, PrintOutcome

STEPS = 400
SEEDS = range(6)


def pick(r: Random) -> int:
    return r.randrange(13)


def crowd(r: Random) -> list[tuple[list[str], str, int]]:
    return [(services(r), r.choice(CARES), r.randint(1, 4)) for _ in range(r.randint(1, 6))]


def target(r: Random) -> dict:
    return r.choice([{"service": r.choice(services(r))}, {"zone": "pension"}, {"to_counter": r.randint(1, 5)}])


MOVES = {
    "come": (12, lambda r: (crowd(r), r.choice([0, 1, 7_000, 60_000]))),
    "work": (12, lambda r: ([pick(r) for _ in range(r.randint(1, 8))], r.choice([0, 6_000, 60_000]))),
    "call_next": (6, lambda r: (pick(r),)),
    "press": (10, lambda r: (pick(r), r.choice([Key.NEXT, *Key]))),
    "wait": (8, lambda r: (r.choice([1, 4_000, 31_000, 61_000, 120_000, 300_000]),)),
    "miss": (4, lambda r: (pick(r),)),
    "check_in": (5, lambda r: (pick(r),)),
    "finish": (6, lambda r: (pick(r), r.choice([None, None, "ARC", "PAY"]))),
    "transfer": (5, lambda r: (pick(r), target(r))),
    "requeue": (3, lambda r: (pick(r),)),
    "hold": (3, lambda r: (pick(r), r.choice(list(HoldKind)), r.random() < 0.5)),
    "resume": (3, lambda r: (pick(r), pick(r))),
    "reopen": (4, lambda r: (pick(r), r.random() < 0.5, pick(r))),
    "call_a_chosen_one": (2, lambda r: (pick(r), pick(r))),
    "walk_in": (2, lambda r: (pick(r), services(r))),
    "add": (3, lambda r: (pick(r), r.choice(services(r)))),
    "see_proof": (2, lambda r: (pick(r), r.random() < 0.7)),
    "cancel": (2, lambda r: (pick(r),)),
    "tell": (1, lambda r: (pick(r), r.choice(list(PrintOutcome)))),
    "come_with_a_claim_or_by_appointment": (2, lambda r: (services(r), r.choice(list(Basis)), r.randint(-20, 20))),
    "open": (4, lambda r: (pick(r),)),
    "close": (1, lambda r: (pick(r), r.random() < 0.5)),
    "pause": (1, lambda r: (pick(r),)),
    "go_on": (3, lambda r: (pick(r),)),
    "speak": (4, lambda r: (r.randrange(7), False)),
    "staff": (1, lambda r: (pick(r), r.choice(["all", "all", "pension", "injury"]), r.random() < 0.7)),
    "announce": (1, lambda r: (r.random() < 0.5, r.randrange(4))),
    "hang_up": (1, lambda r: (r.choice([0, 1, 3_600_000]), r.randrange(4))),
    "restart": (1, lambda r: ()),
    "calling_stops_for_a_moment": (1, lambda r: ()),
    "time_goes_on": (1, lambda r: (r.random() < 0.1,)),
}


def walk(seed: int) -> Counter[str]:
    """A walk with all checks after every step; how often each event happened."""
    r = Random(seed)
    machine = HallMachine()
    names, weights = list(MOVES), [weight for weight, _ in MOVES.values()]
    for _ in range(STEPS):
        name = r.choices(names, weights)[0] if machine.hall.state.phase is not Phase.ENDED else "time_goes_on"
        getattr(machine, name)(*MOVES[name][1](r))
        machine.everything_fits()
        machine.nobody_ready_while_somebody_waits_for_it()
    machine.teardown()
    return Counter(type(event).__name__ for _, events in machine.hall.journal for event in events)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_long_day_keeps_to_the_rules(seed):
    happened = walk(seed)
    assert happened["VisitCalled"] > 100


def test_the_moves_reach_every_event():
    happened = sum((walk(seed) for seed in range(100, 104)), Counter())
    kinds = {kind.__name__ for kind in e.Base.__subclasses__()}
    assert kinds - set(happened) == set()
