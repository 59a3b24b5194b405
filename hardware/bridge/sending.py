"""What the bridge asks of the server, each in a task of its own: presses, ratings, the health of devices."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from hardware.bridge.logic import TOO_OLD_MS, SendPress
from hardware.bridge.ratings import RATING_MS, SendRating
from ticketserver.client.connection import Refused, Unreachable
from ticketserver.core.ids import CounterNo, RequestId, ServiceId, VisitId
from ticketserver.core.terms import Key
from ticketserver.shared.texts import Texts
from ticketserver.wire.params import Params, PressKey, RateVisit, ReportHealth

log = logging.getLogger("bridge")


class Server(Protocol):
    """What the bridge needs of `Client`."""

    @property
    def connected(self) -> bool: ...

    async def call(self, method: str, params: Params, give_up_s: float = ...) -> Any: ...


Answered = Callable[[Any], None]
"""Hears the server's result; None where the server refused or could not be asked in time."""


class Sending:
    """Asks `server`; `stop` forgets what is not answered."""

    def __init__(self, server: Server, texts: Texts) -> None:
        self._server = server
        self._texts = texts
        self._tasks: set[asyncio.Task[None]] = set()

    def press(self, press: SendPress, answered: Answered) -> None:
        params = PressKey(request_id=RequestId(press.request_id), counter=CounterNo(press.counter), key=Key(press.key))
        self._start(self._ask("press_key", params, TOO_OLD_MS, "press_failed", press.counter, answered))

    def rating(self, rating: SendRating, answered: Answered) -> None:
        params = RateVisit(
            request_id=RequestId(rating.request_id),
            visit_id=VisitId(rating.visit_id),
            level=rating.level,
            service=ServiceId(rating.service),
        )
        # It hurries nobody, and means the same however late it comes.
        self._start(self._ask("rate_visit", params, RATING_MS, "rating_failed", rating.counter, answered))

    def health(self, reports: Iterable[ReportHealth]) -> None:
        # Nothing is kept for later: a connect reports all devices anew.
        if self._server.connected:
            for report in reports:
                self._start(self._tell(report))

    def stop(self) -> None:
        for task in self._tasks:
            task.cancel()

    async def _ask(
        self, method: str, params: Params, give_up_ms: int, failed: str, counter: int, answered: Answered
    ) -> None:
        result = None
        try:
            result = await self._server.call(method, params, give_up_s=give_up_ms / 1000)
        except (Refused, Unreachable) as error:
            log.warning(self._texts(f"box.bridge.{failed}", counter=counter, problem=error))
        answered(result)

    async def _tell(self, report: ReportHealth) -> None:
        try:
            await self._server.call("report_health", report)
        except (Refused, Unreachable) as error:
            log.warning("report_health %s: %s", report.device, error)

    def _start(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
