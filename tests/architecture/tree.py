"""The files of the checkout, as the checks of this folder see them."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("ticketserver", "kiosk", "display", "hardware")


def files(*endings: str) -> list[Path]:
    """Every file of the project, relative to its root: what git tracks or would; endings select, none takes all.

    Outside a git checkout (an unpacked archive) everything counts that is no hidden or run-time folder.
    """
    argv = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(argv, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        found = [Path(name) for name in listed.stdout.decode().split("\0") if name]
    else:
        left_out = {"run", "build"}
        found = [path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file()]
        found = [path for path in found if path.parts[0] not in left_out and not path.parts[0].startswith(".")]
    return sorted(path for path in found if (ROOT / path).is_file() and (not endings or path.suffix in endings))


def modules(*folders: str) -> list[Path]:
    """The Python files below these folders; of all rooms without one."""
    wanted = tuple(folder + "/" for folder in folders or ROOMS)
    return [path for path in files(".py") if str(path).startswith(wanted)]
