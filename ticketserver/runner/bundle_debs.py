"""The Debian packages of a bundle: all that the roles need and all that those depend on, whatever a machine lacks.

apt works the list out against the state of a machine that has nothing, with lists and a cache of its own, so this
machine's packages and lists play no part and no root is needed. Beside the packages lies an index, so that apt on the
target finds out itself which are missing and in which order they go in.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

from ticketserver.runner.debian import EVERY, SCREEN, for_roles
from ticketserver.runner.install_steps import replace
from ticketserver.runner.machine import FILES
from ticketserver.runner.say import Stop, run_logged, text

EPOCH = re.compile(r"_\d+%3a")
"""In apt's cache a file's name has the version's epoch; in an archive it has not."""


def fetch_packages(folder: Path, work: Path, logs: Path) -> None:
    """Download into `work`, which later runs use again, and put what is needed into `folder`. Raises `Stop`."""
    for part in ("state/lists/partial", "cache/archives/partial"):
        (work / part).mkdir(parents=True, exist_ok=True)
    nothing = work / "status"
    nothing.write_bytes(b"")
    options = {"Dir::State": work / "state", "Dir::State::status": nothing, "Dir::Cache": work / "cache"}
    apt = ["apt-get", "-q", "-o", "APT::Sandbox::User=root"]
    apt += [part for name, place in options.items() for part in ("-o", f"{name}={place}")]
    install = [*apt, "install", "-y", "--no-install-recommends"]
    names = for_roles((*EVERY, SCREEN))
    run_logged(text("debian.update"), [*apt, "update"], logs / "apt-update.log")
    run_logged(text("bundle.debian"), [*install, "--download-only", *names], logs / "apt-download.log")
    folder.mkdir()
    for file in needed([*install, "--simulate", *names], work / "cache/archives"):
        shutil.copyfile(file, folder / EPOCH.sub("_", file.name))
    replace(folder / "Packages", index(folder))
    shutil.copyfile(FILES / "apt.sh", folder / "apt.sh")


def needed(simulate: list[str], archives: Path) -> list[Path]:
    """The downloaded files of the packages that apt would install; older versions may lie beside them."""
    asked = subprocess.run(simulate, capture_output=True, text=True, check=False)
    found = re.findall(r"^Inst (\S+) \((\S+) .*\[(\S+)\]\)", asked.stdout, re.MULTILINE)
    files = [archives / f"{name}_{version.replace(':', '%3a')}_{arch}.deb" for name, version, arch in found]
    lacking = [file.name for file in files if not file.is_file()]
    if asked.returncode or not files or lacking:
        raise Stop(text("bundle.debian_lacks", names=", ".join(lacking) or asked.stderr.strip()))
    return files


def index(folder: Path) -> str:
    """The index of an archive of packages: what each says of itself, its file, size and digest."""
    entries = []
    for file in sorted(folder.glob("*.deb")):
        asked = subprocess.run(["dpkg-deb", "--field", str(file)], capture_output=True, text=True, check=True)
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        place = f"Filename: ./{file.name}\nSize: {file.stat().st_size}\nSHA256: {digest}\n"
        entries.append(f"{asked.stdout.rstrip()}\n{place}")
    return "\n".join(entries)
