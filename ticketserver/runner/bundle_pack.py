"""What a bundle says of itself, the digests by which a damaged copy is found out, and the archive around it all."""

from __future__ import annotations

import hashlib
import json
import sys
import tarfile
from pathlib import Path

OLDEST_S = 315532800
"""1980-01-01: the date of every file in the archive; nothing older fits into what unpacks zip files."""


def manifest(folder: Path, version: str, machine: str) -> str:
    """What the bundle holds, for people and for a bureau's records."""
    held = {
        "version": version,
        "for": machine,
        "python": f"{sys.version_info[0]}.{sys.version_info[1]}",
        "wheels": sorted(path.name for path in (folder / "wheels").iterdir()),
        "debian": sorted(path.name for path in (folder / "debs").glob("*.deb")),
        "clips": len(list((folder / "data").rglob("*.wav"))),
        "fonts": sorted(path.name for path in (folder / "data").rglob("*.otf")),
    }
    return json.dumps(held, indent=2) + "\n"


def files_of(folder: Path) -> list[Path]:
    """All files below a folder, sorted by their path."""
    return sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.as_posix())


def sums(folder: Path) -> str:
    """A line of `sha256sum` for each file below the folder."""
    lines = []
    for path in files_of(folder):
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        lines.append(f"{digest}  {path.relative_to(folder).as_posix()}\n")
    return "".join(lines)


def pack(folder: Path, archive: Path) -> None:
    """The folder as a tar that depends on nothing but names, modes and contents; whole or not at all."""

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = OLDEST_S
        entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
        return entry

    beside = archive.with_name(archive.name + ".part")
    with tarfile.open(beside, "w", format=tarfile.GNU_FORMAT) as tar:
        for path in sorted(folder.rglob("*"), key=lambda path: path.as_posix()):
            tar.add(path, f"{folder.name}/{path.relative_to(folder).as_posix()}", recursive=False, filter=plain)
    beside.replace(archive)
