"""What the hall learns from its own days: kept by day, summed up, told with the catalogue."""

import json
import logging

import pytest

from tests.ticketserver.server.servers import running, settings_in
from ticketserver.core.events import DayEnded, ServicesAdded
from ticketserver.core.ids import BusinessDay, VisitId
from ticketserver.server.asked_days import KEPT_DAYS, AskedDays, asked_path
from ticketserver.server.line import wall_ms

DAY_MS = 86_400_000


@pytest.fixture
def file(tmp_path):
    return tmp_path / "asked.json"


def live(days, day, *services):
    """A day on which these were asked for."""
    for service in services:
        days.apply((ServicesAdded(visit_id=VisitId(1), items=((service, 2),), stages=()),))
    days.apply((DayEnded(day=BusinessDay(day)),))


def test_a_young_hall_tells_nothing_and_a_grown_one_the_sum_of_its_days(file):
    days = AskedDays(file)
    live(days, "2026-11-23", "ARC-01", "ARC-01", "PAY-02")
    live(days, "2026-11-24", "ARC-01")
    assert days.totals == {}
    live(days, "2026-11-25", "PAY-02")
    assert days.totals == {"ARC-01": 3, "PAY-02": 2}
    assert AskedDays(file).totals == days.totals


def test_a_day_that_is_replayed_counts_once_and_one_without_visitors_not_at_all(file):
    days = AskedDays(file)
    live(days, "2026-11-23", "ARC-01")
    live(days, "2026-11-23", "ARC-01")
    live(days, "2026-11-24")
    assert json.loads(file.read_text()) == {"2026-11-23": {"ARC-01": 1}}


def test_old_days_make_room_for_new_ones(file):
    days = AskedDays(file)
    for number in range(KEPT_DAYS + 5):
        live(days, f"2026-{1 + number // 28:02}-{1 + number % 28:02}", "ARC-01")
    kept = json.loads(file.read_text())
    assert (len(kept), min(kept), days.totals) == (KEPT_DAYS, "2026-01-06", {"ARC-01": KEPT_DAYS})


@pytest.mark.parametrize("content", [b"{", b'{"2026-11-23": 5}', b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_told_and_begun_anew(file, content, caplog):
    caplog.set_level(logging.WARNING)
    file.write_bytes(content)
    days = AskedDays(file)
    assert "begins anew" in caplog.text
    live(days, "2026-11-23", "ARC-01")
    assert json.loads(file.read_text()) == {"2026-11-23": {"ARC-01": 1}}


def test_a_disk_that_refuses_does_not_stop_the_hall(tmp_path, caplog):
    caplog.set_level(logging.ERROR)
    days = AskedDays(tmp_path / "nowhere" / "asked.json")
    for day in ("2026-11-23", "2026-11-24", "2026-11-25"):
        live(days, day, "ARC-01")
    assert days.totals == {"ARC-01": 3}
    assert "until the next start only" in caplog.text


async def test_the_catalogue_tells_what_the_days_before_asked_for(tmp_path):
    settings = settings_in(tmp_path)
    file = asked_path(settings)
    file.parent.mkdir(parents=True)
    file.write_text('{"2019-10-14": {"ARC-01": 5}, "2019-10-15": {"ARC-01": 4, "enquiry": 3}}')
    async with running(settings) as hall, hall.talk("kiosk") as kiosk:
        await kiosk.issue("ARC-01", "PAY-02")
        await kiosk.issue("PAY-02")
        assert {each.get("asked", 0) for each in (await kiosk.call("get_catalogue"))["services"]} == {0}
    tomorrow = wall_ms() + DAY_MS
    async with running(settings, clock=lambda: tomorrow) as hall, hall.talk("kiosk") as kiosk:
        services = (await kiosk.call("get_catalogue"))["services"]
    assert {each["code"]: each["asked"] for each in services if "asked" in each} == {"ARC-01": 10, "PAY-02": 2}
