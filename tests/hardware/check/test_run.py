"""All tests at once: those of one link in turn, one that never ends is told, one that breaks harms no other."""

import threading
from pathlib import Path

from hardware.check.parts import Finding, Trial, well
from hardware.check.run import run_tests
from tests.hardware.check.halls import codes


def quick(name: str) -> Trial:
    return Trial((name,), "", lambda: [well(name, "fonts.there", folder="x")])


def test_tests_of_different_links_run_at_the_same_time() -> None:
    meeting = threading.Barrier(2, timeout=30)

    def meet(name: str) -> list[Finding]:
        meeting.wait()
        return [well(name, "fonts.there", folder="x")]

    found = run_tests([Trial((name,), f"tcp:{name}:1", lambda name=name: meet(name)) for name in ("a", "b")])
    assert codes(found) == [("a", "well", "fonts.there"), ("b", "well", "fonts.there")]


def test_tests_of_one_link_take_turns_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "port").touch()
    (tmp_path / "by-path").symlink_to(tmp_path / "port")
    inside = threading.Semaphore(1)

    def alone(name: str) -> list[Finding]:
        assert inside.acquire(blocking=False), "two at once"
        inside.release()
        return [well(name, "fonts.there", folder="x")]

    links = (f"serial:{tmp_path}/port?baud=9600", f"serial:{tmp_path}/by-path?baud=9600")
    found = run_tests([Trial((link,), link, lambda link=link: alone(link)) for link in links])
    assert [each.code for each in found] == ["fonts.there"] * 2


def test_a_test_that_never_ends_is_told_for_all_its_devices_and_those_behind_it() -> None:
    stuck = threading.Event()

    def hang() -> list[Finding]:
        stuck.wait(30)
        return []

    tests = [
        Trial(("bus1", "box-1"), "tcp:x:1", hang, limit_s=0.1),
        Trial(("panel-1",), "tcp:x:1", hang, limit_s=0.1),
        quick("fonts"),
    ]
    found = run_tests(tests)
    stuck.set()
    assert codes(found) == [
        ("bus1", "wrong", "no_end"),
        ("box-1", "wrong", "no_end"),
        ("panel-1", "wrong", "no_end"),
        ("fonts", "well", "fonts.there"),
    ]


def test_a_test_that_breaks_is_a_finding_and_the_next_one_runs() -> None:
    def broken() -> list[Finding]:
        raise RuntimeError("no idea")

    found = run_tests([Trial(("a",), "tcp:x:1", broken), Trial(("b",), "tcp:x:1", quick("b").run)])
    assert codes(found) == [("a", "wrong", "broke"), ("b", "well", "fonts.there")]
    assert "RuntimeError: no idea" in found[0].text("en")
