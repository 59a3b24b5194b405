"""Sockets to a machine that answers, one that refuses, one that says nothing, and one of two addresses."""

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from ticketserver.client import dial
from ticketserver.client.dial import dialled


def listening(stack: ExitStack, backlog: int = 5) -> socket.socket:
    made = stack.enter_context(socket.socket())
    made.bind(("127.0.0.1", 0))
    made.listen(backlog)
    return made


def url_of(made: socket.socket) -> str:
    return f"ws://127.0.0.1:{made.getsockname()[1]}"


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as made:
        yield made


async def test_an_answer_that_came_while_the_loop_stood_still_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dial, "DIAL_S", 0.01)
    answer = asyncio.get_running_loop().create_future()
    asked = asyncio.create_task(dial._answered(answer))
    await asyncio.sleep(0)
    time.sleep(0.05)
    answer.set_result(None)
    await asked


async def test_a_machine_that_answers(stack: ExitStack) -> None:
    server = listening(stack)
    with await dialled(url_of(server)) as made:
        assert made.getpeername() == server.getsockname()
        assert not made.getblocking()


async def test_a_machine_that_refuses(stack: ExitStack) -> None:
    bound = stack.enter_context(socket.socket())
    bound.bind(("127.0.0.1", 0))
    with pytest.raises(ConnectionRefusedError):
        await dialled(url_of(bound))


async def test_a_machine_that_says_nothing_is_given_up(stack: ExitStack, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its queue is full, so the system leaves out every further question, as one that is off would."""
    monkeypatch.setattr(dial, "DIAL_S", 0.1)
    server = listening(stack, backlog=0)

    async def fill() -> None:
        while True:
            stack.enter_context(await dialled(url_of(server)))

    with pytest.raises(TimeoutError):
        await fill()


async def test_the_next_address_is_tried(stack: ExitStack, monkeypatch: pytest.MonkeyPatch) -> None:
    server = listening(stack)
    bound = stack.enter_context(socket.socket())
    bound.bind(("127.0.0.1", 0))

    async def addresses(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", each.getsockname()) for each in (bound, server)]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", addresses)
    with await dialled("ws://hall") as made:
        assert made.getpeername() == server.getsockname()
