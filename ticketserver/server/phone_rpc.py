"""POST /phone/rpc: what a phone asks where its network breaks live sockets: the methods of a phone, one a request.

No role's token opens it and none is looked at: as on the live port, what a phone may see hangs on the slip's token in
its parameters. Only this address is let through to phones by a reverse proxy, never `/rpc`.

| who | may ask |
|---|---|
| one slip | as much as one phone on the live port |
| all slips together, and whoever names none that is known | as much as one of the hall's own programs |

Over that it is `too_fast`, and the page waits longer from one question to the next.
"""

import asyncio

from aiohttp import web

from ticketserver.core.ids import Token
from ticketserver.core.terms import Role
from ticketserver.server.calls import Calls
from ticketserver.server.limits import Bucket, bucket_of
from ticketserver.server.rpc import Rpc
from ticketserver.shared.settings import Limits
from ticketserver.wire.codec import Call


class PhoneRpc:
    """`answer` is the handler."""

    def __init__(self, rpc: Rpc, calls: Calls, limits: Limits) -> None:
        self._rpc = rpc
        self._calls = calls
        self._limits = limits
        self._all = bucket_of(limits, Role.INTEGRATOR, self._now())
        self._of_slip: dict[Token, Bucket] = {}

    async def answer(self, request: web.Request) -> web.Response:
        return await self._rpc.served(request, Role.PHONE, self._in_time)

    def _in_time(self, call: Call) -> bool:
        now = self._now()
        if not self._all.take(now):
            return False
        token = Token(getattr(call.params, "token", ""))
        if token not in self._calls.line.sequencer.state.by_token:
            return True
        if token not in self._of_slip:
            # Yesterday's slips are in the way; whoever loses a bucket gets a full one.
            if len(self._of_slip) >= self._limits.phone_connections:
                self._of_slip.clear()
            self._of_slip[token] = bucket_of(self._limits, Role.PHONE, now)
        return self._of_slip[token].take(now)

    def _now(self) -> float:
        return asyncio.get_running_loop().time()
