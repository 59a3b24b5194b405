"""The systemd units: they never give up, start the commands that exist, and systemd itself finds nothing wrong."""

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ticketserver.runner.hall import WATCHED_S
from ticketserver.runner.machine import GROUPS, USER
from ticketserver.runner.paths import ROOT

FOLDER = ROOT / "ticketserver" / "runner" / "units"
PROGRAMS = {
    "yihao-server.service": ["ticketserver", "--config", "/etc/yihao/hall.toml"],
    "yihao-bridge.service": ["hardware", "bridge", "--config", "/etc/yihao/hall.toml"],
    "yihao-kiosk@.service": ["kiosk", "--config", "/etc/yihao/hall.toml", "--kiosk", "%i"],
    "yihao-display@.service": ["display", "--config", "/etc/yihao/hall.toml", "--display", "%i"],
}
SCREEN = "yihao-screen.service"
WINDOWS = ("yihao-kiosk@.service", "yihao-display@.service")


def settings(unit: Path) -> dict[tuple[str, str], str]:
    """(section, key) → value; a key given twice in a section would be a mistake in these units."""
    found: dict[tuple[str, str], str] = {}
    section = ""
    for line in unit.read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            key, _, value = line.partition("=")
            assert (section, key) not in found
            found[section, key] = value
    return found


def test_there_is_one_unit_for_each_program_and_one_for_the_screen():
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted((*PROGRAMS, SCREEN))


@pytest.mark.parametrize("name", [*PROGRAMS, SCREEN])
def test_a_unit_comes_back_after_a_second_for_ever(name):
    unit = settings(FOLDER / name)
    assert unit["Service", "Restart"] == "always"
    assert unit["Service", "RestartSec"] == "1"
    assert unit["Unit", "StartLimitIntervalSec"] == "0"
    assert unit["Install", "WantedBy"] == "multi-user.target"


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_is_no_root_and_opens_the_devices_of_groups_that_the_user_is_in(name):
    unit = settings(FOLDER / name)
    assert unit["Service", "User"] == USER
    assert unit["Service", "NoNewPrivileges"] == "yes"
    assert set(unit.get(("Service", "SupplementaryGroups"), "").split()) <= set(GROUPS)


@pytest.mark.parametrize("name", WINDOWS)
def test_a_window_opens_on_the_screen_that_our_unit_brings_and_nowhere_else(name):
    unit = settings(FOLDER / name)
    screen = shlex.split(settings(FOLDER / SCREEN)["Service", "ExecStart"])
    assert unit["Unit", "Wants"] == SCREEN
    assert f"DISPLAY={screen[1]}" in unit["Service", "Environment"].split()
    # Without it a window that finds no screen yet is drawn where nobody sees it, for ever.
    assert "SDL_VIDEODRIVER=x11" in unit["Service", "Environment"].split()


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_unit_starts_the_installed_program_as_the_command_line_has_it(name):
    python, flag, *words = shlex.split(settings(FOLDER / name)["Service", "ExecStart"])
    assert (python, flag) == ("/opt/yihao/.venv/bin/python", "-m")
    assert words == PROGRAMS[name]
    assert (ROOT / words[0] / "__main__.py").exists()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
@pytest.mark.parametrize("name", [*PROGRAMS, SCREEN])
def test_systemd_finds_nothing_wrong(name, tmp_path):
    text = (FOLDER / name).read_text("utf-8").replace("/opt/yihao/.venv/bin/python", sys.executable)
    text = text.replace("/usr/bin/Xorg", sys.executable)
    unit = tmp_path / name.replace("@", "@1")
    unit.write_text(text, "utf-8")
    argv = ["systemd-analyze", "verify", "--man=no", str(unit)]
    asked = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=60)
    ours = [line for line in asked.stderr.splitlines() if "yihao" in line]
    assert (asked.returncode, ours) == (0, []), asked.stderr


def test_a_kiosk_that_hangs_is_ended_as_make_run_would():
    unit = settings(FOLDER / "yihao-kiosk@.service")
    assert float(unit["Service", "WatchdogSec"]) == WATCHED_S
    assert unit["Service", "NotifyAccess"] == "main"
    # systemd's SIGKILL comes so long after its SIGABRT.
    assert int(unit["Service", "TimeoutStopSec"]) <= 10
