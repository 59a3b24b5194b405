"""Small files that are replaced whole: a power cut leaves the old one or the new one, and never half of either."""

import os
from pathlib import Path


def write_whole(file: Path, content: bytes) -> None:
    """Written beside its place, synced, and moved there. Raises OSError, and then leaves nothing behind."""
    beside = file.with_name(f".{file.name}.part")
    try:
        with beside.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(file)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
