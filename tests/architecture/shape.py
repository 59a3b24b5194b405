"""The shape of files: how long they and their functions may be, how they open, and words that must not stand in them.

A file aims at 170 lines and ends at 500. A test file only ends: a list of cases may be long. The files beyond the aim
are listed with the length they may not grow past (`long_files.txt`); one that shrinks to the aim leaves the list.
`python -m tests.architecture.shape` writes the list anew.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.architecture.tree import ROOMS, ROOT, files

AIM, LONGEST = 170, 500
PURE_FUNCTION, FUNCTION = 40, 60
LIST = Path(__file__).with_name("long_files.txt")
MEASURED = (".py", ".kv", ".js", ".css", ".html")
SHORTEST_THEORY = 60
LEFT_BEHIND = (".orig", ".rej")
"""What a patch leaves beside a file that it did not fit."""

# Put together from halves, so that this file does not hold what it looks for. X's own sockets have one place only.
PLACES = ("../" + "shared", "/wo" + "rk/", "/fa" + "rm/", "/ro" + "ot/", "pypi" + ".org", "deb." + "debian.org")
SANDBOX = re.compile("|".join([*map(re.escape, PLACES), "/tm" + r"p/(?!\.X11-unix)"]))
UNFINISHED = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK")) + r")\b")


def lengths() -> dict[str, int]:
    """Lines of each measured file, by its path."""
    return {str(path): len((ROOT / path).read_text("utf-8").splitlines()) for path in files(*MEASURED)}


def ceilings() -> dict[str, int]:
    """The list of long files: path and the most lines it may have."""
    lines = (line.split() for line in LIST.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    return {path: int(most) for path, most in lines}


def size_offences(measured: dict[str, int], allowed: dict[str, int]) -> list[str]:
    """What the ratchet has against these lengths."""
    found = []
    measured = {path: count for path, count in measured.items() if count > LONGEST or not path.startswith("tests/")}
    for path, count in sorted(measured.items()):
        if count > LONGEST:
            found.append(f"{path}: {count} lines, more than the {LONGEST} that any file may have; split it")
        elif count > allowed.get(path, AIM):
            limit = f"its ceiling of {allowed[path]}" if path in allowed else f"the aim of {AIM}"
            found.append(f"{path}: {count} lines, more than {limit}; split it, or say why in the list")
    for path, most in sorted(allowed.items()):
        if measured.get(path, 0) <= AIM or most > LONGEST:
            found.append(f"{path}: in the list of long files and no longer one of them; take its line out")
    return found


def function_offences(source: str, path: str, most: int) -> list[str]:
    """Functions with more lines than allowed, from `def` to their end, nested ones included."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            count = (node.end_lineno or node.lineno) - node.lineno + 1
            if count > most:
                found.append(f"{path}:{node.lineno}: {node.name} has {count} lines, {most} are allowed here")
    return found


def theory_offences(source: str, path: str) -> list[str]:
    """Whether a file of the inner rooms opens with its theory."""
    theory = ast.get_docstring(ast.parse(source)) or ""
    short = len(theory) < SHORTEST_THEORY
    return [f"{path}: does not open with its theory (purpose, table or frame)"] if short else []


def word_offences(text: str, path: str) -> list[str]:
    """Lines that name a place of somebody's workshop, or a thing left for later."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if match := SANDBOX.search(line):
            found.append(f"{path}:{number}: names {match.group()}, which no user has")
        if match := UNFINISHED.search(line):
            found.append(f"{path}:{number}: {match.group()}: finish it or file it, do not leave it here")
    return found


def write_list() -> None:
    """List the files that are beyond the aim today at their present length."""
    long = {path: count for path, count in lengths().items() if count > AIM and path.startswith(ROOMS)}
    head = f"# Files beyond {AIM} lines, and the most each may have. They may shrink, not grow; see shape.py.\n"
    LIST.write_text(head + "".join(f"{path} {count}\n" for path, count in sorted(long.items())), "utf-8")


if __name__ == "__main__":
    write_list()
