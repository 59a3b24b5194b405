"""What can be done to virtual boxes: a line of text in, an answer out, and the presses that it starts.

    press ADDRESS KEY [HOLD_MS]        fault bounce|noise|flip|drop VALUE       fault echo on|off
    state                              fault dead ADDRESS on|off                unplug · plug
    cycles: ms between questions       of a module also: fault slow|refuse|pose ADDRESS NUMBER

A press is what a real contact makes of it: bounces after the closing and after the opening, in their own time.
"""

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any, Protocol

from hardware.sim.box_devices import NoSuchKey, VirtualBox, VirtualBus
from hardware.sim.box_pty import LineFaults
from hardware.sim.control import SWITCHES

HOLD_MS = 120
BOUNCE_GAP_MS = 6


class Cable(Protocol):
    """The line as commands see it. `later` sends a frame after so many milliseconds, `at` does something then."""

    def plug(self) -> None: ...
    def unplug(self) -> None: ...
    def driver_baud(self) -> int | None: ...
    def later(self, after_ms: float, frame: bytes) -> None: ...
    def at(self, after_ms: float, act: Callable[[], None]) -> None: ...


class Commands:
    """Commands on one bus and its cable."""

    def __init__(self, bus: VirtualBus, faults: LineFaults, cable: Cable) -> None:
        self._bus = bus
        self._faults = faults
        self._cable = cable

    def answer(self, text: str) -> dict[str, Any]:
        """`{"ok": true, …}`, or `{"ok": false, "error": …}` with what is allowed."""
        try:
            return {"ok": True, **self._obey(text.split())}
        except (NoSuchKey, ValueError) as error:
            return {"ok": False, "error": str(error)}

    def _obey(self, words: list[str]) -> dict[str, Any]:
        chances: dict[str, Callable[[str], float]] = {"bounce": int, "noise": float, "flip": float, "drop": float}
        match words:
            case ["press", address, key]:
                self._press(self._box(address), key, HOLD_MS)
            case ["press", address, key, hold_ms]:
                self._press(self._box(address), key, int(hold_ms))
            case ["state"]:
                return self._state()
            case ["cycles"]:
                return {"cycles_ms": {f"{address:#04x}": box.cycles_ms() for address, box in self._bus.boxes.items()}}
            case ["fault", name, address, value]:
                self._box(address).fault(name, value)
            case ["fault", "echo", ("on" | "off") as switch]:
                self._faults.echo = SWITCHES[switch]
            case ["fault", kind, value] if kind in chances:
                setattr(self._faults, kind, chances[kind](value))
            case ["unplug"]:
                self._cable.unplug()
            case ["plug"]:
                self._cable.plug()
            case _:
                said = " ".join(words)
                raise NoSuchKey(f"unknown command {said!r}; commands: press, state, cycles, fault, unplug, plug")
        return {}

    def _box(self, text: str) -> VirtualBox:
        address = int(text, 0)
        if address not in self._bus.boxes:
            known = ", ".join(f"{known:#04x}" for known in self._bus.boxes)
            raise NoSuchKey(f"no box at address {address:#04x}; there are {known}")
        return self._bus.boxes[address]

    def _press(self, box: VirtualBox, key: str, hold_ms: int) -> None:
        down, up = self._bus.press(box.address, key), self._bus.release(box.address, key)
        if box.dead:
            return
        bounces_ms = [BOUNCE_GAP_MS * (turn + 1) for turn in range(self._faults.bounce)]
        for edge_ms, closed, frame, back in ((0, True, down, up), (hold_ms, False, up, down)):
            self._edge(box, key, edge_ms, closed, frame)
            for after_ms in bounces_ms:
                # A box that tells presses only says nothing when its contact springs open.
                self._edge(box, key, edge_ms + after_ms - BOUNCE_GAP_MS // 2, not closed, back if up else b"")
                self._edge(box, key, edge_ms + after_ms, closed, frame)

    def _edge(self, box: VirtualBox, key: str, at_ms: int, closed: bool, frame: bytes) -> None:
        self._cable.at(at_ms, partial(box.contact, key, closed))
        if frame:
            self._cable.later(at_ms, frame)

    def _state(self) -> dict[str, Any]:
        driver_baud = self._cable.driver_baud()
        return {
            "plugged": driver_baud is not None,
            "baud": self._bus.baud,
            "driver_baud": driver_baud or 0,
            "faults": asdict(self._faults),
            "boxes": {f"{address:#04x}": box.front() for address, box in self._bus.boxes.items()},
        }
