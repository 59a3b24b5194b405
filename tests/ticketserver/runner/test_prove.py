"""The closing line and the exit status are honest, whatever a step does."""

import sys
from pathlib import Path

import pytest

from ticketserver.runner import outcome, prove

REPORT = (
    '<testsuites><testsuite tests="5" failures="1" errors="1" skipped="1"/>'
    '<testsuite tests="2" failures="0" errors="0" skipped="0"/></testsuites>'
)


@pytest.fixture(autouse=True)
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(prove, "REPORTS", tmp_path)
    return tmp_path


def script(source: str, *, pytest: bool = False) -> outcome.Step:
    return outcome.Step("step", "a step", (sys.executable, "-c", source), pytest=pytest)


def writes_report(report: Path, code: int) -> outcome.Step:
    return script(f"open({str(report)!r}, 'w').write({REPORT!r}); raise SystemExit({code})", pytest=True)


def test_tests_are_counted_from_the_report(reports):
    came = prove.perform(writes_report(reports / "step.xml", 1))
    assert (came.passed, came.failed, came.skipped) == (4, 2, 1)


def test_a_step_that_wrote_no_report_has_failed(reports):
    assert prove.perform(script("raise SystemExit(5)", pytest=True)).failed == 1


def test_a_failure_outside_every_test_is_still_a_failure(reports):
    (reports / "clean.xml").write_text('<testsuite tests="3" failures="0" errors="0" skipped="0"/>')
    copy = f"shutil.copy({str(reports / 'clean.xml')!r}, {str(reports / 'step.xml')!r})"
    source = f"import shutil; {copy}; raise SystemExit(3)"
    came = prove.perform(script(source, pytest=True))
    assert (came.passed, came.failed, came.code) == (3, 1, 3)


def test_an_earlier_runs_report_is_not_taken_for_this_ones(reports):
    (reports / "step.xml").write_text(REPORT)
    assert prove.perform(script("pass", pytest=True)).passed == 0


def test_a_step_that_is_no_pytest_run_counts_as_one(reports):
    assert prove.perform(script("pass")).passed == 1
    assert prove.perform(script("raise SystemExit(2)")).failed == 1


def test_a_step_that_hangs_is_ended_and_has_failed(reports, monkeypatch):
    monkeypatch.setattr(prove, "STEP_LIMIT_S", 0.3)
    came = prove.perform(script("import threading; threading.Event().wait()"))
    assert came.code < 0
    assert came.failed == 1


def test_the_sum_is_the_last_line_and_the_status_is_honest(reports, capsys):
    good, bad = prove.perform(script("pass")), prove.perform(writes_report(reports / "step.xml", 1))
    assert outcome.sum_up([good]) == 0
    assert capsys.readouterr().out.rstrip().splitlines()[-1] == "1 passed, 0 failed"
    assert outcome.sum_up([good, bad]) == 1
    assert capsys.readouterr().out.rstrip().splitlines()[-1] == "5 passed, 2 failed, 1 skipped"


def test_gaps_without_a_measurement_are_a_failure(reports, monkeypatch, capsys):
    monkeypatch.setattr(prove, "COVERAGE", reports / "none.json")
    assert prove.show_gaps() == 1
    assert "is missing" in capsys.readouterr().out


def test_every_test_of_the_house_belongs_to_a_step():
    """Own tests run in `pure`; the others in exactly one of `unit`, `window`, `browser`, `story`."""
    chosen = {step.name: step.argv for step in prove.steps(1)}
    ignored = {word.removeprefix("--ignore=") for word in chosen["unit"] if word.startswith("--ignore=")}
    assert ignored == {*prove.own_tests(), prove.BROWSER}
    assert set(prove.own_tests()) <= set(chosen["pure"])
    assert prove.BROWSER in chosen["browser"]
