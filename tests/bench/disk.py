"""What the disk can do: a plain sync, and SQLite's commit with the journal's settings."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from tests.bench.bare_server import INSERT, database
from tests.bench.figures import Round

NAMES = ("fdatasync", "sqlite_commit_1", "sqlite_commit_64")
PAGE = bytes(4096)
PAYLOAD = bytes(1000)


def timed(act: Callable[[], None], things: int, seconds: float) -> Round:
    """`act` again and again; it does `things` things each time."""
    latencies = []
    began = now = perf_counter()
    while now - began < seconds:
        act()
        last, now = now, perf_counter()
        latencies.append((now - last) * 1000)
    return Round(len(latencies) * things, now - began, latencies)


@contextmanager
def rounds(names: frozenset[str], folder: Path) -> Iterator[dict[str, Callable[[float], Round]]]:
    file = os.open(folder / "sync", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    sql = database(str(folder / "disk.sqlite3"))
    seq = 0

    def sync() -> None:
        os.write(file, PAGE)
        os.fdatasync(file)

    def commit(rows: int) -> Callable[[], None]:
        def act() -> None:
            nonlocal seq
            sql.execute("BEGIN IMMEDIATE")
            sql.executemany(INSERT, [(seq + row, PAYLOAD) for row in range(1, rows + 1)])
            sql.execute("COMMIT")
            seq += rows

        return act

    made: dict[str, Callable[[float], Round]] = {
        "fdatasync": lambda seconds: timed(sync, 1, seconds),
        "sqlite_commit_1": lambda seconds: timed(commit(1), 1, seconds),
        "sqlite_commit_64": lambda seconds: timed(commit(64), 64, seconds),
    }
    try:
        yield {name: act for name, act in made.items() if name in names}
    finally:
        sql.close()
        os.close(file)
