"""`python -m tests.soak [--calls N] [--rate R]`: a call screen that stands there while thousands are called.

Real server, real display with its voice under Xvfb, thirty counters. While they call, the display's line is cut, falls
silent and is there again, and once the display is killed and started anew. Then its record (screen.py) is held against
the server's journal (journal.py). A player in aplay's place takes two seconds for every sound.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.bench.figures import percentile
from tests.bench.hall import ROOT
from tests.soak.run import FAULTS, MOST, Outcome, soak

CALLS, RATE = 10_000, 20.0


def figures(outcome: Outcome) -> str:
    found = outcome.found
    seen = found.returned | set(found.as_made)
    late = [float(each) for each in found.late_ms]
    faults = ", ".join(f"{times} × {fault}" for fault, times in Counter(fault for _, fault in FAULTS).items())
    lines = [
        f"{outcome.calls} calls in {outcome.seconds:.0f} s; the display was {faults}; "
        f"its line was lost {found.lost} times",
        f"{len(found.as_made)} came as they were made, {found.at_once} of them seen in the next picture, on the glass "
        f"p50 {percentile(late, 0.5):.0f} p99 {percentile(late, 0.99):.0f} most {max(late):.0f} ms after the call",
        f"{len(found.returned)} came with a snapshot, {outcome.calls - len(seen)} were over before it was back",
        f"{found.boards} whole boards and {found.pictures} pictures compared with the journal; "
        f"in the end {len(outcome.display)} rows on both sides",
        f"{len(outcome.spoken)} calls were spoken, {len(set(outcome.spoken))} different ones",
    ]
    for what in MOST:
        middle, last = outcome.held(what)
        lines.append(f"{what}: {middle:,.1f} in the middle of the second life, as much drawn {last:,.1f} at its end")
    lines.append(f"{outcome.widgets} widgets at most")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--calls", type=int, default=CALLS)
    parser.add_argument("--rate", type=float, default=RATE, help="calls a second, of all counters together")
    asked = parser.parse_args(arguments)
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="soak-", dir=build) as folder:
        outcome = soak(Path(folder), asked.calls, asked.rate)
    print(figures(outcome))
    wrong = outcome.wrong() + [f"grew: {each}" for each in outcome.leaks()]
    for each in wrong[:20]:
        print(f"WRONG: {each}")
    print("all as the journal has it" if not wrong else f"{len(wrong)} wrong")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
