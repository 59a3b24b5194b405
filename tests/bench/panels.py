"""From a call to the first byte on a panel's line, through the bridge's own thread to a virtual panel that answers."""

import random
import tempfile
import threading
import time
from functools import partial
from pathlib import Path

from hardware.bridge.port import Port
from hardware.devices.panel_make import panel_bus
from hardware.devices.panel_parts import PanelLook, PanelSpec
from hardware.sim.loop import Loop
from hardware.sim.panel_bx import BxPanels
from hardware.sim.panel_devices import VirtualPanels
from hardware.sim.panel_led485 import Led485Panels
from hardware.sim.panel_server import PanelServer
from hardware.sim.printer_line import SerialLine

PATIENCE_S = 5.0


class TimedLine(SerialLine):
    """A virtual panel's line that says when the first byte after a silence was there."""

    def __init__(self, loop: Loop, link: Path, baud: int) -> None:
        super().__init__(loop, link, baud)
        self.spoken = threading.Event()
        self.spoken_s = 0.0

    def _speaks(self) -> None:
        self.spoken_s = time.monotonic()
        self.spoken.set()
        super()._speaks()


def call_to_panel_ms(protocol: str = "led485", panels: int = 1, calls: int = 200) -> list[float]:
    """How long each of `calls` new numbers took from `show` to the first byte of its frame, in milliseconds; `protocol`
    led485 or bx at 9600, `panels` on one line, each called in turn."""
    addresses = list(range(1, panels + 1))
    virtual: VirtualPanels = (BxPanels if protocol == "bx" else Led485Panels)(addresses, 4)
    specs = [PanelSpec(address, width_px=64, height_px=16) for address in addresses]
    pause = random.Random(1)
    took_ms: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        loop = Loop()
        line = TimedLine(loop, Path(folder, "panel"), 9600)
        server = PanelServer(virtual, line, loop, None)
        server.open()
        serving = threading.Thread(target=server.run)
        serving.start()
        bus = panel_bus(f"serial:{folder}/panel?baud=9600", protocol, specs)
        port = Port("panels", bus, lambda _: None)
        port.start()
        try:
            for count in range(calls):
                # Off the thread's own beat, and after the frame before.
                time.sleep(0.2 + pause.random() * 0.05)
                line.spoken.clear()
                look = PanelLook("serving", f"A{count:03}", f"A{count:03}")
                start_s = time.monotonic()
                port.later(partial(bus.show, addresses[count % panels], look))
                if not line.spoken.wait(PATIENCE_S):
                    raise TimeoutError(f"call {count} did not reach the line")
                took_ms.append((line.spoken_s - start_s) * 1000)
        finally:
            port.stop()
            port.join()
            server.stop()
            serving.join()
    return took_ms
