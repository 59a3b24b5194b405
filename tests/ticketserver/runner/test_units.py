"""The systemd units: they never give up, start the commands that exist, and systemd itself finds nothing wrong."""

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ticketserver.runner.paths import ROOT

FOLDER = ROOT / "ticketserver" / "runner" / "units"
PROGRAMS = {
    "yihao-server.service": ["ticketserver", "--config", "/etc/yihao/hall.toml"],
    "yihao-bridge.service": ["hardware", "bridge", "--config", "/etc/yihao/hall.toml"],
    "yihao-kiosk@.service": ["kiosk", "--config", "/etc/yihao/hall.toml", "--kiosk", "%i"],
    "yihao-display@.service": ["display", "--config", "/etc/yihao/hall.toml", "--display", "%i"],
}


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


def test_there_is_one_unit_for_each_program():
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(PROGRAMS)


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_unit_comes_back_after_a_second_for_ever(name):
    unit = settings(FOLDER / name)
    assert unit["Service", "Restart"] == "always"
    assert unit["Service", "RestartSec"] == "1"
    assert unit["Unit", "StartLimitIntervalSec"] == "0"
    assert unit["Service", "User"] == "yihao"


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_unit_starts_the_installed_program_as_the_command_line_has_it(name):
    python, flag, *words = shlex.split(settings(FOLDER / name)["Service", "ExecStart"])
    assert (python, flag) == ("/opt/yihao/.venv/bin/python", "-m")
    assert words == PROGRAMS[name]
    assert (ROOT / words[0] / "__main__.py").exists()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
@pytest.mark.parametrize("name", PROGRAMS)
def test_systemd_finds_nothing_wrong(name, tmp_path):
    text = (FOLDER / name).read_text("utf-8").replace("/opt/yihao/.venv/bin/python", sys.executable)
    unit = tmp_path / name.replace("@", "@1")
    unit.write_text(text, "utf-8")
    argv = ["systemd-analyze", "verify", "--man=no", str(unit)]
    asked = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=60)
    ours = [line for line in asked.stderr.splitlines() if "yihao" in line]
    assert (asked.returncode, ours) == (0, []), asked.stderr
