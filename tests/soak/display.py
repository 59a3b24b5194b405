"""The display of a soak: a process that keeps a record, the line it has to the server, and what may happen to both."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import time
from collections.abc import Callable, Mapping
from typing import Any

from tests.bench.hall import PATIENCE_S, HallProcess, ended_early, started
from tests.story.relay import Relay

PLAYER = "#!/bin/sh\nexec sleep 2\n"
TOLD = ("snapshot", "board", "called", "lost")
CUT, SILENT, KILLED = "cut", "silent", "killed"
LOOK_S = 0.1


def told_last(lines: list[dict[str, Any]]) -> str:
    """The kind of the last line about what the client told; what was drawn of it comes later."""
    return next((line["kind"] for line in reversed(lines) if line["kind"] in TOLD), "")


class Display:
    """A display's process, the line that it has, and the records of its lives."""

    def __init__(self, hall: HallProcess, environ: Mapping[str, str]) -> None:
        self.relay = Relay(hall.ws_port)
        self._folder, self._log = hall.folder, hall.folder / "display.log"
        self._file = hall.folder / "display.toml"
        text = hall.file.read_text("utf-8").replace(f"ws_port = {hall.ws_port}", f"ws_port = {self.relay.port}")
        self._file.write_text(text.replace("[voice]\n", f'[voice]\nclips_dir = "{hall.folder}/voice"\n'), "utf-8")
        programs = hall.folder / "bin"
        programs.mkdir()
        (programs / "aplay").write_text(PLAYER, "ascii")
        (programs / "aplay").chmod(0o755)
        self._environ = {**environ, "PATH": f"{programs}:{os.environ['PATH']}"}
        self.lives: list[list[dict[str, Any]]] = []
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """A new life, with a record of its own."""
        self.lives.append([])
        self._record, self._read = self._folder / f"record-{len(self.lives)}", 0
        self._record.touch()
        argv = ("-m", "tests.soak.screen", str(self._record), "--config", str(self._file), "--display", "display1")
        self._process = started(argv, self._log, self._environ)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def close(self) -> None:
        self.kill()
        self.relay.close()

    def lines(self) -> list[dict[str, Any]]:
        """This life's record; of a line that is being written nothing."""
        with self._record.open("rb") as record:
            record.seek(self._read)
            whole, _, _ = record.read().rpartition(b"\n")
        self.lives[-1] += [json.loads(line) for line in whole.splitlines()]
        self._read += len(whole) + bool(whole)
        return self.lives[-1]

    async def until(self, told: Callable[[list[dict[str, Any]]], bool]) -> None:
        """Raises RuntimeError with the log where that never comes."""
        until = time.monotonic() + PATIENCE_S
        while not told(self.lines()):
            if self._process is None or self._process.poll() is not None or time.monotonic() > until:
                raise ended_early(self._process, self._log)
            await asyncio.sleep(LOOK_S)

    async def until_met(self, times: int) -> None:
        """It has been told how things stand so often in this life."""
        await self.until(lambda lines: sum(line["kind"] == "snapshot" for line in lines) >= times)

    async def suffer(self, fault: str) -> None:
        """Returns when it has been told again how things stand."""
        met = sum(line["kind"] == "snapshot" for line in self.lines())
        if fault == KILLED:
            self.kill()
            self.lines()
            self.start()
            await self.until_met(1)
            return
        if fault == SILENT:
            self.relay.hold()
            await self.until(lambda lines: told_last(lines) == "lost")
        self.relay.cut()
        await self.until_met(met + 1)
