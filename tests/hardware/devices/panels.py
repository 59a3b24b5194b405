"""A panel bus at work before virtual panels, over a real pty or socket, turned round by the test itself."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from hardware.devices.panel import PanelBus
from hardware.devices.panel_make import panel_bus
from hardware.devices.panel_parts import PanelLook, PanelSpec
from hardware.sim.control import Control
from hardware.sim.loop import Loop
from hardware.sim.panel_boards import AnyPanels, DigitPanels, SunpnPanels, Ub485Panels
from hardware.sim.panel_bx import BxPanels
from hardware.sim.panel_devices import VirtualPanels
from hardware.sim.panel_led485 import Led485Panels
from hardware.sim.panel_server import PanelServer
from hardware.sim.printer_line import SerialLine
from hardware.sim.printer_tcp import TcpLine
from tests.hardware.line_faults import FaultyLine
from tests.hardware.serving import DEADLINE_S, serving
from tests.hardware.turning import Turning
from tests.ports import free_port

CALLING = PanelLook("calling", "A012", "请 A012 号")
SERVING = PanelLook("serving", "A012", "正在办理 A012")
OTHER = PanelLook("serving", "A345", "正在办理 A345")
PAUSED = PanelLook("paused", "", "暂停服务")
IDLE = PanelLook("idle", "", "综合窗口 请听叫号")
DARK = PanelLook()

BX = PanelSpec(1, 3, 16, "text", width_px=128, height_px=16, font="FO000", colours={"calling": 1, "serving": 2})
SPECS: dict[str, PanelSpec] = {
    "led485": PanelSpec(1, characters=4),
    "led485-value": PanelSpec(1, characters=4, alphabet="digits"),
    "led485-text": PanelSpec(1, characters=4, answers=True),
    "digits4": PanelSpec(5, characters=3, alphabet="digits", blank=0),
    "sunpn": PanelSpec(1, characters=3, alphabet="digits", blank=0, colours={"calling": 2}),
    "ub485": PanelSpec(0x21, characters=13, alphabet="text"),
    "bx": BX,
    "template": PanelSpec(7, characters=4, template="\\x02{address_byte}{number}{sum}\\x03", checksum="xor8"),
}
KINDS: dict[str, Callable[[list[int], int], VirtualPanels]] = {
    "led485": Led485Panels,
    "led485-value": Led485Panels,
    "led485-text": Led485Panels,
    "digits4": DigitPanels,
    "sunpn": SunpnPanels,
    "ub485": Ub485Panels,
    "bx": BxPanels,
    "template": AnyPanels,
}
SHOWN = {
    "led485": ("A012", "A345"),
    "led485-value": ("  12", " 345"),
    "led485-text": ("A012", "A345"),
    "digits4": ("12", "345"),
    "sunpn": ("12", "345"),
    "ub485": ("正在办理 A012", "正在办理 A345"),
    "bx": ("正在办理 A012", "正在办理 A345"),
    "template": ("A012", "A345"),
}
"""What stands there for SERVING and for OTHER."""
ANSWERING = ("led485", "led485-value", "led485-text", "sunpn", "bx")
SILENT = ("digits4", "ub485", "template")


BAUDS = {"ub485": 57600, "bx": 57600}


def baud_of(kind: str) -> int:
    return BAUDS.get(kind, 9600)


class Bench:
    """A bus and a script's hand on the panels behind its line; `relay` is what lies between."""

    def __init__(self, bus: PanelBus, control: Control, relay: FaultyLine | None = None) -> None:
        self.bus = bus
        self._control = control
        self.turning = Turning(bus, *([relay.turn] if relay else []), lambda: self.do("state"))

    def do(self, command: str) -> dict[str, object]:
        answer = self._control.command(command)
        assert answer["ok"], answer
        return answer

    def panel(self, address: int) -> dict[str, object]:
        panels = self.do("state")["panels"]
        assert isinstance(panels, dict)
        panel: dict[str, object] = panels[str(address)]
        return panel

    def lit(self, address: int) -> str:
        return str(self.panel(address)["text"])

    def until(self, done: Callable[[], bool], what: str) -> None:
        self.turning.until(lambda _: done(), lambda: f"{what}; {self.do('state')['panels']}")

    def left_alone(self, done: Callable[[], bool], what: str) -> None:
        """Until it is so while nobody turns the bus."""
        deadline_s = time.monotonic() + DEADLINE_S
        while not done():
            assert time.monotonic() < deadline_s, f"not within {DEADLINE_S:g} s: {what}; {self.do('state')['panels']}"

    def shows(self, address: int, part: str) -> None:
        self.until(lambda: part in self.lit(address), f"panel {address} shows {part!r}")

    def is_dark(self, address: int) -> None:
        self.until(lambda: self.lit(address) in ("", "0"), f"panel {address} is dark")

    def health(self, address: int) -> tuple[str, str]:
        health = self.bus.health()[address]
        return health.state, health.reason

    def becomes(self, address: int, state: str, reason: str = "") -> None:
        wanted = (state, reason)
        self.until(lambda: self.health(address) == wanted, f"panel {address} is {wanted}")


@contextmanager
def virtual_panels(
    tmp_path: Path, kind: str, addresses: list[int], *, tcp: bool = False
) -> Iterator[tuple[str, Control]]:
    """Virtual panels at work → the link address of their line and their control."""
    spec = SPECS[kind]
    panels = KINDS[kind](addresses, spec.characters)
    loop = Loop()
    line = TcpLine(loop, "127.0.0.1", free_port()) if tcp else SerialLine(loop, tmp_path / "panel", baud_of(kind))
    server = PanelServer(panels, line, loop, tmp_path / "ctl", seed=1)
    with serving(server), Control(tmp_path / "ctl", "panel", "virtual panels") as control:
        serial = f"serial:{tmp_path}/panel?baud={baud_of(kind)}"
        yield f"tcp:127.0.0.1:{line.port}" if isinstance(line, TcpLine) else serial, control


def make_bus(kind: str, link: str, addresses: list[int]) -> PanelBus:
    protocol = "led485" if kind == "led485-value" else kind
    return panel_bus(link, protocol, [replace(SPECS[kind], address=address) for address in addresses])


@contextmanager
def bench(tmp_path: Path, kind: str, addresses: list[int] | None = None, *, tcp: bool = False) -> Iterator[Bench]:
    """A bus and its virtual panels, without anything between them."""
    addresses = addresses or [SPECS[kind].address]
    with virtual_panels(tmp_path, kind, addresses, tcp=tcp) as (link, control):
        bus = make_bus(kind, link, addresses)
        try:
            yield Bench(bus, control)
        finally:
            bus.close()
