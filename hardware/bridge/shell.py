"""The bridge at work: a thread per bus, one client in the loop, and the decisions of logic.py between them.

Carries presses up and lights down, and says in the log and to the server which box is well. Decides nothing itself.
"""

import asyncio
import logging
from collections.abc import Iterable
from functools import partial
from typing import Any, Protocol

from hardware.bridge.buses import NamedBus, counters_of
from hardware.bridge.logic import TOO_OLD_MS, BoxId, BridgeLogic, Effect, SendPress
from hardware.bridge.port import Happening, Port, PortFailed, PortHealth
from hardware.bridge.reports import Reports
from hardware.devices.call_box_parts import Press, Stranger
from ticketserver.client.connection import Refused, Unreachable
from ticketserver.client.session import ClientEvent, Connected, Disconnected, Notified
from ticketserver.core.ids import CounterNo, RequestId
from ticketserver.core.terms import Key
from ticketserver.shared.texts import Texts
from ticketserver.wire.params import Params, PressKey, ReportHealth
from ticketserver.wire.views import CounterChanged

log = logging.getLogger("bridge")


class PortFailure(RuntimeError):
    """A bus's thread met an error that nothing expects; logged already."""


class Server(Protocol):
    """What the bridge needs of `Client`."""

    @property
    def connected(self) -> bool: ...

    async def call(self, method: str, params: Params, give_up_s: float = ...) -> Any: ...


class Bridge:
    """Carries presses up and lights down. All but `_report_from_thread` runs in the loop's own thread."""

    def __init__(self, buses: list[NamedBus], boot_id: str, texts: Texts) -> None:
        self._counters = counters_of(buses)
        self._logic = BridgeLogic(boot_id, self._counters)
        self._texts = texts
        self._buses = {bus.place: bus for bus in buses}
        self._ports: dict[int, Port] = {}
        self._reports = Reports(self._buses, texts)
        self._tasks: set[asyncio.Task[None]] = set()
        self._failed: asyncio.Future[None]
        self._server: Server

    async def run(self, server: Server) -> None:
        """Serve until cancelled; raises `PortFailure` when a port's thread failed."""
        loop = asyncio.get_running_loop()
        self._server = server
        self._failed = loop.create_future()
        for place, bus in self._buses.items():
            self._ports[place] = Port(bus.id, bus.bus, partial(self._report_from_thread, loop, place))
        for port in self._ports.values():
            port.start()
        self._do(self._logic.start())
        try:
            await self._failed
        finally:
            for port in self._ports.values():
                port.stop()
            for port in self._ports.values():
                await asyncio.to_thread(port.join)
            for task in self._tasks:
                task.cancel()

    def on_event(self, event: ClientEvent) -> None:
        """What the client tells."""
        match event:
            case Connected(snapshot=snapshot, resync=resync):
                if not resync:
                    log.info(self._texts("box.bridge.server_back"))
                self._do(self._logic.connected(snapshot.counters))
                for counter in self._logic.missing_counters():
                    log.error(self._texts("box.bridge.unknown_counter", counter=counter))
                self._report(self._reports.all())
            case Notified(note=CounterChanged(counter=view)):
                self._do(self._logic.counter_changed(view))
            case Disconnected(reason=reason):
                log.warning(self._texts("box.bridge.server_away", problem=reason))
                self._do(self._logic.disconnected())
            case _:
                pass

    def _report_from_thread(self, loop: asyncio.AbstractEventLoop, place: int, what: Happening) -> None:
        loop.call_soon_threadsafe(self._happened, place, what)

    def _happened(self, place: int, what: Happening) -> None:
        name = self._buses[place].id
        match what:
            case Press(address, key, count):
                self._do(self._logic.pressed(BoxId(place, address), key, count, self._now_ms()))
            case Stranger(address, key):
                log.warning(self._texts("box.bridge.stranger", bus=name, address=address, key=key))
            case PortHealth():
                self._report(self._reports.note(place, what))
            case PortFailed(problem):
                log.critical(self._texts("box.bridge.port_failed", bus=name, problem=problem))
                if not self._failed.done():
                    self._failed.set_exception(PortFailure(problem))

    def _do(self, effects: Iterable[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, SendPress):
                self._start(self._send(effect))
                asyncio.get_running_loop().call_later(TOO_OLD_MS / 1000, self._tick)
            else:
                self._ports[effect.box.bus].show(effect.box.address, effect.look, effect.beeps)

    def _tick(self) -> None:
        self._do(self._logic.tick(self._now_ms()))

    async def _send(self, press: SendPress) -> None:
        params = PressKey(request_id=RequestId(press.request_id), counter=CounterNo(press.counter), key=Key(press.key))
        try:
            result = await self._server.call("press_key", params, give_up_s=TOO_OLD_MS / 1000)
        except (Refused, Unreachable) as error:
            log.warning(self._texts("box.bridge.press_failed", counter=press.counter, problem=error))
            self._do(self._logic.refused(press.request_id))
        else:
            self._do(self._logic.answered(press.request_id, result.outcome))

    def _report(self, reports: Iterable[ReportHealth]) -> None:
        # Nothing is kept for later: a connect reports all boxes anew.
        if self._server.connected:
            for report in reports:
                self._start(self._send_health(report))

    async def _send_health(self, report: ReportHealth) -> None:
        try:
            await self._server.call("report_health", report)
        except (Refused, Unreachable) as error:
            log.warning("report_health %s: %s", report.device, error)

    def _start(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @staticmethod
    def _now_ms() -> int:
        return int(asyncio.get_running_loop().time() * 1000)
