"""One program of the hall: what is started, what must be there before, and the process that runs it now.

    WAITING ──all of `after` ready──▶ STARTING ──`ready()`──▶ UP
       ▲                                 │                    │
       └────────── 1 s ── ENDED ◀────────┴──── process ended ─┘

Output goes to a log file, never to a pipe: a full pipe would stop the program, and the file outlives it.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from ticketserver.runner.watchdog import Watchdog

RESTART_S = 1.0
SETTLED_S = 1.5
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
LIBC = ctypes.CDLL(None)


def no_change() -> Mapping[str, str]:
    return {}


@dataclass(frozen=True)
class Program:
    """What to run. Without a `ready` to ask it counts as up once it has run for `SETTLED_S`. `environ` is asked at each
    start: a virtual screen's number is known only once it is there. One that tells of its life, and is silent for
    `watchdog_s`, hangs (0 = it tells nothing)."""

    name: str
    argv: tuple[str, ...]
    after: tuple[str, ...] = ()
    ready: Callable[[], bool] | None = None
    environ: Callable[[], Mapping[str, str]] = no_change
    watchdog_s: float = 0.0


class State(Enum):
    WAITING = "waiting"
    STARTING = "starting"
    UP = "up"
    ENDED = "ended"


@dataclass
class Running:
    """A program as it is now. Times are seconds of the monotonic clock."""

    program: Program
    log: Path
    state: State = State.WAITING
    process: subprocess.Popen[bytes] | None = None
    since_s: float = 0.0
    log_from: int = 0
    ends: int = 0
    same_ends: int = 0
    last_reason: str = field(default="", repr=False)
    late_said: bool = False
    watchdog: Watchdog | None = None

    def __post_init__(self) -> None:
        if self.program.watchdog_s:
            self.watchdog = Watchdog(self.program.name, self.program.watchdog_s)

    def start(self, now_s: float, cwd: Path) -> None:
        """Start it as the leader of a session of its own, with the end of this process as its own end.

        Raises OSError when there is nothing to start.
        """
        self.state, self.since_s, self.late_said = State.STARTING, now_s, False
        watched = self.watchdog.environ() if self.watchdog else {}
        with self.log.open("ab") as output:
            self.log_from = output.tell()
            self.process = subprocess.Popen(
                self.program.argv,
                cwd=cwd,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **watched, **self.program.environ()},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )
        if self.watchdog:
            self.watchdog.begin(now_s)

    def end_if_hung(self, now_s: float) -> None:
        """Signal it where it has not told that it lives."""
        number = self.watchdog.look(now_s) if self.watchdog else None
        if number is not None and self.process is not None:
            send(self.process.pid, number)

    def is_ready(self, now_s: float) -> bool:
        return self.program.ready() if self.program.ready else now_s - self.since_s >= SETTLED_S

    def signal_group(self, number: signal.Signals) -> None:
        """Send a signal to what is left of the process group it leads or led.

        Only to processes below this one: a number whose group is gone may by now be somebody else's.
        """
        if self.process is not None:
            for pid, group in descendants(os.getpid()):
                if group == self.process.pid:
                    send(pid, number)


def send(pid: int, number: signal.Signals) -> None:
    """Signal one process; that it has just ended is no error."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def end_with_parent() -> None:
    """In a child, between fork and exec: be told to end when the supervisor dies, even by SIGKILL."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def adopt_orphans() -> None:
    """Become the parent of grandchildren whose own parent ended, so that none is out of sight at the end."""
    LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def descendants(root: int) -> list[tuple[int, int]]:
    """(process, its group) of all that still runs below `root` (zombies left out), deepest last. Reads /proc."""
    children: dict[int, list[tuple[int, int, str]]] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            # The name in brackets may hold spaces and brackets itself: the fields start after the last one.
            state, parent, group = (entry / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[:3]
        except (FileNotFoundError, ProcessLookupError):
            continue
        children.setdefault(int(parent), []).append((int(entry.name), int(group), state))
    found: list[tuple[int, int]] = []
    level = [root]
    while level:
        below = [child for parent in level for child in children.get(parent, ())]
        found += [(pid, group) for pid, group, state in below if state != "Z"]
        level = [pid for pid, _, _ in below]
    return found
