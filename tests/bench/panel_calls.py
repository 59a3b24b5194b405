"""From a call to the panel over its counter: `call_next` sent by a clerk, to the panel's line having the number.

Server and bridge are processes of their own. Here stand the clerk, a socket that is told of counters as the bridge is,
and virtual LED-485 panels behind a pseudo-terminal. The socket's row is what the server alone needs: decide, commit,
tell. What a panel adds is the bridge: at most one turn of the bus's thread (20 ms), and the frame that is on the line.
"""

from __future__ import annotations

import asyncio
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter

import msgspec

from hardware.sim.panel_led485 import Led485Panels
from hardware.sim.terminal import Terminal
from tests.bench import load
from tests.bench.asking import COMPREHENSIVE, Asking, kiosk_and_clerk, serve_and_call, today
from tests.bench.boards import repeated
from tests.bench.figures import Round
from tests.bench.hall import LOOK_S, PATIENCE_S, HallProcess, ended_early, only_device, started, token_of
from tests.bench.sockets import run_row
from ticketserver.core.terms import Role

NAMES = ("call_told", "call_to_panel")
COUNTER, ADDRESS, CHARACTERS = 1, 1, 4
PANEL = """
[[panel]]
counter = 1
link = "serial:{line}?baud=9600"
model = "led485-4"
"""
CHANGED = b'"method":"counter_changed"'
QUIET_S = 0.03


class PanelLine:
    """The panel's end of its line. `seen_s`: when the bytes began to come that put up what it shows."""

    def __init__(self, line: Path) -> None:
        self._panels = Led485Panels([ADDRESS], CHARACTERS)
        self._line = Terminal(line, Led485Panels.baud)
        self._line.plug()
        self.seen_s = 0.0
        asyncio.get_running_loop().add_reader(self._line.fileno(), self._hear)

    @property
    def text(self) -> str:
        return self._panels.panels[ADDRESS].text.strip()

    @property
    def quiet(self) -> bool:
        """Dark, and nothing on the line for a while."""
        return not self.text and perf_counter() - self.seen_s > QUIET_S

    def _hear(self) -> None:
        self.seen_s = perf_counter()
        self._line.queue(self._panels.hear(self._line.heard(self._line.read()), time.monotonic()))
        self._pump()

    def _pump(self) -> None:
        next_s = self._line.pump(time.monotonic())
        if next_s is not None:
            asyncio.get_running_loop().call_later(max(0.0, next_s - time.monotonic()), self._pump)


class Calling:
    """A counter that calls one visit after the other while its panel is watched."""

    def __init__(self, line: PanelLine) -> None:
        self._line = line
        self._told: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    async def meet(self, hall: HallProcess, bridge: subprocess.Popen[bytes], log: Path) -> None:
        """Connect, and wait for the bridge: the first call's number is on the panel."""
        self._asking: Asking = await today(hall)
        self._kiosk, self._clerk = await kiosk_and_clerk(hall)
        watch = await load.greet(hall.ws_port, Role.BRIDGE, token_of(Role.BRIDGE), ("counters",))
        watch.heard = self._heard
        await self._clerk.answer(self._asking.at_counter(b"open_counter", COUNTER))
        await self._kiosk.answer(self._asking.issue(COMPREHENSIVE[0]))
        await self._clerk.answer(self._asking.at_counter(b"call_next", COUNTER))
        until = perf_counter() + PATIENCE_S
        while not self._line.text:
            if bridge.poll() is not None or perf_counter() > until:
                raise ended_early(bridge, log)
            await asyncio.sleep(LOOK_S)

    def _heard(self, payload: bytes) -> None:
        if payload.find(CHANGED, 0, load.HEAD) >= 0 and not self._told.done():
            self._told.set_result(perf_counter())

    async def once(self, to_panel: bool) -> float:
        """→ ms from the clerk's `call_next` to the socket or the panel's line."""
        issued = msgspec.json.decode(await self._kiosk.answer(self._asking.issue(COMPREHENSIVE[0])))["result"]
        await serve_and_call(self._asking, self._clerk, COUNTER)
        while not self._line.quiet:
            await asyncio.sleep(LOOK_S)
        self._told = asyncio.get_running_loop().create_future()
        began = perf_counter()
        await self._clerk.answer(self._asking.at_counter(b"call_next", COUNTER))
        told = await self._told
        while self._line.text != issued["number"]:
            await asyncio.sleep(LOOK_S)
        return ((self._line.seen_s if to_panel else told) - began) * 1000


@contextmanager
def rounds(names: frozenset[str], folder: Path) -> Iterator[dict[str, Callable[[float], Round]]]:
    with ExitStack() as stack:
        runner = stack.enter_context(asyncio.Runner())
        here = HallProcess(folder / "panels")
        only_device(here.file, PANEL.format(line=here.folder / "line"))
        hall = stack.enter_context(here)

        async def stand() -> Calling:
            calling = Calling(PanelLine(hall.folder / "line"))
            log = hall.folder / "bridge.log"
            bridge = started(("-m", "hardware", "bridge", "--config", str(hall.file)), log)
            stack.callback(bridge.wait, PATIENCE_S)
            stack.callback(bridge.terminate)
            await calling.meet(hall, bridge, log)
            return calling

        calling = runner.run(stand())
        acts = {name: partial(repeated, partial(calling.once, name == "call_to_panel")) for name in NAMES}
        yield {name: partial(run_row, runner, act) for name, act in acts.items() if name in names}
