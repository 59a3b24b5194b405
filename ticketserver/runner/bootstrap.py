"""Prepare a checkout for `make run` or `make test`: Debian packages, Python packages, Chinese faces, voice clips.

Runs on the system's Python before anything is installed, so it imports the standard library and its own siblings only.
Every step looks first whether it is needed; a prepared checkout passes in well under a second.
"""

from __future__ import annotations

import contextlib
import fcntl
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

OLDEST, NEWEST = (3, 11), (3, 13)
WRONG_PYTHON = (
    "This needs Python 3.11 to 3.13; `{python}` is {version}. Name another one: make {goal} PYTHON=python3.11\n"
    "需要 Python 3.11 至 3.13，而 `{python}` 是 {version}。请指定另一个：make {goal} PYTHON=python3.11"
)

ASSETS = (("assets.fonts", "ticketserver.runner.faces"), ("assets.clips", "display make-clips"))


@contextlib.contextmanager
def alone(lock: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Only one preparation at a time in a checkout; a second one waits, and says so."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in ("run", "test"):
        print("usage: python3 -m ticketserver.runner.bootstrap run|test", file=sys.stderr)
        return 2
    goal = arguments[0]
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        version = ".".join(str(part) for part in sys.version_info[:3])
        print(WRONG_PYTHON.format(python=sys.executable, version=version, goal=goal), file=sys.stderr)
        return 1
    # Only now: the siblings use what older Pythons do not have.
    from ticketserver.runner import debian, environment, say
    from ticketserver.runner.paths import BUILD, PYTHON

    try:
        with alone(BUILD / "bootstrap.lock", lambda: say.say("step.waiting")):
            debian.install(goal)
            environment.make(goal)
            for title, module in ASSETS:
                argv = [str(PYTHON), "-m", *module.split()]
                say.run_logged(say.text(title), argv, BUILD / "logs" / f"{title}.log")
    except say.Stop as problem:
        return say.fail(problem)
    except KeyboardInterrupt:
        say.say("interrupted")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
