"""What a shell works with, as far as it knows it: server, printer, readers, disk, and what the duty menu wants."""

from collections.abc import Callable
from typing import Any, Protocol

from kiosk import events as e
from kiosk.duty_events import Told, Wish
from kiosk.reading_events import UseKey
from ticketserver.wire.params import Params


class Server(Protocol):
    async def call(self, method: str, params: Params, give_up_s: float = ...) -> Any: ...


class Slips(Protocol):
    def print(self, job: e.Print) -> None: ...


class Inputs(Protocol):
    def use_key(self, told: UseKey) -> None: ...

    def trigger(self) -> None: ...


class Disk(Protocol):
    def load(self) -> tuple[e.Pending, ...]: ...

    def save(self, pending: e.Pending) -> None: ...

    def forget(self, request_id: str) -> None: ...


class Duty(Protocol):
    def do(self, wish: Wish, tell: Callable[[Told], None]) -> None: ...
