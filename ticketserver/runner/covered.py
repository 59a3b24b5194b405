"""The pure parts, the tests that are theirs, and the check that those tests reach every branch of them.

Only a part's own tests count: they run by themselves under coverage, so a branch that merely happens to be passed
through by some larger test is still a gap.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ticketserver.runner.paths import ROOT

PURE = (
    "ticketserver/core",
    "ticketserver/wire",
    "ticketserver/client/session.py",
    "ticketserver/server/sequencer.py",
    "ticketserver/sound/chinese.py",
    "ticketserver/sound/english.py",
    "hardware/codecs",
    "hardware/bridge/logic.py",
    "hardware/bridge/ratings.py",
    "hardware/bridge/panel_looks.py",
    "hardware/bridge/panels.py",
    "kiosk/flow.py",
    "kiosk/focus.py",
    "kiosk/spots.py",
    "kiosk/model.py",
    "kiosk/slip.py",
    "kiosk/scans.py",
    "kiosk/reading.py",
    "kiosk/prechecks.py",
    "kiosk/pension.py",
    "kiosk/roll.py",
    "kiosk/duty.py",
    "kiosk/duty_menu.py",
    "kiosk/duty_pin.py",
    "kiosk/rest.py",
    "kiosk/spoken.py",
    "kiosk/speaking.py",
    "display/board.py",
    "display/announcer.py",
    "display/announcements.py",
    "display/hour_notices.py",
    "display/waiting_calls.py",
    "display/told.py",
    "display/phrases.py",
    "display/phrases_en.py",
    "display/said.py",
    "display/fresh.py",
    "display/cards.py",
    "display/layout.py",
    "display/sign.py",
    "display/turns.py",
)


@dataclass(frozen=True)
class Gap:
    """Lines and branches of one file that its own tests do not reach; `untested` when they never import it."""

    file: str
    lines: tuple[int, ...] = ()
    branches: tuple[tuple[int, int], ...] = ()
    untested: bool = False

    def __str__(self) -> str:
        if self.untested:
            return f"{self.file}: not imported by its tests"
        lines = ", ".join(str(line) for line in self.lines)
        branches = ", ".join(f"{start} to {'the end' if end < 0 else end}" for start, end in self.branches)
        parts = [f"lines {lines}"] * bool(lines) + [f"branches {branches}"] * bool(branches)
        return f"{self.file}: " + "; ".join(parts)


def own_tests(parts: Iterable[str] = PURE, root: Path = ROOT) -> list[str]:
    """The test files of the parts: all below the mirrored folder, or those named after the module."""
    found: list[Path] = []
    for part in parts:
        mirror = root / "tests" / part
        pattern = f"test_{mirror.stem}*.py" if mirror.suffix else "**/test_*.py"
        found += sorted((mirror.parent if mirror.suffix else mirror).glob(pattern))
    return [str(path.relative_to(root)) for path in found]


def sources(parts: Iterable[str] = PURE, root: Path = ROOT) -> list[str]:
    """The files of the parts that are measured; packages' own files hold a docstring and no code."""
    found: list[Path] = []
    for part in parts:
        found += [root / part] if part.endswith(".py") else (root / part).rglob("*.py")
    return sorted(str(path.relative_to(root)) for path in found if path.name != "__init__.py")


def gaps(report: Path, parts: Iterable[str] = PURE, root: Path = ROOT) -> list[Gap]:
    """What the coverage report (`coverage json`, with branches) leaves uncovered in the parts, by file."""
    files = json.loads(report.read_text("utf-8"))["files"]
    found: list[Gap] = []
    for source in sources(parts, root):
        measured = files.get(source)
        if measured is None:
            found.append(Gap(source, untested=True))
            continue
        branches = tuple((int(start), int(end)) for start, end in measured["missing_branches"])
        gap = Gap(source, tuple(measured["missing_lines"]), branches)
        if gap.lines or gap.branches:
            found.append(gap)
    return found
