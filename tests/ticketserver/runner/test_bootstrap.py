"""What the preparation decides: packages, requirements, whether an environment is current, when to stop."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ticketserver.runner import bootstrap, debian, environment, say
from ticketserver.runner.paths import CONSTRAINTS, ROOT


def lacks_packages(monkeypatch: pytest.MonkeyPatch, *names: str, root: bool) -> list[list[str]]:
    """A Debian without these packages; returns the list that the commands run will be put in."""
    lacking = set(names)
    ran: list[list[str]] = []

    def run_logged(_title: str, argv: list[str], *_rest: object) -> None:
        ran.append(argv)
        if "install" in argv:
            lacking.clear()

    monkeypatch.setattr(debian.shutil, "which", lambda _name: "/usr/bin/dpkg-query")
    monkeypatch.setattr(debian, "missing", lambda asked: [name for name in asked if name in lacking])
    monkeypatch.setattr(debian, "run_logged", run_logged)
    monkeypatch.setattr(debian.os, "geteuid", lambda: 0 if root else 1000)
    return ran


def test_only_tests_need_a_browser():
    assert "chromium" in debian.wanted("test")
    assert "chromium" not in debian.wanted("run")


def test_venv_support_is_asked_for_where_this_python_has_none(monkeypatch):
    assert "python3-venv" not in debian.wanted("run")
    monkeypatch.setattr(debian.importlib.util, "find_spec", lambda _name: None)
    assert "python3-venv" in debian.wanted("run")


def test_root_gets_what_is_missing_by_apt_and_only_that(monkeypatch):
    ran = lacks_packages(monkeypatch, "xvfb", "espeak-ng", root=True)
    debian.install("run")
    assert [argv[:2] for argv in ran] == [["apt-get", "update"], ["apt-get", "install"]]
    assert ran[1][4:] == ["espeak-ng", "xvfb"]


def test_others_are_told_the_one_line_to_type(monkeypatch):
    ran = lacks_packages(monkeypatch, "xvfb", root=False)
    with pytest.raises(say.Stop, match=r"\n    sudo apt-get install -y --no-install-recommends xvfb\n"):
        debian.install("run")
    assert ran == []


def test_nothing_missing_runs_nothing(monkeypatch):
    ran = lacks_packages(monkeypatch, root=False)
    debian.install("test")
    assert ran == []


@pytest.mark.skipif(debian.shutil.which("dpkg-query") is None, reason="asks the real dpkg")
def test_dpkg_knows_what_is_installed():
    assert debian.missing(["bash", "no-such-package-at-all"]) == ["no-such-package-at-all"]


def test_an_environment_for_tests_holds_all_that_one_for_running_does():
    assert set(environment.requirements("run")) < set(environment.requirements("test"))


def made(place: Path, goal: str) -> Path:
    (place / "bin").mkdir()
    (place / "bin" / "python").write_text("")
    environment.stamp(goal, place).write_text(environment.digest(goal))
    return place


def test_an_environment_made_for_tests_is_current_for_running_and_not_the_other_way_round(tmp_path):
    venv = made(tmp_path, "test")
    assert environment.is_current("test", venv)
    assert environment.is_current("run", venv)
    environment.stamp("test", venv).rename(environment.stamp("run", venv))
    environment.stamp("run", venv).write_text(environment.digest("run"))
    assert environment.is_current("run", venv)
    assert not environment.is_current("test", venv)


def test_other_pins_make_an_environment_stale(tmp_path, monkeypatch):
    venv = made(tmp_path, "test")
    other = tmp_path / "constraints"
    other.write_text(CONSTRAINTS.read_text() + "extra==1\n")
    monkeypatch.setattr(environment, "CONSTRAINTS", other)
    assert not environment.is_current("test", venv)


def test_every_requirement_is_pinned_exactly():
    pins = {}
    for line in CONSTRAINTS.read_text().splitlines():
        if line and not line.startswith("#"):
            name, equals, version = line.partition("==")
            assert equals, f"not a plain pin: {line}"
            assert version[0].isdigit(), f"not a version: {line}"
            pins[name.lower().replace("_", "-")] = version
    names = [line.split("[")[0].split(">")[0].split("=")[0].strip() for line in environment.requirements("test")]
    assert [name for name in names if name.lower() not in pins] == []


def test_a_failed_step_says_its_last_lines_and_where_the_rest_is(tmp_path, capsys):
    argv = [sys.executable, "-c", "print('no space left'); raise SystemExit(7)"]
    with pytest.raises(say.Stop, match=r"(?s)7.*no space left") as stopped:
        say.run_logged("Packages", argv, tmp_path / "log")
    assert str(tmp_path / "log") in str(stopped.value)


def test_a_step_shows_that_it_is_still_at_work(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(say, "TICK_S", 0.05)
    flag = tmp_path / "seen"
    source = f"import pathlib, time\nprint('fetching', flush=True)\nflag = pathlib.Path({str(flag)!r})\n"
    argv = [sys.executable, "-c", source + "while not flag.exists(): time.sleep(.01)"]
    shown = threading.Thread(target=lambda: say.run_logged("Packages", argv, tmp_path / "log"))
    shown.start()
    out = ""
    while "fetching" not in out and shown.is_alive():
        out += capsys.readouterr().out
    flag.write_text("")
    shown.join()
    assert "fetching" in out


def test_a_step_that_cannot_be_started_is_no_traceback(tmp_path):
    with pytest.raises(say.Stop, match="no-such-program"):
        say.run_logged("Clips", ["./no-such-program"], tmp_path / "log")


@pytest.mark.parametrize(
    ("environ", "lang"),
    [({"LANG": "zh_CN.UTF-8"}, "zh"), ({"LANG": "C"}, "en"), ({}, "en"), ({"LC_ALL": "en_US", "LANG": "zh_CN"}, "en")],
)
def test_the_terminals_language_is_spoken(environ, lang):
    assert say.language(environ) == lang


def test_a_python_that_is_too_old_or_too_new_is_told_in_both_languages(monkeypatch, capsys):
    for version in ((3, 10, 4), (3, 14, 0)):
        monkeypatch.setattr(bootstrap.sys, "version_info", version)
        assert bootstrap.main(["run"]) == 1
        told = capsys.readouterr().err
        assert "3.11 to 3.13" in told
        assert "需要 Python 3.11 至 3.13" in told
        assert ".".join(map(str, version)) in told


def test_a_second_preparation_waits_for_the_first_and_says_so(tmp_path):
    said: list[str] = []
    done = threading.Event()

    def second() -> None:
        with bootstrap.alone(tmp_path / "lock", lambda: said.append("waiting")):
            done.set()

    with bootstrap.alone(tmp_path / "lock", lambda: said.append("never")):
        thread = threading.Thread(target=second)
        thread.start()
        while not said:
            assert thread.is_alive()
        assert not done.is_set()
    thread.join()
    assert done.is_set()
    assert said == ["waiting"]


def test_what_runs_before_the_environment_needs_no_package():
    """With site-packages switched off (-S -I keeps none), the preparation's modules still import."""
    source = f"import sys; sys.path.insert(0, {str(ROOT)!r}); "
    source += "import ticketserver.runner.bootstrap, ticketserver.runner.debian, ticketserver.runner.environment"
    subprocess.run([sys.executable, "-I", "-S", "-c", source], check=True)
