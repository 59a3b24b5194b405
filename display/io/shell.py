"""Board and announcer at work in the event loop: what the server tells goes in, frames and sounds come out. Decides
nothing.

Time is the server's: its clock at the last connection, going on by the loop's steady one. Until there was a connection
it is this machine's.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Coroutine, Sequence
from typing import Any

from display import voice
from display.announcer import Announcer
from display.board import Board
from display.io.player import Sound
from display.io.ports import Server
from display.io.sound import WELL, Health
from display.io.talker import Talker
from display.model import Frame, Pair
from ticketserver.client.connection import ClientEvent, Connected, Disconnected, Notified, Refused, Unreachable
from ticketserver.core.ids import DeviceId, ZoneId
from ticketserver.wire.notes import BoardChanged, CounterChanged, VisitCalled
from ticketserver.wire.params import Params, ReportHealth, ReportShown, ReportSpoken
from ticketserver.wire.views_board import BoardView

log = logging.getLogger("display")

TICK_S = 0.25
GIVE_UP_S = 120.0
"""A report is worth sending for as long as the call's clock may still wait for it."""


class Shell:
    """One display. `announcers`: one for each of its loudspeakers; `silent`: zones that no loudspeaker speaks
    for, the clock of whose calls starts when a screen shows them. `notices` are the words of the voice's notices."""

    def __init__(
        self,
        device: str,
        board: Board,
        draw: Callable[[Frame], None],
        announcers: Sequence[Announcer] = (),
        notices: dict[str, Pair] | None = None,
        silent: Collection[ZoneId] = (),
    ) -> None:
        self._device = DeviceId(device)
        self._board = board
        self._draw = draw
        self._talkers = [Talker(each, self._now_ms, self._report, self._show) for each in announcers]
        self._healths = [WELL] * len(self._talkers)
        self._notices = notices or {}
        self._silent = silent
        self._server: Server | None = None
        self._drawn: Frame | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._ahead_ms = int(time.time() * 1000) - self._steady_ms()

    def use(self, server: Server) -> None:
        """The line to report on, once the role's token could be read."""
        self._server = server

    def speak_with(self, sounds: Sequence[Sound]) -> None:
        """One for each announcer, in their order."""
        for talker, sound in zip(self._talkers, sounds, strict=True):
            talker.player.use(sound)

    async def run(self) -> None:
        """Tick until cancelled."""
        try:
            while True:
                self._feed(voice.Ticked())
                await asyncio.sleep(self._rest_s())
        finally:
            for task in self._tasks:
                task.cancel()
            closing = [talker.player.close() for talker in self._talkers]
            await asyncio.gather(*closing, *self._tasks, return_exceptions=True)

    def on_client_event(self, event: ClientEvent) -> None:
        """From the client."""
        match event:
            case Connected(snapshot=snapshot):
                self._ahead_ms = snapshot.server_time_ms - self._steady_ms()
                self._report_health()
                for counter in snapshot.counters:
                    self._board.counter(counter)
                if snapshot.board is not None:
                    self._see(snapshot.board)
            case Notified(note=BoardChanged(board=board)):
                self._see(board)
            case Notified(note=VisitCalled(call=call)):
                self._board.call(call)
                self._feed(voice.Called(call))
            case Notified(note=CounterChanged(counter=counter)):
                self._board.counter(counter)
                self._show()
            case Disconnected():
                self._board.lost()
                self._show()
            case _:
                pass

    def on_health(self, health: Health, loudspeaker: int = 0) -> None:
        """From a loudspeaker."""
        self._healths[loudspeaker] = health
        self._report_health()

    def _see(self, board: BoardView) -> None:
        self._board.see(board, self._now_ms())
        self._feed(voice.Seen(board))

    def _feed(self, event: voice.Event) -> None:
        """An event for the voices; the screen follows."""
        for talker in self._talkers:
            talker.hear(event)
        self._show()

    def _report(self, told: voice.Report | voice.Shown) -> None:
        if isinstance(told, voice.Report):
            self._start(self._tell("report_spoken", ReportSpoken(call_id=told.call_id, device=self._device)))
        else:
            params = ReportShown(call_id=told.call_id, device=self._device, quiet=True)
            self._start(self._tell("report_shown", params))

    def _show(self) -> None:
        now = self._now_ms()
        notice = next((talker.notice for talker in self._talkers if talker.notice is not None), None)
        self._board.notice(self._notices[notice] if notice is not None else None)
        self._board.announcing(next((each.announcement for each in self._talkers if each.announcement), None))
        for call in self._board.place(now):
            if call.zone in self._silent:
                self._report(voice.Shown(call.call_id))
        frame = self._board.frame(now)
        if frame != self._drawn:
            self._drawn = frame
            self._draw(frame)

    def _report_health(self) -> None:
        health = next((each for each in self._healths if each != WELL), WELL)
        params = ReportHealth(device=self._device, kind="display", health=health.health, reason=health.reason)
        self._start(self._tell("report_health", params))

    async def _tell(self, method: str, params: Params) -> None:
        if self._server is None:
            return
        try:
            await self._server.call(method, params, give_up_s=GIVE_UP_S)
        except (Refused, Unreachable) as problem:
            log.warning("%s: %s", method, problem)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _rest_s(self) -> float:
        """Until the next tick: the flash wants it often, the voice at its time."""
        due = [at for talker in self._talkers if (at := talker.deadline()) is not None]
        return min(TICK_S, max(0.0, (min(due) - self._now_ms()) / 1000)) if due else TICK_S

    def _now_ms(self) -> int:
        return self._steady_ms() + self._ahead_ms

    @staticmethod
    def _steady_ms() -> int:
        return int(time.monotonic() * 1000)
