"""Where things are in a checkout. Standard library only: the bootstrap runs before any package is installed."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RUN = ROOT / "run"
BUILD = ROOT / "build"
LOGS = RUN / "logs"
CONSTRAINTS = ROOT / ".constraints.txt"
PYPROJECT = ROOT / "pyproject.toml"
SAMPLE_HALL = ROOT / "ticketserver" / "shared" / "sample" / "hall.toml"


def shown(path: Path) -> str:
    """The path as a person types it: relative to the checkout where it lies inside."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
