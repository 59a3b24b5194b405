"""Planted bugs, each of which the simulation must find.

    python -m tests.simulation.mutants              all of them
    python -m tests.simulation.mutants no-dedupe    one of them

Each `<name>.patch` beside this file says in its head what it breaks. It is applied to a copy of the tree in a folder
of its own, never to the tree itself, and seeds are played there until one fails, at most 200. A mutant that survives,
and a patch that no longer applies, fail the run.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tests.architecture.tree import ROOMS, ROOT, files

HERE = Path(__file__).parent
SEEDS = 200
COPIED = (".py", ".toml", ".txt")
NEEDED = (*ROOMS, "tests/simulation")
FOUND = re.compile(r"^seed (\d+) FAILED: (.{0,110})", re.MULTILINE)


class Hunt(NamedTuple):
    """How the hunt for one mutant ended. `seed` 0: it survived, or could not be hunted."""

    name: str
    seed: int
    told: str
    seconds: float


def copy_tree(target: Path) -> None:
    for path in files(*COPIED):
        if str(path).startswith(tuple(f"{room}/" for room in NEEDED)):
            place = target / path
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, place)


def run_in(folder: str, environ: dict[str, str], *argv: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(argv, cwd=folder, env=environ, capture_output=True, text=True, check=False)


def hunt(patch: Path) -> Hunt:
    began = time.monotonic()

    def ended(seed: int, told: str) -> Hunt:
        return Hunt(patch.stem, seed, told, time.monotonic() - began)

    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        copy_tree(Path(folder))
        # Outside any checkout, so that git takes the folder for what it is: plain files.
        environ = {**os.environ, "GIT_CEILING_DIRECTORIES": str(Path(folder).parent), "PYTHONPATH": folder}
        applied = run_in(folder, environ, "git", "apply", "-C1", str(patch))
        if applied.returncode:
            return ended(0, f"does not apply: {applied.stderr.strip()[:200]}")
        hunting = ("--seeds", str(SEEDS), "--until-failure", "--processes", "1")
        played = run_in(folder, environ, sys.executable, "-m", "tests.simulation", *hunting)
        found = FOUND.search(played.stdout)
        if found:
            return ended(int(found[1]), found[2])
        return ended(0, "SURVIVED" if played.returncode == 0 else f"did not run: {played.stderr.strip()[-300:]}")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation.mutants", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    patches = {path.stem: path for path in sorted(HERE.glob("*.patch"))}
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these: {', '.join(patches)}")
    names = parser.parse_args(arguments).names or list(patches)
    if unknown := [name for name in names if name not in patches]:
        parser.error(f"no such mutant: {', '.join(unknown)}")
    began = time.monotonic()
    alive = 0
    print(f"{'mutant':<34} {'seed':>4} {'time':>7}  found by")
    with ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        for name, seed, told, seconds in pool.map(hunt, (patches[name] for name in names)):
            alive += not seed
            print(f"{name:<34} {seed or '–':>4} {seconds:>5.1f} s  {told}", flush=True)
    print(f"\n{len(names) - alive} of {len(names)} mutants found in {time.monotonic() - began:.0f} s")
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
