"""What the load asks for: requests as bytes, every one with an id of its own.

The services are a fixed mix of a peak day: most visits are for the comprehensive counters, one in eight has two
services, one in eight a priority by card, one in eight goes to a specialist zone.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from itertools import count
from time import perf_counter

import msgspec

from tests.bench.hall import HallProcess, token_of
from tests.bench.load import Socket, connect, frame, greet
from ticketserver.core.terms import Role
from ticketserver.wire.codec import encode_request
from ticketserver.wire.methods import PROTOCOL
from ticketserver.wire.params import Hello

COMPREHENSIVE = (
    (b'"services":[{"service":"PAY-03"}]'),
    (b'"services":[{"service":"REG-05","quantity":2}]'),
    (b'"services":[{"service":"QRY-03"}]'),
    (b'"services":[{"service":"ARC-01"},{"service":"PAY-02"}]'),
    (b'"services":[{"service":"CRD-06"}],"priority":{"class_id":"age","basis":"card"}'),
    (b'"purpose":"enquiry"'),
    (b'"services":[{"service":"EMP-02"}]'),
)
SPECIALIST = b'"services":[{"service":"PEN-03"}]'
MIX = (*COMPREHENSIVE, SPECIALIST)
ISSUE = (
    b'{"jsonrpc":"2.0","id":1,"method":"issue_ticket",'
    b'"params":{"request_id":"bench-%012d","token":"%022d","day":"%b",%b}}'
)
AT_COUNTER = b'{"jsonrpc":"2.0","id":1,"method":"%b","params":{"request_id":"bench-%012d","counter":%d%b}}'
TICKET = b'{"jsonrpc":"2.0","id":1,"method":"%b","params":{"request_id":"bench-%012d",%b}}'


class Asking:
    """Requests for one hall on one day."""

    def __init__(self, day: str) -> None:
        self._day = day.encode()
        self._numbers = count(1)
        self.last_token = b""

    def issue(self, wanted: bytes) -> bytes:
        number = next(self._numbers)
        self.last_token = b"%022d" % number
        return ISSUE % (number, number, self._day, wanted)

    def issuer(self, mix: tuple[bytes, ...] = MIX) -> Callable[[], bytes]:
        """Makes the next `issue_ticket` of the mix as a frame."""
        turn = count()
        return lambda: frame(self.issue(mix[next(turn) % len(mix)]))

    def at_counter(self, method: bytes, counter: int, more: bytes = b"") -> bytes:
        return AT_COUNTER % (method, next(self._numbers), counter, more)

    def ticket(self, method: bytes, ref: bytes) -> bytes:
        return TICKET % (method, next(self._numbers), ref)


async def serve_and_call(asking: Asking, clerk: Socket, counter: int) -> None:
    """The visit in hand is started and finished; the counter is free to call."""
    await clerk.answer(asking.at_counter(b"start_service", counter))
    await clerk.answer(asking.at_counter(b"finish_service", counter))


def calls(asking: Asking, kiosk: Socket, clerk: Socket, counter: int) -> Callable[[], Awaitable[float]]:
    """Each → ms from the press to its answer. A new number before each keeps how many wait."""
    turn = count()

    async def once() -> float:
        await kiosk.answer(asking.issue(COMPREHENSIVE[next(turn) % len(COMPREHENSIVE)]))
        await serve_and_call(asking, clerk, counter)
        began = perf_counter()
        await clerk.answer(asking.at_counter(b"call_next", counter))
        return (perf_counter() - began) * 1000

    return once


async def today(hall: HallProcess) -> Asking:
    """Requests for the business day that the hall has open."""
    socket = await connect(hall.ws_port)
    hello = Hello(protocol=PROTOCOL, role=Role.KIOSK, token=token_of(Role.KIOSK))
    answer = await socket.answer(encode_request(1, "hello", hello))
    socket.close()
    return Asking(msgspec.json.decode(answer)["result"]["hours"]["day"])


async def listeners(hall: HallProcess) -> None:
    """A display and a call box bridge."""
    await greet(hall.ws_port, Role.DISPLAY, token_of(Role.DISPLAY), ("board", "queue"))
    await greet(hall.ws_port, Role.BRIDGE, token_of(Role.BRIDGE), ("counters", "queue"))


async def kiosk_and_clerk(hall: HallProcess) -> tuple[Socket, Socket]:
    kiosk = await greet(hall.ws_port, Role.KIOSK, token_of(Role.KIOSK))
    return kiosk, await greet(hall.ws_port, Role.CLERK, token_of(Role.CLERK))
