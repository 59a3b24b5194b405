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

from hardware.sim.control import ControlSocket
from hardware.sim.loop import Loop
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


class ReadingServer:
    """Runs until `stop` is called (from a signal handler or another thread)."""

    def __init__(self, engine: Engine, link: Path, control: Path | None) -> None:
        self._engine = engine
        self._line = Terminal(link, engine.baud)
        self._loop = Loop()
        self._control = ControlSocket(control, self._loop, self.answer) if control else None

    def open(self) -> None:
        """Make the terminal and the control socket; `OSError` when a path cannot be made."""
        self._plug()
        if self._control:
            self._control.open()

    def run(self) -> None:
        """Serve until stopped, then take the names away."""
        try:
            self._loop.run(self._turn)
        finally:
            self._unplug()
            self._loop.close()
            if self._control:
                self._control.close()

    def stop(self) -> None:
        self._loop.stop()

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
                self._plug()
            case ["unplug"]:
                self._unplug()
            case ["speed", baud]:
                # Terminal refuses what is no speed before anything has changed.
                Terminal(Path("unused"), int(baud))
                self._engine.baud = int(baud)
            case _:
                if not self._engine.obey(text, time.monotonic()):
                    known = "; ".join(command for command, _ in (*self._engine.help, *LINE_HELP))
                    raise UnknownCommand(f"unknown command {text!r}; commands: {known}")
        return {}

    def _plug(self) -> None:
        if not self._line.plugged:
            self._line.plug()
            self._loop.watch(self._line.fileno(), self._hear)

    def _unplug(self) -> None:
        if self._line.plugged:
            self._loop.forget(self._line.fileno())
            self._line.unplug()

    def _turn(self, now_s: float) -> float | None:
        said, next_s = self._engine.due(now_s)
        self._line.own_baud = self._engine.baud
        if not self._line.plugged:
            return next_s
        self._line.queue(said)
        return min((at_s for at_s in (next_s, self._line.pump(now_s)) if at_s is not None), default=None)

    def _hear(self) -> None:
        # A command of the same turn may have pulled the cable.
        if self._line.plugged:
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
