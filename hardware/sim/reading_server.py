"""A virtual device that is read (card reader, scanner) at work: one loop over its line, the clock, a control socket
and, where there is one, a person's terminal. Every command line does the same whoever says it.
"""

import contextlib
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from hardware.sim.loop import Loop, earliest
from hardware.sim.server import TerminalServer
from hardware.sim.terminal import Terminal

LINE_HELP = (
    ("speed BAUD", "its own speed from now on; a driver at another understands nothing"),
    ("unplug, plug", "the data cable"),
    ("state", "everything about it, as JSON"),
)


class UnknownCommand(Exception):
    """The text says which commands there are."""


class Engine(Protocol):
    """The device behind the line. Times are seconds of one growing clock."""

    baud: int
    help: Sequence[tuple[str, str]]

    def hear(self, data: bytes, now_s: float) -> None: ...

    def due(self, now_s: float) -> tuple[bytes, float | None]:
        """What it says by now, and when it has more to say (None = not before it hears something)."""

    def obey(self, text: str, now_s: float) -> bool:
        """Do what a command says; False for a command that is not its own, `ValueError` for a bad value."""

    def state(self) -> dict[str, Any]: ...


class ReadingServer(TerminalServer):
    """One device behind a terminal."""

    def __init__(self, engine: Engine, link: Path, control: Path | None) -> None:
        self._engine = engine
        super().__init__(Terminal(link, engine.baud), Loop(), control, self.answer)

    def take_terminal(self) -> None:
        """Commands come from this terminal too; its end (Ctrl-D) ends the device."""
        print("\n".join(f"  {command:34}{meaning}" for command, meaning in (*self._engine.help, *LINE_HELP)))
        self._loop.watch(sys.stdin.fileno(), self._typed)

    def answer(self, text: str) -> dict[str, Any]:
        """`{"ok": true, …}`, or `{"ok": false, "error": …}` with what is allowed."""
        try:
            return {"ok": True, **self._obey(text)}
        except (UnknownCommand, ValueError) as error:
            return {"ok": False, "error": str(error)}

    def _obey(self, text: str) -> dict[str, Any]:
        match text.split():
            case ["state"]:
                baud = self._line.driver_baud() if self._line.plugged else 0
                line = {"plugged": self._line.plugged, "baud": self._engine.baud, "driver_baud": baud}
                return {**self._engine.state(), "line": line}
            case ["plug"]:
                self.plug()
            case ["unplug"]:
                self.unplug()
            case ["speed", baud]:
                # Terminal refuses what is no speed before anything has changed.
                Terminal(Path("unused"), int(baud))
                self._engine.baud = int(baud)
            case _:
                if not self._engine.obey(text, time.monotonic()):
                    known = "; ".join(command for command, _ in (*self._engine.help, *LINE_HELP))
                    raise UnknownCommand(f"unknown command {text!r}; commands: {known}")
        return {}

    def _turn(self, now_s: float) -> float | None:
        said, next_s = self._engine.due(now_s)
        self._line.own_baud = self._engine.baud
        if not self._line.plugged:
            return next_s
        self._line.queue(said)
        return earliest(next_s, self._line.pump(now_s))

    def _heard(self) -> None:
        self._engine.hear(self._line.heard(self._line.read()), time.monotonic())

    def _typed(self) -> None:
        line = b""
        with contextlib.suppress(OSError):
            line = os.read(sys.stdin.fileno(), 4096)
        if not line:
            self.stop()
        elif text := line.decode("utf-8", "replace").strip():
            answer = self.answer(text)
            print(answer["error"] if not answer.pop("ok") else json.dumps(answer, indent=1) if answer else "ok")
