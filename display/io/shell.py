"""Board and announcer at work in the event loop: what the server tells goes in, frames and sounds come out. Decides
nothing.

What comes together is drawn together: once for all that a turn of the loop has brought, however much that is, so that a
screen with more to hear than it can draw leaves out pictures and never falls behind.

Time is the server's: its clock at the last connection, going on by the loop's steady one. Until there was a connection
it is this machine's.
"""

import asyncio
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress

from display import voice
from display.announcer import Announcer
from display.board import Board
from display.io.player import Sound
from display.io.reports import Reports
from display.io.sound import WELL, Health
from display.io.talker import Talker
from display.model import Frame, Pair
from ticketserver.client.connection import ClientEvent, Connected, Disconnected, Notified
from ticketserver.core.ids import ZoneId
from ticketserver.wire.notes import BoardChanged, CounterChanged, VisitCalled
from ticketserver.wire.views_board import BoardView

TICK_S = 0.25


class Shell:
    """One display. `announcers`: one for each of its loudspeakers, at work once there are sounds; `silent`: zones that
    no loudspeaker speaks for, the clock of whose calls starts when a screen shows them. `notices` are the words of the
    voice's notices."""

    def __init__(
        self,
        device: str,
        board: Board,
        draw: Callable[[Frame], None],
        announcers: Sequence[Announcer] = (),
        notices: dict[str, Pair] | None = None,
        silent: Collection[ZoneId] = (),
    ) -> None:
        self.reports = Reports(device)
        self._board = board
        self._draw = draw
        self._announcers = announcers
        self._talkers: list[Talker] = []
        self._healths = [WELL] * len(announcers)
        self._notices = notices or {}
        self._silent = silent
        self._told: BoardView | None = None
        self._snapshot_at = 0
        self._drawn: Frame | None = None
        self._changed = asyncio.Event()
        self._ahead_ms = int(time.time() * 1000) - self._steady_ms()

    def speak_with(self, sounds: Sequence[Sound]) -> None:
        """One for each announcer, in their order. The first that they hear is the board as it stands by then, with
        everybody who was called before there was a sound and is still to come."""
        self._talkers = [
            Talker(announcer, sound, self._now_ms, self._report, self._changed.set)
            for announcer, sound in zip(self._announcers, sounds, strict=True)
        ]
        if self._told is not None:
            self._feed(voice.Seen(self._told))

    async def run(self) -> None:
        """Draw what has changed, and tick, until cancelled."""
        try:
            while True:
                self._feed(voice.Ticked())
                self._changed.clear()
                self._show()
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._rest_s()):
                        await self._changed.wait()
        finally:
            closing = [talker.player.close() for talker in self._talkers]
            await asyncio.gather(*closing, self.reports.close(), return_exceptions=True)

    def on_client_event(self, event: ClientEvent) -> None:
        """From the client."""
        self._changed.set()
        match event:
            case Connected(snapshot=snapshot):
                self._ahead_ms = snapshot.server_time_ms - self._steady_ms()
                self._snapshot_at = snapshot.seq
                self._report_health()
                for counter in snapshot.counters:
                    self._board.counter(counter)
                if snapshot.board is not None:
                    self._see(snapshot.board)
            case Notified(note=BoardChanged(board=board)):
                self._see(board)
            case Notified(note=VisitCalled(call=call) as note) if note.seq > self._snapshot_at:
                self._board.call(call)
                self._feed(voice.Called(call))
            case Notified(note=CounterChanged(counter=counter)):
                self._board.counter(counter)
            case Disconnected():
                self._board.lost()
            case _:
                pass

    def on_health(self, health: Health, loudspeaker: int = 0) -> None:
        """From a loudspeaker."""
        self._healths[loudspeaker] = health
        self._report_health()

    def _see(self, board: BoardView) -> None:
        self._told = board
        self._board.see(board, self._now_ms())
        self._feed(voice.Seen(board))

    def _feed(self, event: voice.Event) -> None:
        """An event for the voices."""
        for talker in self._talkers:
            talker.hear(event)

    def _report(self, told: voice.Report | voice.Shown) -> None:
        if isinstance(told, voice.Report):
            self.reports.spoken(told.call_id)
        else:
            self.reports.shown(told.call_id)

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
        self.reports.health(next((each for each in self._healths if each != WELL), WELL))

    def _rest_s(self) -> float:
        """Until the next tick: the flash wants it often, the voice at its time."""
        due = [at for talker in self._talkers if (at := talker.deadline()) is not None]
        return min(TICK_S, max(0.0, (min(due) - self._now_ms()) / 1000)) if due else TICK_S

    def _now_ms(self) -> int:
        return self._steady_ms() + self._ahead_ms

    @staticmethod
    def _steady_ms() -> int:
        return int(time.monotonic() * 1000)
