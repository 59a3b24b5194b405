"""`make test`: every proof in turn, each as processes of its own, with one honest line at the end.

A failed step does not stop the ones after it: a person wants to know all that is broken. The last line sums the tests
of all steps up (`N passed, N failed`); a step that is no pytest run counts as one test. The exit status is 0 only when
every step passed.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext

from ticketserver.runner.covered import gaps, own_tests
from ticketserver.runner.outcome import Outcome, Step, count, sum_up
from ticketserver.runner.paths import BUILD, ROOT
from ticketserver.runner.program import adopt_orphans, descendants, send
from ticketserver.runner.say import Stop, fail, say
from ticketserver.runner.screens import virtual_screen

REPORTS = BUILD / "test"
COVERAGE = REPORTS / "coverage.json"
ROOMS = ("ticketserver", "kiosk", "display", "hardware")
BROWSER = "tests/browser"
STEP_LIMIT_S = 900


def python(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", *arguments)


def pytest(name: str, *arguments: str) -> tuple[str, ...]:
    return python("pytest", "-q", f"--junitxml={REPORTS / name}.xml", *arguments)


def steps(seeds: int) -> tuple[Step, ...]:
    """All proofs, the quick and telling ones first."""
    own = own_tests()
    cover = [f"--cov={room}" for room in ROOMS] + ["--cov-branch", f"--cov-report=json:{COVERAGE}"]
    others = ["tests", f"--ignore={BROWSER}", *(f"--ignore={path}" for path in own)]
    return (
        Step("lint", "style (ruff)", python("ruff", "check", ".")),
        Step("types", "types (mypy --strict)", python("mypy", *ROOMS)),
        Step("pure", "pure parts, by their own tests", pytest("pure", "-n", "2", *cover, *own), pytest=True),
        Step("covered", "pure parts, every branch", python("ticketserver.runner.prove", "--gaps")),
        Step("unit", "everything else without a window",
             pytest("unit", "-n", "4", "-m", "not window and not story and not line", *others),
             pytest=True, screen=True),
        # Nearly all of it is waiting, so there are more of them than the machine has cores.
        Step("lines", "drivers on lines that break", pytest("lines", "-n", "8", "-m", "line", *others), pytest=True),
        Step("sim", f"simulation, {seeds} seeds", python("tests.simulation", "--seeds", str(seeds))),
        Step("window", "windows under Xvfb",
             pytest("window", "-n", "2", "--dist", "loadfile", "-m", "window and not story", *others), pytest=True),
        Step("browser", "pages in Chromium", pytest("browser", "-n", "2", "-m", "not story", BROWSER), pytest=True),
        Step("story", "the story, real processes", pytest("story", "-m", "story", *others), pytest=True),
    )  # fmt: skip


def perform(step: Step) -> Outcome:
    """Run a step to its end, its output going to the terminal. Whatever it leaves running is ended."""
    say("prove.begin", title=step.title)
    report = REPORTS / f"{step.name}.xml"
    report.unlink(missing_ok=True)
    began = time.monotonic()
    try:
        with screen_for(step) as display:
            environ = {**os.environ, "KIVY_HOME": str(REPORTS / "kivy"), **display}
            process = subprocess.Popen(step.argv, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL)
            code = wait(process)
    finally:
        for pid, _ in descendants(os.getpid()):
            send(pid, signal.SIGKILL)
    passed, failed, skipped = count(report) if step.pytest else (int(code == 0), 0, 0)
    if code != 0:
        failed = max(failed, 1)
    seconds = round(time.monotonic() - began)
    say("prove.failed" if code else "prove.passed", title=step.title, seconds=seconds)
    return Outcome(step, code, passed, failed, skipped, seconds)


def screen_for(step: Step) -> AbstractContextManager[Mapping[str, str]]:
    return virtual_screen(REPORTS / "screen") if step.screen else nullcontext({})


def wait(process: subprocess.Popen[bytes]) -> int:
    """Its exit status; a step that hangs is killed and has failed."""
    try:
        return process.wait(timeout=STEP_LIMIT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def show_gaps() -> int:
    """The step that reads the coverage of the pure parts; prints each gap."""
    if not COVERAGE.exists():
        print(f"{COVERAGE} is missing: the tests of the pure parts did not run to their end")
        return 1
    found = gaps(COVERAGE)
    if found:
        say("prove.uncovered")
    for gap in found:
        print(f"  {gap}")
    return 1 if found else 0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m ticketserver.runner.prove", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="STEP", help="only these steps, in their usual order")
    parser.add_argument("--seeds", type=int, default=20, help="seeds of the short simulation")
    parser.add_argument("--gaps", action="store_true", help="only read the coverage of the pure parts")
    asked = parser.parse_args(arguments)
    os.chdir(ROOT)
    if asked.gaps:
        return show_gaps()
    chosen = [step for step in steps(asked.seeds) if not asked.names or step.name in asked.names]
    if unknown := set(asked.names) - {step.name for step in chosen}:
        parser.error(f"no such step: {', '.join(sorted(unknown))}")
    REPORTS.mkdir(parents=True, exist_ok=True)
    COVERAGE.unlink(missing_ok=True)
    adopt_orphans()
    outcomes: list[Outcome] = []
    try:
        for step in chosen:
            outcomes.append(perform(step))
    except Stop as problem:
        return fail(problem)
    except KeyboardInterrupt:
        say("interrupted")
        sum_up(outcomes)
        return 130
    return sum_up(outcomes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
