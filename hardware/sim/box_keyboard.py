"""Virtual boxes under a person's fingers: what each key does to the chosen one."""

from typing import Any

from hardware.sim.keyboard import Keyboard, off_on

KEYS = {"n": "next", "r": "recall", "s": "start", "f": "finish", "p": "pause", "g": "rating", "d": "redirect"}
LEVELS = {sign: f"level_{level}" for level, sign in enumerate("!@#$%", 1)}
LONG_HOLD_MS = 1000
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


class BoxKeyboard(Keyboard):
    """The keys of boxes, and what can be wrong with them."""

    group = "boxes"
    help = (
        "n next · r recall · s start · f finish · p pause · d redirect · g rating · capital letter = held long\r\n"
        "shift and 1–5 a rating · 1–9 choose the box · x dead · b bounce · e echo · u unplug/plug · q leave"
    )

    def _command(self, key: str, state: dict[str, Any], chosen: dict[str, Any]) -> str:
        address = f"{chosen['address']:#04x}"
        if key.lower() in KEYS:
            hold = f" {LONG_HOLD_MS}" if key.isupper() else ""
            return f"press {address} {KEYS[key.lower()]}{hold}"
        if key in LEVELS:
            return f"press {address} {LEVELS[key]}"
        commands = {
            "x": f"fault dead {address} {off_on(chosen['dead'])}",
            "b": f"fault bounce {0 if state['faults']['bounce'] else 4}",
            "e": f"fault echo {off_on(state['faults']['echo'])}",
            "u": "unplug" if state["plugged"] else "plug",
        }
        return commands.get(key, "")

    def _line(self, device: dict[str, Any], chosen: bool) -> str:
        return status_line(device, chosen)

    def _below(self, state: dict[str, Any]) -> str:
        wrong = state["plugged"] and state["driver_baud"] not in (0, state["baud"])
        link = "unplugged" if not state["plugged"] else f"{state['baud']} baud"
        return link + (f" · the driver speaks {state['driver_baud']}: nothing is understood" if wrong else "")
