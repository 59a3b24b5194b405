"""Uninstalling takes the programs and nothing that is the hall's."""

import subprocess
import sys

from tests.ticketserver.runner.machines import enabled
from ticketserver.runner import uninstall as uninstalling
from ticketserver.runner.install import install
from ticketserver.runner.machine import Role
from ticketserver.runner.uninstall import uninstall

PYTHON = sys.executable
"""Before an actor takes its place."""

SERVER, KIOSK = Role("server"), Role("kiosk", "kiosk1")


def test_programs_units_and_command_go_and_the_halls_own_stays(machine, source, actors):
    install(machine, source, [SERVER, KIOSK])
    enabled(machine, SERVER.unit, KIOSK.unit)
    (machine.data / "run/data").mkdir(parents=True)
    (machine.data / "run/data/hall.sqlite3").write_bytes(b"journal")
    actors.forget()
    assert machine.screen_rules.exists()
    said = uninstall(machine)
    assert str(machine.data) in said
    assert str(machine.settings) in said
    assert not machine.program.exists()
    assert not machine.command.exists()
    assert not machine.rules.exists()
    assert not machine.screen_rules.exists()
    assert machine.our_units() == []
    assert machine.hall.exists()
    assert (machine.data / "run/data/hall.sqlite3").read_bytes() == b"journal"
    (asked,) = actors.calls("systemctl")
    assert {SERVER.unit, KIOSK.unit, "yihao-screen.service"} < set(asked.split())
    assert "--now" not in asked
    assert actors.calls("userdel") == []


def test_it_runs_from_the_folder_that_it_takes_away(machine, source, actors):
    install(machine, source, [SERVER])
    run = "import sys, pathlib; from ticketserver.runner import uninstall as u; "
    run += "print(u.uninstall(u.Machine(pathlib.Path(sys.argv[1]))))"
    argv = [PYTHON, "-B", "-I", "-S", "-c", f"import sys; sys.path.insert(0, sys.argv[2]); {run}"]
    argv += [str(machine.root), str(machine.program / "installer")]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "rm -r" in done.stdout
    assert not machine.program.exists()


def test_where_systemd_runs_the_programs_end(machine, source, actors):
    install(machine, source, [SERVER])
    (machine.root / "run/systemd/system").mkdir(parents=True)
    actors.forget()
    uninstall(machine)
    assert actors.calls("systemctl")[0].startswith("systemctl disable --now ")


def test_with_nothing_installed_it_says_so_and_does_nothing(machine, actors):
    assert "Nothing of ours is installed" in uninstall(machine)
    assert actors.calls() == []


def test_who_is_not_root_is_told(monkeypatch, capsys):
    monkeypatch.setattr(uninstalling.os, "geteuid", lambda: 1000)
    assert uninstalling.main() == 1
    assert "sudo" in capsys.readouterr().err
