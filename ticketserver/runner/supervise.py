"""Start the programs of a hall in order, bring each back 1 s after it ended, and end all of them together.

One thread, one loop: it sleeps until a child ends, a signal comes or the next moment something is due. SIGINT, SIGTERM
and SIGHUP end it. What it started is found by process group and, for grandchildren that left theirs, by descent: the
supervisor adopts orphans, so nothing it started can get out of its sight, and nothing else is ever signalled.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

from ticketserver.runner.paths import shown
from ticketserver.runner.program import RESTART_S, Program, Running, State, adopt_orphans, descendants, send
from ticketserver.runner.say import how_it_ended, indented, last_lines, say
from ticketserver.runner.watchdog import sleep_s

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LATE_S = 20.0
OVERVIEW_S = 45.0
GRACE_S = 6.0
POLL_S = 0.2
# The same end over and over is said rarely: a line each second would hide everything else.
SAID_AGAIN, SAID_EVERY = (2, 10), 60


class Supervisor:
    """Keeps a set of programs running until it is told to end.

    `on_up` is called once with the names of the programs that are not up: when all are, or when waiting for the last
    ones has taken `OVERVIEW_S`.
    """

    def __init__(self, programs: Sequence[Program], cwd: Path, logs: Path, on_up: Callable[[list[str]], None]) -> None:
        logs.mkdir(parents=True, exist_ok=True)
        self.cwd = cwd
        self.on_up: Callable[[list[str]], None] | None = on_up
        self.began_s = time.monotonic()
        self.running = {p.name: Running(p, logs / f"{p.name}.log") for p in programs}
        self.watchdogs = [r.watchdog for r in self.running.values() if r.watchdog]
        self.signals: list[int] = []
        self.wake_read, self.wake_write = socket.socketpair()
        for end in (self.wake_read, self.wake_write):
            end.setblocking(False)
        for each in self.running.values():
            each.log.write_bytes(b"")

    def run(self) -> None:
        """Until a signal ends it. On return every process below this one has ended."""
        adopt_orphans()
        signal.set_wakeup_fd(self.wake_write.fileno(), warn_on_full_buffer=False)
        for number in (*ENDING, signal.SIGCHLD):
            signal.signal(number, self._noted)
        try:
            while not self.signals:
                now_s = time.monotonic()
                self._reap(now_s)
                self._start_due(now_s)
                self._look_for_ready(now_s)
                for each in self.running.values():
                    each.end_if_hung(now_s)
                self._sleep(POLL_S if any(r.state is not State.UP for r in self.running.values()) else None)
            say("supervise.ending")
        finally:
            self._end_all()

    def _noted(self, number: int, _frame: FrameType | None) -> None:
        if number in ENDING:
            self.signals.append(number)

    def _sleep(self, limit_s: float | None) -> None:
        lines = [self.wake_read, *(dog.line for dog in self.watchdogs)]
        select.select(lines, [], [], sleep_s(self.watchdogs, time.monotonic(), limit_s))
        try:
            self.wake_read.recv(4096)
        except BlockingIOError:
            pass

    def _reap(self, now_s: float) -> None:
        """Take note of every process that ended, ours or adopted. Only here are children waited for."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            ours = next((r for r in self.running.values() if r.process is not None and r.process.pid == pid), None)
            if ours is not None and ours.process is not None:
                ours.process.returncode = os.waitstatus_to_exitcode(status)
                if not self.signals:
                    self._ended(ours, how_it_ended(ours.process.returncode), now_s)

    def _ended(self, ended: Running, reason: str, now_s: float) -> None:
        ended.state, ended.since_s = State.ENDED, now_s
        if ended.watchdog:
            ended.watchdog.end()
        ended.ends += 1
        # What it left behind may hold its port or its line.
        ended.signal_group(signal.SIGTERM)
        lines = last_lines(ended.log, 6, ended.log_from)
        same = "\n".join([reason, *lines[-1:]])
        ended.same_ends = ended.same_ends + 1 if same == ended.last_reason else 1
        ended.last_reason = same
        if ended.same_ends == 1:
            where = shown(ended.log)
            say("supervise.ended", at=clock(), name=ended.program.name, reason=reason, log=where, lines=indented(lines))
        elif ended.same_ends in SAID_AGAIN or ended.same_ends % SAID_EVERY == 0:
            say("supervise.ended_again", at=clock(), name=ended.program.name, times=ended.same_ends, reason=reason)

    def _start_due(self, now_s: float) -> None:
        for each in self.running.values():
            if each.state is State.ENDED and now_s - each.since_s >= RESTART_S:
                each.signal_group(signal.SIGKILL)
                each.process = None
                each.state = State.WAITING
            if each.state is State.WAITING and all(self.running[n].state is State.UP for n in each.program.after):
                try:
                    each.start(now_s, self.cwd)
                except OSError as problem:
                    self._ended(each, str(problem), now_s)

    def _look_for_ready(self, now_s: float) -> None:
        for each in self.running.values():
            if each.state is not State.STARTING:
                continue
            if each.is_ready(now_s):
                each.state = State.UP
                say("supervise.back" if each.ends else "supervise.up", at=clock(), name=each.program.name)
            elif now_s - each.since_s > LATE_S and not each.late_said:
                each.late_said = True
                say("supervise.late", at=clock(), name=each.program.name, seconds=round(LATE_S), log=shown(each.log))
        down = [name for name, each in self.running.items() if each.state is not State.UP]
        if self.on_up is not None and (not down or now_s - self.began_s > OVERVIEW_S):
            tell, self.on_up = self.on_up, None
            tell(down)

    def _end_all(self) -> None:
        """Ask everything to end, dependents first; after the grace, or at a second Ctrl-C, make it end."""
        deadline_s = time.monotonic() + GRACE_S
        for layer in (True, False):
            group = [r for r in self.running.values() if bool(r.program.after) is layer]
            for each in group:
                each.signal_group(signal.SIGTERM)
            while time.monotonic() < deadline_s and self.signals.count(signal.SIGINT) < 2:
                self._reap(time.monotonic())
                if all(r.process is None or r.process.returncode is not None for r in group):
                    break
                self._sleep(POLL_S)
        self._kill_rest()
        signal.set_wakeup_fd(-1)
        for line in (self.wake_read, self.wake_write, *(dog.line for dog in self.watchdogs)):
            line.close()

    def _kill_rest(self) -> None:
        """SIGKILL to all that is left below this process, until nothing is: one of them may be forking."""
        while left := descendants(os.getpid()):
            for pid, _ in left:
                send(pid, signal.SIGKILL)
            self._reap(time.monotonic())
            self._sleep(POLL_S / 10)
        self._reap(time.monotonic())


def clock() -> str:
    """The time of day, as a person reads it beside each event."""
    return time.strftime("%H:%M:%S")
