"""`make run`: a whole hall with virtual devices on this machine, until Ctrl-C."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from ticketserver.runner.hall import Hall, plan
from ticketserver.runner.paths import LOGS, ROOT, RUN, SAMPLE_HALL, shown
from ticketserver.runner.program import LIBC, PR_SET_PDEATHSIG
from ticketserver.runner.say import Stop, fail, language, say, text
from ticketserver.runner.supervise import Supervisor
from ticketserver.shared.settings import Settings, SettingsError, load_settings

LINK_WAIT_S = 20


@contextlib.contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Hold the lock of a running hall. The system lets go of it however this process ends.

    Raises `Stop` naming the process that holds it.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a+", encoding="ascii") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            held.seek(0)
            raise Stop(text("run.already", pid=held.read().strip() or "?")) from problem
        held.truncate(0)
        held.write(f"{os.getpid()}\n")
        held.flush()
        yield


def ports_are_free(settings: Settings) -> None:
    """Raise `Stop` when another program listens where the server would."""
    for key in ("ws_port", "http_port"):
        port: int = getattr(settings.server, key)
        with socket.socket(socket.AF_INET6 if ":" in settings.server.listen else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.server.listen, port))
            except OSError as problem:
                where = f"{settings.server.listen}:{port}"
                raise Stop(text("run.port_taken", where=where, setting=key, problem=problem)) from problem


def console_link(config: str) -> str:
    """The clerk console's address with its token, as the server's own command prints it."""
    argv = [sys.executable, "-m", "ticketserver", "link", "clerk", "--config", config]
    try:
        asked = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, timeout=LINK_WAIT_S, check=True)
    except (OSError, subprocess.SubprocessError):
        return text("run.no_link", command=" ".join(argv[1:]))
    return asked.stdout.strip()


def overview(hall: Hall, down: list[str]) -> None:
    """Where everything is and what to try, once the hall is up."""
    if down:
        say("run.not_all_up", names=", ".join(down), logs=shown(LOGS))
    say("run.up", link=console_link(hall.settings.file), logs=shown(LOGS), slips=shown(RUN / "slips"))
    if hall.pictures:
        say("run.pictures", pictures="  ".join(shown(picture) for picture in hall.pictures))
    for device in hall.devices:
        say(device.told, **device.values)
    say("run.end")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m ticketserver.runner.run", description=__doc__)
    parser.add_argument("--config", default=shown(SAMPLE_HALL), help="the hall's settings (default: the sample hall)")
    parser.add_argument("--demo", action="store_true", help="add simulated citizens and clerks")
    parser.add_argument("--end-with-parent", action="store_true", help="end when the program that started this ends")
    asked = parser.parse_args(arguments)
    if asked.end_with_parent:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    os.chdir(ROOT)
    try:
        settings = load_settings(asked.config)
        with only_one(RUN / "hall.lock"):
            ports_are_free(settings)
            hall = plan(settings, asked.demo)
            say("run.starting", hall=settings.hall.name_zh if language() == "zh" else settings.hall.name_en)
            Supervisor(hall.programs, ROOT, LOGS, lambda down: overview(hall, down)).run()
            say("run.ended")
    except SettingsError as problem:
        print(problem, file=sys.stderr)
        return 1
    except Stop as problem:
        return fail(problem)
    except KeyboardInterrupt:
        say("interrupted")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
