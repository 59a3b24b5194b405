"""Virtual panels before a person's eyes: what each shows, and a key for each thing that can happen to one.

A client of the control socket like any script, so it can be attached to panels that run elsewhere and left again.
"""

import select
import sys
import termios
import tty
from typing import Any

from hardware.sim.control import Control

HELP = (
    "1–9 choose the panel · p power off/on · x dead · number behind it: frames it obeyed\r\n"
    "n noise · e echo · w wrong speed · u unplug/plug · q leave"
)
COLOURS = {"red": "31", "green": "32", "yellow": "33"}


def panel_line(panel: dict[str, Any], chosen: bool) -> str:
    """One panel as text with ANSI colours: address, what is lit, what is wrong with it."""
    colour = COLOURS.get(panel["colour"], "1")
    flash = ";5" if panel["flashes"] else ""
    lit = panel["text"].replace("\n", " / ") or " " * panel["characters"]
    wrong = "  no power" if not panel["powered"] else "  dead" if panel["dead"] else ""
    mark = ">" if chosen else " "
    return f"{mark} {panel['address']:>5} [\x1b[{colour}{flash}m{lit}\x1b[0m] {panel['frames']} frames{wrong}"


class PanelKeyboard:
    """What each key does to the chosen panel."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self.chosen = 0
        self.said = ""

    def key(self, key: str) -> bool:
        """Act on one key; False when the person leaves."""
        state = self._control.command("state")
        panels = list(state["panels"].values())
        self.chosen = min(self.chosen, len(panels) - 1)
        panel, faults = panels[self.chosen], state["faults"]
        address = panel["address"]
        commands = {
            "p": f"power {address} {off_on(panel['powered'])}",
            "x": f"fault dead {address} {off_on(panel['dead'])}",
            "n": f"fault noise {0 if faults['noise'] else 1}",
            "e": f"fault echo {off_on(faults['echo'])}",
            "w": f"fault wrong_speed {off_on(faults['wrong_speed'])}",
            "u": "unplug" if state["line"]["plugged"] else "plug",
        }
        if key in ("q", "\x03", "\x04", ""):
            return False
        if key.isdigit() and 0 < int(key) <= len(panels):
            self.chosen = int(key) - 1
        elif key in commands:
            answer = self._control.command(commands[key])
            self.said = commands[key] if answer["ok"] else answer["error"]
        return True

    def screen(self) -> list[str]:
        """The lines to show now."""
        state = self._control.command("state")
        lines = [panel_line(panel, place == self.chosen) for place, panel in enumerate(state["panels"].values())]
        faults = " ".join(f"{name} {value}" for name, value in state["faults"].items() if value)
        plugged = "plugged" if state["line"]["plugged"] else "unplugged"
        return [*lines, f"  line: {plugged} · {faults or 'no faults'} · last: {self.said or '–'}"]


def off_on(now: bool) -> str:
    """The other way round."""
    return "off" if now else "on"


def attach(control: Control) -> None:
    """Show the panels on this terminal until the person leaves."""
    keyboard = PanelKeyboard(control)
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    tty.setraw(terminal)
    drawn: list[str] = []
    try:
        sys.stdout.write(f"{HELP}\r\n")
        while True:
            lines = keyboard.screen()
            if lines != drawn:
                up = f"\x1b[{len(drawn)}A" if drawn else ""
                sys.stdout.write(up + "".join(f"\x1b[2K{line}\r\n" for line in lines))
                sys.stdout.flush()
                drawn = lines
            if select.select([terminal], [], [], 0.2)[0] and not keyboard.key(sys.stdin.read(1)):
                return
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
