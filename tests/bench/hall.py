"""A hall to measure: the sample hall with limits that do not bite, always open, its server a process of its own.

    with HallProcess(folder) as hall:  …  hall.ws_port, hall.token(role)

`folder` gets the settings, the tokens (made here, so that a load client knows them) and the server's log.
"""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

from tests.bench import load
from tests.noon import noon_zone
from tests.ports import free_port
from ticketserver.core.terms import Role
from ticketserver.runner.program import end_with_parent

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "ticketserver" / "shared" / "sample"
FREE = {
    "max_message_bytes": 1 << 20, "requests_per_s": 1_000_000, "burst_requests": 1_000_000, "max_connections": 2_000,
    "outbox_messages": 1_000_000,
}  # fmt: skip
PATIENCE_S = 60.0
LOOK_S = 0.002


def write_hall(folder: Path, queue: Mapping[str, int] | None = None) -> tuple[Path, int]:
    """hall.toml in `folder`, a changed copy of the sample's; → its path, the port of the sockets."""
    ws_port, http_port = free_port(), free_port()
    changes: dict[str, object] = {
        "timezone": f'"{noon_zone()}"',
        "ws_port": ws_port,
        "http_port": http_port,
        "data_dir": f'"{folder}/data"',
        "tokens_dir": f'"{folder}/tokens"',
        "catalogue": f'"{SAMPLE}/catalogue.toml"',
        "capacity_cutoff": "false",
        **(queue or {}),
    }
    text = (SAMPLE / "hall.toml").read_text("utf-8")
    for key, value in changes.items():
        text, found = re.subn(rf"^{key} = [^#\n]*", f"{key} = {value} ", text, count=1, flags=re.MULTILINE)
        if not found:
            text = text.replace("[queue]\n", f"[queue]\n{key} = {value}\n", 1)
    text = text.replace("[calendar]\n", "[calendar]\nalways_open = true\n", 1)
    text += "\n[server.limits]\n" + "".join(f"{key} = {value}\n" for key, value in FREE.items())
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "hall.toml"
    file.write_text(text, "utf-8")
    tokens = folder / "tokens"
    tokens.mkdir(exist_ok=True, mode=0o700)
    for role in Role:
        made = tokens / role.value
        made.write_text(token_of(role) + "\n", "ascii")
        made.chmod(0o600)
    return file, ws_port


def only_device(file: Path, tables: str) -> None:
    """Of the sample's buses none stays in this hall.toml but what `tables` says."""
    text = file.read_text("utf-8")
    limits = text[text.index("\n[server.limits]") :]
    file.write_text(text[: text.index("\n[[bus]]")] + limits + tables, "utf-8")


def started(argv: Sequence[str], log: Path, environ: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """A program of the measured hall, which ends with us. `environ`: what is beside our own."""
    with log.open("ab") as output:
        return subprocess.Popen(
            (sys.executable, *argv), cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            preexec_fn=end_with_parent, env={**os.environ, **(environ or {})},
        )  # fmt: skip


def ended_early(process: subprocess.Popen[bytes], log: Path) -> RuntimeError:
    return RuntimeError(f"{process.args!r} did not come up:\n{log.read_text('utf-8')[-2000:]}")


def token_of(role: Role) -> str:
    return f"token-of-the-bench-for-{role.value}"


class HallProcess:
    """A hall's server; up when `with` begins, ended when it ends. Raises RuntimeError with the log where it does not
    come up."""

    def __init__(self, folder: Path, queue: Mapping[str, int] | None = None) -> None:
        self.folder = folder
        self.file, self.ws_port = write_hall(folder, queue)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> float:
        """→ seconds from the start of the process to its answer to `hello`."""
        began = time.perf_counter()
        log = self.folder / "server.log"
        self._process = started(("-m", "ticketserver", "--config", str(self.file)), log)
        while time.perf_counter() - began < PATIENCE_S:
            if self._process.poll() is not None:
                break
            try:
                asyncio.run(self._hello())
            except ConnectionError:
                time.sleep(LOOK_S)
                continue
            return time.perf_counter() - began
        raise ended_early(self._process, log)

    async def _hello(self) -> None:
        (await load.greet(self.ws_port, Role.KIOSK, token_of(Role.KIOSK))).close()

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(PATIENCE_S)

    def __enter__(self) -> HallProcess:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
