"""The check of the pure parts: a planted gap of each kind is seen, and full coverage passes."""

import json
from pathlib import Path

import pytest

from ticketserver.runner.covered import gaps, own_tests

PARTS = ("room/core", "room/session.py")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for name in ("room/core/decide.py", "room/core/__init__.py", "room/session.py", "room/other.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text('"""Theory."""\n')
    tests = ("room/core/test_decide.py", "room/core/deep/test_x.py", "room/test_session_gaps.py", "room/test_other.py")
    for name in tests:
        (tmp_path / "tests" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tests" / name).write_text("")
    return tmp_path


def report(place: Path, **files: tuple[list[int], list[list[int]]]) -> Path:
    data = {
        name.replace("__", "/") + ".py": {"missing_lines": lines, "missing_branches": branches}
        for name, (lines, branches) in files.items()
    }
    path = place / "coverage.json"
    path.write_text(json.dumps({"files": data}))
    return path


def test_a_parts_own_tests_are_its_mirror(house):
    assert own_tests(PARTS, house) == [
        "tests/room/core/deep/test_x.py", "tests/room/core/test_decide.py", "tests/room/test_session_gaps.py",
    ]  # fmt: skip


def test_full_coverage_has_no_gap(house):
    assert gaps(report(house, room__core__decide=([], []), room__session=([], [])), PARTS, house) == []


def test_lines_branches_and_files_left_out_are_gaps(house):
    found = gaps(report(house, room__core__decide=([4], [[3, 5], [7, -1]])), PARTS, house)
    assert [str(gap) for gap in found] == [
        "room/core/decide.py: lines 4; branches 3 to 5, 7 to the end",
        "room/session.py: not imported by its tests",
    ]
