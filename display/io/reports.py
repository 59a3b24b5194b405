"""What a display tells the server: calls that were spoken or shown, and how it is. What is not taken stops nothing."""

import asyncio
import logging
from typing import Any, Protocol

from display.io.sound import Health
from ticketserver.client.connection import Refused, Unreachable
from ticketserver.core.ids import CallId, DeviceId
from ticketserver.wire.params import Params, ReportHealth, ReportShown, ReportSpoken

log = logging.getLogger("display")

GIVE_UP_S = 120.0
"""A report is worth sending for as long as the call's clock may still wait for it."""


class Server(Protocol):
    async def call(self, method: str, params: Params, give_up_s: float = ...) -> Any: ...


class Reports:
    """Before there is a server nothing is told."""

    def __init__(self, device: str) -> None:
        self._device = DeviceId(device)
        self._server: Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def use(self, server: Server) -> None:
        """The line to report on, once the role's token could be read."""
        self._server = server

    def spoken(self, call_id: CallId) -> None:
        self._tell("report_spoken", ReportSpoken(call_id=call_id, device=self._device))

    def shown(self, call_id: CallId) -> None:
        """It stands on the screen, and no voice says it."""
        self._tell("report_shown", ReportShown(call_id=call_id, device=self._device))

    def health(self, health: Health) -> None:
        told = ReportHealth(device=self._device, kind="display", health=health.health, reason=health.reason)
        self._tell("report_health", told)

    async def close(self) -> None:
        """What was not told yet is given up."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _tell(self, method: str, params: Params) -> None:
        if self._server is not None:
            task = asyncio.get_running_loop().create_task(self._told(self._server, method, params))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    @staticmethod
    async def _told(server: Server, method: str, params: Params) -> None:
        try:
            await server.call(method, params, give_up_s=GIVE_UP_S)
        except (Refused, Unreachable) as problem:
            log.warning("%s: %s", method, problem)
