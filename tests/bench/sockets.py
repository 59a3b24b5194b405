"""The wire: what the libraries can do, and the product beside it. Limits and product alternate round by round.

The bare server, the hall that gives numbers and the hall that calls to 200 boards are processes of their own; those
that are not asked stand still.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import count
from pathlib import Path

from tests.bench import load
from tests.bench.asking import MIX, Asking, listeners, today
from tests.bench.boards import Act, broadcast_row, call_row
from tests.bench.figures import Round
from tests.bench.hall import PATIENCE_S, ROOT, HallProcess, token_of
from ticketserver.core.terms import Role
from ticketserver.runner.program import end_with_parent

ECHO = ("ws_echo_1", "ws_echo_64")
TAKE = ("bare_take_1", "bare_take_64")
ISSUE = ("issue_1", "issue_16", "issue_64")
NAMES = (*ECHO, *TAKE, *ISSUE, "ws_broadcast_200", "call_to_200")
WARM_S = 0.1
ECHOED = b'{"result":"' + b"." * 300 + b'"}'


@contextmanager
def bare_server(folder: Path) -> Iterator[int]:
    argv = [sys.executable, "-m", "tests.bench.bare_server", str(folder / "bare.sqlite3")]
    with subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, text=True, preexec_fn=end_with_parent) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def run_row(runner: asyncio.Runner, act: Act, seconds: float) -> Round:
    """One round; a server that no longer answers ends it with TimeoutError."""
    return runner.run(asyncio.wait_for(act(seconds), seconds + PATIENCE_S))


async def loop_row(sockets: list[load.Socket], make: Callable[[], bytes], seconds: float) -> Round:
    took, latencies = await load.closed_loop(sockets, make, seconds)
    return Round(len(latencies), took, latencies)


async def bare_rows(names: frozenset[str], port: int) -> dict[str, Act]:
    rows: dict[str, Act] = {}
    issuer = Asking("2026-11-25").issuer()
    for name in names.intersection(ECHO + TAKE):
        path, make = ("/take", issuer) if name in TAKE else ("/echo", lambda: load.frame(ECHOED))
        sockets = [await load.connect(port, path) for _ in range(int(name.rpartition("_")[2]))]
        rows[name] = partial(loop_row, sockets, make)
    return rows


class Issuing:
    """A fresh hall for every round: the numbers of all rounds together would be those of a hundred peak days."""

    def __init__(self, runner: asyncio.Runner, folder: Path, names: list[str]) -> None:
        self._runner = runner
        self._folder = folder
        self._names = names
        self._hall: HallProcess | None = None
        self._turn = count(1)
        self._acts: dict[str, Act] = {}

    def rows(self) -> dict[str, Callable[[float], Round]]:
        return {name: partial(self._act, name) for name in self._names}

    def close(self) -> None:
        if self._hall is not None:
            self._hall.stop()

    def _act(self, name: str, seconds: float) -> Round:
        if name == self._names[0]:
            self.close()
            self._hall = HallProcess(self._folder / f"issue-{next(self._turn)}")
            self._hall.start()
            self._runner.run(self._connect(self._hall))
        return run_row(self._runner, self._acts[name], seconds)

    async def _connect(self, hall: HallProcess) -> None:
        await listeners(hall)
        issuer = (await today(hall)).issuer(MIX)
        for name in self._names:
            clients = range(int(name.rpartition("_")[2]))
            sockets = [await load.greet(hall.ws_port, Role.KIOSK, token_of(Role.KIOSK)) for _ in clients]
            await loop_row(sockets, issuer, WARM_S)
            self._acts[name] = partial(loop_row, sockets, issuer)


@contextmanager
def rounds(names: frozenset[str], folder: Path) -> Iterator[dict[str, Callable[[float], Round]]]:
    with ExitStack() as stack:
        runner = stack.enter_context(asyncio.Runner())
        made: dict[str, Act] = {}
        if names.intersection((*ECHO, *TAKE, "ws_broadcast_200")):
            port = stack.enter_context(bare_server(folder))
            made |= runner.run(bare_rows(names, port))
            if "ws_broadcast_200" in names:
                made["ws_broadcast_200"] = runner.run(broadcast_row(port))
        if "call_to_200" in names:
            made["call_to_200"] = runner.run(call_row(stack.enter_context(HallProcess(folder / "boards"))))
        acts = {name: partial(run_row, runner, act) for name, act in made.items()}
        if issue := [name for name in ISSUE if name in names]:
            issuing = Issuing(runner, folder, issue)
            stack.callback(issuing.close)
            acts |= issuing.rows()
        yield {name: acts[name] for name in NAMES if name in acts}
