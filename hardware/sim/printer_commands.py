"""What can be done to a virtual printer: a line of text in, an answer out. Words stand apart or are joined by hyphens.

A person's hands: paper, cover, jam, button, power, cable. Causes and cures are apart, as on the machine: after a jam is
cleared, the printer waits until the host (DLE ENQ) or the feed button lets it go on.
"""

import time
from collections.abc import Callable
from typing import Any

from hardware.sim.printer_engine import Printer
from hardware.sim.printer_line import Line
from hardware.sim.printer_profile import DOTS_PER_MM
from hardware.sim.printer_slips import SlipFolder

HELP = (
    ("paper out [MM]", "the roll ends, at once or after so many millimetres more"),
    ("paper near-end", "the roll is nearly used up"),
    ("paper ok, new-roll", "a full roll goes in; the end of the old one comes out as a slip"),
    ("cover open, cover close", ""),
    ("jam, jam next", "the cutter sticks, now or at its next cut"),
    ("clear", "take out the jammed paper; then feed, or the host's DLE ENQ, lets it go on"),
    ("feed", "the button: go on after an error, else feed blank paper"),
    ("tear", "tear off what hangs out"),
    ("head hot, head cool", "printing waits"),
    ("silent, speak", "it hears and prints, but its answers are lost"),
    ("wrong-speed, right-speed", "of the serial port: nothing is understood"),
    ("power off, power on", "buffers and formats are lost"),
    ("unplug, plug", "the data cable"),
    ("state", "everything about it, as JSON"),
)


class UnknownCommand(Exception):
    """The text says which commands there are."""


class PrinterCommands:
    """Commands on one printer and its line."""

    def __init__(
        self, printer: Printer, line: Line, slips: SlipFolder, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._printer = printer
        self._line = line
        self._slips = slips
        self._clock = clock

    def answer(self, text: str) -> dict[str, Any]:
        """`{"ok": true, …}`, or `{"ok": false, "error": …}` with what is allowed."""
        try:
            return {"ok": True, **self.obey(text)}
        except (UnknownCommand, ValueError, OSError) as error:
            return {"ok": False, "error": str(error)}

    def obey(self, text: str) -> dict[str, Any]:
        """Do it; `UnknownCommand`, `ValueError` for a bad number, `OSError` when the system refuses."""
        self._printer.advance(self._clock())
        words = text.replace("-", " ").split()
        if words == ["state"]:
            return self._state()
        if not (self._paper(words) or self._trouble(words) or self._wires(words)):
            known = "; ".join(command for command, _ in HELP)
            raise UnknownCommand(f"unknown command {text!r}; commands: {known}")
        return {}

    def _paper(self, words: list[str]) -> bool:
        """Paper and cover; False for other words."""
        printer = self._printer
        match words:
            case ["paper", "out"]:
                printer.end_of_roll(0)
            case ["paper", "out", rest]:
                if not rest.isdecimal():
                    raise ValueError(f"paper out {rest}: a whole number of millimetres")
                printer.end_of_roll(int(rest) * DOTS_PER_MM)
            case ["paper", "near", "end"] | ["near", "end"]:
                printer.condition.near_end = True
            case ["paper", "ok"] | ["new", "roll"]:
                printer.new_roll()
            case ["tear"]:
                printer.tear()
            case ["cover", ("open" | "close") as way]:
                printer.cover(way == "open")
            case _:
                return False
        return True

    def _trouble(self, words: list[str]) -> bool:
        """Cutter, head and button; False for other words."""
        printer, condition = self._printer, self._printer.condition
        match words:
            case ["jam"]:
                condition.jammed = condition.cutter_error = True
            case ["jam", "next"]:
                condition.jam_next = True
            case ["clear"]:
                condition.jammed = condition.jam_next = False
                printer.tear()
            case ["feed"]:
                printer.feed_button()
            case ["head", ("hot" | "cool") as heat] | [("hot" | "cool") as heat]:
                condition.hot = heat == "hot"
            case ["silent" | "speak"]:
                printer.mute = words == ["silent"]
            case _:
                return False
        return True

    def _wires(self, words: list[str]) -> bool:
        """Power, cable and speed; False for other words."""
        match words:
            case ["power", ("on" | "off") as switch]:
                self._printer.power(switch == "on")
                self._line.power(switch == "on")
            case ["plug"]:
                self._line.plug()
            case ["unplug"]:
                self._line.unplug()
            case [("wrong" | "right") as kind, "speed"] | ["speed", ("wrong" | "right") as kind]:
                self._line.wrong_speed(kind == "wrong")
            case _:
                return False
        return True

    def _state(self) -> dict[str, Any]:
        printer, condition = self._printer, self._printer.condition
        left = printer.paper_left
        return {
            "powered": condition.powered,
            "online": condition.powered and condition.online,
            "silent": printer.mute,
            "paper": "out" if condition.paper_end else "near-end" if condition.near_end else "ok",
            "paper_left_mm": None if left is None else left / DOTS_PER_MM,
            "cover": "open" if condition.cover_open else "closed",
            "cutter": "jammed" if condition.jammed else "waits for recovery" if condition.cutter_error else "ok",
            "head": "hot" if condition.hot else "ok",
            "dle_eot": " ".join(f"{condition.realtime(n):02X}" for n in (1, 2, 3, 4)),
            "buffered_bytes": printer.buffered,
            "buffer_bytes": printer.profile.buffer_bytes,
            "printing": printer.moving,
            "line": self._line.state(),
            "slips": {"folder": str(self._slips.folder), "made": self._slips.count},
        }
