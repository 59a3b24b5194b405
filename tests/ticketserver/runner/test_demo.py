"""The demonstration's people in a real hall: its server in this process, real sockets, real tokens."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from msgspec.structs import replace

from ticketserver.core.terms import CounterState
from ticketserver.runner import demo
from ticketserver.runner.demo_day import Citizen, Duty
from ticketserver.runner.demo_hall import HallLines
from ticketserver.runner.demo_people import Desk, come_back, visit
from ticketserver.runner.paths import SAMPLE_HALL
from ticketserver.runner.say import text
from ticketserver.server.app import HallServer
from ticketserver.shared.settings import Settings, load_settings

WAIT_S = 60
COUNTER = 3
AT_ONCE = {"calls": 1, "gap_ms": 0, "gap_priority_ms": 0, "unspoken_ms": 0}
"""Somebody who does not come is missed at once."""
PAY = (("PAY-03", 1),)


@dataclass
class Served:
    server: HallServer
    settings: Settings
    runs: bool = True


@pytest.fixture
async def served(tmp_path) -> AsyncIterator[Served]:
    """The sample hall, and its settings with the ports that its server got."""
    hall = load_settings(SAMPLE_HALL)
    place = replace(
        hall.server, ws_port=0, http_port=0, data_dir=str(tmp_path / "data"), tokens_dir=str(tmp_path / "tokens")
    )
    hall = replace(hall, server=place, queue=replace(hall.queue, **AT_ONCE))
    ended: list[BaseException] = []
    server = HallServer(hall, ended.append, open_now=True)
    await server.start()
    place = replace(place, ws_port=server.gateway.port, http_port=server.http.port)
    made = Served(server, replace(hall, server=place))
    yield made
    if made.runs:
        await server.stop()
    assert not ended


@pytest.fixture
def settings(served) -> Settings:
    return served.settings


@pytest.fixture
async def hall(settings) -> AsyncIterator[HallLines]:
    lines = HallLines(settings, [COUNTER])
    running = [asyncio.create_task(client.run()) for client in (lines.kiosk, lines.clerk)]
    async with asyncio.timeout(WAIT_S):
        while not (lines.day and COUNTER in lines.views):
            await lines.shows(COUNTER, 0.05)
    yield lines
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)


class Clerk:
    """A clerk at their desk for as long as `with` lasts."""

    def __init__(self, hall, settings):
        self.duty = Duty(True)
        self._tasks = []
        work = {each.code: each for each in demo.works(settings)}
        self._desk = Desk(hall, COUNTER, work, settings.queue.calls, lambda number: self.duty, self._returns)
        self._hall = hall

    def _returns(self, person, after_s):
        self._tasks.append(asyncio.create_task(come_back(self._hall, person, after_s)))

    async def __aenter__(self):
        self._tasks.append(asyncio.create_task(self._desk.work()))
        return self

    async def __aexit__(self, *ended):
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def until(hall, reached):
    async with asyncio.timeout(WAIT_S):
        while not reached():
            await hall.shows(COUNTER, 0.1)


async def test_who_comes_is_served_and_who_misses_their_call_comes_back(hall, settings):
    await visit(hall, Citizen(0, PAY, walk_s=0, pace=0.01))
    await visit(hall, Citizen(0, (), purpose="collect", walk_s=0, pace=0.01, misses=1, back_s=0))
    await visit(hall, Citizen(0, PAY, walk_s=0, pace=0.01, misses=1))
    async with Clerk(hall, settings):
        await until(hall, lambda: hall.done["finished"] == 2 and hall.done["missed"] == 2)
    assert hall.done["taken"] == 3
    assert hall.done["returned"] == 1
    assert not hall.refused


async def test_a_clerk_who_goes_to_lunch_pauses_and_comes_back(hall, settings):
    async with Clerk(hall, settings) as clerk:
        await until(hall, lambda: hall.views[COUNTER].state is CounterState.READY)
        clerk.duty = Duty(False, pauses=True)
        await until(hall, lambda: hall.views[COUNTER].state is CounterState.PAUSED)
        assert hall.counters() == (0, 1)
        clerk.duty = Duty(True)
        await until(hall, lambda: hall.views[COUNTER].state is CounterState.READY)
    assert not hall.refused


async def test_a_clerk_waits_for_a_server_that_is_gone(hall, served, capsys):
    async with Clerk(hall, served.settings):
        await until(hall, lambda: hall.views[COUNTER].state is CounterState.READY)
        served.runs = False
        await served.server.stop()
        await until(hall, lambda: not hall.clerk.connected and not hall.kiosk.connected)
    assert served.settings.server.ws_url in capsys.readouterr().out


async def test_who_gives_up_leaves_and_what_the_hall_refuses_is_counted(hall):
    await visit(hall, Citizen(0, PAY, gives_up_s=0))
    assert hall.done["cancelled"] == 1
    await visit(hall, Citizen(0, (("PAY-99", 1),)))
    assert hall.done["taken"] == 1
    assert hall.refused == {"issue_ticket unknown_service": 1}


async def test_a_hall_whose_counters_all_have_boxes_leaves_nothing_to_show(settings, capsys):
    only = tuple(each for each in settings.counter if each.number in demo.with_box(settings))
    assert await demo.show(replace(settings, counter=only)) == 1
    assert capsys.readouterr().err.strip() == text("demo.nothing")


async def test_the_day_begins_with_numbers_while_every_counter_is_closed(settings, capsys):
    shown = demo.Demo(settings)
    running = asyncio.create_task(shown.run())
    lines = HallLines(settings, [COUNTER])
    listening = [asyncio.create_task(client.run()) for client in (lines.kiosk, lines.clerk)]
    async with asyncio.timeout(WAIT_S):
        while lines.waiting < 2:
            await lines.shows(COUNTER, 0.1)
            assert not running.done()
    assert lines.counters() == (0, 1)
    for task in (running, *listening):
        task.cancel()
    await asyncio.gather(running, *listening, return_exceptions=True)
    said = capsys.readouterr().out
    assert "1, 2" in said
    assert "28" in said


def test_without_a_token_it_says_what_to_do(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert demo.main(["--config", str(SAMPLE_HALL)]) == 1
    assert "run/tokens/kiosk" in capsys.readouterr().err
