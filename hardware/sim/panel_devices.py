"""Virtual window panels: the front of a panel, and what a line of them does whatever its language.

A line of panels hears what the host sends (`hear` → what they answer) and is called when time alone changes something
(`tick`). A panel that is switched off forgets what it showed; a dead one keeps it, hears nothing and answers nothing.
"""

from dataclasses import dataclass
from typing import Protocol

BYTE_LIMIT = 4096
BROKEN_OFF_S = 0.05
"""A frame that stops in the middle for so long is none."""


class NoSuchPanel(Exception):
    """The text says what panels there are."""


@dataclass
class VirtualPanel:
    """The front of one panel. `text` is what is lit, "" when it is dark; `frames` counts what it obeyed; `refuses`: one
    that can say no does so to everything."""

    address: int
    characters: int = 4
    text: str = ""
    colour: str = ""
    flashes: bool = False
    frames: int = 0
    powered: bool = True
    dead: bool = False
    refuses: bool = False

    @property
    def works(self) -> bool:
        return self.powered and not self.dead

    def show(self, text: str) -> None:
        self.text = "" if not text.strip() else text
        self.frames += 1


class VirtualPanels(Protocol):
    """Panels on one line, as the server and the control socket use them. `baud` is their own speed."""

    panels: dict[int, VirtualPanel]
    baud: int

    def hear(self, data: bytes, now_s: float) -> bytes: ...
    def tick(self, now_s: float) -> float | None: ...
    def power(self, panel: VirtualPanel, on: bool) -> None: ...


class PanelLine:
    """What lines of panels have in common: the bytes of a frame that is not whole yet."""

    baud = 9600

    def __init__(self, addresses: list[int], allowed: range, characters: int) -> None:
        for address in addresses:
            if address not in allowed:
                raise NoSuchPanel(f"address {address}: such a panel has {allowed[0]} to {allowed[-1]}")
        self.panels = {address: VirtualPanel(address, characters) for address in addresses}
        self._line = b""
        self._heard_s = 0.0

    def _gather(self, data: bytes, now_s: float) -> None:
        """Put `data` behind what is there, unless that was broken off."""
        if now_s - self._heard_s > BROKEN_OFF_S:
            self._line = b""
        self._heard_s = now_s
        self._line = (self._line + data)[-BYTE_LIMIT:]

    def tick(self, now_s: float) -> float | None:
        return None

    def power(self, panel: VirtualPanel, on: bool) -> None:
        panel.powered = on
        panel.text, panel.colour, panel.flashes = "", "", False
