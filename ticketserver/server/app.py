"""The server's parts put together, and how it begins and ends."""

import asyncio
import logging
import signal
from collections.abc import Callable
from pathlib import Path

from ticketserver.core.ids import Ms
from ticketserver.server.appointments import Appointments
from ticketserver.server.asked_days import AskedDays, asked_path
from ticketserver.server.boot import journal_path, make_sequencer, quarantine_path
from ticketserver.server.calls import Calls
from ticketserver.server.daykey import DayKey, key_path
from ticketserver.server.desk import HallDesk
from ticketserver.server.gateway import Gateway
from ticketserver.server.hallday import HallDays
from ticketserver.server.http import Http
from ticketserver.server.hub import Hub
from ticketserver.server.line import Line, wall_ms
from ticketserver.server.origins import Origins
from ticketserver.server.registry import Devices, Helps
from ticketserver.server.socket_peer import send
from ticketserver.server.tokens import Tokens
from ticketserver.shared.garbage import settle
from ticketserver.shared.settings import Settings
from ticketserver.store.sqlite import SqliteJournal

log = logging.getLogger("server")


class HallServer:
    """One hall's server. `ended` is told once, with the fault that ended it."""

    def __init__(
        self,
        settings: Settings,
        ended: Callable[[BaseException], None],
        open_now: bool = False,
        accept_clock: bool = False,
        clock: Callable[[], Ms] = wall_ms,
    ) -> None:
        """Opens the journal and goes on where it ended. `clock` tells the wall's ms since 1970.

        Raises StoreError, ClockBehind and TokenFileError.
        """
        server = settings.server
        day_key = DayKey(key_path(settings))
        days = HallDays(settings.calendar, settings.hall.timezone, open_now)
        self.tokens = Tokens(Path(server.tokens_dir))
        appointments = Appointments(settings.hall.id, days, self.tokens.for_appointments)
        desk = HallDesk(settings, days, day_key, appointments, AskedDays(asked_path(settings)))
        self._journal = SqliteJournal(journal_path(settings))
        try:
            sequencer = make_sequencer(settings, desk, self._journal, clock(), accept_clock)
        except BaseException:
            self._journal.close()
            raise
        day_key.resumed(sequencer.state)
        devices, helps = Devices(), Helps()
        hub = Hub(desk, devices, helps, send)
        quarantine = quarantine_path(settings)
        self.line = Line(sequencer, desk, hub, devices, helps, self._journal, quarantine, ended, clock)
        self._calls = calls = Calls(self.line, desk)
        origins = Origins(server.address, settings.hall.public_url, lambda: self.http.port)
        self.gateway = Gateway(calls, desk, self.tokens, origins)
        day_key.changed = self.gateway.greet_again
        self.http = Http(calls, desk, self.tokens, lambda: self.gateway.connections, lambda: self.gateway.port)

    def get_ready(self) -> None:
        """Makes what the first to search would wait for; none of what there is now is walked for garbage again."""
        self._calls.finder.get_ready()
        settle()

    async def start(self) -> None:
        """Raises OSError where a port is taken; `stop` is still to be called then."""
        self.line.start()
        await self.http.start()
        await self.gateway.start()

    async def stop(self) -> None:
        """What was decided is durable and told when this returns."""
        self.http.ending = True
        self.line.close()
        await self.gateway.stop()
        await self.http.stop()
        self._journal.close()


async def serve(settings: Settings, open_now: bool = False, accept_clock: bool = False) -> None:
    """A hall's server until the process is told to end. Raises what `HallServer` raises, and what ended it."""
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[None] = loop.create_future()

    def failed(error: BaseException) -> None:
        if not ended.done():
            ended.set_exception(error)

    def told() -> None:
        if not ended.done():
            ended.set_result(None)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told)
    server = HallServer(settings, failed, open_now, accept_clock)
    try:
        server.get_ready()
        await server.start()
        where = settings.server.listen
        log.info("%s: %s, sockets on %d, pages on %d", settings.hall.id, where, server.gateway.port, server.http.port)
        await ended
    finally:
        await server.stop()
