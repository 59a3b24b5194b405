"""Virtual panels before a person's eyes: what each shows, and a key for each thing that can happen to one."""

from typing import Any

from hardware.sim.keyboard import Keyboard, off_on

COLOURS = {"red": "31", "green": "32", "yellow": "33"}


def panel_line(panel: dict[str, Any], chosen: bool) -> str:
    """One panel as text with ANSI colours: address, what is lit, what is wrong with it."""
    colour = COLOURS.get(panel["colour"], "1")
    flash = ";5" if panel["flashes"] else ""
    lit = panel["text"].replace("\n", " / ") or " " * panel["characters"]
    wrong = "  no power" if not panel["powered"] else "  dead" if panel["dead"] else ""
    mark = ">" if chosen else " "
    return f"{mark} {panel['address']:>5} [\x1b[{colour}{flash}m{lit}\x1b[0m] {panel['frames']} frames{wrong}"


class PanelKeyboard(Keyboard):
    """What can happen to panels and their line."""

    group = "panels"
    help = (
        "1–9 choose the panel · p power off/on · x dead · number behind it: frames it obeyed\r\n"
        "n noise · e echo · w wrong speed · u unplug/plug · q leave"
    )

    def _command(self, key: str, state: dict[str, Any], chosen: dict[str, Any]) -> str:
        address, faults = chosen["address"], state["faults"]
        commands = {
            "p": f"power {address} {off_on(chosen['powered'])}",
            "x": f"fault dead {address} {off_on(chosen['dead'])}",
            "n": f"fault noise {0 if faults['noise'] else 1}",
            "e": f"fault echo {off_on(faults['echo'])}",
            "w": f"fault wrong_speed {off_on(faults['wrong_speed'])}",
            "u": "unplug" if state["line"]["plugged"] else "plug",
        }
        return commands.get(key, "")

    def _line(self, device: dict[str, Any], chosen: bool) -> str:
        return panel_line(device, chosen)

    def _below(self, state: dict[str, Any]) -> str:
        faults = " ".join(f"{name} {value}" for name, value in state["faults"].items() if value)
        plugged = "plugged" if state["line"]["plugged"] else "unplugged"
        return f"{plugged} · {faults or 'no faults'}"
