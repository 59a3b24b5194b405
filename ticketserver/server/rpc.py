"""POST /rpc: one JSON-RPC request over HTTP, for programs that hold no socket.

The same methods by the same roles; the token comes as `Authorization: Bearer TOKEN`. What can go wrong: no or a wrong
token (401), a body over the limit (413), a request that is not JSON-RPC (400), no answer in time (504; asking again
with the same request_id is safe). Phones ask at an address of their own (phone_rpc.py).
"""

import asyncio
from collections.abc import Callable

from aiohttp import web

from ticketserver.core.ids import DeviceId
from ticketserver.core.terms import Role
from ticketserver.server.calls import Calls
from ticketserver.server.desk import HallDesk
from ticketserver.server.peers import OneAnswer
from ticketserver.server.tokens import Tokens
from ticketserver.wire.codec import Call, WireError, decode_request, encode_error
from ticketserver.wire.errors import Refusal

ANSWER_S = 10.0


def _always(call: Call) -> bool:
    return True


class Rpc:
    """`answer` is the handler; `served` the part of it that is the same for every role."""

    def __init__(self, calls: Calls, desk: HallDesk, tokens: Tokens) -> None:
        self._calls = calls
        self._desk = desk
        self._tokens = tokens

    async def answer(self, request: web.Request) -> web.Response:
        return await self.served(request, self._role(request), _always)

    async def served(self, request: web.Request, role: Role | None, in_time: Callable[[Call], bool]) -> web.Response:
        """The request of somebody in this role; None = nobody knows them. `in_time`: whether they may ask again yet."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[bytes] = loop.create_future()

        def answered(message: bytes) -> None:
            if not answer.done():
                answer.set_result(message)

        locale = request.headers.get("Accept-Language", self._desk.settings.hall.languages[0])[:2]
        peer = OneAnswer(role or Role.PHONE, DeviceId(request.headers.get("X-Device", "")[:40]), locale, answered)
        if role is None:
            refused = encode_error(self._desk.refuse(peer, Refusal.WRONG_TOKEN))
            return web.Response(body=refused, status=401, content_type="application/json")
        try:
            body = await request.read()
        except web.HTTPRequestEntityTooLarge:
            refused = encode_error(self._desk.refuse(peer, Refusal.TOO_LARGE))
            return web.Response(body=refused, status=413, content_type="application/json")
        try:
            call = decode_request(body)
        except WireError as error:
            return web.Response(body=encode_error(error), status=400, content_type="application/json")
        if in_time(call):
            self._calls.serve(peer, call)
        else:
            self._calls.refuse(peer, call, Refusal.TOO_FAST)
        try:
            done = await asyncio.wait_for(answer, ANSWER_S)
        except TimeoutError:
            raise web.HTTPGatewayTimeout(text="no answer in time; ask again with the same request_id\n") from None
        return web.Response(body=done, content_type="application/json")

    def _role(self, request: web.Request) -> Role | None:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        return self._tokens.role_of(token.strip()) if kind.lower() == "bearer" else None
