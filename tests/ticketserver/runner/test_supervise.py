"""The supervisor over real processes: a hall of small shell scripts, started by a script of its own and signalled."""

import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
DEADLINE_S = 60.0


class Hall:
    """A supervisor in a process of its own, running shell scripts; what it says is read line by line."""

    def __init__(self, place: Path, scripts: dict[str, tuple[str, tuple[str, ...]]], before: str = "") -> None:
        self.place = place
        source = f"""
from pathlib import Path
from ticketserver.runner.program import Program
from ticketserver.runner.supervise import Supervisor
place = Path({str(place)!r})
programs = [
    Program(name, script if isinstance(script, tuple) else ("sh", "-c", script), after=after,
            ready=(place / ("ready-" + name)).exists if name.startswith("slow") else None,
            watchdog_s=5.0 if name.startswith("watched") else 0.0)
    for name, (script, after) in {scripts!r}.items()
]
{before}
Supervisor(programs, place, place / "logs", lambda down: print("all up but", down, flush=True)).run()
print("supervisor returned", flush=True)
"""
        self.process = subprocess.Popen(
            [sys.executable, "-c", source],
            cwd=ROOT,
            env={**os.environ, "LANG": "en_US.UTF-8", "LC_ALL": "C.UTF-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.said: list[str] = []
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.rstrip())

    def expect(self, pattern: str) -> str:
        """The next line that the pattern is found in."""
        deadline_s = time.monotonic() + DEADLINE_S
        while (left_s := deadline_s - time.monotonic()) > 0:
            try:
                line = self.lines.get(timeout=left_s)
            except queue.Empty:
                break
            self.said.append(line)
            if re.search(pattern, line):
                return line
        raise AssertionError(f"never said {pattern!r}; it said:\n" + "\n".join(self.said))

    def number(self, name: str) -> int:
        """A process id that a script wrote to a file, once it is there."""
        file = self.place / name
        until(lambda: file.exists() and file.read_text().endswith("\n"))
        return int(file.read_text())

    def end(self, number: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(DEADLINE_S)


def until(true: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + DEADLINE_S
    while not true():
        assert time.monotonic() < deadline_s, "what was waited for did not come"
        time.sleep(0.02)


def lives(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Callable[..., Hall]]:
    made: list[Hall] = []

    def make(scripts: dict[str, tuple[str | tuple[str, ...], tuple[str, ...]]], before: str = "") -> Hall:
        made.append(Hall(tmp_path, scripts, before))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for each in made:
        if each.process.poll() is None:
            each.process.kill()
        each.process.wait()
        each.reader.join()
        assert each.process.stdout is not None
        each.process.stdout.close()


def test_an_ended_program_comes_back_after_a_second_with_its_reason_and_its_last_words(hall, tmp_path):
    script = "date +%s.%N >> starts; [ -e again ] && exec sleep 60; : > again; echo no paper tray >&2; exit 3"
    run = hall({"kiosk": (script, ())})
    assert "exit status 3" in run.expect(r"✗ kiosk ended")
    run.expect(r"\| no paper tray")
    run.expect(r"✓ kiosk is back")
    until(lambda: len((tmp_path / "starts").read_text().split()) == 2)
    first, second = map(float, (tmp_path / "starts").read_text().split())
    assert second - first >= 1.0
    assert run.end() == 0


def test_a_signal_is_named_as_the_reason(hall):
    run = hall({"server": ("echo $$ > pid; exec sleep 60", ())})
    os.kill(run.number("pid"), signal.SIGKILL)
    assert "killed by SIGKILL" in run.expect(r"✗ server ended")
    assert run.end() == 0


def test_the_same_end_again_is_said_in_one_line_with_its_count(hall):
    run = hall({"bridge": ("echo no such line; exit 1", ())})
    run.expect(r"\| no such line")
    assert "2 times" in run.expect(r"bridge ended in the same way")
    assert run.end() == 0


def test_a_program_that_cannot_be_started_is_said_and_the_others_run(hall):
    run = hall({"voice": (("./no-such-program",), ()), "server": ("exec sleep 60", ())})
    run.expect(r"✗ voice ended: .*no-such-program")
    run.expect(r"✓ server")
    assert run.end() == 0


def test_a_program_starts_only_when_those_before_it_are_ready(hall, tmp_path):
    run = hall({"kiosk": (": > kiosk-started; exec sleep 60", ("slow-server",)), "slow-server": ("exec sleep 60", ())})
    until(lambda: (tmp_path / "logs" / "slow-server.log").exists())
    assert not (tmp_path / "kiosk-started").exists()
    (tmp_path / "ready-slow-server").write_text("")
    run.expect(r"✓ slow-server")
    run.expect(r"✓ kiosk")
    run.expect(r"all up but \[\]")
    assert run.end() == 0


ORPHAN = """
setsid sh -c 'echo $$ > orphan; exec sleep 60' &
sh -c 'echo $$ > child; exec sleep 60' &
echo $$ > leader
wait
"""
STUBBORN_HEIR = """
sh -c 'trap "" TERM; echo $$ > left; exec sleep 60' &
until [ -s left ]; do :; done
[ -e twice ] && wait
: > twice
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_everything_it_started_and_nothing_else(hall, number):
    stranger = subprocess.Popen(["sleep", "60"], start_new_session=True)
    try:
        run = hall({"display": (ORPHAN, ())})
        pids = [run.number(name) for name in ("leader", "child", "orphan")]
        assert all(map(lives, pids))
        assert run.end(number) == 0
        run.expect(r"supervisor returned")
        assert [pid for pid in pids if lives(pid)] == []
        assert lives(stranger.pid)
    finally:
        stranger.kill()
        stranger.wait()


def test_what_an_ended_program_left_in_its_group_is_gone_before_it_comes_back(hall, tmp_path):
    run = hall({"display": (STUBBORN_HEIR, ())})
    first = run.number("left")
    run.expect(r"✓ display is back")
    until(lambda: not lives(first))
    assert run.end() == 0


def test_a_second_signal_ends_at_once_what_does_not_want_to(hall):
    run = hall(
        {"server": ("trap '' TERM; echo $$ > pid; while :; do sleep 0.1; done", ())},
        before="import ticketserver.runner.supervise as s; s.GRACE_S = 3600",
    )
    pid = run.number("pid")
    run.process.send_signal(signal.SIGINT)
    run.expect("Ending the hall")
    assert run.end() == 0
    assert not lives(pid)


def test_what_does_not_want_to_end_is_killed_after_the_grace(hall):
    run = hall(
        {"server": ("trap '' TERM; echo $$ > pid; while :; do sleep 0.1; done", ())},
        before="import ticketserver.runner.supervise as s; s.GRACE_S = 0.5",
    )
    pid = run.number("pid")
    assert run.end() == 0
    assert not lives(pid)


def test_programs_end_with_a_supervisor_that_was_killed(hall):
    run = hall({"server": ("echo $$ > pid; exec sleep 60", ())})
    pid = run.number("pid")
    assert run.end(signal.SIGKILL) == -signal.SIGKILL
    until(lambda: not lives(pid))


TELLS = """
import os, signal, socket, sys, time
with open("starts", "a") as starts: starts.write(f"{os.getpid()}\\n")
line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
for _ in range(int(sys.argv[1])):
    line.sendto(b"WATCHDOG=1", chr(0) + os.environ["NOTIFY_SOCKET"][1:])
    time.sleep(0.5)
%s
"""


def telling(times: int, then: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A program that tells so many times that it lives, and then does something else."""
    return (sys.executable, "-c", TELLS % then, str(times)), ()


def starts(place: Path) -> list[int]:
    file = place / "starts"
    return [int(pid) for pid in file.read_text().split()] if file.exists() else []


def test_a_program_that_hangs_is_ended_and_comes_back(hall, tmp_path):
    run = hall({"watched": telling(2, "while True: pass")})
    run.expect(r"watched gave no sign of life for 5 s")
    assert "killed by SIGABRT" in run.expect(r"✗ watched ended")
    run.expect(r"✓ watched is back")
    until(lambda: len(starts(tmp_path)) == 2)
    assert run.end() == 0


def test_one_that_is_stopped_or_deaf_to_it_is_killed(hall, tmp_path):
    run = hall(
        {"watched": telling(1, "signal.signal(signal.SIGABRT, signal.SIG_IGN); os.kill(os.getpid(), signal.SIGSTOP)")},
        before="import ticketserver.runner.watchdog as w; w.ABORT_S = 0.5",
    )
    run.expect(r"gave no sign of life")
    assert "killed by SIGKILL" in run.expect(r"✗ watched ended")
    run.expect(r"✓ watched is back")
    assert run.end() == 0


def test_one_that_never_tells_anything_is_ended_too(hall):
    run = hall({"watched": telling(0, "time.sleep(60)")})
    run.expect(r"gave no sign of life")
    assert run.end() == 0


def test_one_that_goes_on_telling_is_left_alone(hall):
    run = hall({"watched": telling(14, "sys.exit(7)")})
    assert "exit status 7" in run.expect(r"✗ watched ended")
    assert run.end() == 0
