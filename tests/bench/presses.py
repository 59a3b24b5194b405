"""From a key to the wire: a press leaves the call box, and a server's socket gets its `press_key`.

The bridge is a process of its own with its real client. Here stand the two ends: the box, behind a pseudo-terminal, and
a server that answers what a bridge asks and decides nothing. The bare bridge between the same ends is what the
libraries alone need. A UB485 box speaks by itself, and the time counts from its last byte; the contact of a Modbus
module is found when its turn comes, and the time counts from its closing.
"""

from __future__ import annotations

import asyncio
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import cycle, product
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Protocol

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from hardware.sim.box_ub485 import Ub485Bus
from hardware.sim.control import Control
from hardware.sim.terminal import Terminal
from tests.bench.boards import repeated
from tests.bench.buses import KINDS, virtual_boxes
from tests.bench.figures import Round
from tests.bench.hall import LOOK_S, PATIENCE_S, ended_early, only_device, started, write_hall
from tests.bench.sockets import run_row
from ticketserver.core.ids import BusinessDay, CounterNo, Ms, ProfileId, Seq, ZoneId
from ticketserver.core.terms import CounterState, KeyOutcome, Phase
from ticketserver.wire import codec, params
from ticketserver.wire.notes import Snapshot
from ticketserver.wire.views import HelloResult, HoursView, View
from ticketserver.wire.views_counters import CounterView
from ticketserver.wire.views_hall import Accepted
from ticketserver.wire.views_visits import KeyResult

NAMES = ("bare_press", "press_ub485", "press_rtu_3")
COUNTER, ADDRESS = 1, 0x21
BUS = """
[[bus]]
id = "bench"
link = "{link}"
protocol = "{protocol}"
"""
BOX = """
[[bus.box]]
counter = {counter}
address = {address}
"""
MODULES = "3 Modbus modules of 8 inputs, 9600"
UNITS = (1, 2, 3)


class Listening:
    """A server for one bridge. `pressed` is done with the time of the next `press_key`."""

    def __init__(self, counters: Sequence[int]) -> None:
        self._counters = counters
        self.pressed: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    async def serve(self, socket: ServerConnection) -> None:
        try:
            async for message in socket:
                now = perf_counter()
                call = codec.decode_request(message)
                if isinstance(call.params, params.PressKey) and not self.pressed.done():
                    self.pressed.set_result(now)
                await socket.send(codec.encode_result(call.id, self._result(call.params)).decode())
        except ConnectionClosed:
            pass

    def _result(self, asked: object) -> View:
        state = CounterState.IDLE
        if isinstance(asked, params.Hello):
            hours = HoursView(phase=Phase.CALLING, day=BusinessDay("2026-11-25"))
            return HelloResult(
                protocol=1, hall_id="h", name_zh="h", name_en="h", server_time_ms=Ms(1), seq=Seq(1), hours=hours
            )
        if isinstance(asked, params.Subscribe):
            here = [
                CounterView(counter=CounterNo(number), state=state, zone=ZoneId("z"), profile=ProfileId("p"))
                for number in self._counters
            ]
            return Snapshot(seq=Seq(1), server_time_ms=Ms(1), counters=here)
        if isinstance(asked, params.PressKey):
            return KeyResult(outcome=KeyOutcome.DONE, counter=asked.counter, state=state)
        return Accepted()


class Finger(Protocol):
    """The keys of a box. `lit`: it shows what the server says, as it does once the bridge has both."""

    link: str

    @property
    def lit(self) -> bool: ...

    async def press(self) -> float:
        """→ when the press was made; the next one comes late enough to be no bounce of it."""
        ...


class Ub485Finger:
    """A box on a terminal of ours. In turn, each key rests longer than the time within which the same one is bounce."""

    KEYS = ("next", "start", "redirect", "finish")
    APART_S = 0.012

    def __init__(self, line: Path) -> None:
        self.link = f"serial:{line}?baud={Ub485Bus.baud}"
        self._boxes = Ub485Bus([ADDRESS])
        self._keys = cycle(self.KEYS)
        self._line = Terminal(line, Ub485Bus.baud)
        self._line.plug()
        asyncio.get_running_loop().add_reader(self._line.fileno(), self._hear)

    def _hear(self) -> None:
        self._boxes.hear(self._line.heard(self._line.read()))

    @property
    def lit(self) -> bool:
        return self._boxes.boxes[ADDRESS].colour == "green"

    async def press(self) -> float:
        await asyncio.sleep(self.APART_S)
        self._line.queue(self._boxes.press(ADDRESS, next(self._keys)))
        left = perf_counter()
        while (next_s := self._line.pump(time.monotonic())) is not None:
            await asyncio.sleep(max(0.0, next_s - time.monotonic()))
            left = perf_counter()
        return left


class ModuleFinger:
    """The contacts of modules in a process of their own. The next press comes at no fixed place of the bus's round."""

    KEYS = ("recall", "start", "finish")
    HOLD_MS = 80
    APART_S = 0.1

    def __init__(self, link: str, hand: Control) -> None:
        self.link = link
        self._hand = hand
        self._contacts = cycle(product(UNITS, self.KEYS))
        self._pause = Random(1)

    @property
    def lit(self) -> bool:
        return all(box["coils"][0] for box in self._hand.command("state")["boxes"].values())

    async def press(self) -> float:
        await asyncio.sleep(self.APART_S * (1 + self._pause.random()))
        unit, key = next(self._contacts)
        began = perf_counter()
        self._hand.command(f"press {unit} {key} {self.HOLD_MS}")
        return began


class Stand:
    """Both ends; what is between them comes up with `bridge` and goes with `end`."""

    def __init__(self, folder: Path) -> None:
        self.config, self.port = write_hall(folder)
        self._log = folder / "bridge.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._server: Server | None = None

    def boxes(self, protocol: str, finger: Finger, addresses: Sequence[int]) -> None:
        """What the hall has: these boxes, at counter 1 and the next ones."""
        boxes = [BOX.format(counter=at, address=address) for at, address in enumerate(addresses, COUNTER)]
        only_device(self.config, BUS.format(link=finger.link, protocol=protocol) + "".join(boxes))
        self._finger = finger
        self._counters = range(COUNTER, COUNTER + len(addresses))

    async def bridge(self, *argv: str) -> None:
        """Raises RuntimeError with the bridge's log where it does not come up."""
        self._listening = Listening(self._counters)
        self._server = await serve(self._listening.serve, "127.0.0.1", self.port, compression=None)
        self._process = started(argv, self._log)
        until = perf_counter() + PATIENCE_S
        while not self._finger.lit:
            if self._process.poll() is not None or perf_counter() > until:
                raise ended_early(self._process, self._log)
            await asyncio.sleep(LOOK_S)

    def end(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(PATIENCE_S)
        if self._server is not None:
            self._server.close()

    async def press(self) -> float:
        """→ ms from the box to the server."""
        self._listening.pressed = asyncio.get_running_loop().create_future()
        left = await self._finger.press()
        return (await self._listening.pressed - left) * 1000


async def stand_up(name: str, folder: Path, stack: ExitStack) -> Stand:
    stand = Stand(folder)
    stack.callback(stand.end)
    real = ("-m", "hardware", "bridge", "--config", str(stand.config))
    if name == "press_rtu_3":
        stand.boxes("modbus-rtu", ModuleFinger(*stack.enter_context(virtual_boxes(KINDS[MODULES], folder))), UNITS)
    else:
        stand.boxes("ub485", Ub485Finger(folder / "line"), (ADDRESS,))
    bare = ("-m", "tests.bench.bare_bridge", str(folder / "line"), str(stand.port))
    await stand.bridge(*(bare if name == "bare_press" else real))
    return stand


@contextmanager
def rounds(names: frozenset[str], folder: Path) -> Iterator[dict[str, Callable[[float], Round]]]:
    with ExitStack() as stack:
        runner = stack.enter_context(asyncio.Runner())
        made: dict[str, Callable[[float], Round]] = {}
        for name in NAMES:
            if name in names:
                stand = runner.run(stand_up(name, folder / name, stack))
                made[name] = partial(run_row, runner, partial(repeated, stand.press))
        yield made
