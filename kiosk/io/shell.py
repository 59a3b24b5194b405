"""The flow at work in the event loop: events in, effects carried out, frames drawn. Decides nothing.

Disk work happens in one thread of its own, so that what is saved and what is forgotten stays in order and the window
never waits for a sync. A disk that fails is reported and does not stop the hall.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from kiosk import events as e
from kiosk.asked_events import PrintAsked
from kiosk.flow import Flow
from kiosk.help_events import HelpSeen
from kiosk.io.around import Disk, Duty, Inputs, Server, Slips
from kiosk.model import Frame
from kiosk.reading_events import Trigger, UseKey
from kiosk.voice_events import Hush, SetVolume, Speak, Voice
from ticketserver.client.connection import ClientEvent, Connected, Disconnected, Notified, Refused, Unreachable
from ticketserver.wire.notes import DeviceChanged, HelpRequested, QueueChanged
from ticketserver.wire.prints import PrintRequested

log = logging.getLogger("kiosk")

TICK_S = 0.5


class Shell:
    """One kiosk's flow with its server, printer, scanner, card reader, disk and window. Everything but the disk runs in
    the loop's thread. `speak`: the voice, where it has one."""

    def __init__(
        self, flow: Flow, slips: Slips, inputs: Inputs, disk: Disk, draw: Callable[[Frame], None], duty: Duty
    ) -> None:
        self._flow = flow
        self._slips, self._inputs, self._disk, self._draw, self._duty = slips, inputs, disk, draw, duty
        self.speak: Callable[[Voice], None] | None = None
        self._server: Server | None = None
        self._events: deque[e.Event] = deque()
        self._handling = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._disk_thread = ThreadPoolExecutor(1, "disk")

    def use(self, server: Server) -> None:
        """The line to ask on, once the role's token could be read. Before that every ask is lost."""
        self._server = server

    async def run(self) -> None:
        """Tick until cancelled."""
        try:
            self.feed(e.Started(await self._in_disk_thread(self._disk.load)))
            while True:
                self.feed(e.Ticked())
                await asyncio.sleep(TICK_S)
        finally:
            for task in self._tasks:
                task.cancel()
            self._disk_thread.shutdown(wait=True)

    def feed(self, event: e.Event) -> None:
        """An event has happened. One that an effect causes waits until the present one is done."""
        self._events.append(event)
        if self._handling:
            return
        self._handling = True
        try:
            while self._events:
                for effect in self._flow.handle(self._events.popleft(), self._now_ms()):
                    self._do(effect)
            self._draw(self._flow.frame())
        finally:
            self._handling = False

    def tap(self, tap: e.Tap) -> None:
        """From the window."""
        self.feed(e.Touched() if tap.name == "touch" else e.Tapped(tap))

    def on_client_event(self, event: ClientEvent) -> None:
        """From the client."""
        match event:
            case Connected(hello=hello, snapshot=snapshot):
                self.feed(e.LinkUp(hello, snapshot))
            case Disconnected():
                self.feed(e.LinkLost())
            case Notified(note=QueueChanged(queue=queue)):
                self.feed(e.HoursSeen(queue.hours, tuple(queue.notices)))
            case Notified(note=HelpRequested(help=called)):
                self.feed(HelpSeen(called))
            case Notified(note=DeviceChanged(device=device)):
                self.feed(e.DeviceSeen(device))
            case Notified(note=PrintRequested(job=job)):
                self.feed(PrintAsked(job))

    def _do(self, effect: e.Effect) -> None:
        match effect:
            case e.Ask():
                self._start(self._ask(effect))
            case e.Save(pending):
                self._start(self._save(pending))
            case e.Forget(request_id):
                self._start(self._forget(request_id))
            case e.Print():
                self._slips.print(effect)
            case UseKey():
                self._inputs.use_key(effect)
            case Trigger():
                self._inputs.trigger()
            case Speak() | Hush() | SetVolume():
                if self.speak is not None:
                    self.speak(effect)
            case _:
                self._duty.do(effect, self.feed)

    async def _ask(self, ask: e.Ask) -> None:
        if self._server is None:
            self.feed(e.AskLost(ask.ask))
            return
        try:
            result = await self._server.call(ask.method, ask.params, give_up_s=ask.give_up_s)
        except Refused as refused:
            log.warning("%s refused: %s", ask.method, refused.code)
            self.feed(e.AskRefused(ask.ask, refused.code))
        except Unreachable as problem:
            log.warning("%s: %s", ask.method, problem)
            self.feed(e.AskLost(ask.ask))
        else:
            self.feed(e.Answered(ask.ask, result))

    async def _save(self, pending: e.Pending) -> None:
        try:
            await self._in_disk_thread(self._disk.save, pending)
        except OSError as error:
            log.critical("a request could not be saved, it goes on without: %s", error)
        self.feed(e.Saved(pending.request_id))

    async def _forget(self, request_id: str) -> None:
        try:
            await self._in_disk_thread(self._disk.forget, request_id)
        except OSError as error:
            log.critical("a saved request could not be removed: %s", error)

    async def _in_disk_thread(self, work: Callable[..., Any], *values: object) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._disk_thread, work, *values)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @staticmethod
    def _now_ms() -> int:
        return int(asyncio.get_running_loop().time() * 1000)
