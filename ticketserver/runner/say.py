"""What the two commands tell the person at the terminal, in Chinese or English by the terminal's language.

The sentences stand in the message catalogue (`shared/texts/<lang>/runner.toml`), read here with the standard library
alone because the first of them are needed before the catalogue's own loader can be imported.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ticketserver.runner.paths import ROOT, shown

TEXTS = ROOT / "ticketserver" / "shared" / "texts"
TICK_S = 15.0
LINE_CHARS = 100


class Stop(Exception):
    """The command cannot go on; the text is what the person is told."""


def language(environ: Mapping[str, str] = os.environ) -> str:
    """`zh` where the terminal's locale is Chinese, else `en`; the first variable set decides, as in POSIX."""
    chosen = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    return "zh" if chosen.lower().startswith("zh") else "en"


LANGUAGES = ("zh", "en")


@cache
def _sentences(lang: str) -> dict[str, Any]:
    return tomllib.loads((TEXTS / lang / "runner.toml").read_text("utf-8"))


def text(key: str, **values: object) -> str:
    """The sentence under a dotted key of runner.toml, filled in. Raises KeyError for one that is not there."""
    return _text(language(), key, values)


def both(key: str, **values: object) -> str:
    """The same in Chinese and in English: what an installer says is read by whoever stands before the machine."""
    return "\n".join(_text(each, key, values) for each in LANGUAGES)


def _text(lang: str, key: str, values: Mapping[str, object]) -> str:
    found: Any = _sentences(lang)
    for part in key.split("."):
        found = found[part]
    return str(found).format(**values)


def say(key: str, **values: object) -> None:
    print(text(key, **values), flush=True)


def run_logged(title: str, argv: Sequence[str], log: Path, env: Mapping[str, str] | None = None) -> None:
    """Run one step of the preparation with its output in `log`, and show that it is still at work.

    Raises `Stop` with the last lines of its output when it fails or cannot be started.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    say("step.begin", title=title)
    with log.open("wb") as output:
        try:
            process = subprocess.Popen(argv, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=env)
        except OSError as problem:
            raise Stop(text("step.cannot_start", title=title, problem=problem)) from problem
        try:
            code = _wait(process, log, began)
        except BaseException:
            process.terminate()
            process.wait()
            raise
    if code != 0:
        raise Stop(text("step.failed", title=title, code=code, log=shown(log), lines=indented(last_lines(log))))
    say("step.done", title=title, seconds=round(time.monotonic() - began))


def _wait(process: subprocess.Popen[bytes], log: Path, began: float) -> int:
    while True:
        try:
            return process.wait(timeout=TICK_S)
        except subprocess.TimeoutExpired:
            lines = last_lines(log, count=1)
            say("step.still", seconds=round(time.monotonic() - began), line=lines[0][:LINE_CHARS] if lines else "…")


def last_lines(log: Path, count: int = 8, since: int = 0) -> list[str]:
    """The last lines with something on them of a log, from byte `since` on; at most its last 16 KiB are looked at."""
    try:
        with log.open("rb") as stream:
            end = stream.seek(0, os.SEEK_END)
            stream.seek(max(since, end - 16384))
            tail = stream.read().decode("utf-8", "replace")
    except FileNotFoundError:
        return []
    return [line.rstrip() for line in tail.splitlines() if line.strip()][-count:]


def indented(lines: Sequence[str]) -> str:
    return "\n".join(f"    | {line}" for line in lines)


def fail(problem: Stop) -> int:
    print(f"\n{problem}", file=sys.stderr, flush=True)
    return 1


def how_it_ended(code: int) -> str:
    """The sentence for a return code of `subprocess`: negative is the signal that killed it."""
    if code >= 0:
        return text("supervise.status", code=code)
    try:
        return text("supervise.killed", signal=signal.Signals(-code).name)
    except ValueError:
        return text("supervise.killed", signal=-code)
