"""Simulation by seed.

    python -m tests.simulation --seeds 200          200 seeds, and those that once failed
    python -m tests.simulation --seed 17 -v         one seed with its whole trace
"""

import argparse
import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from hashlib import blake2b
from itertools import chain
from pathlib import Path

from tests.simulation.kinds import CHECKS, ENOUGH_SEEDS, FAULTS
from tests.simulation.scenario import Result, run

REGRESSIONS = Path(__file__).with_name("regressions.txt")
SHOWN = 40


def regressions() -> list[int]:
    """Seeds that once failed; each line `seed  what was wrong`."""
    lines = REGRESSIONS.read_text("utf-8").splitlines()
    return [int(line.split()[0]) for line in lines if line and not line.startswith("#")]


def tell_failure(result: Result) -> None:
    print(f"\nseed {result.seed} FAILED: {result.problem}\n")
    print("the last steps:")
    for line in result.last[-SHOWN:]:
        print(f"  {line[:200]}")
    print(f"\nrun it again: python -m tests.simulation --seed {result.seed} -v\n", flush=True)


def table(head: str, counted: Counter[str]) -> None:
    print(f"\n{head}")
    for kind, count in sorted(counted.items()):
        print(f"  {count:>9,}  {kind}")


def missing(faults: Counter[str], checks: Counter[str]) -> list[str]:
    """Kinds that never came: a proof that did not happen."""
    found = [f"the fault '{kind}' was never injected" for kind in FAULTS if not faults[kind]]
    return found + [f"the check '{kind}' was never made" for kind in CHECKS if not checks[kind]]


def play(seeds: list[int], processes: int, until_failure: bool) -> list[Result]:
    """Each seed's result, in their order; failures are told at once."""
    results = []
    with ProcessPoolExecutor(processes) if processes > 1 else nullcontext() as pool:
        for result in pool.map(run, seeds, chunksize=2) if pool else map(run, seeds):
            results.append(result)
            if result.check:
                tell_failure(result)
                if until_failure:
                    break
        if pool:
            pool.shutdown(cancel_futures=True)
    return results


def sum_up(results: list[Result], seconds: float, complete: bool) -> int:
    faults: Counter[str] = sum((each.faults for each in results), Counter())
    checks: Counter[str] = sum((each.checks for each in results), Counter())
    failed = [each.seed for each in results if each.check]
    table("faults injected", faults)
    table("checks made", checks)
    gaps = missing(faults, checks) if complete and not failed else []
    for gap in gaps:
        print(f"\nFAILED: {gap}")
    digest = blake2b("".join(each.digest for each in results).encode(), digest_size=8).hexdigest()
    steps, issued, records = (sum(getattr(each, name) for each in results) for name in ("steps", "issued", "records"))
    print(
        f"\n{len(results)} seeds, {steps:,} steps, {issued:,} numbers, {records:,} records, "
        f"{sum(faults.values()):,} faults, {sum(checks.values()):,} checks; digest {digest}; "
        f"{seconds:.1f} s ({len(results) / seconds:.1f} seeds/s)"
    )
    if failed:
        print(f"FAILED seeds: {', '.join(map(str, failed))}; add them to {REGRESSIONS.name} when their cause is mended")
    return 1 if failed or gaps else 0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--seeds", type=int, default=20, help="how many seeds, from --first on")
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--seed", type=int, help="this one alone")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--until-failure", action="store_true", help="stop at the first seed that fails")
    parser.add_argument("-v", "--verbose", action="store_true", help="every step of --seed")
    asked = parser.parse_args(arguments)
    began = time.monotonic()
    if asked.seed is not None:
        result = run(asked.seed, asked.verbose)
        if result.check:
            tell_failure(result)
        return sum_up([result], time.monotonic() - began, False)
    seeds = list(dict.fromkeys(chain(regressions(), range(asked.first, asked.first + asked.seeds))))
    results = play(seeds, asked.processes, asked.until_failure)
    return sum_up(results, time.monotonic() - began, asked.seeds >= ENOUGH_SEEDS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
