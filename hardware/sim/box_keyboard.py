"""Virtual boxes under a person's fingers: one status line per box, one key per action.

A client of the control socket like any script, so it can be attached to boxes that run elsewhere and left again.
"""

import select
import sys
import termios
import tty
from typing import Any

from hardware.sim.box_client import BoxControl

KEYS = {"n": "next", "r": "recall", "s": "start", "f": "finish", "p": "pause", "g": "rating", "d": "redirect"}
LEVELS = {sign: f"level_{level}" for level, sign in enumerate("!@#$%", 1)}
LONG_HOLD_MS = 1000
HELP = (
    "n next · r recall · s start · f finish · p pause · d redirect · g rating · capital letter = held long\r\n"
    "shift and 1–5 a rating · 1–9 choose the box · x dead · b bounce · e echo · u unplug/plug · q leave"
)
COLOURS = {"red": "31", "green": "32"}


def status_line(box: dict[str, Any], chosen: bool) -> str:
    """One box as text with ANSI colours: address, light, display, beeps."""
    word = box["colour"]
    blink = f" blinking {box['blink_ms']} ms" if box["blink_ms"] else ""
    colour = next((code for name, code in COLOURS.items() if word.startswith(name)), "90")
    light = f"\x1b[{colour}m●\x1b[0m {word + blink:<22}"
    text = f"[{box['text']}]" + ("*" if box["text_blinks"] else " ")
    dead = "  dead" if box["dead"] else ""
    return f"{'>' if chosen else ' '} 0x{box['address']:02x} {light} {text:<8} beeps {box['beeps']}{dead}"


class Keyboard:
    """What each key does to the chosen box."""

    def __init__(self, control: BoxControl) -> None:
        self._control = control
        self.chosen = 0
        self.said = ""

    def key(self, key: str) -> bool:
        """Act on one key; False when the person leaves."""
        state = self._control.command("state")
        addresses = list(state["boxes"])
        self.chosen = min(self.chosen, len(addresses) - 1)
        address = addresses[self.chosen]
        if key in ("q", "\x03", "\x04", ""):
            return False
        if key.isdigit() and 0 < int(key) <= len(addresses):
            self.chosen = int(key) - 1
        elif key.lower() in KEYS:
            hold = f" {LONG_HOLD_MS}" if key.isupper() else ""
            self._say(f"press {address} {KEYS[key.lower()]}{hold}")
        elif key in LEVELS:
            self._say(f"press {address} {LEVELS[key]}")
        elif key == "x":
            self._say(f"fault dead {address} {'off' if state['boxes'][address]['dead'] else 'on'}")
        elif key == "b":
            self._say(f"fault bounce {0 if state['faults']['bounce'] else 4}")
        elif key == "e":
            self._say(f"fault echo {'off' if state['faults']['echo'] else 'on'}")
        elif key == "u":
            self._say("unplug" if state["plugged"] else "plug")
        return True

    def _say(self, command: str) -> None:
        answer = self._control.command(command)
        self.said = command if answer["ok"] else answer["error"]

    def screen(self) -> list[str]:
        """The lines to show now."""
        state = self._control.command("state")
        lines = [status_line(box, place == self.chosen) for place, box in enumerate(state["boxes"].values())]
        wrong = state["plugged"] and state["driver_baud"] not in (0, state["baud"])
        link = "unplugged" if not state["plugged"] else f"{state['baud']} baud"
        speed = f" · the driver speaks {state['driver_baud']}: nothing is understood" if wrong else ""
        return [*lines, f"  line: {link}{speed} · last: {self.said or '–'}"]


def attach(control: BoxControl) -> None:
    """Run the keyboard on this terminal until the person leaves."""
    keyboard = Keyboard(control)
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
