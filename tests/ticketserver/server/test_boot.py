"""From a journal to a hall: replay, clock, quarantine."""

import asyncio
from datetime import date

import pytest
from msgspec.structs import replace

from tests.ticketserver.server.servers import REQUESTS, TOKENS, Refused, running, settings_in
from ticketserver.core import engine
from ticketserver.core.invariants import InvariantError
from ticketserver.server import boot
from ticketserver.server.desk import HallDesk
from ticketserver.server.hallday import HallDays
from ticketserver.server.line import wall_ms
from ticketserver.server.sequencer import Broken
from ticketserver.store.quarantine import quarantined
from ticketserver.store.sqlite import SqliteJournal

DAY_MS = 86_400_000


def sequencer_of(settings, now, accept=False):
    desk = HallDesk(settings, HallDays(settings.calendar, settings.hall.timezone, open_now=True))
    journal = SqliteJournal(boot.journal_path(settings))
    try:
        return boot.make_sequencer(settings, desk, journal, now, accept)
    finally:
        journal.close()


async def one_ticket(settings):
    async with running(settings) as hall, hall.talk("kiosk") as kiosk:
        return await kiosk.issue("ARC-01")


async def test_a_clock_far_behind_the_journal_is_asked_about(tmp_path):
    settings = settings_in(tmp_path)
    await one_ticket(settings)
    with pytest.raises(boot.ClockBehind) as raised:
        sequencer_of(settings, wall_ms() - DAY_MS)
    assert raised.value.last - raised.value.now > DAY_MS - 60_000
    assert sequencer_of(settings, wall_ms() - DAY_MS, accept=True).seq == 2
    assert sequencer_of(settings, wall_ms() - settings.server.clock_check_ms // 2).seq == 2


async def test_the_next_day_starts_with_its_own_numbers(tmp_path):
    settings = settings_in(tmp_path)
    first = await one_ticket(settings)
    tomorrow = wall_ms() + DAY_MS
    async with running(settings, clock=lambda: tomorrow) as hall, hall.talk("kiosk") as kiosk:
        ticket = await kiosk.issue("ARC-01")
        assert ticket["number"] == first["number"]
        assert ticket["visit_id"] == first["visit_id"] + 1
        assert ticket["day"] > first["day"]


async def test_a_start_on_a_day_that_was_opened_over_an_open_one(tmp_path):
    """The record that opens the day also tells who expired the day before, whom the replay does not know."""
    settings = settings_in(tmp_path)
    first = await one_ticket(settings)
    tomorrow = wall_ms() + DAY_MS
    async with running(settings, clock=lambda: tomorrow) as hall, hall.talk("kiosk") as kiosk:
        await kiosk.issue("ARC-01")
    async with running(settings, clock=lambda: tomorrow + 1_000) as hall, hall.talk("kiosk") as kiosk:
        ticket = await kiosk.issue("ARC-01")
        assert (ticket["number"], ticket["visit_id"]) == ("A002", first["visit_id"] + 2)


async def test_a_clock_set_back_over_the_turn_of_the_day_still_arms_every_clock_anew(tmp_path):
    settings = settings_in(tmp_path)
    turn = HallDays(settings.calendar, settings.hall.timezone).begins(date(2026, 11, 24))
    async with running(settings, clock=lambda: turn + 60_000) as hall, hall.talk("kiosk") as kiosk:
        await kiosk.issue("ARC-01")
    async with running(settings, clock=lambda: turn - 60_000) as hall, hall.talk("kiosk"):
        line = hall.server.line
        assert line.sequencer.state.plan.day == "2026-11-24"
        last = next(iter(hall.server._journal.read(settings.hall.id, line.sequencer.seq)))
        assert [type(event).__name__ for event in last.events] == ["HallResumed"]


async def test_a_request_that_breaks_the_core_ends_the_server_and_is_refused_ever_after(tmp_path, monkeypatch):
    settings = settings_in(tmp_path)
    request, token = next(REQUESTS), next(TOKENS)

    def broken(state, events):
        raise InvariantError("planted")

    async with running(settings) as hall, hall.talk("kiosk") as kiosk:
        asked = {"request_id": request, "token": token, "day": kiosk.day, "services": [{"service": "ARC-01"}]}
        with monkeypatch.context() as patched:
            patched.setattr(engine, "check", broken)
            await kiosk.send(99, "issue_ticket", asked)
            while not hall.faults:
                with pytest.raises(Refused) as raised:
                    await kiosk.call("issue_ticket", **{**asked, "request_id": next(REQUESTS)})
        assert raised.value.code == "server_stopping"
        assert isinstance(hall.faults[0], Broken)
    assert quarantined(boot.quarantine_path(settings)) == {request}
    async with running(settings) as hall, hall.talk("kiosk") as kiosk:
        with pytest.raises(Refused) as raised:
            await kiosk.call("issue_ticket", **asked)
        assert (raised.value.rpc, raised.value.code) == (-32603, "internal_error")
        assert (await kiosk.issue("ARC-01"))["number"] == "A001"


async def test_a_closed_day_is_not_opened_and_says_when_it_will_be(tmp_path):
    settings = settings_in(tmp_path)
    closed = replace(settings, calendar=replace(settings.calendar, working_days=(), makeup_days=()))
    async with running(closed, open_now=False) as hall, hall.bare() as talk:
        hello = await talk.call("hello", protocol=1, role="kiosk", token=hall.token("kiosk"))
        assert hello["hours"]["phase"] == "no_day"
        asked = {"token": next(TOKENS), "day": "2026-01-01", "services": [{"service": "ARC-01"}]}
        with pytest.raises(Refused) as raised:
            await talk.change("issue_ticket", **asked)
        assert raised.value.code == "no_day"


async def test_a_fault_in_what_is_told_ends_the_server_and_not_only_its_telling(tmp_path, monkeypatch):
    settings = settings_in(tmp_path)
    async with running(settings) as hall, hall.talk("clerk") as clerk:
        await clerk.call("subscribe", topics=["counters"])

        def broken(*_):
            raise KeyError("planted")

        with monkeypatch.context() as patched:
            patched.setattr("ticketserver.server.views_counters.counter_view", broken)
            await clerk.send(99, "open_counter", {"counter": 3, "request_id": next(REQUESTS)})
            while not hall.faults:
                await asyncio.sleep(0)
        assert isinstance(hall.faults[0], KeyError)
    async with running(settings) as hall, hall.talk("clerk") as clerk:
        assert (await clerk.change("open_counter", counter=3))["counter_state"] == "idle"
