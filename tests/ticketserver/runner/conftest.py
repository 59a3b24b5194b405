"""A machine in a folder, a bundle to install on it, and actors in the place of what changes a system."""

from pathlib import Path

import pytest

from tests.ticketserver.runner.machines import ACTORS, CALLED, VENV, YES, Actors, script
from ticketserver.runner.machine import Machine, Source
from ticketserver.runner.paths import ROOT


@pytest.fixture
def actors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Actors:
    """In the place of the programs that change a system: the installer finds these first."""
    folder = tmp_path / "actors"
    folder.mkdir()
    made = Actors(folder)
    for name in ACTORS:
        script(folder / name, CALLED + YES)
    script(folder / "getent", '[ "$1 $2" != "passwd yihao" ] || [ -e "$USER_EXISTS" ]\n')
    script(folder / "dpkg-query", 'shift 3; for name in "$@"; do echo "$name installed"; done\n')
    script(folder / "python", CALLED + VENV)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    for name, file in (("CALLS", made.calls_file), ("REFUSES", made.refuses), ("PIP_FAILS", made.pip_fails)):
        monkeypatch.setenv(name, str(file))
    monkeypatch.setenv("USER_EXISTS", str(folder / "user-exists"))
    monkeypatch.setattr("ticketserver.runner.install_steps.sys.executable", str(folder / "python"))
    return made


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path / "machine")
    made.units.mkdir(parents=True)
    return made


@pytest.fixture
def source(tmp_path: Path) -> Source:
    """An unpacked bundle, as far as an installer looks at one."""
    folder = tmp_path / "bundle"
    for part in ("wheels", "debs", "hall", "docs/operating", "data/run/fonts", "data/run/voice/clips"):
        (folder / part).mkdir(parents=True)
    sample = ROOT / "ticketserver/shared/sample"
    for name in ("hall.toml", "catalogue.toml"):
        (folder / "hall" / name).write_text((sample / name).read_text("utf-8"), "utf-8")
    (folder / "constraints.txt").write_text("msgspec==1\n", "utf-8")
    (folder / "wheels/yihao-1-py3-none-any.whl").write_bytes(b"one")
    (folder / "docs/operating/install.md").write_text("# Install\n", "utf-8")
    (folder / "data/run/fonts/face.otf").write_bytes(b"face")
    (folder / "data/run/voice/clips/one.wav").write_bytes(b"clip")
    return Source(folder, bundle=True)
