"""A client over the real Session: its shell in virtual time, and the checks that hold for every client.

What the session promises its program: notifications since the last snapshot are 1, 2, 3 … without a gap; an accepted
request has one reply for ever, however often and over how many servers it is asked; a ticket once promised stays.
"""

from collections.abc import Callable, Sequence
from typing import Any

from tests.simulation.hall import Hall
from tests.simulation.network import Link
from tests.simulation.world import Timer
from ticketserver.client.session import (
    Answer,
    ClientEvent,
    Connected,
    Dial,
    Disconnected,
    Effect,
    HangUp,
    Notified,
    Refused,
    Send,
    Session,
    Tell,
    Unreachable,
)
from ticketserver.core.terms import Role
from ticketserver.wire.codec import decode_incoming
from ticketserver.wire.params import Params

Then = Callable[[Any], None]
DIAL_MS = 5


class Client:
    """`on_event` hears what the session tells."""

    def __init__(
        self,
        hall: Hall,
        name: str,
        role: Role,
        topics: Sequence[str] = (),
        counters: Sequence[int] = (),
        on_event: Callable[[ClientEvent], None] = lambda event: None,
    ) -> None:
        self.hall = hall
        self.world = hall.world
        self.name = name
        self.role = role
        self.on = True
        self.topics = tuple(topics)
        self.session = Session(role, role.value, name, "zh", topics, counters, self.world.random.random)
        self.n = 0
        self._on_event = on_event
        self._link: Link | None = None
        self._timer: Timer | None = None
        self._asked: dict[int, tuple[str, Params, Then | None]] = {}
        self._given_up: set[int] = set()
        hall.clients.append(self)
        self._tick()

    @property
    def link(self) -> Link | None:
        return self._link

    def ask(self, method: str, params: Params, then: Then | None = None, give_up_ms: int = 10_000) -> None:
        """`then` gets the view, Refused or Unreachable."""
        number, effects = self.session.ask(method, params, give_up_ms, self.world.now)
        self._asked[number] = (method, params, then)
        what = (getattr(params, "request_id", ""), getattr(params, "counter", ""))
        self.world.say(f"{self.name} asks {method} {what[0]} {what[1]}")
        self._do(effects)

    def power_off(self) -> None:
        """The program is gone, in the middle of whatever it did."""
        self.on = False
        self.hall.clients.remove(self)
        if self._timer is not None:
            self._timer.cancel()
        if self._link is not None:
            self._link.client_closed("powered off")
            self.world.after(20, self._link.server_closed)

    # ---- the shell

    def _do(self, effects: Sequence[Effect]) -> None:
        for effect in effects:
            match effect:
                case Dial():
                    self.world.after(DIAL_MS, self._dialled)
                case Send(data):
                    if self._link is not None:
                        self._link.up(data)
                case HangUp():
                    if self._link is not None:
                        self._link.hung_up()
                case Tell(event):
                    self._tell(event)
                case Answer(call, outcome):
                    self._answered(call, outcome)
        self._arm()

    def _arm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        due = self.session.deadline()
        self._timer = None if due is None else self.world.after(due + 1 - self.world.now, self._tick)

    def _tick(self) -> None:
        if self.on:
            self._do(self.session.tick(self.world.now))

    def _dialled(self) -> None:
        if not self.on:
            return
        self._link = self.hall.connect(self)
        if self._link is None:
            self._do(self.session.closed("connection refused", self.world.now))
        else:
            self._do(self.session.opened(self.world.now))

    def on_message(self, link: Link, data: bytes) -> None:
        if self.on and link is self._link:
            number = decode_incoming(data).id
            if number in self._given_up:
                self.world.hurt("late answer", f"to {self.name}, call {number}")
                self._given_up.discard(number)
            self._do(self.session.received(data, self.world.now))

    def on_closed(self, link: Link, reason: str) -> None:
        if self.on and link is self._link:
            self._link = None
            self._do(self.session.closed(reason, self.world.now))

    # ---- what is checked

    def _tell(self, event: ClientEvent) -> None:
        if isinstance(event, Connected):
            self.n = 0
            self.world.say(f"{self.name} connected at {event.snapshot.seq}{' again' * event.resync}")
        elif isinstance(event, Notified):
            self.n += 1
            self.world.check("no gap", event.note.n == self.n,
                             f"{self.name} was told {event.method} n={event.note.n} where {self.n} is due")  # fmt: skip
        elif isinstance(event, Disconnected):
            self.world.say(f"{self.name} disconnected: {event.reason}")
        self._on_event(event)

    def _answered(self, call: int, outcome: Any) -> None:
        method, params, then = self._asked.pop(call)
        if isinstance(outcome, Unreachable):
            self._given_up.add(call)
        elif isinstance(outcome, Refused):
            self.hall.ledger.refused(method, params, outcome)
        else:
            self.hall.ledger.acknowledged(self, method, params, outcome)
        told = type(outcome).__name__ if not isinstance(outcome, Refused) else outcome.code
        self.world.say(f"{self.name} {method} → {told}")
        if then is not None:
            then(outcome)
