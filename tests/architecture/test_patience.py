"""No test can fail because the machine was busy: a wait for what must come is long, and no test holds a stop-watch.

A process may get no time for seconds where others want it too. A long bound costs nothing while all is well; what took
how long is the bench's matter.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import ROOT

LEAST_S = 30
BOUNDS = {"WAIT_S", "DEADLINE_S", "HANG_S", "PATIENCE_S"}
OTHER_CARE = {"architecture", "bench", "bundle", "simulation", "soak"}
"""Folders of `tests` that have no tests against the clock on the wall, or measure it."""


def number(node: ast.expr | None) -> float:
    return float(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, int | float) else LEAST_S


def is_clock(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) in ("time.monotonic", "time.perf_counter", "time.time")


def short(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Lines at which a test is impatient, with what stands there."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in BOUNDS and number(value) < LEAST_S:
                yield node.lineno, f"{name} is less than {LEAST_S} s"
            case ast.Call(func=func, args=[limit]) if (
                ast.unparse(func) == "asyncio.timeout" and number(limit) < LEAST_S
            ):
                yield node.lineno, f"asyncio.timeout of less than {LEAST_S} s"
            case ast.Assert(test=ast.Compare(left=ast.BinOp(left=now, op=ast.Sub()), ops=[ast.Lt() | ast.LtE()])) if (
                is_clock(now)
            ):
                yield node.lineno, "a stop-watch: assert the order of events instead"


def impatient(folder: Path) -> list[str]:
    return [
        f"{file.relative_to(folder.parent)}:{line}: {what}"
        for file in sorted(folder.rglob("*.py"))
        if file.relative_to(folder).parts[0] not in OTHER_CARE
        for line, what in short(ast.parse(file.read_text("utf-8")))
    ]


def test_no_test_is_impatient() -> None:
    assert impatient(ROOT / "tests") == []


def test_impatience_is_found() -> None:
    written = "WAIT_S = 5\nDEADLINE_S = 30.0\nassert time.monotonic() - began < 4\nassert time.monotonic() < ends\n"
    written += "async def f():\n    async with asyncio.timeout(3):\n        pass\n"
    assert [line for line, _ in short(ast.parse(written))] == [1, 3, 6]
