"""What is kept of a roll: over restarts, torn files, a disk that takes nothing, and a word from outside."""

from pathlib import Path

import pytest

from kiosk.io.roll_keeper import RollKeeper, say_changed
from kiosk.roll import Paper, RollLimits

LIMITS = RollLimits(50.0, 5.0, counted=True)


def keeper(folder: Path) -> RollKeeper:
    return RollKeeper(folder, "printer1", LIMITS)


def well(roll: RollKeeper) -> float | None:
    return roll.seen(Paper.OK, cover_open=False, ready=True)


def out(roll: RollKeeper) -> float | None:
    return roll.seen(Paper.OUT, cover_open=False, ready=False)


def test_metres_are_counted_over_restarts(tmp_path: Path) -> None:
    for _ in range(9):
        roll = keeper(tmp_path)
        assert not roll.little
        roll.printed(5_000.0)
        roll.printed(0.0)
    assert keeper(tmp_path).little
    assert [file.name for file in tmp_path.iterdir()] == ["printer1.roll"]


def test_a_roll_that_ended_before_a_restart_is_another_one_after(tmp_path: Path) -> None:
    roll = keeper(tmp_path)
    roll.printed(42.5)
    assert out(roll) is None
    assert out(keeper(tmp_path)) is None
    again = keeper(tmp_path)
    assert well(again) == 42.5
    assert well(again) is None
    assert well(keeper(tmp_path)) is None


def test_a_new_roll_said_from_outside_is_taken_once_and_not_before_it_can_print(tmp_path: Path) -> None:
    folder = tmp_path / "printers"
    say_changed(folder, "printer1")
    say_changed(folder, "printer2")
    roll = keeper(folder)
    roll.printed(46_000.0)
    assert roll.seen(Paper.OK, cover_open=True, ready=False) is None
    assert well(roll) == 46_000
    assert not roll.little
    assert well(roll) is None
    say_changed(folder, "printer1")
    assert well(roll) == 0
    assert (folder / "printer2.changed").exists()


@pytest.mark.parametrize("torn", [b"", b'{"used_mm": 12', b'{"used_mm": "x"}'])
def test_a_file_that_cannot_be_read_is_a_new_roll_and_told(
    tmp_path: Path, torn: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "printer1.roll").write_bytes(torn)
    assert well(keeper(tmp_path)) is None
    assert "cannot be read" in caplog.text


def test_a_disk_that_takes_nothing_is_told_once_and_counting_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "printers"
    folder.write_text("no folder")
    roll = RollKeeper(folder, "printer1", LIMITS)
    caplog.clear()
    roll.printed(30_000.0)
    roll.printed(15_000.0)
    assert roll.little
    assert caplog.text.count("cannot be kept on the disk") == 1
    assert well(roll) is None
    folder.unlink()
    roll.printed(1.0)
    assert keeper(folder).little
