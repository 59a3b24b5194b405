"""What the shell of a display works with: a line to report on."""

from typing import Any, Protocol

from ticketserver.wire.params import Params


class Server(Protocol):
    async def call(self, method: str, params: Params, give_up_s: float = ...) -> Any: ...
