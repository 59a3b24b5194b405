"""The virtual environment of a checkout: made once, brought up to date when what it is made from changes.

A stamp in `.venv` holds a digest of everything the environment follows from; an equal stamp means nothing to do, so
the second `make` costs milliseconds. The stamp is written last: an interrupted installation is taken up again.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tomllib
from pathlib import Path

from ticketserver.runner.paths import BUILD, CONSTRAINTS, PYPROJECT, PYTHON, VENV
from ticketserver.runner.say import run_logged, text

EXTRAS = {"run": ("server", "kiosk", "display", "hardware"), "test": ("server", "kiosk", "display", "hardware", "dev")}


def requirements(goal: str, pyproject: Path = PYPROJECT) -> list[str]:
    """The requirement lines of our distribution for `run` or `test`, each once, in a fixed order."""
    project = tomllib.loads(pyproject.read_text("utf-8"))["project"]
    lines = list(project["dependencies"])
    for extra in EXTRAS[goal]:
        lines += project["optional-dependencies"][extra]
    return sorted(set(lines))


def digest(goal: str) -> str:
    """What the environment for a goal follows from, as one hex digest: requirements, pins, interpreter."""
    parts = (*requirements(goal), CONSTRAINTS.read_text("utf-8"), sys.version, sys.base_prefix)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def stamp(goal: str, venv: Path = VENV) -> Path:
    return venv / f"made-for-{goal}"


def is_current(goal: str, venv: Path = VENV) -> bool:
    """Whether the environment holds what the goal needs; one made for `test` also serves `run`."""
    if not (venv / "bin" / "python").exists():
        return False
    goals = ("run", "test") if goal == "run" else (goal,)
    marks = ((stamp(each, venv), each) for each in goals)
    return any(mark.exists() and mark.read_text("utf-8") == digest(each) for mark, each in marks)


def make(goal: str) -> None:
    """Make or update the environment. Raises `Stop` when venv or pip fails, with what they said."""
    if is_current(goal):
        return
    if not _works(PYTHON):
        argv = [sys.executable, "-m", "venv", "--clear", str(VENV)]
        run_logged(text("environment.make"), argv, BUILD / "logs" / "venv.log")
    for each in EXTRAS:
        stamp(each).unlink(missing_ok=True)
    argv = [str(PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    argv += ["--constraint", str(CONSTRAINTS), *requirements(goal)]
    run_logged(text("environment.install"), argv, BUILD / "logs" / "pip.log")
    stamp(goal).write_text(digest(goal), "utf-8")


def _works(python: Path) -> bool:
    """Whether this is an interpreter of our own version with pip: a moved or half-made environment has none."""
    if not python.exists():
        return False
    probe = "import sys, pip; print(sys.version, sys.base_prefix)"
    asked = subprocess.run([str(python), "-c", probe], check=False, capture_output=True, text=True)
    return asked.returncode == 0 and asked.stdout.strip() == f"{sys.version} {sys.base_prefix}"
