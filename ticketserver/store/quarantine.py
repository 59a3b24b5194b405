"""Request ids that broke the hall: one a line in a file, synced before the process ends, refused ever after.

A retry of such a request would stop the hall in a loop. What can go wrong: a line torn by a power cut; it then names an
id that nobody sends, and the request may break the hall once more and is written again, whole.
"""

import os
from pathlib import Path


def quarantined(path: Path) -> frozenset[str]:
    """All ids in the file; none where there is no file."""
    try:
        text = path.read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return frozenset()
    return frozenset(line for line in text.split("\n") if line)


def put_in_quarantine(path: Path, request_id: str) -> None:
    """Adds an id, durable on return. Raises OSError."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        size = os.fstat(handle).st_size
        torn = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
        os.write(handle, (b"\n" if torn else b"") + request_id.encode("ascii") + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
