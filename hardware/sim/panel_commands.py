"""What can be done to virtual panels: a line of text in, an answer out.

    state                              power ADDRESS on|off          fault dead ADDRESS on|off
    fault noise|flip|drop CHANCE       fault echo on|off             fault wrong_speed on|off
    fault refuses ADDRESS on|off       unplug · plug

`state` tells what is lit, panel by panel.
"""

from dataclasses import asdict
from typing import Any

from hardware.sim.control import SWITCHES
from hardware.sim.panel_devices import NoSuchPanel, VirtualPanel, VirtualPanels
from hardware.sim.panel_faults import AnswerFaults
from hardware.sim.printer_line import Line

CHANCES = ("noise", "flip", "drop")


class PanelCommands:
    """Commands on one line of panels."""

    def __init__(self, panels: VirtualPanels, faults: AnswerFaults, line: Line) -> None:
        self._panels = panels
        self._faults = faults
        self._line = line

    def answer(self, text: str) -> dict[str, Any]:
        """`{"ok": true, …}`, or `{"ok": false, "error": …}` with what is allowed."""
        try:
            return {"ok": True, **self._obey(text.split())}
        except (NoSuchPanel, ValueError) as error:
            return {"ok": False, "error": str(error)}

    def _obey(self, words: list[str]) -> dict[str, Any]:
        match words:
            case ["state"]:
                return self._state()
            case ["power", address, ("on" | "off") as switch]:
                self._panels.power(self._panel(address), SWITCHES[switch])
            case ["fault", "dead", address, ("on" | "off") as switch]:
                self._panel(address).dead = SWITCHES[switch]
            case ["fault", "refuses", address, ("on" | "off") as switch]:
                self._panel(address).refuses = SWITCHES[switch]
            case ["fault", "echo", ("on" | "off") as switch]:
                self._faults.echo = SWITCHES[switch]
            case ["fault", "wrong_speed", ("on" | "off") as switch]:
                self._line.wrong_speed(SWITCHES[switch])
                self._faults.wrong_speed = SWITCHES[switch]
            case ["fault", kind, value] if kind in CHANCES:
                setattr(self._faults, kind, float(value))
            case ["unplug"]:
                self._line.unplug()
            case ["plug"]:
                self._line.plug()
            case _:
                said = " ".join(words)
                raise NoSuchPanel(f"unknown command {said!r}; commands: state, power, fault, unplug, plug")
        return {}

    def _panel(self, text: str) -> VirtualPanel:
        address = int(text, 0)
        if address not in self._panels.panels:
            known = ", ".join(str(known) for known in self._panels.panels)
            raise NoSuchPanel(f"no panel at address {address}; there are {known}")
        return self._panels.panels[address]

    def _state(self) -> dict[str, Any]:
        return {
            "line": self._line.state(),
            "faults": asdict(self._faults),
            "panels": {str(address): asdict(panel) for address, panel in self._panels.panels.items()},
        }
