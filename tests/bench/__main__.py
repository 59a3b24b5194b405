"""`make bench`: what the machine and the libraries can do, and the product beside it, in one run.

    python -m tests.bench [--quick] [--only NAME …]

Rows that are compared alternate: a round of each, five times over, after one round of warm-up that does not count; a
figure is the median of its rounds, so a busy neighbour hits both sides or neither. Five rounds of 0.6 s are 3 s a row.
The figures go to build/bench.json. A missed aim is said; it is no failure.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from tests.bench import (
    calls,
    cores,
    disk,
    films,
    frames,
    kiosks,
    lines,
    panel_calls,
    phones,
    presses,
    searches,
    slips,
    sockets,
    switched,
    whole,
)
from tests.bench.figures import HEAD, Figure, Round, as_json, hold_against, line, summarise
from tests.bench.hall import ROOT
from tests.bench.machine import CORES, Others
from tests.bench.rows import NAMES, ROWS

FAMILIES: tuple[tuple[tuple[str, ...], Callable[..., AbstractContextManager[dict[str, Callable[[float], Round]]]]], ...]
FAMILIES = (
    (disk.NAMES, disk.rounds),
    (sockets.NAMES, sockets.rounds),
    (calls.NAMES, calls.rounds),
    (phones.NAMES, phones.rounds),
    (frames.NAMES, frames.rounds),
    (films.NAMES, films.rounds),
    (switched.NAMES, switched.rounds),
    (cores.NAMES, cores.rounds),
    (presses.NAMES, presses.rounds),
    (panel_calls.NAMES, panel_calls.rounds),
    (lines.NAMES, lines.rounds),
    (slips.NAMES, slips.rounds),
    (searches.NAMES, searches.rounds),
    (kiosks.NAMES, kiosks.rounds),
    (whole.NAMES, whole.rounds),
)
ROUNDS, ROUND_S = 5, 0.6
QUICK_ROUNDS, QUICK_S = 2, 0.2
ONCE = frozenset({"server_rss", *kiosks.MEMORY, *lines.CYCLES})
"""Rows that are measured once, without warm-up: each time is a whole day, or many rounds of a bus."""


def measure(names: frozenset[str], folder: Path, rounds: int, seconds: float) -> list[Figure]:
    """All rows of `names`, family by family."""
    figures = []
    for family, opened in FAMILIES:
        wanted = names.intersection(family)
        if not wanted:
            continue
        taken: dict[str, list[Round]] = {name: [] for name in wanted}
        others = {name: Others() for name in wanted}
        print(f"· {', '.join(name for name in family if name in wanted)} …", file=sys.stderr, flush=True)
        with opened(wanted, folder) as acts:
            for turn in range(rounds + 1):
                for name, act in acts.items():
                    gc.collect()
                    if name in ONCE and turn:
                        continue
                    with others[name] if turn or name in ONCE else Others():
                        outcome = act(seconds)
                    if turn or name in ONCE:
                        taken[name].append(outcome)
        figures += [summarise(row, taken[row.name], others[row.name].percent) for row in ROWS if row.name in wanted]
    figures.sort(key=lambda figure: NAMES.index(figure.row.name))
    hold_against(figures)
    return figures


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--only", nargs="+", choices=NAMES, metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_ROUNDS} rounds of {QUICK_S} s, for trying")
    asked = parser.parse_args(arguments)
    rounds, seconds = (QUICK_ROUNDS, QUICK_S) if asked.quick else (ROUNDS, ROUND_S)
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    gc.disable()
    with tempfile.TemporaryDirectory(prefix="bench-", dir=build) as folder:
        figures = measure(frozenset(asked.only or NAMES), Path(folder), rounds, seconds)
    (build / "bench.json").write_text(json.dumps(as_json(figures), indent=1) + "\n", "utf-8")
    said = f"{rounds} alternating rounds of {seconds} s a row after one of warm-up; medians. {CORES} cores"
    print(f"\n{said}; others = the CPU that other programs used meanwhile, of all cores.\n\n{HEAD}")
    for figure in figures:
        print(line(figure))
    print("\nWhat each row does:")
    for figure in figures:
        print(f"  {figure.row.name:<18}{figure.row.method}")
    print(f"\nbuild/bench.json. Load average {os.getloadavg()[0]:.1f}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
