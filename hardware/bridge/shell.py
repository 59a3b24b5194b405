"""The bridge at work: a thread per line, one client in the loop, and the decisions of the logics between them.

Carries presses and ratings up, lights and panels down, and says in the log and to the server which device is well.
Decides nothing itself: presses are logic.py's, ratings ratings.py's, panels panels.py's.
"""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from hardware.bridge.lines import BoxLine, Kind, Line, PanelLine
from hardware.bridge.logic import BoxId, BridgeLogic, SendPress, ShowBox
from hardware.bridge.panels import PanelLogic, ShowPanel
from hardware.bridge.port import Happening, Port, PortFailed, PortHealth
from hardware.bridge.ratings import RatingLogic, SendRating
from hardware.bridge.reports import Reports
from hardware.bridge.sending import Sending, Server
from hardware.devices.call_box_parts import Press, Stranger
from ticketserver.client.session import ClientEvent, Connected, Disconnected, Notified
from ticketserver.shared.texts import Texts
from ticketserver.wire.notes import CounterChanged

log = logging.getLogger("bridge")

Effect = SendPress | SendRating | ShowBox | ShowPanel


class PortFailure(RuntimeError):
    """A line's thread met an error that nothing expects; logged already."""


class Bridge:
    """All but `_report_from_thread` runs in the loop's own thread. `places`: counter → what people call it."""

    def __init__(
        self, lines: list[Line], boot_id: str, texts: Texts, places: Mapping[int, str], rating_ms: int
    ) -> None:
        self._lines = dict(enumerate(lines))
        self._box_buses = {place: line.bus for place, line in self._lines.items() if isinstance(line, BoxLine)}
        self._panel_buses = {place: line.bus for place, line in self._lines.items() if isinstance(line, PanelLine)}
        self._texts = texts
        self._pads = self._of_kind("rating_pad")
        self._logic = BridgeLogic(boot_id, self._of_kind("call_box"))
        self._ratings = RatingLogic(boot_id, self._pads, rating_ms)
        self._panels = PanelLogic(self._of_kind("panel"), places, texts)
        self._ports: dict[int, Port] = {}
        self._reports = Reports(self._lines, texts)
        self._timer: asyncio.TimerHandle | None = None
        self._failed: asyncio.Future[None]
        self._sending: Sending

    @property
    def counters(self) -> set[int]:
        """The public numbers of the counters at which anything stands."""
        return {device.counter for line in self._lines.values() for device in line.devices.values()}

    async def run(self, server: Server) -> None:
        """Serve until cancelled; raises `PortFailure` when a line's thread failed."""
        loop = asyncio.get_running_loop()
        self._sending, self._failed = Sending(server, self._texts), loop.create_future()
        for place, line in self._lines.items():
            self._ports[place] = Port(line.id, line.bus, partial(self._report_from_thread, loop, place))
            self._ports[place].start()
        self._do([*self._logic.start(), *self._ratings.start(), *self._panels.start(self._now_ms())])
        try:
            await self._failed
        finally:
            self._sending.stop()
            for port in self._ports.values():
                port.stop()
            await asyncio.gather(*(asyncio.to_thread(port.join) for port in self._ports.values()))

    def on_event(self, event: ClientEvent) -> None:
        """What the client tells."""
        now_ms = self._now_ms()
        match event:
            case Connected(snapshot=snapshot, resync=resync):
                if not resync:
                    log.info(self._texts("box.bridge.server_back"))
                views = snapshot.counters
                self._do(self._logic.connected(views))
                self._do(self._ratings.connected(views, now_ms))
                self._do(self._panels.connected(views, now_ms))
                for counter in sorted(self.counters - {view.counter for view in views}):
                    log.error(self._texts("box.bridge.unknown_counter", counter=counter))
                self._sending.health(self._reports.all())
            case Notified(note=CounterChanged(counter=view)):
                self._do(self._logic.counter_changed(view))
                self._do(self._ratings.counter_changed(view, now_ms))
                self._do(self._panels.counter_changed(view, now_ms))
            case Disconnected(reason=reason):
                log.warning(self._texts("box.bridge.server_away", problem=reason))
                self._do(self._logic.disconnected())
                self._ratings.disconnected(now_ms)
                self._panels.disconnected(now_ms)
            case _:
                return
        self._wake()

    def _of_kind(self, kind: Kind) -> dict[BoxId, int]:
        return {
            BoxId(place, address): device.counter
            for place, line in self._lines.items()
            for address, device in line.devices.items()
            if device.kind == kind
        }

    def _report_from_thread(self, loop: asyncio.AbstractEventLoop, place: int, what: Happening) -> None:
        loop.call_soon_threadsafe(self._happened, place, what)

    def _happened(self, place: int, what: Happening) -> None:
        line = self._lines[place].id
        match what:
            case Press(address, key, count):
                logic = self._ratings if BoxId(place, address) in self._pads else self._logic
                self._do(logic.pressed(BoxId(place, address), key, count, self._now_ms()))
                self._wake()
            case Stranger(address, key):
                log.warning(self._texts("box.bridge.stranger", bus=line, address=address, key=key))
            case PortHealth():
                self._sending.health(self._reports.note(place, what))
            case PortFailed(problem):
                log.critical(self._texts("box.bridge.port_failed", bus=line, problem=problem))
                if not self._failed.done():
                    self._failed.set_exception(PortFailure(problem))

    def _do(self, effects: Iterable[Effect]) -> None:
        for effect in effects:
            match effect:
                case SendPress():
                    self._sending.press(effect, partial(self._answered, effect))
                case SendRating():
                    self._sending.rating(effect, partial(self._rated, effect))
                case ShowBox(BoxId(place, address), look, beeps):
                    show = self._box_buses[place].show
                    self._ports[place].later(partial(show, address, look.led, beeps, look.text))
                case ShowPanel(BoxId(place, address), look):
                    self._ports[place].later(partial(self._panel_buses[place].show, address, look))

    def _tick(self) -> None:
        self._timer = None
        now_ms = self._now_ms()
        self._do([*self._logic.tick(now_ms), *self._ratings.tick(now_ms), *self._panels.tick(now_ms)])
        self._wake()

    def _wake(self) -> None:
        """Tick when one of the logics next has something to do."""
        logics = (self._logic, self._ratings, self._panels)
        deadlines = [each for each in (logic.next_deadline_ms() for logic in logics) if each is not None]
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if deadlines:
            # A millisecond later: the loop's clock is finer than ours.
            self._timer = asyncio.get_running_loop().call_at(min(deadlines) / 1000 + 0.001, self._tick)

    def _answered(self, press: SendPress, result: Any) -> None:
        """What became of a press."""
        name = press.request_id
        self._do(self._logic.refused(name) if result is None else self._logic.answered(name, result.outcome))

    def _rated(self, rating: SendRating, result: Any) -> None:
        name = rating.request_id
        self._do(self._ratings.refused(name) if result is None else self._ratings.answered(name))

    @staticmethod
    def _now_ms() -> int:
        return int(asyncio.get_running_loop().time() * 1000)
