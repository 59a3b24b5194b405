"""The CPU that others used while we measured: a busy neighbour halves a rate, so no figure stands without it.

`/proc/stat` gives the ticks that all cores were busy (stolen by the machine's host included); `/proc/<pid>/stat` those
of ourselves and of every process we started. The difference belongs to others.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from ticketserver.runner.program import descendants

TICKS = os.sysconf("SC_CLK_TCK")
CORES = os.cpu_count() or 1
IDLE, IOWAIT, STEAL = 3, 4, 7
UTIME, STIME, CUTIME, CSTIME = 11, 12, 13, 14


def busy_ticks(stat: str) -> int:
    """Ticks that the cores were not idle, from the text of /proc/stat."""
    fields = [int(each) for each in stat.split("\n", 1)[0].split()[1 : STEAL + 2]]
    return sum(fields) - fields[IDLE] - fields[IOWAIT]


def process_ticks(stat: str) -> int:
    """Ticks of one process and of its children that have ended, from the text of /proc/<pid>/stat."""
    fields = stat.rpartition(")")[2].split()
    return sum(int(fields[index]) for index in (UTIME, STIME, CUTIME, CSTIME))


def own_ticks() -> int:
    total = 0
    for pid in (os.getpid(), *(pid for pid, _ in descendants(os.getpid()))):
        try:
            total += process_ticks(Path(f"/proc/{pid}/stat").read_text("utf-8", "replace"))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total


class Others:
    """Adds up, over many short spans, what others used."""

    def __init__(self) -> None:
        self._ticks = 0
        self._seconds = 0.0

    def __enter__(self) -> None:
        self._began = time.monotonic(), busy_ticks(Path("/proc/stat").read_text("ascii")), own_ticks()

    def __exit__(self, *ended: object) -> None:
        at, busy, own = self._began
        self._ticks += busy_ticks(Path("/proc/stat").read_text("ascii")) - busy - (own_ticks() - own)
        self._seconds += time.monotonic() - at

    @property
    def percent(self) -> float:
        """Of all cores together, 0 to 100."""
        if not self._seconds:
            return 0.0
        return max(0.0, 100 * self._ticks / (self._seconds * TICKS * CORES))


def resident_mb(pid: int) -> float:
    """Memory that a process holds now, in MB (10⁶ bytes)."""
    for each in Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines():
        if each.startswith("VmRSS:"):
            return int(each.split()[1]) * 1024 / 1e6
    raise ValueError(f"process {pid} has no memory")
