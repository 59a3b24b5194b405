"""A call as the hall has it: `call_next` sent by a clerk, to its frame on the call screen, and to its voice.

Server and display are processes of their own; the screen is Xvfb's, drawn without a graphics card, and what is seen is
read from the frame buffer: the ground of a new call where the newest of the others stood. In the player's place on PATH
stands a script whose first act is a byte into a pipe; a sound is over at once. A call is over half a second after it
was spoken (the hall's rules say so here), and when it has left the screen the next one is made, at any moment between
two frames. A bare Kivy window that hears a bare WebSocket server is measured the same way beside it.
"""

from __future__ import annotations

import asyncio
import os
import select
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from random import Random
from time import perf_counter

from websockets.asyncio.server import ServerConnection, serve

from tests.bench import load
from tests.bench.asking import COMPREHENSIVE, Asking, kiosk_and_clerk, today
from tests.bench.bare_screen import BOARD_PX, FRAME, INKS, VOICE
from tests.bench.figures import Round
from tests.bench.glass import Glass, Ink, Point, glass
from tests.bench.hall import LOOK_S, PATIENCE_S, HallProcess, ended_early, started
from tests.bench.sockets import run_row

NAMES = ("bare_frame", "call_to_frame", "bare_voice", "call_to_voice")
RULES = {"calls = 3": "calls = 1", "gap_ms = 30000": "gap_ms = 500", "auto_no_show = false": "auto_no_show = true",
         "\nrepeat = 2": "\nrepeat = 1"}  # fmt: skip
"""The sample hall's lines, and what stands there for this."""
PLAYER = '#!/bin/sh\necho > "{pipe}"\nexec cat > /dev/null\n'
STANDING, COUNTER = range(2, 12), 1
"""Counters whose calls stand on the board before, and the one that calls."""
CALLS = 8
ANY_MOMENT_S = 0.1
GROUND: Point = (40, 200)
NEW: tuple[Ink, Ink] = ((0xFF, 0xC5, 0x3D), (0xFF, 0xF3, 0xCC))
"""The ground of a new call, in both colours of its flash; not taken from the theme, as that would start Kivy here."""


class Ear:
    """Hears that a player has started. `environ` puts it before the machine's own."""

    def __init__(self, folder: Path) -> None:
        programs = folder / "bin"
        programs.mkdir(parents=True)
        pipe = folder / "started"
        os.mkfifo(pipe)
        # Both ends are ours: a player need not wait for anybody to listen.
        self._pipe = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
        (programs / "aplay").write_text(PLAYER.format(pipe=pipe), "ascii")
        (programs / "aplay").chmod(0o755)
        self.environ = {"PATH": f"{programs}:{os.environ['PATH']}"}

    def close(self) -> None:
        os.close(self._pipe)

    def heard(self, wait_s: float = 0.0) -> bool:
        """Whether one has started since the last look."""
        if not select.select([self._pipe], [], [], wait_s)[0]:
            return False
        os.read(self._pipe, 4096)
        return True

    def until_heard(self) -> float:
        """→ when it was. Raises RuntimeError where it never is."""
        if not self.heard(PATIENCE_S):
            raise RuntimeError("nothing was spoken")
        return perf_counter()


class Watched:
    """A window and its voice: a process on a screen of its own, and who sees and hears it."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self.at: Glass = stack.enter_context(glass(folder / "glass", BOARD_PX))
        self.ear = Ear(folder)
        stack.callback(self.ear.close)
        self._stack, self._log = stack, folder / "log"

    def start(self, *argv: str) -> None:
        self._process = started(argv, self._log, {**self.at.environ, **self.ear.environ})
        self._stack.callback(self._process.wait, PATIENCE_S)
        self._stack.callback(self._process.kill)

    async def until(self, told: Callable[[], bool]) -> None:
        """Raises RuntimeError with the log where that never comes."""
        until = perf_counter() + PATIENCE_S
        while not told():
            if self._process.poll() is not None or perf_counter() > until:
                raise ended_early(self._process, self._log)
            await asyncio.sleep(LOOK_S)


async def repeated(once: Callable[[], Awaitable[float]], _seconds: float) -> Round:
    """Some calls a round: each waits until the one before has left the screen."""
    began = perf_counter()
    latencies = [await once() for _ in range(CALLS)]
    return Round(CALLS, perf_counter() - began, latencies)


class Calls:
    """One display of one hall, on whose board some calls stand."""

    def __init__(self, hall: HallProcess, display: Watched) -> None:
        self._hall, self._display = hall, display
        self._moments = Random(1)

    async def stand(self) -> None:
        display, ear = self._display, self._display.ear
        display.start("-m", "display", "--config", str(self._hall.file), "--display", "display1")
        await display.until(ear.heard)
        self._asking: Asking = await today(self._hall)
        self._kiosk, self._clerk = await kiosk_and_clerk(self._hall)
        for counter in (*STANDING, COUNTER):
            await self._do(b"open_counter", counter)
        for counter in STANDING:
            await self._kiosk.answer(self._asking.issue(COMPREHENSIVE[0]))
            await self._do(b"call_next", counter)
            await self._do(b"start_service", counter)
        await display.until(self._calls)
        await display.until(lambda: not self._calls())

    async def once(self, noticed: Callable[[], float]) -> float:
        """→ ms from the clerk's `call_next` to what is waited for."""
        await self._kiosk.answer(self._asking.issue(COMPREHENSIVE[0]))
        await asyncio.sleep(self._moments.uniform(0, ANY_MOMENT_S))
        self._display.ear.heard()
        answered = asyncio.get_running_loop().create_future()
        self._clerk.heard = answered.set_result
        began = perf_counter()
        self._clerk.write(load.frame(self._asking.at_counter(b"call_next", COUNTER)))
        took = (noticed() - began) * 1000
        load.checked(await answered)
        await self._display.until(self._calls)
        await self._display.until(lambda: not self._calls())
        return took

    def seen(self) -> float:
        return self._display.at.until(self._calls, "the call")

    def spoken(self) -> float:
        return self._display.ear.until_heard()

    def _calls(self) -> bool:
        return self._display.at.ink(GROUND) in NEW

    async def _do(self, method: bytes, counter: int) -> None:
        await self._clerk.answer(self._asking.at_counter(method, counter))


class Bare:
    """A bare window and its bare server, which is here."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self._folder, self._window = folder, Watched(stack, folder)
        self._moments = Random(1)

    async def stand(self) -> None:
        came = asyncio.get_running_loop().create_future()

        async def heard(socket: ServerConnection) -> None:
            came.set_result(socket)
            await socket.wait_closed()

        # Between two rounds this loop stands still, longer than a keepalive bears.
        server = await serve(heard, "127.0.0.1", 0, compression=None, ping_interval=None)
        port = next(iter(server.sockets)).getsockname()[1]
        self._window.start("-m", "tests.bench.bare_screen", str(self._folder), str(port))
        await self._window.until(lambda: self._window.at.ink(GROUND) == INKS[0] and came.done())
        self._socket: ServerConnection = await came
        self._ink = 0

    async def frame(self) -> float:
        self._ink = 1 - self._ink
        return await self._once(FRAME, lambda: self._window.at.until_ink(GROUND, INKS[self._ink]))

    async def voice(self) -> float:
        return await self._once(VOICE, self._window.ear.until_heard)

    async def _once(self, message: str, noticed: Callable[[], float]) -> float:
        await asyncio.sleep(self._moments.uniform(0, ANY_MOMENT_S))
        began = perf_counter()
        await self._socket.send(message)
        return (noticed() - began) * 1000


def hall_with_voice(folder: Path) -> HallProcess:
    hall = HallProcess(folder)
    text = hall.file.read_text("utf-8")
    for line, instead in RULES.items():
        assert text.count(line) == 1, line
        text = text.replace(line, instead)
    hall.file.write_text(text.replace("[voice]\n", f'[voice]\nclips_dir = "{folder}/voice"\n'), "utf-8")
    return hall


@contextmanager
def rounds(names: frozenset[str], folder: Path) -> Iterator[dict[str, Callable[[float], Round]]]:
    made: dict[str, Callable[[], Awaitable[float]]] = {}
    with ExitStack() as stack:
        runner = stack.enter_context(asyncio.Runner())
        if names.intersection(("bare_frame", "bare_voice")):
            bare = Bare(stack, folder / "bare")
            runner.run(bare.stand())
            made |= {"bare_frame": bare.frame, "bare_voice": bare.voice}
        if names.intersection(("call_to_frame", "call_to_voice")):
            calls = Calls(stack.enter_context(hall_with_voice(folder / "frames")), Watched(stack, folder / "display"))
            runner.run(calls.stand())
            made |= {
                "call_to_frame": partial(calls.once, calls.seen),
                "call_to_voice": partial(calls.once, calls.spoken),
            }
        yield {name: partial(run_row, runner, partial(repeated, once)) for name, once in made.items() if name in names}
