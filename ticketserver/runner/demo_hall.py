"""The demonstration's two lines into the hall, and what they last heard of it.

One line is a kiosk's (numbers, check-in, the hours, who waits), one a clerk's (all counters). What the hall refuses is
counted, not raised: a demonstration goes on.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import Counter
from collections.abc import Sequence
from itertools import count

from ticketserver.client.connection import Client, ClientEvent, Connected, Disconnected, Notified, Refused, Unreachable
from ticketserver.client.tokens import read_token
from ticketserver.core.ids import BusinessDay, RequestId
from ticketserver.core.terms import CounterState, Role
from ticketserver.runner.demo_clerk import LOOK_S, Person
from ticketserver.runner.say import say
from ticketserver.shared.settings import Settings
from ticketserver.wire import params as p
from ticketserver.wire.notes import CounterChanged, QueueChanged
from ticketserver.wire.views import View
from ticketserver.wire.views_counters import CounterView
from ticketserver.wire.views_hall import QueueView

BUSY = (CounterState.CALLING, CounterState.SERVING)
AWAY = (CounterState.CLOSED, CounterState.PAUSED)


def clock() -> str:
    return time.strftime("%H:%M:%S")


class HallLines:
    """`people` are those of the plan by number; `done` and `refused` count for the minute's line."""

    def __init__(self, settings: Settings, counters: Sequence[int]) -> None:
        """Raises TokenError."""
        url = settings.server.ws_url
        kiosk, clerk = read_token(settings, Role.KIOSK), read_token(settings, Role.CLERK)
        self.kiosk = Client(url, Role.KIOSK, kiosk, topics=("queue",), on_event=self._told)
        self.clerk = Client(url, Role.CLERK, clerk, topics=("counters",), on_event=self._told)
        self.views: dict[int, CounterView] = {}
        self.changed = {number: asyncio.Event() for number in counters}
        self.people: dict[str, Person] = {}
        self.waiting = 0
        self.day = BusinessDay("")
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self._requests = count(1)
        self._run = secrets.token_hex(6)

    def request(self) -> RequestId:
        return RequestId(f"demo-{self._run}-{next(self._requests)}")

    async def ask(self, client: Client, method: str, params: p.Params) -> View | None:
        """The answer, or None where there is none: the hall refused, or cannot be reached."""
        try:
            answer: View = await client.call(method, params)
        except Refused as refused:
            self.refused[f"{method} {refused.code}"] += 1
        except Unreachable:
            self.refused[f"{method} unreachable"] += 1
        else:
            return answer
        return None

    async def shows(self, number: int, within_s: float = LOOK_S) -> bool:
        """Whether a counter shows something new within so many seconds from now."""
        changed = self.changed[number]
        changed.clear()
        try:
            async with asyncio.timeout(within_s):
                await changed.wait()
        except TimeoutError:
            return False
        return True

    def counters(self) -> tuple[int, int]:
        """(busy, away) among the counters that are worked here."""
        states = [self.views[number].state for number in self.changed if number in self.views]
        return sum(state in BUSY for state in states), sum(state in AWAY for state in states)

    def _told(self, event: ClientEvent) -> None:
        if isinstance(event, Disconnected):
            say("demo.no_server", at=clock(), url=self.kiosk.url)
        elif isinstance(event, Connected):
            self.day = event.hello.hours.day
            for view in event.snapshot.counters:
                self._see(view)
            if event.snapshot.queue is not None:
                self._count(event.snapshot.queue)
        elif isinstance(event, Notified):
            if isinstance(event.note, CounterChanged):
                self._see(event.note.counter)
            elif isinstance(event.note, QueueChanged):
                self._count(event.note.queue)

    def _see(self, view: CounterView) -> None:
        self.views[view.counter] = view
        if view.counter in self.changed:
            self.changed[view.counter].set()

    def _count(self, queue: QueueView) -> None:
        self.day = queue.hours.day
        self.waiting = sum(zone.waiting for zone in queue.zones)
