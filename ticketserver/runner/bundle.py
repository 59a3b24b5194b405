"""`make bundle`: one archive from which machines without internet are installed.

```
yihao-VERSION-debian12-amd64/
  install.sh  SHA256SUMS  manifest.json  constraints.txt
  wheels/     everything pinned, and our own              debs/    Debian packages with all they depend on, apt.sh
  data/run/   the Chinese faces, the voice's clips        hall/    hall.toml and its catalogue
  docs/       the handbook                                installer/   what runs on the machine's own Python
```
The archive is a plain tar: what is in it is compressed already, and every machine can unpack one. Its files are sorted
and carry no date and no owner, so two bundles of the same things list the same. Needs internet; the machines do not.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from ticketserver.runner.bundle_debs import fetch_packages
from ticketserver.runner.bundle_pack import manifest, pack, sums
from ticketserver.runner.install_steps import copy_installer, copy_tree, filled, replace
from ticketserver.runner.paths import BUILD, CONSTRAINTS, PYPROJECT, PYTHON, ROOT, SAMPLE_HALL, shown
from ticketserver.runner.say import Stop, fail, run_logged, say, text
from ticketserver.shared.fonts import FontError, chinese_font
from ticketserver.shared.settings import SettingsError, load_settings

EXTRAS = "server,kiosk,display,hardware"
BESIDE_HALL = ("*.toml", "*.png")
"""What goes along with a hall.toml: catalogue, models, logo."""

DEBIAN_PYTHON = "/usr/bin/python3"


def target() -> str:
    """`debian-12-amd64`: the machines that the bundle is for, which are like this one. Raises `Stop`."""
    try:
        release = platform.freedesktop_os_release()
        asked = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as problem:
        raise Stop(text("bundle.not_debian", problem=problem)) from problem
    return f"{release['ID']}-{release.get('VERSION_ID', '')}-{asked.stdout.strip()}"


def same_python() -> None:
    """Raise `Stop` unless the wheels made here are for the Python that the machines have: Debian's own."""
    probe = "import sys; print(*sys.version_info[:2], sep='.')"
    asked = subprocess.run([DEBIAN_PYTHON, "-c", probe], capture_output=True, text=True, check=False)
    ours = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if asked.stdout.strip() != ours:
        raise Stop(text("bundle.other_python", ours=ours, debian=asked.stdout.strip() or "-"))


def copy_hall(hall: Path, folder: Path) -> None:
    """hall.toml under that name, and what lies beside it."""
    folder.mkdir()
    for pattern in BESIDE_HALL:
        for file in sorted(hall.parent.glob(pattern)):
            if file != hall and file.name != "hall.toml":
                shutil.copyfile(file, folder / file.name)
    shutil.copyfile(hall, folder / "hall.toml")


def make_wheels(folder: Path, logs: Path) -> None:
    argv = [str(PYTHON), "-m", "pip", "wheel", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    argv += ["--constraint", str(CONSTRAINTS), "--wheel-dir", str(folder), f"{ROOT}[{EXTRAS}]"]
    run_logged(text("bundle.wheels"), argv, logs / "wheels.log")


def make_data(folder: Path, logs: Path) -> None:
    """Fonts and clips, in the places that they have in the data folder of a machine. Raises `Stop`, FontError."""
    folder.mkdir()
    for bold in (False, True):
        chinese_font(folder / "run/fonts", bold)
    # In that folder, where relative paths of hall.toml begin.
    shell = ["sh", "-c", 'cd "$0" && PYTHONPATH="$1" exec "$2" -m display make-clips --config "$3"']
    argv = [*shell, str(folder), str(ROOT), str(PYTHON), str(folder.parent / "hall/hall.toml")]
    run_logged(text("assets.clips"), argv, logs / "clips.log")


def bundle(hall: Path) -> Path:
    """Make the archive below `build/`; → its path. Raises `Stop`, SettingsError, FontError."""
    load_settings(hall)
    machine = target()
    same_python()
    version = str(tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]["version"])
    name = f"yihao-{version}-{machine.replace('-', '', 1)}"
    folder, logs = BUILD / "bundle" / name, BUILD / "logs/bundle"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    copy_hall(hall, folder / "hall")
    shutil.copyfile(CONSTRAINTS, folder / "constraints.txt")
    copy_tree(ROOT / "docs/operating", folder / "docs/operating")
    copy_installer(folder / "installer")
    make_wheels(folder / "wheels", logs)
    fetch_packages(folder / "debs", BUILD / "bundle/apt", logs)
    make_data(folder / "data", logs)
    replace(folder / "install.sh", filled("install.sh", machine=machine), 0o755)
    replace(folder / "manifest.json", manifest(folder, version, machine))
    replace(folder / "SHA256SUMS", sums(folder))
    archive = BUILD / f"{name}.tar"
    pack(folder, archive)
    shutil.rmtree(folder)
    return archive


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m ticketserver.runner.bundle", description=__doc__)
    parser.add_argument("--hall", type=Path, default=SAMPLE_HALL, help="hall.toml that machines begin with")
    asked = parser.parse_args(arguments)
    try:
        archive = bundle(asked.hall.resolve())
    except (SettingsError, FontError) as problem:
        print(problem, file=sys.stderr)
        return 1
    except Stop as problem:
        return fail(problem)
    except KeyboardInterrupt:
        say("interrupted")
        return 130
    say("bundle.made", file=shown(archive), megabytes=round(archive.stat().st_size / 1e6), name=archive.name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
