"""Virtual devices under a person's fingers: a line for each of them, one of them chosen, one key per action.

A client of the control socket like any script, so it can be attached to devices that run elsewhere and left again.
"""

import select
import sys
import termios
import tty
from abc import ABC, abstractmethod
from typing import Any

from hardware.sim.control import Control

LEAVE = ("q", "\x03", "\x04", "")


class Keyboard(ABC):
    """What each key does to the chosen one of `group`, as the state calls them."""

    group: str
    help: str

    def __init__(self, control: Control) -> None:
        self._control = control
        self.chosen = 0
        self.said = ""

    @abstractmethod
    def _command(self, key: str, state: dict[str, Any], chosen: dict[str, Any]) -> str:
        """What the key says to the chosen one; "" for a key that says nothing."""

    @abstractmethod
    def _line(self, device: dict[str, Any], chosen: bool) -> str:
        """One device as text with ANSI colours."""

    @abstractmethod
    def _below(self, state: dict[str, Any]) -> str:
        """What is to be said of the line they are all on."""

    def key(self, key: str) -> bool:
        """Act on one key; False when the person leaves."""
        state = self._control.command("state")
        devices = list(state[self.group].values())
        self.chosen = min(self.chosen, len(devices) - 1)
        if key in LEAVE:
            return False
        if key.isdigit() and 0 < int(key) <= len(devices):
            self.chosen = int(key) - 1
        elif command := self._command(key, state, devices[self.chosen]):
            answer = self._control.command(command)
            self.said = command if answer["ok"] else answer["error"]
        return True

    def screen(self) -> list[str]:
        """The lines to show now."""
        state = self._control.command("state")
        lines = [self._line(device, place == self.chosen) for place, device in enumerate(state[self.group].values())]
        return [*lines, f"  line: {self._below(state)} · last: {self.said or '–'}"]

    def run(self) -> None:
        """Take this terminal until the person leaves."""
        terminal = sys.stdin.fileno()
        before = termios.tcgetattr(terminal)
        tty.setraw(terminal)
        drawn: list[str] = []
        try:
            sys.stdout.write(f"{self.help}\r\n")
            while True:
                lines = self.screen()
                if lines != drawn:
                    up = f"\x1b[{len(drawn)}A" if drawn else ""
                    sys.stdout.write(up + "".join(f"\x1b[2K{line}\r\n" for line in lines))
                    sys.stdout.flush()
                    drawn = lines
                if select.select([terminal], [], [], 0.2)[0] and not self.key(sys.stdin.read(1)):
                    return
        finally:
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def off_on(now: bool) -> str:
    """The other way round."""
    return "off" if now else "on"
