"""Who asks: one peer for each socket, or for each request over HTTP.

A peer is where an answer goes once it may leave. What it may do follows from its role; sentences are in its language.
"""

from collections.abc import Callable
from typing import Protocol

from ticketserver.core.ids import CounterNo, DeviceId, VisitId
from ticketserver.core.terms import Role


class Peer(Protocol):
    """`device` is its id in hall.toml, or empty."""

    role: Role
    device: DeviceId
    locale: str

    def release(self, message: object) -> None:
        """Sends an answer that may leave now."""


class Subscriber(Peer, Protocol):
    """A peer that can be told things. `topics` and the three after it are what it asked for; `n` counts what it was
    told of that."""

    topics: frozenset[str]
    counters: frozenset[CounterNo]
    visit: VisitId
    n: int


class OneAnswer:
    """A peer for one request: the answer is handed to `answered`, and that is all it hears."""

    def __init__(self, role: Role, device: DeviceId, locale: str, answered: Callable[[bytes], None]) -> None:
        self.role = role
        self.device = device
        self.locale = locale
        self._answered = answered

    def release(self, message: object) -> None:
        assert isinstance(message, bytes)
        self._answered(message)
