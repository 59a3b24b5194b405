"""What a proof's steps came to: tests counted from JUnit reports, the table, the closing line, the exit status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from ticketserver.runner.say import say


@dataclass(frozen=True)
class Step:
    """One proof. A pytest step writes a report in JUnit's XML, from which its tests are counted."""

    name: str
    title: str
    argv: tuple[str, ...]
    pytest: bool = False
    screen: bool = False


@dataclass(frozen=True)
class Outcome:
    step: Step
    code: int
    passed: int
    failed: int
    skipped: int
    seconds: int


def count(report: Path) -> tuple[int, int, int]:
    """Passed, failed and skipped tests of a JUnit report; one that was never written counts as one failure."""
    if not report.exists():
        return (0, 1, 0)
    total = failed = skipped = 0
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        total += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0))
    return (total - failed - skipped, failed, skipped)


def sum_up(outcomes: Sequence[Outcome]) -> int:
    """Print the table and the closing line; returns the exit status."""
    say("prove.table")
    for each in outcomes:
        counts = closing_line([each]) if each.step.pytest else ""
        mark = "✗" if each.code else "✓"
        say("prove.row", mark=mark, title=each.step.title, counts=counts, seconds=each.seconds)
    say("prove.total_time", seconds=sum(each.seconds for each in outcomes))
    print(closing_line(outcomes), flush=True)
    return 1 if any(each.code for each in outcomes) else 0


def closing_line(outcomes: Sequence[Outcome]) -> str:
    skipped = sum(each.skipped for each in outcomes)
    line = f"{sum(each.passed for each in outcomes)} passed, {sum(each.failed for each in outcomes)} failed"
    return f"{line}, {skipped} skipped" if skipped else line
